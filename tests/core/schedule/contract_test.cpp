#include "core/schedule/steps/contract.h"

#include "core/legality/legality.h"
#include "core/program/dependences.h"
#include "core/snapshot/make_snapshot.h"
#include "tests/core/schedule/refused.h"

namespace polyloom::test {
namespace {

std::string verdict(const ScopPtr& scop, const std::vector<std::string>& lines) {
  return makeVerdict(checkLegality(scheduled(scop, lines), computeDependences(*scop))).sentence;
}

const char* const kLegal = "legal: every dependence is kept";

TEST(Contract, KeepsTheCellsThatAreAlive) {
  const std::vector<std::string> lines = {"fuse i y", "contract tmp along i to 2"};
  EXPECT_EQ(verdict(named("local-array"), lines), kLegal);
  EXPECT_EQ(codeAfter(named("local-array"), lines), R"(
if (N >= 1) {
  tmp[0] = in[0] * 2.0;
  for (long i = 1; i <= N - 1; i++) {
    tmp[i % 2] = in[i] * 2.0;
    out[i] = tmp[i % 2] - tmp[-(i % 2) + 1];
  }
}
)");
}

TEST(Contract, IsIllegalWithTooFewCells) {
  EXPECT_EQ(verdict(named("local-array"), {"fuse i y", "contract tmp along i to 1"}),
            "illegal: S1[y=1] reads tmp[0], which S0[i=0] wrote, but S0[i=1] has overwritten it: tmp needs more cells "
            "along i (smallest case: N = 2)");
}

TEST(Contract, JudgesTheOrderThatItFinds) {
  EXPECT_EQ(refusal(named("local-array"), {"contract tmp along i to 2"}).code, "used-outside");
  const std::vector<std::string> lines = {"fuse i y", "contract tmp along i to 2", "distribute i after S0"};
  EXPECT_NE(verdict(named("local-array"), lines), kLegal); // the cells are overwritten before they are read
}

TEST(Contract, SharesItsCellsAmongThreads) {
  EXPECT_NE(verdict(named("local-array"), {"fuse i y", "contract tmp along i to 2", "parallel i"}), kLegal);
}

TEST(Contract, TakesAReversedLoop) {
  EXPECT_EQ(verdict(named("row-sum"), {"expand s along i", "reverse i", "contract s along i to 1"}), kLegal);
}

TEST(Contract, RefusesASubscriptThatDoesNotFollowTheLoop) {
  expectRefused(named("row-sum"), {"contract s along i to 1"}, "no-dimension", "s is a single cell already");
  const ScopPtr scop = program("int N, double A[N], double B[N]",
                               "double t[2 * N];\nfor (int i = 0; i < N; i++) {\n  t[2 * i] = A[i];\n"
                               "  B[i] = t[2 * i];\n}\n");
  expectRefused(scop, {"contract t along i to 2"}, "no-dimension",
                "no subscript of t is i plus an amount that stays the same in every access: not in S1. Contract it "
                "along the loop that moves through it");
}

TEST(Contract, RefusesWhatIsSeenOutsideAndWhatIsPacked) {
  EXPECT_EQ(refusal(named("blur"), {"contract tmp along i to 2"}).code, "result");
  expectRefused(named("local-array"), {"pack tmp at y", "contract tmp along i to 2"}, "packed-array",
                "a part of tmp is held in tmp_y; contract tmp before pack tmp at y");
  EXPECT_EQ(refusal(named("local-array"), {"contract tmp along k to 2"}).code, "unknown-loop");
}

} // namespace
} // namespace polyloom::test
