#include "app/proof/differential.h"

#include "app/proof/differential_text.h"
#include "core/codegen/make_kernel.h"
#include "core/codegen/scalar_sums.h"
#include "core/generate/random_recipe.h"
#include "core/isl/context.h"
#include "core/legality/legality.h"
#include "core/program/dependences.h"
#include "jit/command.h"
#include "jit/verification.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace polyloom {

namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::byte>;

constexpr unsigned long kMostOperations = 3'000'000; ///< of isl, to generate one recipe's code: seconds

/// A legal recipe and its code.
struct Candidate {
  std::string recipe;
  Kernel kernel;
  Kernel openMpKernel; ///< as it is printed with OpenMP's pragmas
};

/// `leftOut`: how many legal recipes have code that takes isl too long.
Result<std::vector<Candidate>> drawCandidates(const ScopPtr& scop, const DifferentialOptions& options, int& leftOut) {
  const Result<Dependences> dependences = boundedDependences(*scop);
  if (!dependences)
    return std::unexpected(dependences.error());
  const auto isLegal = [&](const Schedule& schedule) {
    return checkLegality(schedule, *dependences, {.reassociate = options.reassociate}).verdict ==
           LegalityReport::Verdict::Legal;
  };
  RandomRecipes recipes(options.seed, 1, 5);
  std::vector<Candidate> candidates;
  for (int attempt = 0; attempt < 30 * options.recipes && std::ssize(candidates) < options.recipes; ++attempt) {
    const Schedule schedule = recipes.draw(scop, isLegal);
    if (!isLegal(schedule))
      continue;
    const IslQuota quota(scop->ctx(), kMostOperations);
    Result<Kernel> kernel = makeKernel(schedule);
    if (!kernel && kernel.error().code == "too-complex") {
      ++leftOut;
      continue;
    }
    if (!kernel)
      return std::unexpected(kernel.error());
    Kernel openMpKernel = options.reassociate ? withScalarSums(*kernel, schedule.program()) : *kernel;
    candidates.push_back({recipeText(schedule), std::move(*kernel), std::move(openMpKernel)});
  }
  return candidates;
}

/// One comparison of one program.
class Differential {
public:
  Differential(Kernel original, std::vector<Candidate> candidates, const DifferentialOptions& options)
      : original_(std::move(original)), candidates_(std::move(candidates)), options_(options) {}

  Result<DifferentialReport> run(const std::string& originalText) {
    const MeasureOptions measure{.parameters = options_.parameters, .scalars = options_.scalars, .threads = 2, .pin = false,
                                 .runLimit = std::chrono::minutes(1), .reassociate = options_.reassociate};
    Result<Setting> setting = makeSetting(original_, measure);
    if (!setting)
      return std::unexpected(setting.error());
    setting_ = std::move(*setting);
    if (const Result<void> made = makeInputs(original_, setting_); !made)
      return std::unexpected(made.error());
    shapes_ = shapesOf(original_, setting_.parameters).value();
    std::erase_if(shapes_, &ArrayShape::isLocal);
    report_.recipes = static_cast<int>(candidates_.size());
    if (const Result<void> compiled = runCompiled(originalText); !compiled)
      return std::unexpected(compiled.error());
    runJit();
    return std::move(report_);
  }

private:
  Result<void> runCompiled(const std::string& originalText) {
    std::vector<DifferentialVariant> variants;
    for (std::size_t c = 0; c < candidates_.size(); ++c)
      for (const bool openMp : {false, true})
        variants.push_back({fmt::format("{}_{}", openMp ? "openmp" : "c", c),
                            openMp ? candidates_[c].openMpKernel : candidates_[c].kernel, openMp});
    const Result<std::string> text =
        differentialText(originalText, original_, variants, setting_.parameters, setting_.scalars);
    if (!text)
      return std::unexpected(text.error());
    const Result<ScratchFolder> folder = ScratchFolder::make();
    if (!folder)
      return std::unexpected(folder.error());
    const Result<void> built = build(*folder, *text);
    if (!built)
      return built;
    writeInputs(folder->path() + "/inputs");
    const std::string results = folder->path() + "/results";
    const std::string log = folder->path() + "/log";
    const int status = runCommand({folder->path() + "/program", folder->path() + "/inputs", results}, log);
    return compareCompiled(variants, status, readBytes(results), log);
  }

  Result<void> build(const ScratchFolder& folder, const std::string& text) const {
    const std::string source = folder.path() + "/program.c";
    std::ofstream(source) << text;
    std::vector<std::string> command = {"gcc", "-std=gnu11", "-O1", "-g", "-w", "-ffp-contract=off", "-fopenmp"};
    if (options_.sanitize)
      command.insert(command.end(), {"-fsanitize=address,undefined", "-fno-sanitize-recover=all"});
    command.insert(command.end(), {source, "-o", folder.path() + "/program", "-lm"});
    const std::string messages = folder.path() + "/messages";
    const int status = runCommand(command, messages);
    if (status < 0 || status == 127)
      return failure("no-compiler", "gcc cannot be started");
    if (status != 0)
      return failure("emitted-code", "gcc refuses the emitted code", {}, {readText(messages)});
    return {};
  }

