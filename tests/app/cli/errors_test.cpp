// polyloom-cli: the input or the usage is at fault, exit code 3, an error object.
#include "tests/app/cli/cli.h"

namespace polyloom::test {
namespace {

const char* const kTwoRegions = "void f(int N, double A[N]) {\n#pragma scop\n  for (int i = 0; i < N; i++)\n"
                                "    A[i] = 1.0;\n#pragma endscop\n}\n"
                                "void g(int M, double B[M]) {\n#pragma scop\n  for (int j = 0; j < M; j++)\n"
                                "    B[j] = 2.0;\n#pragma endscop\n}\n";

TEST(CliErrors, NameAMissingFile) {
  const auto error = expectError(cli({"info", "/no/such/file.c", "--json"}), "unreadable-file");
  EXPECT_NE(error.value("message", "").find("/no/such/file.c"), std::string::npos);
}

TEST(CliErrors, GoToStandardErrorInWords) {
  const Finished finished = cli({"info", "/no/such/file.c"});
  EXPECT_EQ(finished.exitCode, 3);
  EXPECT_EQ(finished.output, "");
  EXPECT_NE(finished.errors.find("/no/such/file.c"), std::string::npos);
}

TEST(CliErrors, PlaceWhatIsNotAffine) {
  const TemporaryFolder folder;
  const std::string file = folder.write("bad.c", "void f(int N, double A[N]) {\n#pragma scop\n"
                                                 "  for (int i = 0; i < N; i++)\n    A[i * i] = 1.0;\n"
                                                 "#pragma endscop\n}\n");
  const Finished finished = cli({"check", file, "--json"});
  EXPECT_EQ(finished.exitCode, 3);
  const auto error = jsonOf(finished)["error"];
  EXPECT_EQ(error["file"], file);
  EXPECT_EQ(error["line"], 4);
  EXPECT_EQ(error["column"], 7);
}

TEST(CliErrors, RefuseUnknownNamesAndBadValues) {
  const auto error = expectError(cli({"info", example("gemm.c"), "--json", "--set", "Q=3"}), "unknown-name");
  EXPECT_EQ(error["message"], "gemm has no scalar argument Q; there are NI, NJ, NK, alpha, beta");
  expectError(cli({"info", example("gemm.c"), "--json", "--set", "NI=many"}), "bad-value");
  expectError(cli({"info", example("gemm.c"), "--json", "--set", "NI=1.5"}), "bad-value");
  expectError(cli({"info", example("gemm.c"), "--json", "--set", "NI"}), "bad-value");
  expectError(cli({"info", example("gemm.c"), "--json", "--set", "NI="}), "bad-value");
}

TEST(CliErrors, RefuseUnknownPresets) {
  const auto error =
      expectError(cli({"info", example("polybench/gemm.c"), "--json", "--set", "preset=HUGE"}), "unknown-preset");
  EXPECT_EQ(error["message"], "kernel_gemm has no preset 'HUGE'; there are MINI, SMALL, MEDIUM, LARGE, EXTRALARGE");
  const auto none = expectError(cli({"measure", example("gemm.c"), "--json", "--set", "preset=HUGE"}), "unknown-preset");
  EXPECT_EQ(none["message"], "gemm has no presets; a comment such as '// preset HUGE: N=1000' in its file gives one");
  expectError(cli({"check", example("polybench/gemm.c"), "--json", "--set", "preset"}), "unknown-preset");
}

TEST(CliErrors, PlaceAPresetOfAnUnknownParameter) {
  const TemporaryFolder folder;
  const std::string file = folder.write("f.c", "void f(int N, double A[N]) {\n// preset LARGE: M=4\n#pragma scop\n"
                                               "  for (int i = 0; i < N; i++)\n    A[i] = 1.0;\n#pragma endscop\n}\n");
  const auto error = expectError(cli({"info", file, "--json"}), "unknown-preset-parameter");
  EXPECT_EQ(error["file"], file);
  EXPECT_EQ(error["line"], 2);
}

TEST(CliErrors, RefuseValuesThatBreakAnAssumption) {
  const TemporaryFolder folder;
  const std::string file = folder.write("f.c", "void f(int N, double A[100]) {\n#pragma scop\n"
                                               "  for (int i = 0; i < N; i++)\n    A[i] = 1.0;\n#pragma endscop\n}\n");
  EXPECT_EQ(cli({"info", file, "--set", "N=100"}).exitCode, 0);
  expectError(cli({"check", file, "--json", "--set", "N=101"}), "broken-assumption");
  const auto error = expectError(cli({"measure", file, "--json", "--set", "N=101"}), "broken-assumption");
  EXPECT_EQ(error["message"], "N = 101 breaks an assumption of the program");
  EXPECT_EQ(error["notes"], nlohmann::json::array({"assumed: the access A[i] stays inside A"}));
}

TEST(CliErrors, NameTheBrokenAssumptionOnly) {
  const TemporaryFolder folder;
  const std::string file = folder.write("f.c", "void f(int N, int M, double A[100], double B[M]) {\n#pragma scop\n"
                                               "  for (int i = 0; i < N; i++) {\n    A[i] = 1.0;\n    B[i] = 1.0;\n  }\n"
                                               "#pragma endscop\n}\n");
  const auto error = expectError(cli({"info", file, "--json", "--set", "N=9", "--set", "M=3"}), "broken-assumption");
  EXPECT_EQ(error["message"], "N = 9, M = 3 break an assumption of the program");
  EXPECT_EQ(error["notes"], nlohmann::json::array({"assumed: the access B[i] stays inside B"}));
}

TEST(CliErrors, RefuseAWrongUse) {
  EXPECT_EQ(expectError(cli({"--json"}), "usage")["message"], "a command is needed");
  expectError(cli({"fly", "--json"}), "usage");
  expectError(cli({"info", "--json"}), "usage");
  expectError(cli({"check", example("gemm.c"), "--json", "--fast"}), "usage");
  expectError(cli({"emit", example("gemm.c"), "--json"}), "usage");
  expectError(cli({"emit", example("gemm.c"), "--json", "--as", "fortran"}), "unknown-form");
  expectError(cli({"measure", example("gemm.c"), "--json", "--threads", "0"}), "usage");
}

TEST(CliErrors, NameAMissingRecipe) {
  expectError(cli({"check", example("gemm.c"), "--recipe", "/no/such.recipe", "--json"}), "no-file");
}

TEST(CliRegions, AreChosenByNumberOrFunction) {
  const TemporaryFolder folder;
  const std::string file = folder.write("two.c", kTwoRegions);
  EXPECT_EQ(jsonOf(cli({"info", file, "--json"}))["function"], "f");
  EXPECT_EQ(jsonOf(cli({"info", file, "--json", "--scop", "2"}))["function"], "g");
  EXPECT_EQ(jsonOf(cli({"--function", "g", "info", file, "--json"}))["function"], "g");
  expectError(cli({"info", file, "--json", "--scop", "3"}), "unknown-region");
  expectError(cli({"info", file, "--json", "--scop", "0"}), "usage");
  const auto both = expectError(cli({"info", file, "--json", "--scop", "2", "--function", "f"}), "two-choices");
  EXPECT_EQ(both["message"], "--scop and --function both choose a region; give one of them");
  const auto error = expectError(cli({"info", file, "--json", "--function", "h"}), "unknown-function");
  EXPECT_EQ(error["message"], "no region is in a function h; the functions with regions are f, g");
}

TEST(CliRegions, AreToldByInfo) {
  const TemporaryFolder folder;
  const std::string file = folder.write("two.c", kTwoRegions);
  const Finished text = cli({"info", file, "--scop", "2"});
  EXPECT_NE(text.output.find("region 2 of 2; the regions are in f, g: choose with --scop or --function\n"), std::string::npos)
      << text.output;
  const auto info = jsonOf(cli({"info", file, "--json"}));
  EXPECT_EQ(info["region"], 1);
  EXPECT_EQ(info["regions"], nlohmann::json::array({"f", "g"}));
  EXPECT_EQ(cli({"info", example("gemm.c")}).output.find("region"), std::string::npos);
}

TEST(CliInfo, CallsAnArrayWithoutDimensionsAScalar) {
  const TemporaryFolder folder;
  const std::string file = folder.write("f.c", "void f(int N, double A[N], double B[N][N]) {\n#pragma scop\n"
                                               "  for (int i = 0; i < N; i++) {\n    double t = A[i];\n    B[i][i] = t;\n  }\n"
                                               "#pragma endscop\n}\n");
  const std::string text = cli({"info", file}).output;
  for (const char* line : {"array double A, 1 dimension\n", "array double B, 2 dimensions\n", "array double t, scalar, local\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
}

TEST(CliPreprocessor, TakesFoldersAndDefinitions) {
  const TemporaryFolder folder;
  folder.write("size.h", "#define SIZE 10\n");
  const std::string file = folder.write("f.c", "#include <size.h>\nvoid f(TYPE A[SIZE]) {\n#pragma scop\n"
                                               "  for (int i = 0; i < SIZE; i++)\n    A[i] = 1;\n#pragma endscop\n}\n");
  const Finished finished = cli({"info", file, "-I", folder.path().string(), "-D", "TYPE=float", "--json"});
  EXPECT_EQ(finished.exitCode, 0) << finished.errors;
  EXPECT_EQ(jsonOf(finished)["arrays"][0]["element"], "float");
  EXPECT_EQ(cli({"info", file, "--json"}).exitCode, 3);
}

TEST(CliHelp, ExitsWith0) {
  const Finished finished = cli({"--help"});
  EXPECT_EQ(finished.exitCode, 0);
  for (const char* command : {"info", "check", "emit", "measure"})
    EXPECT_NE(finished.output.find(command), std::string::npos) << command;
}

} // namespace
} // namespace polyloom::test
