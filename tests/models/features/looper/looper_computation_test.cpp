#include "tests/models/features/looper/looper_cases.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

using Place = LooperPlace;
using Numbers = std::vector<float>;

ScopPtr matrixProduct() {
  return program("int N, double A[N][N], double B[N][N], double C[N][N]",
                 "for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) for (int k = 0; k < N; k++) "
                 "C[i][j] += A[i][k] * B[k][j];\n");
}

LooperFeatures::Computation onlyOne(const ScopPtr& scop, const std::vector<std::string>& lines = {}, std::int64_t value = 100) {
  const LooperFeatures features = looperOf(scop, lines, value);
  EXPECT_EQ(features.computations.size(), 1U);
  return features.computations.front();
}

TEST(LooperComputation, HoldsDomainsAsThePublishedOnesDo) {
  const LooperFeatures::Computation c = onlyOne(matrixProduct());
  EXPECT_EQ(c.vector.size(), kLooperComputation);
  EXPECT_EQ(c.vector[Place::kReduction], 1);
  EXPECT_EQ(rowAt(c, Place::kDomain, 0), (Numbers{-1, 0, 0, 0, 0})); // -i <= 0
  EXPECT_EQ(rowAt(c, Place::kDomain, 5), (Numbers{0, 0, 1, 0, 0}));  // k <= N - 1
  EXPECT_EQ(rowAt(c, Place::kDomain, 6), Numbers(5));
  const float last = sized(99);
  EXPECT_EQ(numbersAt(c.vector, Place::kConstants, 10), (Numbers{0, last, 0, last, 0, last, 0, 0, 0, 0}));
  EXPECT_EQ(numbersAt(c.vector, Place::kTransformed, 50), numbersAt(c.vector, Place::kDomain, 50));
}

TEST(LooperComputation, HoldsAccessesAsThePublishedOnesDo) {
  const LooperFeatures::Computation c = onlyOne(matrixProduct());
  const Numbers ofC = {1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0};
  EXPECT_EQ(c.vector[Place::kWrite], 3);
  EXPECT_EQ(numbersAt(c.vector, Place::kWrite + 1, ofC.size()), ofC);
  EXPECT_EQ(numbersAt(c.vector, Place::kReads, 2), (Numbers{1, 3})); // C itself
  EXPECT_EQ(numbersAt(c.vector, Place::kReads + 2, ofC.size()), ofC);
  const Numbers ofB = {1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0};
  EXPECT_EQ(numbersAt(c.vector, Place::kReads + 2 * Place::kPerRead, 2), (Numbers{0, 2}));
  EXPECT_EQ(numbersAt(c.vector, Place::kReads + 2 * Place::kPerRead + 2, ofB.size()), ofB);
  EXPECT_EQ(numbersAt(c.vector, Place::kReads + 3 * Place::kPerRead, 660 - 3 * 44), Numbers(660 - 3 * 44));
}

TEST(LooperComputation, HoldsOffsetsOfAccesses) {
  const LooperFeatures features = looperOf(named("jacobi-1d"), {});
  const LooperFeatures::Computation& c = features.computations.at(0); // B[i] = A[i - 1] …
  EXPECT_EQ(c.vector[Place::kReduction], 0);
  EXPECT_EQ(numbersAt(c.vector, Place::kReads + 2 + Place::kAccessRow, Place::kAccessRow), (Numbers{1, 0, 1, 0, 0, 0, -1}));
  EXPECT_EQ(numbersAt(c.vector, Place::kConstants, 4), (Numbers{0, sized(99), -1, sized(98)}));
}

TEST(LooperComputation, KnowsTriangles) {
  const LooperFeatures::Computation c = onlyOne(named("triangular")); // i <= j < N
  EXPECT_EQ(rowAt(c, Place::kDomain, 0), (Numbers{-1, 0, 0, 0, 0}));
  EXPECT_EQ(rowAt(c, Place::kDomain, 2), (Numbers{1, -1, 0, 0, 0})); // i - j <= 0
  EXPECT_EQ(rowAt(c, Place::kDomain, 3), (Numbers{0, 1, 0, 0, 0}));
  EXPECT_EQ(numbersAt(c.vector, Place::kConstants, 4), (Numbers{0, sized(99), 0, sized(99)}));
  const LooperFeatures::Computation turned = onlyOne(named("triangular"), {"interchange i j"});
  EXPECT_EQ(rowAt(turned, Place::kDomain, 2), rowAt(c, Place::kDomain, 2)) << "the domain is the source's";
  EXPECT_EQ(rowAt(turned, Place::kTransformed, 2), (Numbers{-1, 1, 0, 0, 0})) << "j is outside now";
}

