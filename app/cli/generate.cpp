#include "app/cli/commands.h"
#include "core/generate/program.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace polyloom {

namespace {

struct GenerateOptions {
  int count = 1;
  std::uint64_t seed = 1;
  std::string folder;
  std::string grammar;
};

Result<Grammar> grammarOf(const std::string& path) {
  if (path.empty())
    return Grammar::programs();
  std::ifstream stream(path);
  if (!stream)
    return failure("no-file", fmt::format("the grammar {} cannot be read", path), {.file = path});
  Result<Grammar> grammar = Grammar::parse(std::string{std::istreambuf_iterator<char>(stream), {}});
  if (!grammar)
    return grammar;
  if (const std::string why = whyUnusable(*grammar); !why.empty())
    return failure("bad-grammar", why, {.file = path});
  return grammar;
}

int generate(const GenerateOptions& options, const CommonOptions& common) {
  const Result<Grammar> grammar = grammarOf(options.grammar);
  if (!grammar)
    return fail(grammar.error(), common);
  std::error_code error;
  if (!options.folder.empty())
    std::filesystem::create_directories(options.folder, error);
  nlohmann::json programs = nlohmann::json::array();
  std::string all;
  for (int k = 0; k < options.count; ++k) {
    const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(k);
    const std::string text = generateProgram(seed, *grammar);
    programs.push_back({{"seed", seed}, {"text", text}});
    if (options.folder.empty()) {
      all += fmt::format("// seed {}\n{}", seed, text);
      continue;
    }
    const std::string path = fmt::format("{}/program-{}.c", options.folder, seed);
    std::ofstream stream(path);
    if (!(stream << text).flush())
      return fail({"no-file", fmt::format("{} cannot be written", path), {.file = path}}, common);
    programs.back()["file"] = path;
    all += path + "\n";
  }
  answer({{"programs", programs}}, all, common);
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
  command->add_option("--grammar", options->grammar, "another grammar than resources/core/generate/programs.grammar");
  command->callback([options, &common, &exitCode] { exitCode = generate(*options, common); });
}

} // namespace polyloom
