#include "app/jobs/label_program.h"

#include "app/jobs/jobs.h"
#include "app/jobs/open.h"
#include "core/codegen/c_text.h"
#include "core/codegen/make_kernel.h"
#include "core/generate/kernel.h"
#include "core/generate/random_recipe.h"
#include "core/generate/relevant_recipe.h"
#include "core/generate/shape.h"
#include "core/legality/legality.h"
#include "core/program/dependences.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <unordered_set>

namespace polyloom {

namespace {

constexpr unsigned long kLegalityOperations = 200'000; ///< beyond it a recipe is none: some tenths of a second
constexpr unsigned long kCodeOperations = 400'000;
constexpr int kFastestOf = 4;

double secondsBetween(std::chrono::steady_clock::time_point first, std::chrono::steady_clock::time_point second) {
  return std::round(1e3 * std::chrono::duration<double>(second - first).count()) / 1e3;
}

/// A recipe and its code.
struct Candidates {
  std::vector<std::string> recipes;
  std::vector<Variant> variants;
};

bool isLegalWithin(const Schedule& schedule, const Dependences& dependences) {
  try {
    return checkLegality(schedule, dependences, {.maxOperations = kLegalityOperations}).verdict ==
           LegalityReport::Verdict::Legal;
  } catch (const isl::exception_quota&) {
    return false;
  }
}

Result<Kernel> kernelWithin(const Schedule& schedule) {
  const IslQuota quota(schedule.program().ctx(), kCodeOperations);
  return makeKernel(schedule);
}

/// Recipes whose code differs from the original's and from each other's.
Candidates drawCandidates(const Schedule& original, const Kernel& originalKernel, const Dependences& dependences,
                          const LabelingOptions& options, std::uint64_t seed) {
  const auto textOf = [](const Kernel& kernel) { return standaloneFunction(kernel, {}, "f"); };
  std::unordered_set<std::string> seen = {textOf(originalKernel)};
  RelevantRecipes recipes(seed);
  Candidates candidates;
  for (int attempt = 0; attempt < 2 * options.recipes && std::ssize(candidates.recipes) < options.recipes; ++attempt) {
    const std::optional<Schedule> schedule =
        recipes.draw(original, [&](const Schedule& each) { return isLegalWithin(each, dependences); });
    if (!schedule)
      continue;
    Result<Kernel> kernel = kernelWithin(*schedule);
    if (!kernel || !seen.insert(textOf(*kernel)).second)
      continue;
    candidates.recipes.push_back(recipeText(*schedule, "\n"));
    candidates.variants.push_back({fmt::format("recipe {}", candidates.recipes.size()), *std::move(kernel)});
  }
  return candidates;
}

Result<ScopPtr> readProgram(isl::ctx ctx, const LabelSource& source) {
  if (!source.file.empty()) {
    const Result<std::vector<ScopPtr>> scops = openProgram(ctx, source.file);
    return scops ? Result<ScopPtr>(scops->front()) : std::unexpected(scops.error());
  }
  const Result<std::string> text = generateKernel(source.seed, source.level);
  if (!text)
    return std::unexpected(text.error());
  const Result<std::vector<ScopPtr>> scops = extractText(ctx, source.name() + ".c", *text);
  return scops ? Result<ScopPtr>(scops->front()) : std::unexpected(scops.error());
}

MeasureOptions measureOptions(const LabelingOptions& options, std::size_t variants) {
  MeasureOptions measure;
  measure.threads = options.threads;
  measure.runs = 40;
  measure.fewestRuns = 5;
  measure.fastestOf = options.keep ? 0 : kFastestOf;
  measure.teamCosts = false; // nobody reads the warnings
  measure.runLimit = std::chrono::milliseconds(600); // some recipes are bad on purpose
  measure.totalBudget = options.perSchedule * (variants + 1) / kLabelVisits;
  return measure;
}

} // namespace

Result<PreparedLabels> prepareLabels(const LabelSource& source, const LabelingOptions& options,
                                     const std::function<bool(const std::string& canonical)>& isKnown) {
  const auto context = std::make_shared<IslContext>();
  const Result<ScopPtr> scop = readProgram(context->get(), source);
  if (!scop)
    return std::unexpected(scop.error());
  if (std::optional<Diagnostic> refusal = whyNotExecutable(**scop))
    return std::unexpected(std::move(*refusal));
  const std::string canonical = fmt::format("{:016x}", canonicalHash(**scop));
  if (isKnown(canonical))
    return failure("known-program", "the same program is there under another name");
  const Schedule original = Schedule::original(*scop);
  const Result<Kernel> kernel = makeKernel(original);
  if (!kernel)
    return std::unexpected(kernel.error());
  const Result<TrialRuns> trial = TrialRuns::make(*kernel, measureOptions(options, 0));
  const auto sizes = trial ? labelSizes(**scop, *kernel, *trial) : std::unexpected(trial.error());
  if (!sizes)
    return std::unexpected(sizes.error());
  const auto beforeRecipes = std::chrono::steady_clock::now();
  const Result<Dependences> dependences = boundedDependences(**scop, 3'000'000);
  if (!dependences)
    return std::unexpected(dependences.error());
  Candidates candidates = drawCandidates(original, *kernel, *dependences, options, options.seed * 1'000'003 + source.seed);
  if (candidates.recipes.empty())
    return failure("no-recipes", "no recipe changes its code");
  MeasureOptions measure = measureOptions(options, candidates.variants.size());
  measure.parameters = *sizes;
  // A second build of everything takes longer than the timing: the looser comparison has to do for most.
  constexpr std::uint64_t kStrictEvery = 16;
  measure.strict = !source.file.empty() || source.seed % kStrictEvery == 0;
  const auto beforeCode = std::chrono::steady_clock::now();
  auto measurement = PreparedMeasurement::prepare(*kernel, std::move(candidates.variants), measure);
  if (!measurement)
    return std::unexpected(measurement.error());
  nlohmann::json line = {{"version", LabelFile::kVersion}, {"kind", "program"}, {"source", source.name()},
                         {"canonical", canonical}, {"shape", fmt::format("{:016x}", shapeHash(**scop))},
                         {"text", (*scop)->source.text}, {"parameters", *sizes}};
  line["preparing_s"] = {{"recipes", secondsBetween(beforeRecipes, beforeCode)},
                         {"code", secondsBetween(beforeCode, std::chrono::steady_clock::now())}};
  return PreparedLabels{context, *scop, std::move(candidates.recipes), measure, std::move(line), *std::move(measurement)};
}

} // namespace polyloom
