// Emitted C under gcc's sanitizers and machine code, of random legal recipes, against the source's own function.
#include "tests/app/cli/cli.h"

namespace polyloom::test {
namespace {

nlohmann::json differential(const std::string& file, std::vector<std::string> more) {
  std::vector<std::string> arguments = {"bench", "--differential", "3", "--sanitize", "--json", file};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Finished finished = cli(arguments);
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  return jsonOf(finished)["files"][0];
}

class DifferentialBench : public ::testing::TestWithParam<const char*> {};

TEST_P(DifferentialBench, FindsTheSourcesResults) {
  const nlohmann::json row = differential(example(GetParam()), {"--seed", "11"});
  EXPECT_EQ(row["recipes"], 3);
  EXPECT_EQ(row["compared"], 10); // C, OpenMP C and machine code of each, and machine code of the original order
  EXPECT_EQ(row["faults"], nlohmann::json::array()) << row.dump(2);
  EXPECT_EQ(row["reference"], "source");
}

INSTANTIATE_TEST_SUITE_P(Files, DifferentialBench,
                         ::testing::Values("polybench/gemm.c", "polybench/jacobi-2d.c", "polybench/trmm.c", "lcs.c"));

/// A function with an array of its own, `s`, and something before its region.
nlohmann::json hiddenArray(const std::string& before) {
  const TemporaryFolder folder;
  return differential(folder.write("hidden.c", "void f(int n, double A[n]) {\n  double s[4];\n" + before +
                                                   "#pragma scop\n  s[1] = 1.0;\n  for (int i = 0; i < n; i++)\n    A[i] += s[1];\n"
                                                   "#pragma endscop\n}\n"), {});
}

TEST(DifferentialReference, IsTheOriginalOrderWhereTheFunctionUsesItsArraysElsewhere) {
  EXPECT_EQ(hiddenArray("  s[1] = 2.0;\n")["reference"], "original order");
}

TEST(DifferentialReference, IsTheSourceWhereOnlyTheRegionUsesItsArrays) {
  EXPECT_EQ(hiddenArray("")["reference"], "source");
}

// What t holds afterwards is nobody's concern: expand gives it other cells, and no result then has its name.
TEST(DifferentialReference, AsksForNoResultInWhatTheFunctionKeepsToItself) {
  const TemporaryFolder folder;
  const std::string file = folder.write("own.c", "void f(int n, double A[n], double B[n]) {\n  double t;\n#pragma scop\n"
                                                 "  for (int i = 0; i < n; i++) {\n    t = A[i];\n    B[i] = t + 2.0;\n  }\n"
                                                 "#pragma endscop\n}\n");
  const Finished finished = cli({"bench", "--differential", "12", "--sanitize", "--seed", "2", "--json", file});
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  EXPECT_EQ(jsonOf(finished)["compared"], 37);
}

// With --reassociate recipes may turn reductions: the sums then differ in their last bits, and no further.
TEST(DifferentialReference, IsMetWithinToleranceWhereReductionsMayTurn) {
  const nlohmann::json row = differential(example("polybench/gemm.c"), {"--reassociate", "--seed", "5"});
  EXPECT_EQ(row["faults"], nlohmann::json::array());
}

// The comparison can fail: a file whose function is not what its region computes.
TEST(DifferentialReference, ShowsAFunctionThatComputesSomethingElse) {
  const TemporaryFolder folder;
  const std::string file = folder.write("wrong.c", "void f(int n, double A[n]) {\n#pragma scop\n"
                                                   "  for (int i = 0; i < n; i++)\n    A[i] += 1.0;\n"
                                                   "#pragma endscop\n  A[0] = 7.0;\n}\n");
  const Finished finished = cli({"bench", "--differential", "1", "--json", file});
  EXPECT_EQ(finished.exitCode, 1);
  const nlohmann::json faults = jsonOf(finished)["files"][0]["faults"];
  ASSERT_EQ(faults.size(), 4U);
  EXPECT_NE(faults[0].get<std::string>().find("computes something else"), std::string::npos);
}

TEST(DifferentialReference, SaysWhenTheRunStops) {
  const TemporaryFolder folder;
  const std::string file = folder.write("stops.c", "#include <stdlib.h>\nvoid f(int n, double A[n]) {\n  exit(4);\n#pragma scop\n"
                                                   "  for (int i = 0; i < n; i++)\n    A[i] += 1.0;\n#pragma endscop\n}\n");
  const Finished finished = cli({"bench", "--differential", "1", "--json", file});
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_EQ(jsonOf(finished)["files"][0]["error"]["message"], "the source's own function stopped");
}

} // namespace
} // namespace polyloom::test
