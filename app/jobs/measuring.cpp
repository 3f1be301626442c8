#include "app/jobs/measuring.h"

#include "app/jobs/jobs.h"
#include "core/codegen/make_kernel.h"
#include "core/program/assumptions.h"
#include "core/program/dependences.h"
#include "core/program/text.h"
#include "jit/store/digest.h"
#include "jit/store/measurement_store.h"
#include "jit/timing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace polyloom {

namespace {

using nlohmann::json;
using StoredFigures = std::vector<std::optional<StoredMeasurement>>;

Result<Plan> planOf(const ScopPtr& scop, std::span<const std::string> recipes, bool reassociate) {
  const Result<Kernel> original = makeKernel(Schedule::original(scop));
  if (!original)
    return std::unexpected(original.error());
  const Result<Dependences> dependences = boundedDependences(*scop);
  if (!dependences)
    return std::unexpected(dependences.error());
  Plan plan{scop, *original, {}, {}, std::vector<std::string>(recipes.size())};
  for (std::size_t r = 0; r < recipes.size(); ++r) {
    const Result<JudgedSchedule> judged = judgeRecipe(scop, *dependences, recipes[r], {}, reassociate);
    const Result<Kernel> kernel = judged ? makeKernel(judged->schedule) : std::unexpected(judged.error());
    if (!kernel) {
      plan.refusals[r] = toText(kernel.error());
    } else if (!judged->isLegal) {
      plan.refusals[r] = judged->sentence;
    } else {
      plan.recipes.push_back(recipes[r]);
      plan.variants.push_back({fmt::format("recipe {}", r + 1), *kernel});
    }
  }
  return plan;
}

/// The steps in canonical spacing, without the optional first line.
Result<std::string> canonicalRecipe(const std::string& text) {
  const Result<Recipe> recipe = parseRecipe(text);
  if (!recipe)
    return std::unexpected(recipe.error());
  std::vector<std::string> lines;
  for (const Step& step : recipe->steps)
    lines.push_back(toText(step));
  return fmt::format("{}", fmt::join(lines, "\n"));
}

/// The point of the original order; a recipe's differs only in the recipe.
MeasurementPoint originalPoint(const Scop& scop, const MeasureOptions& options, const Identity& identity) {
  MeasurementPoint point;
  point.program = programDigest(scop);
  point.parameters = options.parameters;
  for (const Parameter& parameter : scop.parameters)
    point.parameters.try_emplace(parameter.name, parameter.value);
  point.scalars = options.scalars;
  for (const DataScalar& scalar : scop.scalars)
    point.scalars.try_emplace(scalar.name, scalar.value);
  point.threads = options.threads;
  point.pinned = options.pin;
  point.reassociate = options.reassociate;
  point.seed = options.seed;
  point.cold = options.cold;
  point.hugePages = options.hugePages;
  point.compiler = identity.compiler;
  point.machine = identity.machine;
  return point;
}

Result<MeasurementStore> openStore() {
  const Result<std::filesystem::path> path = measurementStorePath();
  return path ? MeasurementStore::open(*path) : std::unexpected(path.error());
}

/// The report's measurements for the store: the original's unless a recipe stands for it, then the recipes' that ran.
std::vector<StoredMeasurement> measurementsOf(const Scop& scop, std::span<const std::string> recipes,
                                              const MeasureOptions& options, const MeasureAnswer& answer) {
  const auto factsOfVariant = [&](const VariantReport* variant) {
    MeasurementFacts facts = factsOf(answer.report, variant);
    facts.roofline = answer.roofline;
    facts.cacheBytes = answer.cacheBytes;
    return facts;
  };
  StoredMeasurement original{.point = originalPoint(scop, options, answer.identity), .taken = answer.taken,
                             .function = scop.function,
                             .path = std::filesystem::absolute(scop.source.path).lexically_normal().string(),
                             .place = answer.place, .runs = options.runs};
  original.facts = factsOfVariant(nullptr);
  original.originalSamples = answer.report.original.samples;
  original.samples = original.originalSamples;
  original.result = ResultCheck::Equal;
  std::vector<StoredMeasurement> measurements;
  for (std::size_t r = 0; r < recipes.size(); ++r) {
    const VariantReport& variant = answer.report.variants[r];
    if (variant.outcome == Outcome::Refused)
      continue; // it never ran
    StoredMeasurement& measurement = measurements.emplace_back(original);
    measurement.point.recipe = canonicalRecipe(recipes[r]).value_or(""); // it has been parsed before
    measurement.outcome = variant.outcome;
    measurement.message = variant.message;
    measurement.result = variant.result;
    measurement.maxRelativeError = variant.maxRelativeError;
    measurement.samples = variant.timing.samples;
    measurement.facts = factsOfVariant(&variant);
  }
  if (std::ranges::none_of(measurements, [](const auto& each) { return each.point.recipe.empty(); }))
    measurements.insert(measurements.begin(), std::move(original));
  return measurements;
}

void insertRefusals(MeasureAnswer& answer, std::span<const std::string> refusals) {
  const auto insertAt = [](auto& list, std::size_t index, auto value) {
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(index), std::move(value));
  };
  for (std::size_t r = 0; r < refusals.size(); ++r) {
    if (refusals[r].empty())
      continue;
    insertAt(answer.report.variants, r,
             VariantReport{.name = fmt::format("recipe {}", r + 1), .outcome = Outcome::Refused, .message = refusals[r]});
    insertAt(answer.variantTaken, r, std::string());
    insertAt(answer.variantOriginals, r, Timing());
  }
}

