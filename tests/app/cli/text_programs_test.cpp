// polyloom-cli with programs that are not C: .poly and OpenScop.
#include "tests/app/cli/cli.h"

namespace polyloom::test {
namespace {

const char* const kJacobi = "text/jacobi-1d.poly";

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(CliPoly, IsJudgedLikeC) {
  EXPECT_EQ(cli({"check", example(kJacobi)}).exitCode, 0);
  const Finished illegal = cli({"check", example(kJacobi), "--step", "fuse i j"});
  EXPECT_EQ(illegal.exitCode, 1);
  EXPECT_TRUE(contains(illegal.output, "S1[t=0, j=1] overwrites A[1] before S0[t=0, i=2] has read it")) << illegal.output;
}

TEST(CliPoly, IsEmittedAsAFunctionThatReadsBack) {
  const TemporaryFolder folder;
  const Finished emitted = cli({"emit", example(kJacobi), "--as", "openmp", "--step", "parallel i"});
  EXPECT_EQ(emitted.exitCode, 0);
  EXPECT_TRUE(contains(emitted.output, "void jacobi_1d(int N, int T, double A[N], double B[N]) {\n#pragma scop\n")) << emitted.output;
  EXPECT_EQ(cli({"check", folder.write("again.c", emitted.output)}).exitCode, 0);
}

TEST(CliPoly, IsMeasured) {
  const Finished finished = cli({"measure", example(kJacobi), "--set", "T=4", "--set", "N=200", "--runs", "3", "--json", "--step",
                                 "reverse i"});
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  EXPECT_EQ(jsonOf(finished)["schedules"][0]["result"], "equal");
}

TEST(CliPoly, WithoutAValueIsNotExecuted) {
  const TemporaryFolder folder;
  const std::string file = folder.write("f.poly", "polyloom-program 1 f\nparameters N array A[N]\n"
                                                  "S0: { [i] : 0 < i < N } writes A[i] reads A[i - 1]\n");
  EXPECT_EQ(cli({"check", file, "--step", "reverse i"}).exitCode, 1);
  EXPECT_EQ(cli({"emit", file, "--as", "isl"}).exitCode, 0);
  for (const char* form : {"c", "openmp", "llvm", "asm"})
    expectError(cli({"emit", file, "--as", form, "--json"}), "no-value");
  const auto error = expectError(cli({"measure", file, "--json"}), "no-value");
  EXPECT_EQ(error["message"], "S0 cannot be executed: the text does not say what it computes; it can be checked, transformed, drawn "
                              "and emitted as isl or openscop");
  EXPECT_EQ(error["line"], 3);
  EXPECT_EQ(error["notes"][0], "give S0 a line \"is\" with its assignment");
}

TEST(CliPoly, HasMistakesWithPlaces) {
  const TemporaryFolder folder;
  const auto error = expectError(cli({"info", folder.write("f.poly", "polyloom-program 1 f\narray A[9]\nS0: { [i] : 0 <= i < 9 }\n  is A[i*i] = 0\n"),
                                      "--json"}), "not-affine");
  EXPECT_EQ(error["line"], 4);
  EXPECT_EQ(error["column"], 8);
}

TEST(CliOpenScop, IsWrittenAndReadAgain) {
  const TemporaryFolder folder;
  const Finished written = cli({"emit", example("gemm.c"), "--as", "openscop", "--recipe", example("gemm.recipe")});
  EXPECT_EQ(written.exitCode, 0);
  EXPECT_TRUE(written.output.starts_with("# schedule of gemm by Polyloom:\n"));
  const std::string file = folder.write("gemm.scop", written.output);
  const Finished info = cli({"info", file, "--json"});
  EXPECT_EQ(info.exitCode, 0) << info.errors;
  EXPECT_EQ(jsonOf(info)["statements"].size(), 2U);
  EXPECT_EQ(cli({"check", file}).exitCode, 0);
  const std::string original = folder.write("original.scop", cli({"emit", example("gemm.c"), "--as", "openscop"}).output);
  EXPECT_EQ(cli({"check", original, "--step", "reverse k"}).exitCode, 1);
  const auto error = expectError(cli({"measure", file, "--json"}), "no-value");
  EXPECT_TRUE(contains(error["message"], "OpenScop has only the text of a statement, not its value"));
}

TEST(CliOpenScop, OfAnIllegalScheduleSaysSo) {
  const Finished written = cli({"emit", example("gemm.c"), "--as", "openscop", "--step", "reverse k"});
  EXPECT_EQ(written.exitCode, 1);
  EXPECT_TRUE(written.output.starts_with("# illegal: ")) << written.output.substr(0, 200);
}

TEST(CliOpenScop, ThatIsCutOffHasAPlace) {
  const TemporaryFolder folder;
  const std::string text = cli({"emit", example("gemm.c"), "--as", "openscop"}).output;
  const auto error = expectError(cli({"info", folder.write("cut.scop", text.substr(0, text.size() / 2)), "--json"}), "bad-openscop");
  EXPECT_GT(error["line"], 10);
}

TEST(CliForms, AreListedWhereOneIsUnknown) {
  const auto error = expectError(cli({"emit", example("gemm.c"), "--as", "fortran", "--json"}), "unknown-form");
  EXPECT_EQ(error["message"], "\"fortran\" is not a form of output; there are c, openmp, isl, ast, openscop, llvm-plain, llvm and asm");
}

} // namespace
} // namespace polyloom::test
