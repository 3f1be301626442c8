// What the front-end reads, and the domains and accesses that it makes of it.
#include "tests/support/programs.h"

#include <isl/set.h>

#include <dlfcn.h>

namespace polyloom::testing {
namespace {

struct DomainCase {
  const char* name;
  const char* arguments;
  const char* body;
  std::vector<const char*> domains; ///< of the statements, in textual order
};

void PrintTo(const DomainCase& item, std::ostream* out) {
  *out << item.name;
}

class Domains : public ::testing::TestWithParam<DomainCase> {};

TEST_P(Domains, AreExact) {
  const IslContext context;
  const ScopPtr scop = extractOne(context.get(), inFunction(GetParam().arguments, GetParam().body));
  ASSERT_NE(scop, nullptr);
  ASSERT_EQ(scop->statements.size(), GetParam().domains.size());
  for (std::size_t k = 0; k < scop->statements.size(); ++k)
    EXPECT_TRUE(isSet(scop->statements[k].domain, GetParam().domains[k]));
}

const DomainCase kLoops[] = {
    {"Up", "int n, int A[n]", "for (int i = 0; i < n; i++) A[i] = 0;", {"[n] -> { S0[i] : 0 <= i < n }"}},
    {"PreIncrement",
     "int n, int A[n]",
     "for (int i = 0; i <= n - 1; ++i) A[i] = 0;",
     {"[n] -> { S0[i] : 0 <= i < n }"}},
    {"Down", "int n, int A[n]", "for (int i = n - 1; i >= 0; i--) A[i] = 0;", {"[n] -> { S0[i] : 0 <= i < n }"}},
    {"Stride",
     "int n, int A[n]",
     "for (int i = 1; i < n; i += 3) A[i] = 0;",
     {"[n] -> { S0[i] : exists k : i = 1 + 3 k and 1 <= i < n }"}},
    {"StrideDown",
     "int n, int A[n]",
     "for (int i = n - 1; i > 0; i = i - 2) A[i] = 0;",
     {"[n] -> { S0[i] : exists k : i = n - 1 - 2 k and k >= 0 and i > 0 }"}},
    {"StepOnTheLeft",
     "int n, int A[n]",
     "for (int i = 0; i < n; i = 2 + i) A[i] = 0;",
     {"[n] -> { S0[i] : i mod 2 = 0 and 0 <= i < n }"}},
    {"NegativeStep",
     "int n, int A[n]",
     "for (int i = n - 1; i >= 0; i += -1) A[i] = 0;",
     {"[n] -> { S0[i] : 0 <= i < n }"}},
    {"BoundOnTheLeft", "int n, int A[n]", "for (int i = 0; n > i; i++) A[i] = 0;", {"[n] -> { S0[i] : 0 <= i < n }"}},
    {"Triangle",
     "int n, int A[n][n]",
     "for (int i = 0; i < n; i++) for (int j = i + 1; j < n; j++) A[i][j] = 0;",
     {"[n] -> { S0[i, j] : 0 <= i < j < n }"}},
    {"NotEqual", "int n, int A[n]", "for (int i = 0; i != n; i++) A[i] = 0;", {"[n] -> { S0[i] : 0 <= i < n }"}},
    {"Conjunction",
     "int n, int m, int A[n]",
     "for (int i = 0; i < n && i < m; i++) A[i] = 0;",
     {"[n, m] -> { S0[i] : 0 <= i < n and i < m }"}},
    {"Disjunction",
     "int n, int m, int *A",
     "for (int i = 0; i < n || i < m; i++) A[i] = 0;",
     {"[n, m] -> { S0[i] : 0 <= i and (i < n or i < m) }"}},
    {"ConditionFailsInTheMiddle",
     "int n, int A[n]",
     "for (int i = 0; i < n && i != 5; i++) A[i] = 0;",
     {"[n] -> { S0[i] : 0 <= i < n and i < 5 }"}},
    {"ConditionHoldsAgainLater",
     "int n, int A[n]",
     "for (int i = 0; (i < 3 || i > 6) && i < n; i++) A[i] = 0;",
     {"[n] -> { S0[i] : 0 <= i < n and i < 3 }"}},
    {"StrideStepsOverTheHole",
     "int n, int A[n]",
     "for (int i = 0; i != 5 && i < n; i += 2) A[i] = 0;",
     {"[n] -> { S0[i] : i mod 2 = 0 and 0 <= i < n }"}},
    {"NotEqualWithinBounds",
     "int n, int A[n]",
     "for (int i = 0; i < n; i++) for (int j = 0; j != i; j++) A[i] += j;",
     {"[n] -> { S0[i, j] : 0 <= j < i < n }"}},
    {"Minimum",
     "int n, int m, int A[n]",
     "for (int i = 0; i < (n < m ? n : m); i++) A[i] = 0;",
     {"[n, m] -> { S0[i] : 0 <= i < n and i < m }"}},
    {"MaximumOfStart",
     "int n, int m, int *A",
     "for (int i = (m > 0 ? m : 0); i < n; i++) A[i] = 0;",
     {"[n, m] -> { S0[i] : i >= m and 0 <= i < n }"}},
    {"TruncatingDivision",
     "int n, int *A",
     "for (int i = 0; i <= n / 2; i++) A[i] = 0;",
     {"[n] -> { S0[i] : i >= 0 and ((n >= 0 and 2 i <= n) or (n < 0 and i <= 0 and n > -2)) }"}},
    {"Shift",
     "int n, int A[n]",
     "for (int i = 0; i < n >> 1; i++) A[i] = 0;",
     {"[n] -> { S0[i] : 0 <= i and 2 i + 2 <= n }"}},
    {"AbsoluteValue",
     "int n, int *A",
     "extern int abs(int); for (int i = 0; i < abs(n); i++) A[i] = 0;",
     {"[n] -> { S0[i] : i >= 0 and (i < n or i < -n) }"}},
    {"SiblingsShareAnIterator",
     "int n, int A[n]",
     "int i; for (i = 0; i < n; i++) A[i] = 0; for (i = 1; i < n; i++) A[i] = 1;",
     {"[n] -> { S0[i] : 0 <= i < n }", "[n] -> { S1[i] : 0 < i < n }"}},
    {"ShadowedIterator",
     "int n, int A[n][n]",
     "for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) { A[i][j] = 0; for (int i = 0; i < j; i++) A[i][j] = 1; "
     "}",
     {"[n] -> { S0[i, j] : 0 <= i < n and 0 <= j < n }",
      "[n] -> { S1[i, j, k] : 0 <= i < n and 0 <= j < n and 0 <= k < j }"}},
    {"EmptyLoopsVanish", "int n, int A[n]", "for (int i = 0; i < n; i++) { ; } A[0] = 1;", {"{ S0[] }"}},
    {"PragmasInside",
     "int n, int A[n]",
     "#pragma omp parallel for\nfor (int i = 0; i < n; i++) {\n#pragma GCC ivdep\n#pragma clang loop "
     "vectorize(enable)\n"
     "for (int j = 0; j < 2; j++) A[i] += j; }",
     {"[n] -> { S0[i, j] : 0 <= i < n and 0 <= j < 2 }"}},
};
INSTANTIATE_TEST_SUITE_P(Loops, Domains, ::testing::ValuesIn(kLoops), [](const auto& item) { return item.param.name; });

const DomainCase kGuards[] = {
    {"IfElse",
     "int n, int A[n]",
     "for (int i = 0; i < n; i++) if (i < 5) A[i] = 0; else A[i] = 1;",
     {"[n] -> { S0[i] : 0 <= i < n and i < 5 }", "[n] -> { S1[i] : 5 <= i < n }"}},
    {"ElseIf",
     "int n, int A[n]",
     "for (int i = 0; i < n; i++) { if (i == 0) A[i] = 0; else if (i == 1) A[i] = 1; else A[i] = 2; }",
     {"[n] -> { S0[0] : n > 0 }", "[n] -> { S1[1] : n > 1 }", "[n] -> { S2[i] : 2 <= i < n }"}},
    {"AndOrNot",
     "int n, int A[n]",
     "for (int i = 0; i < n; i++) if (!(i < 3 || i > 7) && i != 5) A[i] = 0;",
     {"[n] -> { S0[i] : 0 <= i < n and 3 <= i <= 7 and i != 5 }"}},
    {"Remainder",
     "int n, int A[n]",
     "for (int i = 0; i < n; i++) if (i % 3 == 1) A[i] = 0;",
     {"[n] -> { S0[i] : 0 <= i < n and i mod 3 = 1 }"}},
    {"RemainderOfNegativeIsNegative",
     "int n, int A[n]",
     "for (int i = -4; i < 0; i++) if (i % 3 == -1) A[i + 4] = 0;",
     {"{ S0[i] : i = -4 or i = -1 }"}},
    {"NumberAsCondition",
     "int n, int A[n]",
     "for (int i = 0; i < n; i++) if (i & 1) A[i] = 0;",
     {"[n] -> { S0[i] : 0 <= i < n and i mod 2 = 1 }"}},
    {"ConditionalCondition",
     "int n, int A[n]",
     "for (int i = 0; i < n; i++) if (i < 4 ? i > 1 : i > 8) A[i] = 0;",
     {"[n] -> { S0[i] : 0 <= i < n and ((i < 4 and i > 1) or i > 8) }"}},
    {"OnParameters",
     "int n, int m, int A[n]",
     "if (m > 2) for (int i = 0; i < n; i++) A[i] = 0;",
     {"[n, m] -> { S0[i] : 0 <= i < n and m > 2 }"}},
    {"NeverTrueIsSkipped", "int n, int A[n]", "if (0) { while (1) ; } A[0] = 1;", {"{ S0[] }"}},
    {"ComparisonAsNumber",
     "int n, int A[n]",
     "for (int i = 0; i < n; i++) if ((i > 2) + (i > 4) == 1) A[i] = 0;",
     {"[n] -> { S0[i] : 0 <= i < n and 3 <= i <= 4 }"}},
};
INSTANTIATE_TEST_SUITE_P(Guards, Domains, ::testing::ValuesIn(kGuards),
                         [](const auto& item) { return item.param.name; });

struct AccessCase {
  const char* name;
  const char* arguments;
  const char* body;
  std::vector<const char*> relations; ///< of the last statement's accesses
};

void PrintTo(const AccessCase& item, std::ostream* out) {
  *out << item.name;
}

class Accesses : public ::testing::TestWithParam<AccessCase> {};

TEST_P(Accesses, AreExact) {
  const IslContext context;
  const ScopPtr scop = extractOne(context.get(), inFunction(GetParam().arguments, GetParam().body));
  ASSERT_NE(scop, nullptr);
  const Statement& statement = scop->statements.back();
  ASSERT_EQ(statement.accesses.size(), GetParam().relations.size());
  for (std::size_t k = 0; k < statement.accesses.size(); ++k) {
    EXPECT_EQ(statement.accesses[k].isWrite, k == 0);
    EXPECT_TRUE(isMap(statement.accesses[k].relation, GetParam().relations[k]));
    EXPECT_TRUE(statement.accesses[k].relation.is_single_valued());
  }
}

const AccessCase kAccesses[] = {
    {"Stencil",
     "int n, double A[n], double B[n]",
     "for (int i = 1; i < n - 1; i++) B[i] = A[i - 1] + A[i + 1];",
     {"[n] -> { S0[i] -> B[i] : 0 < i < n - 1 }", "[n] -> { S0[i] -> A[i - 1] : 0 < i < n - 1 }",
      "[n] -> { S0[i] -> A[i + 1] : 0 < i < n - 1 }"}},
    {"CompoundReadsItsCell",
     "int n, double A[n]",
     "for (int i = 0; i < n; i++) A[i] *= 2;",
     {"[n] -> { S0[i] -> A[i] : 0 <= i < n }", "[n] -> { S0[i] -> A[i] : 0 <= i < n }"}},
    {"IncrementReadsItsCell",
     "int n, int A[n]",
     "for (int i = 0; i < n; i++) A[n - 1 - i]++;",
     {"[n] -> { S0[i] -> A[n - 1 - i] : 0 <= i < n }", "[n] -> { S0[i] -> A[n - 1 - i] : 0 <= i < n }"}},
    {"ScalarsHaveNoSubscript",
     "int n, double A[n], double s",
     "for (int i = 0; i < n; i++) s += A[i];",
     {"[n] -> { S0[i] -> s[] : 0 <= i < n }", "[n] -> { S0[i] -> s[] : 0 <= i < n }",
      "[n] -> { S0[i] -> A[i] : 0 <= i < n }"}},
    {"PointerToRows",
     "int n, int m, double (*A)[m]",
     "for (int i = 0; i < n; i++) A[i][m - 1] = 0;",
     {"[n, m] -> { S0[i] -> A[i, m - 1] : 0 <= i < n }"}},
    {"PointerToMatrix",
     "int n, double (*A)[n][n]",
     "for (int i = 0; i < n; i++) (*A)[i][0] = 0;",
     {"[n] -> { S0[i] -> A[0, i, 0] : 0 <= i < n }"}},
    {"PointerArithmetic",
     "int n, double *p",
     "for (int i = 0; i < n; i++) *(p + i + 1) = (p + 1)[i - 1 + 1];",
     {"[n] -> { S0[i] -> p[i + 1] : 0 <= i < n }", "[n] -> { S0[i] -> p[i + 1] : 0 <= i < n }"}},
    {"Remainder",
     "int n, double A[4]",
     "for (int i = 0; i < n; i++) A[i % 4] = 0;",
     {"[n] -> { S0[i] -> A[i mod 4] : 0 <= i < n }"}},
    {"MinimumInSubscript",
     "int n, double A[n]",
     "for (int i = 0; i < n; i++) A[0] = A[i < n - 1 ? i + 1 : n - 1];",
     {"[n] -> { S0[i] -> A[0] : 0 <= i < n }",
      "[n] -> { S0[i] -> A[i + 1] : 0 <= i < n - 1; S0[n - 1] -> A[n - 1] : n > 0 }"}},
    {"EqualReadsAreOne",
     "int n, double A[n]",
     "for (int i = 0; i < n; i++) A[0] = A[i] * A[i];",
     {"[n] -> { S0[i] -> A[0] : 0 <= i < n }", "[n] -> { S0[i] -> A[i] : 0 <= i < n }"}},
    {"GuardedReadIsOfItsInstances",
     "int n, double A[n]",
     "for (int i = 0; i < n; i++) A[i] = i > 0 ? A[i - 1] : 0;",
     {"[n] -> { S0[i] -> A[i] : 0 <= i < n }", "[n] -> { S0[i] -> A[i - 1] : 0 < i < n }"}},
    {"GuardBesideData",
     "int n, double A[n]",
     "for (int i = 0; i < n; i++) A[i] = A[i] > 0 && i > 0 ? A[i - 1] : 0;",
     {"[n] -> { S0[i] -> A[i] : 0 <= i < n }", "[n] -> { S0[i] -> A[i] : 0 <= i < n }",
      "[n] -> { S0[i] -> A[i - 1] : 0 < i < n }"}},
    {"LogicalStopsEarly",
     "int n, int A[n]",
     "for (int i = 0; i < n; i++) A[i] = i == 0 || A[i - 1] > 0;",
     {"[n] -> { S0[i] -> A[i] : 0 <= i < n }", "[n] -> { S0[i] -> A[i - 1] : 0 < i < n }"}},
    {"ReservedNames",
     "int n, double A[n], double max",
     "for (int i = 0; i < n; i++) max = A[i] > max ? A[i] : max;",
     {"[n] -> { S0[i] -> max_[] : 0 <= i < n }", "[n] -> { S0[i] -> A[i] : 0 <= i < n }",
      "[n] -> { S0[i] -> max_[] : 0 <= i < n }"}},
};
INSTANTIATE_TEST_SUITE_P(Table, Accesses, ::testing::ValuesIn(kAccesses),
                         [](const auto& item) { return item.param.name; });

} // namespace
} // namespace polyloom::testing
