#include "core/schedule/steps/reverse.h"

#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

TEST(Reverse, RunsFromTheLastValueToTheFirst) {
  EXPECT_EQ(codeAfter(named("stencil-2d"), {"reverse j"}), R"(
for (long i = 1; i <= N - 2; i++) {
  for (long j = -N + 2; j <= -1; j++)
    A[i][-j] = A[i - 1][-j + 1] + A[i][-j - 1];
}
)");
}

TEST(Reverse, MakesADownwardLoopCountUp) {
  EXPECT_EQ(codeAfter(named("downward"), {"reverse i"}), R"(
for (long i = 0; i <= N - 2; i++)
  A[i] = A[i + 1] + A[i];
)");
}

TEST(Reverse, IsItsOwnInverse) {
  EXPECT_EQ(codeAfter(named("strided"), {"reverse i", "reverse i"}), codeAfter(named("strided"), {}));
}

TEST(Reverse, KeepsTheStrideAndTheOrderInTheBody) {
  EXPECT_EQ(codeAfter(named("strided"), {"reverse i"}), R"(
for (long i = 3 * pl_floord(-N + 1, 3) + 2; i <= -1; i += 3) {
  A[-i] = B[-i - 1];
  B[-i] = A[-i] * 2.0;
}
)");
}

TEST(Reverse, TurnsTileLoopsIntoOrdinaryOnes) {
  const Schedule schedule = scheduled(named("strided"), {"tile i by 2", "reverse it"});
  EXPECT_EQ(schedule.tree().root()->name, "it");
  EXPECT_EQ(schedule.tree().root()->tileSize, 0);
  EXPECT_EQ("\n" + code(schedule), R"(
for (long it = pl_floord(-N + 1, 6) + 1; it <= 0; it++) {
  for (long i = -6 * it + 1; i <= pl_min(N - 1, -6 * it + 5); i += 3) {
    A[i] = B[i - 1];
    B[i] = A[i] * 2.0;
  }
}
)");
}

TEST(Reverse, RefusesALoopThatDoesNotExist) {
  expectRefused(named("gemm"), {"reverse x"}, "unknown-loop", "no loop is called x; the loops are i, j and k");
  expectRefused(program("double x[1]", "x[0] = 1.0;\n"), {"reverse i"}, "unknown-loop",
                "no loop is called i; the program has no loops");
}

} // namespace
} // namespace polyloom::test
