// Verdicts and witnesses, one fact each.
#include "core/legality/legality.h"
#include "core/legality/witness.h"
#include "core/snapshot/make_snapshot.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <ostream>

namespace polyloom::test {
namespace {

using Verdict = LegalityReport::Verdict;
using Lines = std::vector<std::string>;

LegalityReport judge(const ScopPtr& scop, const Lines& lines, const LegalityOptions& options = {}) {
  return checkLegality(scheduled(scop, lines), computeDependences(*scop), options);
}

std::string sentence(const ScopPtr& scop, const Lines& lines, const LegalityOptions& options = {}) {
  return makeVerdict(judge(scop, lines, options)).sentence;
}

const char* const kLegal = "legal: every dependence is kept";

struct VerdictCase {
  const char* program;
  Lines lines;
  const char* sentence;
};
void PrintTo(const VerdictCase& fact, std::ostream* out) {
  *out << fact.program;
  for (const std::string& line : fact.lines)
    *out << "; " << line;
}

class VerdictOf : public ::testing::TestWithParam<VerdictCase> {};

TEST_P(VerdictOf, IsThisSentence) {
  EXPECT_EQ(sentence(named(GetParam().program), GetParam().lines), GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(Legal, VerdictOf, ::testing::Values(
    VerdictCase{"gemm", {}, kLegal},
    VerdictCase{"gemm", {"interchange i j"}, kLegal},
    VerdictCase{"gemm", {"reverse i"}, kLegal},
    VerdictCase{"gemm", {"reverse j"}, kLegal},
    VerdictCase{"gemm", {"parallel i"}, kLegal},
    VerdictCase{"gemm", {"parallel j"}, kLegal},
    VerdictCase{"gemm", {"tile i j by 2 3"}, kLegal},
    VerdictCase{"gemm", {"unroll k by 4"}, kLegal},
    VerdictCase{"jacobi-1d", {"parallel i"}, kLegal},
    VerdictCase{"jacobi-1d", {"vectorize j by 4"}, kLegal},
    VerdictCase{"jacobi-1d", {"shift S1 j by 1", "fuse i j"}, kLegal},
    VerdictCase{"stencil-2d", {"skew j by 1 i", "tile i j by 2 2"}, kLegal},
    VerdictCase{"stencil-2d", {"skew j by 1 i", "interchange i j"}, kLegal},
    VerdictCase{"blur", {"fuse i y"}, kLegal},
    VerdictCase{"blur", {"fuse i y", "parallel i"}, kLegal},
    VerdictCase{"strided", {"parallel i"}, kLegal},
    VerdictCase{"strided", {"vectorize i by 4"}, kLegal},
    VerdictCase{"downward", {"shift S0 i by N"}, kLegal},
    VerdictCase{"triangular", {"reverse i"}, kLegal},
    VerdictCase{"strided-pair", {"shift S1 j by 2", "fuse i j"}, kLegal},
    VerdictCase{"two-reductions", {"interchange i j"}, kLegal}));

INSTANTIATE_TEST_SUITE_P(Illegal, VerdictOf, ::testing::Values(
    VerdictCase{"gemm", {"reverse k"},
                "illegal: S1[i=0, j=0, k=1] reads C[0][0] before S1[i=0, j=0, k=0] has written it (smallest case: N = "
                "2)"},
    VerdictCase{"gemm", {"parallel k"},
                "illegal: S1[i=0, j=0, k=0] and S1[i=0, j=0, k=1] may run at the same time on different threads of k, "
                "but the second reads C[0][0] which the first writes (smallest case: N = 2)"},
    VerdictCase{"gemm", {"vectorize k by 4"},
                "illegal: S1[i=0, j=0, k=0] and S1[i=0, j=0, k=1] run together as lanes of k, but the second reads "
                "C[0][0] which the first writes (smallest case: N = 2)"},
    VerdictCase{"jacobi-1d", {"fuse i j"},
                "illegal: S1[t=0, j=1] overwrites A[1] before S0[t=0, i=2] has read it (smallest case: T = 1, N = 4)"},
    VerdictCase{"jacobi-1d", {"reverse t"},
                "illegal: S0[t=1, i=1] reads A[1] before S1[t=0, j=1] has written it (smallest case: T = 2, N = 3)"},
    VerdictCase{"jacobi-1d", {"parallel t"},
                "illegal: S1[t=0, j=1] and S0[t=1, i=1] may run at the same time on different threads of t, but the "
                "second reads A[1] which the first writes (smallest case: T = 2, N = 3)"},
    VerdictCase{"stencil-2d", {"tile i j by 2 2"},
                "illegal: S0[i=3, j=1] reads A[2][2] before S0[i=2, j=2] has written it (smallest case: N = 5)"},
    VerdictCase{"stencil-2d", {"interchange i j"},
                "illegal: S0[i=2, j=1] reads A[1][2] before S0[i=1, j=2] has written it (smallest case: N = 4)"},
    VerdictCase{"stencil-2d", {"parallel j"},
                "illegal: S0[i=1, j=1] and S0[i=1, j=2] may run at the same time on different threads of j, but the "
                "second reads A[1][1] which the first writes (smallest case: N = 4)"},
    VerdictCase{"downward", {"reverse i"},
                "illegal: S0[i=0] reads A[1] before S0[i=1] has written it (smallest case: N = 3)"},
    VerdictCase{"scalar", {"parallel i"},
                "illegal: S1[i=0] and S0[i=1] may run at the same time on different threads of i, but the second "
                "overwrites t which the first reads (smallest case: N = 2)"},
    VerdictCase{"scalar", {"vectorize i by 2"},
                "illegal: S0[i=1] overwrites t before S1[i=0] has read it (smallest case: N = 2)"},
    VerdictCase{"imperfect", {"shift S2 i by -1"},
                "illegal: S2[i=0] reads s[0] before S1[i=0, j=0] has written it (smallest case: N = 1)"}));

ScopPtr sumWithInit() {
  return program("int N, double s[N], double A[N][N], double B[N]",
                 "for (int i = 0; i < N; i++) {\n"
                 "  for (int z = 0; z < 1; z++)\n"
                 "    s[i] = 0.0;\n"
                 "  for (int k = 0; k < N; k++)\n"
                 "    s[i] += A[i][k];\n"
                 "  for (int y = 0; y < 1; y++)\n"
                 "    B[i] = s[i];\n"
                 "}\n");
}

TEST(Reassociation, LetsASumRunBackwards) {
  EXPECT_EQ(sentence(named("gemm"), {"reverse k"}, {.reassociate = true}),
            "legal up to rounding: every dependence is kept, reductions may be reordered");
}

TEST(Reassociation, LetsNoThreadsShareASum) {
  EXPECT_EQ(sentence(named("gemm"), {"parallel k"}, {.reassociate = true}),
            "illegal: S1[i=0, j=0, k=0] and S1[i=0, j=0, k=1] may run at the same time on different threads of k, but the "
            "second reads C[0][0] which the first writes; lanes sum up in parts of their own, threads do not: vectorize k, "
            "or make a loop parallel that each sum stays within (smallest case: N = 2)");
}

TEST(Reassociation, LetsLanesShareASum) {
  EXPECT_EQ(judge(named("gemm"), {"vectorize k by 4"}).verdict, Verdict::Illegal);
  EXPECT_EQ(sentence(named("gemm"), {"vectorize k by 4"}, {.reassociate = true}),
            "legal up to rounding: every dependence is kept, reductions may be reordered");
}

/// x[i] = x[i] - L[i][j] * x[j] for j < i, then x[i] = x[i] / L[i][i].
ScopPtr substitution() {
  return program("int N, double x[N], double L[N][N]",
                 "for (int i = 0; i < N; i++) {\n  for (int j = 0; j < i; j++)\n    x[i] -= L[i][j] * x[j];\n"
                 "  x[i] = x[i] / L[i][i];\n}\n");
}

TEST(Reassociation, RelaxesASumOverOtherCellsOfItsArray) {
  EXPECT_EQ(judge(substitution(), {"reverse j"}).verdict, Verdict::Illegal);
  EXPECT_EQ(judge(substitution(), {"reverse j"}, {.reassociate = true}).verdict, Verdict::Legal);
  EXPECT_EQ(judge(substitution(), {"vectorize j by 4"}, {.reassociate = true}).verdict, Verdict::Legal);
}

TEST(Reassociation, KeepsWhatATermReadsOfTheArrayInOrder) {
  EXPECT_EQ(sentence(substitution(), {"distribute i after S0"}, {.reassociate = true}),
            "illegal: S0[i=1, j=0] reads x[0] before S1[i=0] has written it (smallest case: N = 2)");
  const ScopPtr onlySums = program("int N, double x[N], double L[N][N]",
                                   "for (int i = 0; i < N; i++)\n  for (int j = 0; j < i; j++)\n    x[i] -= L[i][j] * x[j];\n");
  EXPECT_EQ(judge(onlySums, {"reverse i"}, {.reassociate = true}).verdict, Verdict::Illegal);
}

TEST(Reassociation, LeavesARecurrenceThatIsNoReductionInOrder) {
  EXPECT_EQ(judge(named("downward"), {"reverse i"}, {.reassociate = true}).verdict, Verdict::Illegal);
}

TEST(Reassociation, KeepsEveryTermAfterTheFirstValue) {
  // Backwards, the terms from the last one on would run before s[i] = 0.0 wipes them out.
  const Lines lines = {"fuse z k", "reverse z"};
  EXPECT_EQ(judge(sumWithInit(), lines).verdict, Verdict::Illegal);
  EXPECT_EQ(sentence(sumWithInit(), lines, {.reassociate = true}),
            "illegal: S1[i=0, k=1] reads s[0] before S0[i=0, z=0] has written it (smallest case: N = 2)");
}

TEST(Reassociation, KeepsEveryTermBeforeTheSumIsRead) {
  // The reader moves behind the last term: forwards that is the end, backwards it is the start.
  const Lines lines = {"shift S2 y by N-1", "fuse k y"};
  EXPECT_EQ(judge(sumWithInit(), lines).verdict, Verdict::Legal);
  Lines backwards = lines;
  backwards.push_back("reverse k");
  EXPECT_EQ(sentence(sumWithInit(), backwards, {.reassociate = true}),
            "illegal: S2[i=0, y=0] reads s[0] before S1[i=0, k=0] has written it (smallest case: N = 2)");
}

TEST(Reassociation, SaysSoOnlyWhereAReductionWasRelaxed) {
  EXPECT_FALSE(judge(named("jacobi-1d"), {}, {.reassociate = true}).relaxedReductions);
  EXPECT_TRUE(judge(named("gemm"), {}, {.reassociate = true}).relaxedReductions);
}

TEST(Legality, IsUnknownWhenTheQuotaRunsOut) {
  const LegalityReport report = judge(named("jacobi-1d"), {"skew i by 1 t"}, {.maxOperations = 20});
  EXPECT_EQ(report.verdict, Verdict::Unknown);
  EXPECT_EQ(report.reason, "the question needs more work than a verdict may cost");
  EXPECT_TRUE(report.violations.empty());
  EXPECT_EQ(report.carryingLoops, (std::set<std::string>{"t", "i", "j"})); // nothing is known to be parallel
}

TEST(Legality, AnswersAgainAfterAQuotaRanOut) {
  EXPECT_EQ(judge(named("gemm"), {}, {.maxOperations = 20}).verdict, Verdict::Unknown);
  EXPECT_EQ(judge(named("gemm"), {}).verdict, Verdict::Legal);
}

TEST(Legality, CallsInstancesWithoutAnOrderUnordered) {
  Scop merged = *named("downward");
  merged.body = {.kind = ProgramNode::Kind::Statement, .index = 0}; // one leaf holds all instances
  const LegalityReport report = checkLegality(Schedule::original(std::make_shared<const Scop>(merged)),
                                              computeDependences(*named("downward")));
  ASSERT_EQ(report.verdict, Verdict::Illegal);
  EXPECT_EQ(report.violations.front().cause, Violation::Cause::Unordered);
  EXPECT_EQ(makeVerdict(report).sentence,
            "illegal: S0[i=1] and S0[i=0] have no order between them, but the second reads A[1] which the first "
            "writes (smallest case: N = 3)");
}

TEST(Legality, NamesTheLoopsThatCarryDependences) {
  EXPECT_EQ(judge(named("gemm"), {}).carryingLoops, (std::set<std::string>{"k"}));
  EXPECT_EQ(judge(named("jacobi-1d"), {}).carryingLoops, (std::set<std::string>{"t"}));
  EXPECT_EQ(judge(named("blur"), {}).carryingLoops, (std::set<std::string>{}));
  EXPECT_EQ(judge(named("imperfect"), {}).carryingLoops, (std::set<std::string>{"i", "j"}));
}

TEST(Legality, NamesTheLoopAndTheCauseOfEachViolation) {
  const LegalityReport lanes = judge(named("gemm"), {"vectorize k by 4"});
  ASSERT_FALSE(lanes.violations.empty());
  EXPECT_EQ(lanes.violations.front().cause, Violation::Cause::Lanes);
  EXPECT_EQ(lanes.violations.front().loop, "k");
  const LegalityReport threads = judge(named("jacobi-1d"), {"parallel t"});
  EXPECT_EQ(threads.violations.front().cause, Violation::Cause::Parallel);
  EXPECT_EQ(threads.violations.front().loop, "t");
  EXPECT_EQ(judge(named("gemm"), {"reverse k"}).violations.front().cause, Violation::Cause::Order);
}

// A tile loop is first judged by the values before the division; where they cross, the tiles themselves decide.
TEST(Legality, DecidesTilesExactlyWhereTheBandIsNotPermutable) {
  const ScopPtr wide = program("double A[8][8]", "for (int i = 1; i < 8; i++)\n  for (int j = 0; j < 7; j++)\n"
                                                 "    A[i][j] = A[i - 1][j + 1];\n");
  EXPECT_EQ(judge(wide, {"tile i j by 1 8"}).verdict, Verdict::Legal); // one tile along j: nothing crosses
  EXPECT_EQ(judge(wide, {"tile i j by 8 4"}).verdict, Verdict::Illegal);
}

TEST(Legality, HoldsForTheSourcesOwnOrder) {
  for (const NamedProgram& candidate : namedPrograms())
    EXPECT_EQ(sentence(named(candidate.name), {}), kLegal) << candidate.name;
}

// Two tile loops that count the same values of the source and different ones of the sink say different things.
TEST(Legality, TellsTileLoopsOfOneStatementApartByTheOther) {
  const ScopPtr scop = program("int N, double A[N], double B[N]",
                               "for (int i = 0; i < N; i++) {\n  A[i] = 1.0;\n  B[i] = A[i];\n}\n");
  const std::vector<std::string> recipe = {"tile i by 4", "shift S1 i by -1", "tile i by 4", "shift S1 i by 1"};
  EXPECT_EQ(judge(scop, recipe).verdict, Verdict::Illegal);
  EXPECT_EQ(judge(scop, {recipe.begin(), recipe.begin() + 1}).verdict, Verdict::Legal);
}

} // namespace
} // namespace polyloom::test