TEST(LooperComputation, BoundsWhatOnlyLoopsInsideBound) {
  const LooperFeatures::Computation c = onlyOne(program("int N, double A[N]", "for (int i = 0; i < N; i++) for (int j = 0; j < i - 3; j++) A[i] += A[j];\n"));
  EXPECT_EQ(numbersAt(c.vector, Place::kConstants, 4), (Numbers{sized(-4), sized(99), 0, sized(-4)}));
  EXPECT_EQ(rowAt(c, Place::kDomain, 3), (Numbers{-1, 1, 0, 0, 0})); // j - i <= -4
}

TEST(LooperComputation, CountsDownwardLoopsUp) {
  const LooperFeatures::Computation c = onlyOne(named("downward")); // A[i] = A[i + 1] + A[i], i from N - 2 to 0
  EXPECT_EQ(c.tags.size(), 0U);
  EXPECT_EQ(rowAt(c, Place::kTransformed, 0), (Numbers{-1, 0, 0, 0, 0}));
  EXPECT_EQ(numbersAt(c.vector, Place::kConstants, 2), (Numbers{sized(98), 0}));
  EXPECT_EQ(numbersAt(c.vector, Place::kReads + 2 + Place::kAccessRow, Place::kAccessRow), (Numbers{1, -1, 0, 0, 0, 0, 1}));
}

TEST(LooperComputation, TellsTilesAndThreads) {
  const LooperFeatures::Computation c = onlyOne(matrixProduct(), {"tile i j by 32 64", "parallel it", "unroll k by 4"});
  EXPECT_EQ(iteratorAt(c, 0), (Numbers{1, 1, sized(32), 0, 0, 0}));
  EXPECT_EQ(iteratorAt(c, 1), (Numbers{0, 1, sized(64), 0, 0, 0}));
  EXPECT_EQ(iteratorAt(c, 2), Numbers(6));
  EXPECT_EQ(numbersAt(c.vector, Place::kUnrolled, 2), (Numbers{1, sized(4)}));
  EXPECT_EQ(numbersAt(c.vector, Place::kTransformed, 50), numbersAt(c.vector, Place::kDomain, 50));
}

TEST(LooperComputation, TellsTilesOfTilesLanesAndJams) {
  const LooperFeatures::Computation c = onlyOne(matrixProduct(), {"tile i j by 96 64", "tile i by 12", "jam i by 4", "vectorize j by 8"});
  EXPECT_EQ(iteratorAt(c, 0), (Numbers{0, 1, sized(12), 0, 0, 0}));
  EXPECT_EQ(ownAt(c, 0), (Numbers{0, sized(4), sized(96), 0, 0, 0}));
  EXPECT_EQ(iteratorAt(c, 1), (Numbers{0, 1, sized(64), 0, 0, 0}));
  EXPECT_EQ(ownAt(c, 1), (Numbers{sized(8), 0, 0, 0, 0, 0}));
}

TEST(LooperComputation, CountsWhatIsJammedTwice) {
  const LooperFeatures::Computation c = onlyOne(matrixProduct(), {"jam i by 4", "jam it by 2"});
  EXPECT_EQ(ownAt(c, 0), (Numbers{0, sized(8), 0, 0, 0, 0}));
  EXPECT_EQ(iteratorAt(c, 0), Numbers(6));
}

TEST(LooperComputation, TellsFusionAndShifts) {
  const LooperFeatures features = looperOf(named("jacobi-1d"), {"shift S1 j by 1", "fuse i j"});
  ASSERT_EQ(features.computations.size(), 2U);
  EXPECT_EQ(iteratorAt(features.computations[0], 0), Numbers(6)); // t
  EXPECT_EQ(iteratorAt(features.computations[0], 1), (Numbers{0, 0, 0, 1, 0, 0}));
  EXPECT_EQ(iteratorAt(features.computations[1], 1), (Numbers{0, 0, 0, 1, 1, 1}));
}

TEST(LooperComputation, TellsDistributionAndSplits) {
  const LooperFeatures apart = looperOf(named("gemm"), {"distribute j after S0", "distribute i after S0"});
  EXPECT_EQ(ownAt(apart.computations[0], 1), (Numbers{0, 0, 0, 1, 0, 0}));
  EXPECT_EQ(ownAt(apart.computations[1], 2), Numbers(6)) << "k was S1's alone";
  const LooperFeatures split = looperOf(matrixProduct(), {"split j at 25"});
  ASSERT_EQ(split.computations.size(), 2U);
  EXPECT_EQ(ownAt(split.computations[0], 1), (Numbers{0, 0, 0, 0, 1, 0}));
  EXPECT_EQ(split.computations[0].vector[Place::kOwn], 2) << "a fourth";
  EXPECT_EQ(ownAt(split.computations[0], 0), Numbers(6));
}

