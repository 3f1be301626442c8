// Defaults keep a kernel in the milliseconds and inside its arrays.
#include "tests/support/programs.h"

namespace polyloom::testing {
namespace {

std::vector<std::int64_t> defaultsOf(const std::string& arguments, const std::string& body) {
  const IslContext context;
  const ScopPtr scop = extractOne(context.get(), inFunction(arguments, body));
  std::vector<std::int64_t> values;
  if (scop != nullptr)
    for (const Parameter& parameter : scop->parameters)
      values.push_back(parameter.value);
  return values;
}

using Values = std::vector<std::int64_t>;

TEST(Defaults, GrowWithTheRoomThatTheNestLeaves) {
  EXPECT_EQ(defaultsOf("int n, char A[n]", "for (int i = 0; i < n; i++) A[i] = 0;"), Values{4000000});
  EXPECT_EQ(defaultsOf("int n, char A[n][n]", "for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) A[i][j] = 0;"),
            Values{4000});
  EXPECT_EQ(defaultsOf("int n, int A[n][n]", "for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) for (int k = 0; "
                                             "k < n; k++) A[i][j] += k;"),
            Values{256});
}

TEST(Defaults, FitTheArrays) {
  EXPECT_EQ(defaultsOf("int n, int A[100]", "for (int i = 0; i < n; i++) A[i] = 0;"), Values{100});
}

TEST(Defaults, FitTheMemory) {
  EXPECT_EQ(defaultsOf("int n, double A[n][n]", "for (int i = 0; i < n; i++) A[i][i] = 0;"), Values{4000});
}

TEST(Defaults, AreAPointOfTheContextWhereNoEqualValuesAre) {
  const Values values = defaultsOf("int n, int m, int A[n]", "for (int i = 0; i < m; i++) A[2 * i] = 0; A[m + 1] = 0;");
  ASSERT_EQ(values.size(), 2U);
  EXPECT_GE(values[0], 2 * values[1] - 1);
  EXPECT_GE(values[0], values[1] + 2);
  EXPECT_GE(values[1], 8);
}

} // namespace
} // namespace polyloom::testing
