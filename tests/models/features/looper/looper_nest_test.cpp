#include "tests/models/features/looper/looper_cases.h"
#include "tests/models/features/nests.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

using LoopPlace = LooperLoopPlace;
using Parents = std::vector<int>;
using Tags = std::vector<LooperFeatures::Tag>;

Tags tagsAfter(const ScopPtr& scop, const std::vector<std::string>& lines) {
  return looperOf(scop, lines).computations.back().tags;
}

TEST(LooperTree, IsTheSourcesAsLongAsStepsAreLoopers) {
  const Parents gemm = {-1, 0, 1};
  for (const std::vector<std::string>& lines : std::vector<std::vector<std::string>>{
           {}, {"interchange i k"}, {"tile i j k by 8 8 8", "parallel it"}, {"tile i j by 32 32", "tile i j by 8 8"},
           {"vectorize j by 4", "jam i by 2"}, {"skew k by 1 i", "unroll k by 4"}, {"unroll j by 4", "reverse k"}}) {
    const LooperFeatures features = looperOf(matrixProduct(), lines);
    EXPECT_EQ(parentsOf(features), gemm) << (lines.empty() ? "" : lines.front());
    EXPECT_EQ(loopsOf(features), Parents{2});
  }
  EXPECT_EQ(parentsOf(looperOf(named("imperfect"), {})), (Parents{-1, 0}));
  EXPECT_EQ(loopsOf(looperOf(named("imperfect"), {})), (Parents{0, 1, 0}));
}

TEST(LooperTree, KeepsJammedStatementsTogether) {
  const LooperFeatures features = looperOf(named("imperfect"), {"jam i by 4"});
  EXPECT_EQ(parentsOf(features), (Parents{-1, 0}));
  EXPECT_EQ(loopsOf(features), (Parents{0, 1, 0}));
  EXPECT_EQ(features.loops[0].vector[LoopPlace::kJam], sized(4));
  EXPECT_EQ(features.loops[0].vector[LoopPlace::kIsTile], 0);
  for (const LooperFeatures::Computation& computation : features.computations)
    EXPECT_EQ(ownAt(computation, 0), (std::vector<float>{0, sized(4), 0, 0, 0, 0}));
}

TEST(LooperTree, HasTileLoopsWhosePointsAreNoSingleLoop) {
  const LooperFeatures features = looperOf(named("jacobi-1d"), {"fuse i j", "tile i by 16", "distribute i after S0"});
  EXPECT_EQ(parentsOf(features), (Parents{-1, 0, 1, 1}));
  EXPECT_EQ(loopsOf(features), (Parents{2, 3}));
  const std::vector<float>& tiles = features.loops[1].vector;
  EXPECT_EQ(tiles[LoopPlace::kIsTile], 1);
  EXPECT_EQ(tiles[LoopPlace::kTileSize], sized(16));
  EXPECT_EQ(tiles[LoopPlace::kFused], 1);
  EXPECT_EQ(features.loops[2].vector[LoopPlace::kTile], sized(16));
  EXPECT_EQ(features.loops[2].vector[LoopPlace::kFused], 0);
}

TEST(LooperTree, FillsBuffersWhereTheyAreFilled) {
  const LooperFeatures features = looperOf(matrixProduct(), {"tile k by 20", "interchange j kt", "pack B at kt"});
  ASSERT_EQ(features.computations.size(), 2U);
  const int filled = features.loops[static_cast<std::size_t>(features.computations[0].loop)].parent;
  ASSERT_GE(filled, 0);
  int around = features.computations[1].loop;
  while (around >= 0 && features.loops[static_cast<std::size_t>(around)].vector[LoopPlace::kIsTile] == 0)
    around = features.loops[static_cast<std::size_t>(around)].parent;
  ASSERT_GE(around, 0) << "the tile loop is there";
  for (const LooperFeatures::Loop& loop : features.loops)
    EXPECT_EQ(loop.vector[LoopPlace::kFused], 0) << "copies are no loops of the source";
  EXPECT_TRUE(filled == around || features.loops[static_cast<std::size_t>(filled)].parent == around);
}

TEST(LooperTree, SaysWhatLoopsDo) {
  const LooperFeatures features = looperOf(matrixProduct(), {"tile i j by 32 64", "parallel it", "unroll k by 4", "vectorize j by 8"});
  ASSERT_EQ(features.loops.size(), 3U);
  const std::vector<float>& i = features.loops[0].vector;
  EXPECT_EQ(i.size(), kLooperLoop);
  EXPECT_EQ(numbersAt(i, 0, 8), (std::vector<float>{1, 1, sized(32), 0, 0, 0, 0, 0}));
  EXPECT_EQ(numbersAt(features.loops[2].vector, 0, 8), (std::vector<float>{0, 0, 0, 0, 1, sized(4), 0, 0}));
  EXPECT_EQ(features.loops[1].vector[LoopPlace::kLanes], sized(8));
}

