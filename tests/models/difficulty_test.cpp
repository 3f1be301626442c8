#include "models/data/difficulty.h"

#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

TEST(Difficulty, CountsWhatStandsInTheProgram) {
  const ProgramMeasures measures = measuresOf(*program("int N, double A[N][N], double B[N], double C[N][N]", R"(
    for (int i = 0; i < N; i++)
      for (int j = 0; j <= i; j++)
        C[i][j] = A[i][j] > 0.0 ? A[i][j] + 2.0 : B[j] + 2.0;
)"));
  EXPECT_EQ(measures.cyclomatic, 4); // two loops, one condition
  EXPECT_DOUBLE_EQ(measures.halstead, 4 / 2.0 * 7 / 5); // = ?: > +; C A 0 A 2 B 2
  EXPECT_EQ(measures.depth, 2);
  EXPECT_EQ(measures.statements, 1);
  EXPECT_EQ(measures.nests, 1);
  EXPECT_EQ(measures.slantedBounds, 1);
}

TEST(Difficulty, OfASingleCopyIsZero) {
  EXPECT_EQ(difficultyOf(measuresOf(*program("int N, double A[N], double B[N]", "A[0] = B[0];\n"))), 0);
}

TEST(Difficulty, GrowsWithLoopsNestsAndSlants) {
  const auto of = [](const std::string& region) {
    return difficultyOf(measuresOf(*program("int N, double A[N][N], double B[N][N]", region + "\n")));
  };
  const std::string flat = "for (int i = 0; i < N; i++) A[i][0] = B[i][0];";
  const std::string square = "for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) A[i][j] = B[i][j];";
  const std::string triangle = "for (int i = 0; i < N; i++) for (int j = 0; j < i; j++) A[i][j] = B[i][j];";
  EXPECT_LT(of(flat), of(square));
  EXPECT_LT(of(square), of(triangle));
  EXPECT_LT(of(square), of(square + flat));
  EXPECT_LT(of("A[0][0] = B[0][0];"), of("A[0][0] = B[0][0] + A[0][0];"));
}

} // namespace
} // namespace polyloom::test