/// The answer from the store, if it has all that take part; where none does, the original.
Result<std::optional<MeasureAnswer>> storedAnswer(const Scop& scop, std::span<const std::string> recipes,
                                                  const MeasureOptions& options, std::span<const std::string> refusals,
                                                  const Identity& identity) {
  std::vector<std::string> wanted;
  for (std::size_t r = 0; r < recipes.size(); ++r)
    if (refusals[r].empty())
      wanted.push_back(recipes[r]);
  const bool wantsOriginal = wanted.empty();
  if (wantsOriginal)
    wanted.emplace_back();
  const Result<StoredFigures> figures = storedFigures(scop, wanted, options, identity);
  if (!figures)
    return std::unexpected(figures.error());
  if (!std::ranges::all_of(*figures, [](const auto& figure) { return figure.has_value(); }))
    return std::nullopt;
  MeasureAnswer answer = answerFrom(*figures);
  if (wantsOriginal) {
    answer.report.variants.clear();
    answer.variantTaken.clear();
    answer.variantOriginals.clear();
  }
  insertRefusals(answer, refusals);
  for (std::size_t r = 0; r < recipes.size(); ++r)
    answer.report.variants[r].name = fmt::format("recipe {}", r + 1);
  return answer;
}

Result<MeasureAnswer> freshAnswer(const Plan& plan, const MeasureOptions& options, Place& place) {
  Result<MeasureReport> report = place.measure(plan, options);
  if (!report)
    return std::unexpected(report.error());
  MeasureAnswer answer{.report = *std::move(report), .taken = nowInUtc(), .place = place.name(),
                       .identity = place.identity(), .roofline = place.roofline(options.threads),
                       .cacheBytes = place.cacheBytes()};
  for (const VariantReport& variant : answer.report.variants) {
    answer.variantTaken.push_back(variant.outcome == Outcome::Refused ? "" : answer.taken);
    answer.variantOriginals.push_back(answer.report.original);
  }
  insertRefusals(answer, plan.refusals);
  return answer;
}

} // namespace

std::string programDigest(const Scop& scop) {
  json text = toJson(scop);
  for (const char* key : {"source", "presets"})
    text.erase(key);
  for (const char* list : {"arrays", "loops", "statements"})
    for (json& item : text[list])
      item.erase("range");
  for (json& statement : text["statements"])
    statement.erase("text");
  for (const char* list : {"parameters", "scalars"})
    for (json& item : text[list])
      item.erase("value");
  for (json& assumption : text["assumptions"])
    assumption.erase("reason"); // it names lines
  return digestOf(text.dump(-1, ' ', false, json::error_handler_t::replace));
}

