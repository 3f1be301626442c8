// The examples open, and nothing has to be assumed that would surprise.
#include "tests/support/programs.h"

#include <map>

namespace polyloom::testing {
namespace {

struct Expected {
  std::size_t statements, loops;
  const char* context;
};

TEST(Examples, AllOpen) {
  const std::map<std::string, Expected> kExamples = {
      {"gemm", {2, 3, "{ : }"}},
      {"jacobi-1d", {2, 3, "{ : }"}},
      {"seidel-2d", {1, 3, "{ : }"}},
      {"lu", {2, 4, "{ : }"}},
      {"blur", {2, 4, "{ : }"}},
      {"2mm", {4, 6, "{ : }"}},
      {"lcs", {3, 4, "[N, M] -> { : N >= 0 and M >= 0 }"}},
      {"trsm", {2, 3, "{ : }"}},
      {"banded", {1, 2, "{ : }"}},
      {"ldlt", {5, 4, "{ : }"}},
      {"trapezoid", {1, 2, "{ : }"}},
      {"matrix-chain", {3, 4, "{ : }"}},
      {"conv-relu", {3, 12, "{ : }"}},
      {"lstm", {11, 9, "{ : }"}},
  };
  for (const auto& [name, expected] : kExamples) {
    const IslContext context;
    const auto scops = extractFile(context.get(), std::string(POLYLOOM_EXAMPLES) + "/" + name + ".c");
    ASSERT_TRUE(scops) << name << ": " << toText(scops.error());
    ASSERT_EQ(scops->size(), 1U) << name;
    const Scop& scop = *scops->front();
    EXPECT_EQ(scop.statements.size(), expected.statements) << name;
    EXPECT_EQ(scop.loops.size(), expected.loops) << name;
    EXPECT_TRUE(isSet(scop.context, expected.context)) << name;
    for (const Parameter& parameter : scop.parameters)
      EXPECT_GE(parameter.value, name == "conv-relu" ? 12 : 50) << name << " " << parameter.name;
  }
}

TEST(Examples, Jacobi) {
  const IslContext context;
  const auto scops = extractFile(context.get(), std::string(POLYLOOM_EXAMPLES) + "/jacobi-1d.c");
  ASSERT_TRUE(scops) << toText(scops.error());
  const Scop& scop = *scops->front();
  EXPECT_EQ(scop.function, "jacobi_1d");
  EXPECT_EQ(scop.arguments, (std::vector<std::string>{"T", "N", "A", "B"}));
  EXPECT_TRUE(isSet(scop.statements[0].domain, "[T, N] -> { S0[t, i] : 0 <= t < T and 0 < i < N - 1 }"));
  EXPECT_TRUE(isSet(scop.statements[1].domain, "[T, N] -> { S1[t, j] : 0 <= t < T and 0 < j < N - 1 }"));
}

} // namespace
} // namespace polyloom::testing