TEST(LooperTree, CountsFusedShiftedDistributedAndSplitLoops) {
  const LooperFeatures fused = looperOf(named("jacobi-1d"), {"shift S1 j by 1", "fuse i j"});
  EXPECT_EQ(numbersAt(fused.loops.at(1).vector, 0, 8), (std::vector<float>{0, 0, 0, 1, 0, 0, 1, 1}));
  const LooperFeatures apart = looperOf(named("jacobi-1d"), {"distribute t after S0"});
  EXPECT_EQ(apart.loops.at(0).vector[LoopPlace::kDistributed], 1);
  EXPECT_EQ(apart.loops.at(1).vector[LoopPlace::kDistributed], 0);
  const LooperFeatures split = looperOf(matrixProduct(), {"split i at 10"});
  EXPECT_EQ(parentsOf(split), (Parents{-1, 0, 1, -1, 3, 4}));
  EXPECT_EQ(split.loops[0].vector[LoopPlace::kSplit], 1);
  EXPECT_EQ(split.loops[1].vector[LoopPlace::kSplit], 1) << "j's other iterations run elsewhere, too";
  EXPECT_EQ(split.loops[0].vector[LoopPlace::kDistributed], 0);
}

TEST(LooperTags, OfTheOriginalAreNone) {
  for (const NamedProgram& each : namedPrograms())
    for (const LooperFeatures::Computation& computation : looperOf(named(each.name), {}).computations)
      EXPECT_TRUE(computation.tags.empty()) << each.name;
}

TEST(LooperTags, AreThePublishedOnes) {
  EXPECT_EQ(tagsAfter(matrixProduct(), {"interchange i k"}), Tags{tag(LooperTag::Interchange, {{1, 0}, {2, 2}})});
  EXPECT_EQ(tagsAfter(matrixProduct(), {"reverse j"}), Tags{tag(LooperTag::Reverse, {{3, 1}})});
  EXPECT_EQ(tagsAfter(sweep(), {"skew i by 2 t"}),
            Tags{tag(LooperTag::Skew, {{4, 0}, {5, 1}, {7, 1}, {9, sized(2)}, {10, 1}})});
  EXPECT_EQ(tagsAfter(sweep(), {"skew i by 1 t", "skew j by 1 t"}),
            Tags{tag(LooperTag::Skew, {{4, 0}, {5, 1}, {6, 2}, {7, 1}, {10, 1}, {11, 1}, {13, 1}, {15, 1}})});
}

TEST(LooperTags, DependOnTheOrderAlone) {
  EXPECT_EQ(tagsAfter(sweep(), {"unimodular t i by 1 1; 1 0"}), tagsAfter(sweep(), {"skew i by 1 t", "interchange t i"}));
  EXPECT_EQ(tagsAfter(sweep(), {"unimodular t i by 1 1; 1 0"}),
            (Tags{tag(LooperTag::Interchange, {{1, 0}, {2, 1}}),
                  tag(LooperTag::Skew, {{4, 0}, {5, 1}, {7, 1}, {8, 1}, {10, 1}})}));
  EXPECT_TRUE(tagsAfter(matrixProduct(), {"interchange i k", "interchange i k"}).empty());
  EXPECT_EQ(tagsAfter(matrixProduct(), {"interchange i j", "interchange i k"}),
            tagsAfter(matrixProduct(), {"unimodular i j k by 0 1 0; 0 0 1; 1 0 0"}));
}

TEST(LooperTags, TellLoopsFromTheOutsideIn) {
  EXPECT_EQ(tagsAfter(matrixProduct(), {"tile i j by 32 64", "interchange j k", "vectorize j by 8", "parallel it"}),
            (Tags{tag(LooperTag::Interchange, {{1, 1}, {2, 2}}),
                  tag(LooperTag::Tile, {{1, 1}, {2, 1}, {3, sized(32)}}), tag(LooperTag::Parallel, {{1, 1}, {2, 1}}),
                  tag(LooperTag::Tile, {{1, 2}, {2, 3}, {3, sized(64)}}),
                  tag(LooperTag::Lanes, {{1, 6}, {2, 3}, {3, sized(8)}})}))
      << "it jt_2 i k jt j";
  EXPECT_EQ(tagsAfter(matrixProduct(), {"jam i by 4", "unroll k by 2"}),
            (Tags{tag(LooperTag::Unroll, {{1, 3}, {2, 3}, {3, sized(2)}}), tag(LooperTag::Jam, {{1, 4}, {2, 1}, {3, sized(4)}})}));
  const Tags wave = tagsAfter(sweep(), {"skew i by 1 t", "tile t i by 4 16", "wavefront tt it"});
  ASSERT_EQ(wave.size(), 3U);
  EXPECT_EQ(wave[1], tag(LooperTag::Sum, {{1, 1}, {3, sized(16)}, {4, 1}, {5, 0.2F}})) << "t / 4 + (t + i) / 16";
  EXPECT_EQ(wave[2], tag(LooperTag::Tile, {{1, 2}, {2, 2}, {3, sized(16)}}));
}

TEST(LooperTree, HasWavefronts) {
  const LooperFeatures features = looperOf(sweep(), {"skew i by 1 t", "tile t i by 4 16", "wavefront tt it", "parallel it"});
  EXPECT_EQ(parentsOf(features), (Parents{-1, 0, 1, 2}));
  EXPECT_EQ(features.loops[0].vector[LoopPlace::kIsSum], 1);
  EXPECT_EQ(features.loops[0].vector[LoopPlace::kIsTile], 1);
  EXPECT_EQ(features.loops[2].vector[LoopPlace::kParallel], 1) << "it is i's";
}

} // namespace
} // namespace polyloom::test
