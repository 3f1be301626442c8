#include "models/features/featurizer.h"

#include "core/frontend/extract.h"
#include "core/generate/kernel.h"
#include "core/generate/program.h"
#include "core/generate/random_recipe.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace polyloom {

namespace {

using test::program;
using test::scheduled;
using Row = ScheduleFeatures::Row;

constexpr FeatureKind kKinds[] = {FeatureKind::Program, FeatureKind::Loop, FeatureKind::Statement, FeatureKind::StatementLoop,
                                  FeatureKind::Access};

ScopPtr matrixProduct() {
  return program("int N, double A[N][N], double B[N][N], double C[N][N]",
                 "for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) for (int k = 0; k < N; k++) "
                 "C[i][j] += A[i][k] * B[k][j];\n");
}

/// The value of a feature by its name.
float valueOf(FeatureKind kind, const Row& row, std::string_view name) {
  const auto infos = featuresOf(kind);
  const auto found = std::ranges::find(infos, name, &FeatureInfo::name);
  EXPECT_NE(found, infos.end()) << name;
  return row.at(static_cast<std::size_t>(found - infos.begin()));
}

void expectWhole(FeatureKind kind, const Row& row) {
  ASSERT_EQ(row.size(), featuresOf(kind).size());
  for (std::size_t f = 0; f < row.size(); ++f)
    ASSERT_TRUE(std::isfinite(row[f])) << featuresOf(kind)[f].name;
}

void expectWhole(const ScheduleFeatures& features) {
  expectWhole(FeatureKind::Program, features.program);
  for (std::size_t l = 0; l < features.loops.size(); ++l) {
    expectWhole(FeatureKind::Loop, features.loops[l].row);
    ASSERT_LT(features.loops[l].parent, static_cast<int>(l));
  }
  ASSERT_FALSE(features.statements.empty());
  for (const ScheduleFeatures::Statement& statement : features.statements) {
    expectWhole(FeatureKind::Statement, statement.row);
    ASSERT_EQ(statement.loops.size(), statement.loopRows.size());
    for (std::size_t k = 0; k < statement.loops.size(); ++k) {
      expectWhole(FeatureKind::StatementLoop, statement.loopRows[k]);
      ASSERT_EQ(features.loops.at(static_cast<std::size_t>(statement.loops[k])).parent, k == 0 ? -1 : statement.loops[k - 1]);
    }
    for (const ScheduleFeatures::Access& access : statement.accesses)
      expectWhole(FeatureKind::Access, access.row);
  }
}

TEST(FeatureNames, AreUniqueAndTold) {
  for (const FeatureKind kind : kKinds) {
    std::set<std::string_view> names;
    for (const FeatureInfo& info : featuresOf(kind)) {
      EXPECT_TRUE(names.insert(info.name).second) << info.name;
      EXPECT_FALSE(info.meaning.empty()) << info.name;
      EXPECT_LT(info.low, info.high) << info.name;
    }
    EXPECT_GE(names.size(), 20U);
  }
  EXPECT_EQ(featureSchema(), featureSchema());
  EXPECT_TRUE(featureSchema().starts_with("2-"));
}

TEST(Featurizer, RefusesUnknownParameters) {
  const Result<Featurizer> made = Featurizer::make(matrixProduct(), {{"K", 10}}, {}, 2);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, "unknown-parameter");
}

TEST(Featurizer, TellsWhatStepsDo) {
  const ScopPtr scop = matrixProduct();
  Result<Featurizer> featurizer = Featurizer::make(scop, {{"N", 256}}, {}, 2);
  ASSERT_TRUE(featurizer.has_value());
  const Result<ScheduleFeatures> features =
      featurizer->features(scheduled(scop, {"tile i j by 32 64", "interchange j k", "vectorize j by 8", "parallel it"}));
  ASSERT_TRUE(features.has_value());
  expectWhole(*features);
  const std::vector<ScheduleFeatures::Loop>& loops = features->loops; // it jt_2 i k jt j
  ASSERT_EQ(loops.size(), 6U);
  EXPECT_EQ(loops[0].name, "it");
  EXPECT_EQ(valueOf(FeatureKind::Loop, loops[0].row, "trips"), 3);
  EXPECT_EQ(valueOf(FeatureKind::Loop, loops[0].row, "is_tile"), 1);
  EXPECT_EQ(valueOf(FeatureKind::Loop, loops[0].row, "is_parallel"), 1);
  EXPECT_EQ(valueOf(FeatureKind::Loop, loops[2].row, "trips"), 5);
  EXPECT_EQ(valueOf(FeatureKind::Loop, loops[2].row, "entries"), 5);
  EXPECT_EQ(valueOf(FeatureKind::Loop, loops[5].row, "is_lanes"), 1);
  EXPECT_EQ(valueOf(FeatureKind::Loop, loops[5].row, "vector_width"), 3);
  const ScheduleFeatures::Statement& statement = features->statements.at(0);
  EXPECT_EQ(valueOf(FeatureKind::Statement, statement.row, "instances"), 24);
  EXPECT_EQ(valueOf(FeatureKind::Statement, statement.row, "lanes"), 3);
  EXPECT_EQ(valueOf(FeatureKind::Statement, statement.row, "lane_reads_unit"), 1);  // B
  EXPECT_EQ(valueOf(FeatureKind::Statement, statement.row, "lane_reads_still"), 1); // A
  EXPECT_EQ(valueOf(FeatureKind::Statement, statement.row, "is_reduction"), 1);
  EXPECT_EQ(valueOf(FeatureKind::Access, statement.accesses.at(2).row, "body_still"), 1);
}

