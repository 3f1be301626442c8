#include "tests/models/synthetic.h"

#include "core/base/check.h"

#include <fmt/format.h>

#include <cmath>
#include <random>

namespace polyloom::test {

namespace {

using Random = std::mt19937_64;

double between(Random& random, double low, double high) {
  return low + (high - low) * static_cast<double>(random() >> 11U) * 0x1p-53;
}

bool toss(Random& random, double chance) { return between(random, 0, 1) < chance; }

/// A statement with `depth` loops, the first of them the common one. Adds its true time.
void addStatement(SyntheticSchedule& schedule, Random& random, int depth, double log2Work) {
  ScheduleFeatures& features = schedule.features;
  ScheduleFeatures::Statement statement{.name = fmt::format("S{}", features.statements.size()),
                                        .loops = {0},
                                        .row = {static_cast<float>(log2Work), static_cast<float>(depth)},
                                        .loopRows = {}, .accesses = {}};
  for (int d = 1; d < depth; ++d) {
    statement.loops.push_back(static_cast<int>(features.loops.size()));
    features.loops.push_back({.name = "i", .parent = statement.loops[statement.loops.size() - 2],
                              .row = {static_cast<float>(between(random, 3, 11)), 0}});
  }
  const bool isStrided = toss(random, 0.4);
  double factor = isStrided ? 0.9 : 0;
  for (int d = 0; d < depth; ++d)
    statement.loopRows.push_back({d == depth - 1 && isStrided ? 1.0F : 0.0F, static_cast<float>(depth - d)});
  const int accesses = 1 + static_cast<int>(random() % 3);
  for (int a = 0; a < accesses; ++a) {
    const bool misses = toss(random, 0.4);
    factor += misses ? 0.4 : 0;
    statement.accesses.push_back({.array = "A", .position = a, .row = {misses ? 1.0F : 0.0F, static_cast<float>(a)}});
  }
  factor -= features.loops[0].row[1] > 0 ? 0.7 : 0;
  schedule.seconds += std::exp2(log2Work) * std::exp(factor);
  LooperFeatures::Computation computation{.loop = statement.loops.back(),
                                          .vector = {static_cast<float>(log2Work), isStrided ? 1.0F : 0.0F,
                                                     features.loops[0].row[1], static_cast<float>(factor)},
                                          .tokens = {}, .tags = {}};
  for (int t = 0; t < accesses; ++t)
    computation.tokens.push_back({1, static_cast<float>(t)});
  if (isStrided)
    computation.tags.push_back({1, 0, 1});
  schedule.looper.computations.push_back(std::move(computation));
  features.statements.push_back(std::move(statement));
}

} // namespace

FeatureTable tinyTable() {
  const std::string time(kModelledTime), speedup(kModelledSpeedup);
  return FeatureTable("tiny-1", {FeatureTable::Names{time, speedup}, FeatureTable::Names{"extent", "parallel"},
                                 FeatureTable::Names{time, "depth"}, FeatureTable::Names{"strided", "from_inside"},
                                 FeatureTable::Names{"misses", "position"}});
}

SyntheticSchedule syntheticSchedule(std::uint64_t seed, int statements, double log2Work) {
  Random random(seed);
  SyntheticSchedule schedule;
  schedule.features.loops.push_back({.name = "t", .parent = -1, .row = {8, toss(random, 0.5) ? 1.0F : 0.0F}});
  double modelled = 0;
  for (int s = 0; s < statements; ++s) {
    const double work = log2Work + s;
    addStatement(schedule, random, 1 + static_cast<int>(random() % 4), work);
    modelled += std::exp2(work);
  }
  schedule.features.program = {static_cast<float>(std::log2(modelled)), 0};
  for (const ScheduleFeatures::Loop& loop : schedule.features.loops)
    schedule.looper.loops.push_back({.parent = loop.parent, .vector = loop.row});
  return schedule;
}

ModelInput inputOf(const SyntheticSchedule& schedule) {
  Result<FlatTree> tree = flatten(schedule.features, tinyTable());
  POLYLOOM_CHECK(tree.has_value());
  return {.tree = std::move(*tree), .looper = schedule.looper};
}

TrainingSet syntheticSet(int programs, int schedules, std::uint64_t seed, double noise) {
  Random random(seed);
  TrainingSet set;
  for (int p = 0; p < programs; ++p) {
    const int statements = 1 + static_cast<int>(random() % 3);
    const double work = between(random, -14, -4);
    const SyntheticSchedule original = syntheticSchedule(random(), statements, work);
    LabeledProgram program{.name = fmt::format("p{}", p), .shape = fmt::format("shape{}", seed * 1000 + static_cast<std::uint64_t>(p)),
                           .group = "synthetic", .difficulty = static_cast<double>(statements), .depth = statements,
                           .original = inputOf(original), .seconds = original.seconds, .schedules = {}};
    for (int s = 0; s < schedules; ++s) {
      SyntheticSchedule schedule = syntheticSchedule(random(), statements, work);
      for (LooperFeatures::Computation& computation : schedule.looper.computations) // LOOPer's do not see the original
        computation.vector[0] -= static_cast<float>(std::log2(original.seconds));
      const double speedup = original.seconds / schedule.seconds * std::exp(between(random, -noise, noise));
      program.schedules.push_back({.input = inputOf(schedule), .speedup = speedup, .low = speedup * std::exp(-noise),
                                   .high = speedup * std::exp(noise), .seconds = original.seconds / speedup,
                                   .speedupAgain = {}, .recipe = "", .level = statements});
    }
    set.programs.push_back(std::move(program));
  }
  return set;
}

} // namespace polyloom::test
