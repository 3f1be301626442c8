// Which steps make chosen places run at once.
#include "core/legality/at_once.h"

#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

using Rows = std::vector<std::vector<std::int64_t>>;

Result<AtOnce> asked(const ScopPtr& scop, const std::string& recipe, const std::vector<std::string>& loops, const Rows& rows) {
  return runAtOnce(scop, computeDependences(*scop), parseRecipe(recipe)->steps, {loops, rows});
}

std::string linesFor(const ScopPtr& scop, const std::vector<std::string>& loops, const Rows& rows, const std::string& recipe = {}) {
  const Result<AtOnce> answer = asked(scop, recipe, loops, rows);
  if (!answer)
    return answer.error().message;
  std::string text;
  for (const Step& step : answer->steps)
    text += (text.empty() ? "" : "; ") + toText(step);
  return text;
}

ScopPtr sweep() {
  return program("int n, double A[n][n]", "for (int i = 1; i < n; i++) for (int j = 1; j < n; j++)"
                                          " A[i][j] = A[i-1][j] + A[i][j-1];\n");
}

ScopPtr seidel() {
  return program("int n, double A[n][n]", "for (int i = 1; i < n - 1; i++) for (int j = 1; j < n - 1; j++)"
                                          " A[i][j] = A[i-1][j] + A[i][j-1] + A[i-1][j+1];\n");
}

TEST(AtOnce, ADiagonalIsTheTextbooksWavefront) {
  EXPECT_EQ(linesFor(sweep(), {"i", "j"}, {{1, 3}, {2, 2}, {3, 1}}),
            "skew j by 1 i; interchange i j; parallel i");
}

TEST(AtOnce, ASteepLineIsASteepWavefront) {
  EXPECT_EQ(linesFor(seidel(), {"i", "j"}, {{1, 5}, {2, 3}, {3, 1}}), "skew j by 2 i; interchange i j; parallel i");
}

TEST(AtOnce, SaysWhichDependenceIsInTheWay) {
  EXPECT_EQ(linesFor(seidel(), {"i", "j"}, {{1, 3}, {2, 2}, {3, 1}}).find("in the order of i + j, "), 0U);
  EXPECT_EQ(linesFor(sweep(), {"i", "j"}, {{2, 1}, {2, 2}}).find("in the order of i, "), 0U);
  EXPECT_EQ(linesFor(sweep(), {"i", "j"}, {{1, 1}, {1, 2}, {2, 1}}).find("with all of them at once, "), 0U);
}

TEST(AtOnce, ARowOrAColumnNeedsNoSkew) {
  const ScopPtr rows = program("int n, double A[n][n]", "for (int i = 1; i < n; i++) for (int j = 0; j < n; j++)"
                                                        " A[i][j] = A[i-1][j];\n");
  EXPECT_EQ(linesFor(rows, {"i", "j"}, {{2, 0}, {2, 3}}), "parallel j");
  const ScopPtr columns = program("int n, double A[n][n]", "for (int i = 0; i < n; i++) for (int j = 1; j < n; j++)"
                                                           " A[i][j] = A[i][j-1];\n");
  EXPECT_EQ(linesFor(columns, {"i", "j"}, {{0, 2}, {3, 2}}), "interchange i j; parallel i");
}

TEST(AtOnce, APatchOfGemmsRowsAndColumnsRunsAtOnce) {
  EXPECT_EQ(linesFor(named("gemm"), {"i", "j"}, {{0, 0}, {0, 1}, {1, 0}}).find("parallel i"), 0U);
}

TEST(AtOnce, TakesTheLoopsBetweenTheAxesAlong) {
  const ScopPtr cube = program("int n, double A[n][n][n]",
                               "for (int i = 1; i < n; i++) for (int j = 0; j < n; j++) for (int k = 1; k < n; k++)"
                               " A[i][j][k] = A[i-1][j][k] + A[i][j][k-1];\n");
  const Result<AtOnce> answer = asked(cube, "", {"i", "k"}, {{1, 2}, {2, 1}});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(toText(answer->steps.front()), "unimodular i j k by 0 1 0; 1 0 1; 0 0 1");
  EXPECT_EQ(answer->loop, "k");
}

TEST(AtOnce, ContinuesTheRecipe) {
  EXPECT_EQ(linesFor(sweep(), {"i", "j"}, {{1, 4}, {1, 6}}, "skew j by 1 i"),
            "in the order of i, " + linesFor(sweep(), {"i", "j"}, {{1, 4}, {1, 6}}, "skew j by 1 i").substr(19));
  EXPECT_EQ(linesFor(sweep(), {"i", "j"}, {{1, 4}, {2, 4}}, "skew j by 1 i"), "interchange i j; parallel i");
}

TEST(AtOnce, RefusesASinglePlaceAndLoopsApart) {
  EXPECT_EQ(linesFor(sweep(), {"i", "j"}, {{1, 1}, {1, 1}}), "choose two places or more that should run at once");
  EXPECT_NE(linesFor(sweep(), {"i", "x"}, {{1, 1}, {1, 2}}).find("x"), std::string::npos);
}

} // namespace
} // namespace polyloom::test