TEST(Featurizer, KnowsThatLanesAndThreadsPay) {
  const ScopPtr scop = matrixProduct();
  Result<Featurizer> featurizer = Featurizer::make(scop, {{"N", 512}}, {}, 2);
  ASSERT_TRUE(featurizer.has_value());
  const double original = featurizer->modelledTimeOfOriginal();
  EXPECT_LT(*featurizer->modelledTime(scheduled(scop, {"parallel i"})), 0.6 * original);
  EXPECT_LT(*featurizer->modelledTime(scheduled(scop, {"interchange j k"})), 0.6 * original); // walks along rows
  EXPECT_LT(*featurizer->modelledTime(scheduled(scop, {"vectorize j by 8"})), 0.6 * original);
  EXPECT_GT(*featurizer->modelledTime(scheduled(scop, {"parallel j"})), *featurizer->modelledTime(scheduled(scop, {"parallel i"})));
  EXPECT_GT(*featurizer->modelledTime(scheduled(scop, {"interchange i k"})), 1.2 * *featurizer->modelledTime(scheduled(scop, {"interchange j k"})));
}

TEST(Featurizer, GivesNetworksTheModelledTimes) {
  const ScopPtr scop = matrixProduct();
  Result<Featurizer> featurizer = Featurizer::make(scop, {{"N", 256}}, {}, 2);
  ASSERT_TRUE(featurizer.has_value());
  const Schedule schedule = scheduled(scop, {"parallel i"});
  const Result<ScheduleFeatures> features = featurizer->features(schedule);
  ASSERT_TRUE(features.has_value());
  const double nanoseconds = *featurizer->modelledTime(schedule);
  EXPECT_NEAR(valueOf(FeatureKind::Program, features->program, kModelledTime), std::log2(nanoseconds * 1e-9), 1e-4);
  EXPECT_NEAR(valueOf(FeatureKind::Program, features->program, kModelledSpeedup),
              std::log2(featurizer->modelledTimeOfOriginal() / nanoseconds), 1e-4);
  EXPECT_NEAR(valueOf(FeatureKind::Statement, features->statements[0].row, kModelledTime), std::log2(nanoseconds * 1e-9), 0.1);
}

TEST(Featurizer, HoldsForAllSteps) {
  for (std::uint64_t seed = 100; seed < 118; ++seed) {
    const auto scops = extractText(test::context().get(), "random.c", seed % 2 == 0 ? generateProgram(seed) : *generateKernel(seed, "mixed"));
    ASSERT_TRUE(scops.has_value());
    Result<Featurizer> featurizer = Featurizer::make(scops->front(), {}, {}, 2);
    ASSERT_TRUE(featurizer.has_value());
    RandomRecipes recipes(seed);
    for (int r = 0; r < 5; ++r) {
      const Schedule schedule = recipes.draw(scops->front());
      SCOPED_TRACE(recipeText(schedule));
      const Result<ScheduleFeatures> features = featurizer->features(schedule);
      ASSERT_TRUE(features.has_value());
      expectWhole(*features);
    }
  }
}

TEST(Featurizer, SaysTheSameAgain) {
  const ScopPtr scop = matrixProduct();
  Result<Featurizer> featurizer = Featurizer::make(scop, {{"N", 100}}, {}, 2);
  ASSERT_TRUE(featurizer.has_value());
  const Schedule schedule = scheduled(scop, {"tile i j by 16 16", "pack B at jt", "vectorize j by 4"});
  const Result<ScheduleFeatures> first = featurizer->features(schedule), again = featurizer->features(schedule);
  ASSERT_TRUE(first.has_value() && again.has_value());
  EXPECT_EQ(first->program, again->program);
  EXPECT_EQ(first->statements.back().row, again->statements.back().row);
}

} // namespace

} // namespace polyloom
