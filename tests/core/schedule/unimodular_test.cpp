#include "core/schedule/steps/unimodular.h"

#include "core/schedule/tree_edit.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

std::vector<std::string> namesAfter(const char* program, const std::vector<std::string>& lines) {
  return loopNames(scheduled(named(program), lines).tree());
}

ScopPtr cube() {
  return program("int N, double A[N][N][N]", "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n"
                                             "    for (int k = 0; k < N; k++)\n      A[i][j][k] = 1.0;\n");
}

TEST(Unimodular, MakesLoopsFromRows) {
  EXPECT_EQ(codeAfter(named("stencil-2d"), {"unimodular i j by 1 0; 2 1"}),
            codeAfter(named("stencil-2d"), {"skew j by 2 i"}));
  EXPECT_EQ(codeAfter(named("stencil-2d"), {"unimodular i j by 0 1; 1 0"}),
            codeAfter(named("stencil-2d"), {"interchange i j"}));
  EXPECT_EQ(codeAfter(named("stencil-2d"), {"unimodular i j by -1 0; 0 1"}),
            codeAfter(named("stencil-2d"), {"reverse i"}));
}

TEST(Unimodular, RunsThroughDiagonals) {
  EXPECT_EQ(codeAfter(named("triangular"), {"unimodular i j by 1 1; 1 0"}), R"(
for (long j = 0; j <= 2 * N - 2; j++) {
  for (long i = pl_max(0, -N + j + 1); i <= j / 2; i++)
    A[j - i][i] = A[i][j - i] + 1.0;
}
)");
}

TEST(Unimodular, MovesANameWithItsLoop) {
  EXPECT_EQ(namesAfter("stencil-2d", {"unimodular i j by 0 1; 1 0"}), (std::vector<std::string>{"j", "i"}));
  EXPECT_EQ(namesAfter("stencil-2d", {"unimodular i j by 0 -1; 1 1"}), (std::vector<std::string>{"j", "i"}));
  EXPECT_EQ(namesAfter("stencil-2d", {"unimodular i j by 1 1; 0 1"}), (std::vector<std::string>{"i", "j"}));
  // The first and the last row pick nothing: they take i and k, in this order.
  EXPECT_EQ(loopNames(scheduled(cube(), {"unimodular i j k by 1 1 1; 0 -1 0; 0 1 1"}).tree()),
            (std::vector<std::string>{"i", "j", "k"}));
  EXPECT_EQ(loopNames(scheduled(cube(), {"unimodular i j k by 1 1 1; 1 1 0; 1 0 0"}).tree()),
            (std::vector<std::string>{"j", "k", "i"}));
}

TEST(Unimodular, KeepsAttributesWithTheName) {
  const Schedule schedule = scheduled(cube(), {"parallel i", "unimodular i j k by 0 1 0; 0 1 1; 1 0 0"});
  EXPECT_TRUE(pathToLoop(schedule.tree(), "i").back()->attributes.parallel);
  EXPECT_FALSE(pathToLoop(schedule.tree(), "j").back()->attributes.parallel);
}

TEST(Unimodular, KeepsTheCommonStride) {
  const ScopPtr scop = program("int N, double A[N][N]", "for (int i = 0; i < N; i += 4)\n"
                                                        "  for (int j = 0; j < N; j += 6)\n    A[i][j] = 1.0;\n");
  const Schedule schedule = scheduled(scop, {"unimodular i j by 1 1; 0 1"});
  EXPECT_EQ(schedule.tree().root()->stride, 2);
  EXPECT_EQ(schedule.tree().root()->children.front()->stride, 6);
}

TEST(Unimodular, KeepsSumsOfTileLoops) {
  const Schedule schedule = scheduled(named("stencil-2d"), {"tile i j by 4 8", "unimodular it jt by 2 -1; 1 0"});
  const TreeNode& sum = *schedule.tree().root();
  ASSERT_EQ(sum.name, "jt");
  const std::vector<Quotient> quotients = quotientsOf(sum, "S0");
  ASSERT_EQ(quotients.size(), 2U);
  EXPECT_EQ(quotients[0].factor, 2);
  EXPECT_EQ(quotients[0].size, 4);
  EXPECT_EQ(quotients[1].factor, -1);
  EXPECT_EQ(quotients[1].size, 8);
  EXPECT_EQ(sum.children.front()->tileSize, 4);
}

TEST(Unimodular, TakesFourLoops) {
  EXPECT_EQ(namesAfter("stencil-2d", {"tile i j by 4 4", "unimodular it jt i j by 1 1 0 0; 0 1 0 0; 0 0 0 1; 0 0 1 0"}),
            (std::vector<std::string>{"it", "jt", "j", "i"}));
}

TEST(Unimodular, RefusesOtherDeterminants) {
  const ScopPtr stencil = named("stencil-2d");
  const auto sentence = [](int determinant) {
    return "the matrix has the determinant " + std::to_string(determinant) +
           "; it has to be 1 or -1, so that the new loops run through the same points without gaps or repetitions";
  };
  expectRefused(stencil, {"unimodular i j by 1 1; 1 -1"}, "not-unimodular", sentence(-2));
  expectRefused(stencil, {"unimodular i j by 1 1; 1 1"}, "not-unimodular", sentence(0));
  expectRefused(cube(), {"unimodular i j k by 1 0 0; 0 2 1; 1 0 2"}, "not-unimodular", sentence(4));
}

TEST(Unimodular, RefusesOtherNests) {
  const ScopPtr gemm = named("gemm");
  expectRefused(gemm, {"unimodular i by 1"}, "wrong-count", "unimodular takes two to four loops, found 1");
  expectRefused(gemm, {"unimodular j k by 1 0; 0 1"}, "not-nested",
                "k is not alone inside j: S0 shares its body; distribute j after S0 first");
  expectRefused(gemm, {"unimodular i z by 1 0; 0 1"}, "unknown-loop", "no loop is called z; the loops are i, j and k");
  expectRefused(named("stencil-2d"), {"vectorize j by 4", "unimodular jt j by 1 0; 0 1"}, "vector-lanes",
                "j is a group of vector lanes; change the loops before one of them is vectorized");
}

} // namespace
} // namespace polyloom::test