TEST(LooperComputation, TellsSkews) {
  const ScopPtr sweep = program("int N, double A[N][N]", "for (int i = 1; i < N; i++) for (int j = 1; j < N; j++) A[i][j] = A[i-1][j] + A[i][j-1];\n");
  const LooperFeatures::Computation c = onlyOne(sweep, {"skew j by 1 i"});
  EXPECT_EQ(rowAt(c, Place::kTransformed, 1), (Numbers{1, 0, 0, 0, 0}));
  EXPECT_EQ(rowAt(c, Place::kTransformed, 3), (Numbers{-1, 1, 0, 0, 0})) << "j' - i <= N - 1";
}

TEST(LooperComputation, TellsATimeTiledStencil) {
  const LooperFeatures features = looperOf(named("jacobi-1d"), {"shift S1 j by 1", "fuse i j", "skew i by 2 t", "tile t i by 4 16"});
  ASSERT_EQ(features.computations.size(), 2U);
  const LooperFeatures::Computation& c = features.computations[1];
  EXPECT_EQ(iteratorAt(c, 0), (Numbers{0, 1, sized(4), 0, 0, 0}));
  EXPECT_EQ(iteratorAt(c, 1), (Numbers{0, 1, sized(16), 1, 1, 1}));
  EXPECT_EQ(rowAt(c, Place::kTransformed, 3), (Numbers{sized(-2), 1, 0, 0, 0})) << "i' - 2 t <= N - 2";
  EXPECT_EQ(c.tags, (std::vector{tag(LooperTag::Skew, {{4, 0}, {5, 1}, {7, 1}, {9, sized(2)}, {10, 1}}),
                                 tag(LooperTag::Tile, {{1, 1}, {2, 1}, {3, sized(4)}}),
                                 tag(LooperTag::Tile, {{1, 2}, {2, 2}, {3, sized(16)}})}));
}

TEST(LooperComputation, SeesBuffers) {
  const LooperFeatures features = looperOf(matrixProduct(), {"tile k by 20", "interchange kt i", "pack B at kt"});
  ASSERT_EQ(features.computations.size(), 2U);
  EXPECT_EQ(numbersAt(features.computations[0].vector, Place::kOwn + 1, 2), (Numbers{1, 1}));
  EXPECT_EQ(numbersAt(features.computations[1].vector, Place::kOwn + 1, 2), (Numbers{0, 1}));
  EXPECT_EQ(features.computations[0].vector[Place::kWrite], 4) << "the new array";
}

TEST(LooperComputation, LeavesOutWhatHasNoPlace) {
  std::string region, value = "A[0]", closing;
  for (int d = 0; d < 7; ++d)
    region += "for (int i" + std::to_string(d) + " = 0; i" + std::to_string(d) + " < N; i" + std::to_string(d) + "++) ";
  for (int r = 1; r < 20; ++r)
    value += " + A[" + std::to_string(r) + "]";
  const LooperFeatures::Computation c = onlyOne(program("int N, double A[40], double B[N]", region + "B[i6] = " + value + ";\n"), {}, 3);
  EXPECT_EQ(c.vector.size(), kLooperComputation);
  EXPECT_EQ(numbersAt(c.vector, Place::kOwn + 3, 2), (Numbers{2, 5}));
}

TEST(LooperComputation, HoldsStepsOfLoops) {
  EXPECT_EQ(ownAt(looperOf(named("strided"), {}).computations[0], 0), (Numbers{0, 0, 0, 0, 0, std::log2(3.0F)}));
}

TEST(LooperTokens, StandInPostOrder) {
  const std::vector<LooperFeatures::Token> tokens = onlyOne(matrixProduct()).tokens; // C A B * +
  ASSERT_EQ(tokens.size(), 5U);
  EXPECT_EQ(tokens[0], (LooperFeatures::Token{0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1}));
  EXPECT_EQ(tokens[3], (LooperFeatures::Token{0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1}));
  EXPECT_EQ(tokens[4], (LooperFeatures::Token{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
}

TEST(LooperTokens, KnowFunctionsAndTypes) {
  const std::vector<LooperFeatures::Token> tokens =
      onlyOne(program("int N, float A[N], float B[N]", "for (int i = 0; i < N; i++) A[i] = sqrtf(fmaxf(B[i], 2.0f) / 3.0f);\n")).tokens;
  ASSERT_EQ(tokens.size(), 6U); // B 2 max 3 / sqrt
  const std::vector<std::size_t> operations = {7, 7, 6, 7, 3, 4};
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    EXPECT_EQ(tokens[t][operations[t]], 1) << t;
    EXPECT_EQ(tokens[t][9], 1) << "float";
  }
}

} // namespace
} // namespace polyloom::test
