// What statements compute, as C text.
#include "core/poly/read.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

struct Value {
  const char* text; ///< of the assignment
  const char* c;
};

void PrintTo(const Value& value, std::ostream* out) { *out << value.text; }

class PolyValues : public ::testing::TestWithParam<Value> {};

TEST_P(PolyValues, AreCs) {
  const std::string text = "polyloom-program 1 f\nparameters N\nscalar w = 2, n = 3 int\narray A[N + 1], F[N] float, I[N] int, s\n"
                           "S0: { [i] : 1 <= i < N } is " + std::string(GetParam().text);
  const Result<ScopPtr> scop = readPoly(context().get(), "test.poly", text);
  ASSERT_TRUE(scop.has_value()) << toText(scop.error());
  EXPECT_EQ(code(Schedule::original(*scop)), "for (long i = 1; i <= N - 1; i++)\n  " + std::string(GetParam().c) + "\n");
}

INSTANTIATE_TEST_SUITE_P(All, PolyValues, ::testing::Values(
    Value{"A[i] = (A[i - 1] + A[i + 1]) * 0.5", "A[i] = (A[i - 1] + A[i + 1]) * 0.5;"},
    Value{"A[i] += w * s", "A[i] = A[i] + w * s;"},
    Value{"F[i] = F[i] - 1.5f * I[i]", "F[i] = F[i] - 1.5f * (float)I[i];"},
    Value{"I[i] = I[i] / 2 % n", "I[i] = I[i] / 2 % n;"},
    Value{"I[i] = 2 * i + N - 1", "I[i] = (int)(N + 2 * i - 1);"},
    Value{"A[i] = -A[i] - -2", "A[i] = -A[i] - (double)(-2);"},
    Value{"A[i] = sqrt(fabs(A[i])) + powf(F[i], 2)", "A[i] = sqrt(fabs(A[i])) + (double)powf(F[i], (float)2);"},
    Value{"A[i] = min(A[i], w)", "A[i] = A[i] < w ? A[i] : w;"},
    Value{"A[i] = A[i] > 0 and not (w < s) ? A[i] : 0.0", "A[i] = A[i] > (double)0 && !(w < s) ? A[i] : 0.0;"}));

TEST(PolyAccesses, UnderAConditionAreThoseOfTheInstancesThatMeetIt) {
  const Result<ScopPtr> scop = readPoly(context().get(), "test.poly",
                                        "polyloom-program 1 f\nparameters N array A[N], B[N]\n"
                                        "S0: { [i] : 0 <= i < N } is B[i] = i > 0 ? A[i - 1] : 0");
  ASSERT_TRUE(scop.has_value()) << toText(scop.error());
  EXPECT_TRUE((*scop)->statements[0].accesses.at(1).relation.is_equal(
      isl::map(context().get(), "[N] -> { S0[i] -> A[i - 1] : 0 < i < N }")));
  EXPECT_TRUE((*scop)->context.is_equal(isl::set(context().get(), "[N] -> { : }")));
}

} // namespace
} // namespace polyloom::test
