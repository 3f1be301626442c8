#include "core/program/reduction.h"

#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <ostream>

namespace polyloom::test {
namespace {

struct ReductionCase {
  const char* statement;
  bool isReduction;
};
void PrintTo(const ReductionCase& fact, std::ostream* out) { *out << fact.statement; }

class Recognition : public ::testing::TestWithParam<ReductionCase> {};

TEST_P(Recognition, IsThisAnswer) {
  const ScopPtr scop = program("int N, double x[N], double y[N], double A[N][N], int n[N]",
                               "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    " +
                                   std::string(GetParam().statement) + "\n");
  ASSERT_EQ(scop->statements.size(), 1U);
  EXPECT_EQ(isReduction(scop->statements.front()), GetParam().isReduction);
}

INSTANTIATE_TEST_SUITE_P(Reduction, Recognition, ::testing::Values(
    ReductionCase{"x[i] += A[i][j];", true},
    ReductionCase{"x[i] = x[i] + A[i][j];", true},
    ReductionCase{"x[i] = A[i][j] + x[i];", true},
    ReductionCase{"x[i] -= A[i][j] * y[j];", true},
    ReductionCase{"x[i] *= 0.5;", true},
    ReductionCase{"x[i] = fmax(x[i], A[i][j]);", true},
    ReductionCase{"x[i] = fmin(A[i][j], x[i]);", true},
    ReductionCase{"x[i] = x[i] < A[i][j] ? A[i][j] : x[i];", true},
    ReductionCase{"x[i] = A[i][j] <= x[i] ? A[i][j] : x[i];", true},
    ReductionCase{"n[i] += 1;", true},
    ReductionCase{"if (j < i)\n      x[i] -= A[i][j] * x[j];", true}, // e reads other cells of the array
    ReductionCase{"x[i] = A[i][j] - x[i];", false},           // alternates the sign
    ReductionCase{"x[i] = x[i] / A[i][j];", false},
    ReductionCase{"x[i] = x[i] + A[i][j] + y[j];", false},    // (x + a) + y: not of the form x + e
    ReductionCase{"x[i] = x[j] + A[i][j];", false},           // another cell
    ReductionCase{"x[i] = x[i] + x[j];", false},              // e reads the cell where i = j
    ReductionCase{"if (j <= i)\n      x[i] -= A[i][j] * x[j];", false},
    ReductionCase{"x[i] += x[i];", false},
    ReductionCase{"x[i] = x[i] < A[i][j] ? y[j] : x[i];", false},
    ReductionCase{"x[i] = x[i] < A[i][j] ? x[j] : x[i];", false},
    ReductionCase{"x[i] = fmax(x[i], x[j]);", false},
    ReductionCase{"x[i] = pow(x[i], A[i][j]);", false},
    ReductionCase{"x[i] = A[i][j];", false}));

} // namespace
} // namespace polyloom::test
