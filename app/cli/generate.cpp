#include "app/cli/commands.h"
#include "app/proof/kernel_check.h"
#include "core/frontend/extract.h"
#include "core/generate/kernel.h"
#include "core/generate/program.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

namespace polyloom {

namespace {

struct GenerateOptions {
  int count = 1;
  std::uint64_t seed = 1;
  std::string folder;
  std::string grammar;
  std::string level; ///< empty: programs that test verdicts
  bool statistics = false;
  int check = -1; ///< how many kernels run under sanitizers; below 0: nothing is checked
};

Result<Grammar> grammarOf(const std::string& path, bool isOfKernels) {
  if (path.empty())
    return isOfKernels ? Grammar::kernels() : Grammar::programs();
  std::ifstream stream(path);
  if (!stream)
    return failure("no-file", fmt::format("the grammar {} cannot be read", path), {.file = path});
  Result<Grammar> grammar = Grammar::parse(std::string{std::istreambuf_iterator<char>(stream), {}});
  if (!grammar)
    return grammar;
  if (const std::string why = isOfKernels ? whyNoKernels(*grammar) : whyUnusable(*grammar); !why.empty())
    return failure("bad-grammar", why, {.file = path});
  return grammar;
}

/// Prints programs, or writes each to a file.
class ProgramPrinter {
public:
  ProgramPrinter(const GenerateOptions& options, const CommonOptions& common) : options_(options), common_(common) {
    std::error_code error;
    if (!options.folder.empty())
      std::filesystem::create_directories(options.folder, error);
  }

  std::optional<Diagnostic> take(std::uint64_t seed, const std::string& text, nlohmann::json facts = nlohmann::json::object()) {
    facts.update({{"seed", seed}, {"text", text}});
    if (options_.folder.empty()) {
      all_ += fmt::format("// seed {}\n{}", seed, text);
    } else {
      const std::string path = fmt::format("{}/program-{}.c", options_.folder, seed);
      std::ofstream stream(path);
      if (!(stream << text).flush())
        return Diagnostic{"no-file", fmt::format("{} cannot be written", path), {.file = path}};
      facts["file"] = path;
      all_ += path + "\n";
    }
    programs_.push_back(std::move(facts));
    return std::nullopt;
  }

  void finish() { answer({{"programs", programs_}}, all_, common_); }

private:
  const GenerateOptions& options_;
  const CommonOptions& common_;
  nlohmann::json programs_ = nlohmann::json::array();
  std::string all_;
};

int generateKernels(const GenerateOptions& options, const CommonOptions& common) {
  KernelCheckOptions chosen{.seed = options.seed, .count = options.count, .level = options.level,
                            .countsDependences = options.statistics,
                            .threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()))};
  if (!options.grammar.empty())
    chosen.grammarText = readSource(options.grammar).value_or("");
  if (options.count >= 1000 && isatty(2) != 0)
    chosen.progress = [&](int done) {
      if (done % 100 == 0)
        fmt::print(stderr, "\r{} of {} ", done, options.count);
    };
  const AcceptedKernels accepted = acceptKernels(chosen);
  std::vector<std::string> faults = accepted.faults;
  if (options.check >= 0) {
    const auto sample = static_cast<std::size_t>(options.check);
    std::ranges::move(runSanitized(accepted.kernels, sample, chosen.threads), std::back_inserter(faults));
  }
  for (const std::string& fault : faults)
    fmt::print(stderr, "{}\n", fault);
  if (options.statistics || options.check >= 0) {
    const std::string text = options.statistics ? statisticsText(accepted.kernels) : "";
    answer({{"programs", accepted.kernels.size()}, {"duplicates", accepted.duplicates}, {"faults", faults}, {"statistics", text}},
           fmt::format("{}{} programs, {} duplicates left out, {} run under sanitizers, {} faults\n", text,
                       accepted.kernels.size(), accepted.duplicates,
                       std::min(accepted.kernels.size(), static_cast<std::size_t>(std::max(options.check, 0))), faults.size()),
           common);
    return faults.empty() ? kFine : kIllegal;
  }
  ProgramPrinter printer(options, common);
  for (const AcceptedKernel& kernel : accepted.kernels)
    if (const auto problem = printer.take(kernel.seed, kernel.text,
                                          {{"canonical", fmt::format("{:016x}", kernel.canonical)},
                                           {"shape", fmt::format("{:016x}", kernel.shape)}}))
      return fail(*problem, common);
  printer.finish();
  return faults.empty() ? kFine : kIllegal;
}

int generate(const GenerateOptions& options, const CommonOptions& common) {
  const Result<Grammar> grammar = grammarOf(options.grammar, !options.level.empty());
  if (!grammar)
    return fail(grammar.error(), common);
  if (!options.level.empty())
    return generateKernels(options, common);
  ProgramPrinter printer(options, common);
  for (int k = 0; k < options.count; ++k) {
    const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(k);
    if (const auto problem = printer.take(seed, generateProgram(seed, *grammar)))
      return fail(*problem, common);
  }
  printer.finish();
  return kFine;
}

} // namespace

void addGenerate(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("generate", "random programs from a grammar; a seed is a program");
  auto options = std::make_shared<GenerateOptions>();
  command->add_option("--count", options->count, "how many; their seeds count up from --seed")
      ->check(CLI::Range(1, 1000000));
  command->add_option("--seed", options->seed, "the first program's seed");
  command->add_option("-o", options->folder, "a folder for files; without it the programs are printed");
  command->add_option("--grammar", options->grammar,
                      "another grammar than those of resources/core/generate: programs, or with --level kernels");
  CLI::Option* level = command->add_option("--level", options->level,
                                           "kernels of the shapes of real code: easy, medium, hard or mixed; each once")
                           ->check(CLI::IsMember(kernelLevels()));
  command->add_flag("--statistics", options->statistics, "what the kernels look like, in place of them")->needs(level);
  command->add_option("--check", options->check,
                      "read all kernels, run so many of them under sanitizers, and report what goes wrong")
      ->needs(level)->check(CLI::Range(0, 1000000));
  command->callback([options, &common, &exitCode] { exitCode = generate(*options, common); });
}

} // namespace polyloom