  void writeInputs(const std::string& path) const {
    std::ofstream stream(path, std::ios::binary);
    for (const ArrayShape& shape : shapes_) {
      const auto bytes = setting_.inputs.bytes().subspan(setting_.inputOffsets.at(shape.name), shape.bytes);
      stream.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }
  }

  static std::string readText(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  static Bytes readBytes(const std::string& path) {
    const std::string text = readText(path);
    Bytes bytes(text.size());
    std::memcpy(bytes.data(), text.data(), text.size());
    return bytes;
  }

  std::size_t runBytes() const {
    std::size_t bytes = 0;
    for (const ArrayShape& shape : shapes_)
      bytes += shape.bytes;
    return bytes;
  }

  Result<void> compareCompiled(const std::vector<DifferentialVariant>& variants, int status, const Bytes& results,
                               const std::string& log) {
    const std::size_t size = runBytes();
    const std::span<const std::byte> all(results);
    if (results.size() < size)
      return failure("original-failed", "the source's own function stopped", {}, {readText(log)});
    expected_.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size));
    if (size > 0 && !agreementOf(expected_).isIdentical)
      return failure("original-failed", "the source computes values that are not numbers, so nothing can be compared");
    for (std::size_t v = 0; v < variants.size(); ++v) {
      const std::string& recipe = candidates_[v / 2].recipe;
      if (results.size() < (v + 2) * size || (status != 0 && size == 0)) {
        report_.faults.push_back(fmt::format("{} stopped after \"{}\":\n{}", variants[v].name, recipe, readText(log)));
        return {};
      }
      compare(variants[v].openMp ? "OpenMP C" : "C", recipe, agreementOf(all.subspan((v + 1) * size, size)));
    }
    if (status != 0)
      report_.faults.push_back("the compiled program stopped: " + readText(log));
    return {};
  }

  /// The results of one run, arrays one after the other, beside the source's.
  Agreement agreementOf(std::span<const std::byte> actual) const {
    Agreement agreement;
    std::size_t at = 0;
    for (const ArrayShape& shape : shapes_) {
      const std::span<const std::byte> wanted = std::span(expected_).subspan(at, shape.bytes);
      if (!shape.isConfined) // else nobody needs what it holds afterwards, and a step may have given it other cells
        agreement = combine(agreement, compareArrays(shape.element, wanted, actual.subspan(at, shape.bytes)));
      at += shape.bytes;
    }
    return agreement;
  }

  void compare(const std::string& form, const std::string& recipe, const Agreement& agreement) {
    ++report_.compared;
    if (!(options_.reassociate ? agreement.isWithinTolerance : agreement.isIdentical))
      report_.faults.push_back(fmt::format("{} of \"{}\" computes something else: relative error {}", form, recipe,
                                           agreement.maxRelativeError));
  }

  void runJit() {
    runJit("the original order", original_);
    for (const Candidate& candidate : candidates_)
      runJit(candidate.recipe, candidate.kernel);
  }

  void runJit(const std::string& recipe, const Kernel& kernel) {
    const auto object = compileToObject(kernel, {.contract = false, .reassociate = options_.reassociate});
    if (!object) {
      report_.faults.push_back(fmt::format("machine code of \"{}\": {}", recipe, object.error().message));
      return;
    }
    auto entrant = Entrant::start(setting_, kernel, *object);
    const auto time = entrant ? entrant->runForResults() : std::unexpected(entrant.error());
    if (!time) {
      report_.faults.push_back(fmt::format("machine code of \"{}\": {}", recipe, time.error().message));
      return;
    }
    Bytes actual;
    for (const ArrayShape& shape : shapes_) {
      const auto bytes = entrant->results().find(shape.name);
      if (bytes != entrant->results().end())
        actual.insert(actual.end(), bytes->second.begin(), bytes->second.end());
      else
        actual.resize(actual.size() + shape.bytes); // confined, and under another shape: not compared
    }
    compare("machine code", recipe, agreementOf(actual));
  }

  Kernel original_;
  std::vector<Candidate> candidates_;
  const DifferentialOptions& options_;
  Setting setting_;
  std::vector<ArrayShape> shapes_; ///< of the arrays that live outside the region; not all are results
  Bytes expected_;
  DifferentialReport report_;
};

} // namespace

Result<DifferentialReport> runDifferential(const ScopPtr& scop, const std::string& original,
                                           const DifferentialOptions& options) {
  int leftOut = 0;
  Result<std::vector<Candidate>> candidates = drawCandidates(scop, options, leftOut);
  if (!candidates)
    return std::unexpected(candidates.error());
  Result<Kernel> kernel = makeKernel(Schedule::original(scop));
  if (!kernel)
    return std::unexpected(kernel.error());
  Result<DifferentialReport> report = Differential(std::move(*kernel), std::move(*candidates), options).run(original);
  if (report)
    report->leftOut = leftOut;
  return report;
}

} // namespace polyloom