Result<StoredFigures> storedFigures(const Scop& scop, std::span<const std::string> recipes,
                                    const MeasureOptions& options, const Identity& identity) {
  const Result<MeasurementStore> store = openStore();
  if (!store)
    return std::unexpected(store.error());
  MeasurementPoint point = originalPoint(scop, options, identity);
  StoredFigures figures;
  for (const std::string& text : recipes) {
    figures.emplace_back();
    const Result<std::string> recipe = canonicalRecipe(text);
    if (!recipe)
      continue;
    point.recipe = *recipe;
    Result<std::optional<StoredMeasurement>> found = store->find(point, options.runs);
    if (!found)
      return std::unexpected(found.error());
    figures.back() = *std::move(found);
  }
  return figures;
}

Result<void> keepFigures(const Scop& scop, std::span<const std::string> recipes, const MeasureOptions& options,
                         const MeasureAnswer& answer) {
  Result<MeasurementStore> store = openStore();
  return store ? store->add(measurementsOf(scop, recipes, options, answer)) : std::unexpected(store.error());
}

MeasureAnswer answerFrom(std::span<const std::optional<StoredMeasurement>> figures) {
  MeasureAnswer answer{.isStored = true};
  for (std::size_t f = 0; f < figures.size(); ++f) {
    const std::optional<StoredMeasurement>& figure = figures[f];
    if (!figure)
      continue;
    answer.report.variants.push_back(reportOf(*figure));
    answer.report.variants.back().name = fmt::format("recipe {}", f + 1);
    answer.variantTaken.push_back(figure->taken);
    answer.variantOriginals.push_back(originalTimingOf(*figure));
    if (figure->taken < answer.taken)
      continue;
    answer.taken = figure->taken;
    answer.report.original = answer.variantOriginals.back();
    answer.report.threads = figure->point.threads;
    answer.report.memory.isCold = figure->point.cold;
    answer.report.memory.wantsHugePages = figure->point.hugePages;
    addFacts(answer.report, figure->facts);
    answer.place = figure->place;
    answer.identity = {figure->point.machine, figure->point.compiler};
    answer.roofline = figure->facts.roofline;
    answer.cacheBytes = figure->facts.cacheBytes;
    answer.report.runs = static_cast<int>(figure->originalSamples.size());
  }
  return answer;
}

void refreshRoofline(MeasureAnswer& answer, const Place& place) {
  if (const std::optional<Roofline> known = place.roofline(answer.report.threads))
    answer.roofline = known;
  answer.cacheBytes = place.cacheBytes();
}

Result<std::optional<Identity>> knownIdentity(const std::string& place) {
  if (place.empty())
    return thisIdentity();
  const Result<MeasurementStore> store = openStore();
  return store ? store->identityAt(place) : std::unexpected(store.error());
}

Result<MeasureAnswer> measureRecipes(const ScopPtr& scop, std::span<const std::string> recipes,
                                     const MeasureOptions& options, Figures figures, Place& place) {
  if (std::optional<Diagnostic> refusal = whyNotExecutable(*scop))
    return std::unexpected(std::move(*refusal));
  if (std::optional<Diagnostic> refusal = refuseBrokenAssumption(*scop, options.parameters))
    return std::unexpected(std::move(*refusal)); // it would leave its arrays
  const Result<Plan> plan = planOf(scop, recipes, options.reassociate);
  if (!plan)
    return std::unexpected(plan.error());
  std::string unread;
  if (figures == Figures::StoredOrFresh) {
    Result<std::optional<MeasureAnswer>> stored = storedAnswer(*scop, recipes, options, plan->refusals, place.identity());
    if (stored && *stored) {
      refreshRoofline(**stored, place);
      return **std::move(stored);
    }
    unread = stored ? "" : stored.error().message;
  }
  Result<MeasureAnswer> answer = freshAnswer(*plan, options, place);
  if (!answer || figures == Figures::Unkept)
    return answer;
  if (const Result<void> kept = keepFigures(*scop, recipes, options, *answer); !kept)
    answer->warnings.push_back(kept.error().message + "; these times are not kept");
  else if (!unread.empty())
    answer->warnings.push_back(unread + "; all was measured anew");
  return answer;
}

} // namespace polyloom
