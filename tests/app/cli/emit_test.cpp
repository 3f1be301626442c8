// polyloom-cli emit: the forms, the head of illegal schedules, files.
#include "tests/app/cli/cli.h"

namespace polyloom::test {
namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(CliEmit, TranslatesTheWholeFile) {
  const Finished finished = cli({"emit", example("gemm.c"), "--as", "c", "--step", "interchange i j"});
  EXPECT_EQ(finished.exitCode, 0);
  EXPECT_TRUE(finished.output.starts_with("// schedule of gemm by Polyloom:\n//   interchange i j\n/* General matrix"));
  EXPECT_TRUE(contains(finished.output, "void gemm(int NI, int NJ, int NK, double alpha"));
  EXPECT_TRUE(contains(finished.output, "for (long j = 0; j <= NJ - 1; j++)"));
  EXPECT_FALSE(contains(finished.output, "for (i = 0; i < NI; i++)"));
}

TEST(CliEmit, PutsPragmasIntoOpenMpOnly) {
  const std::vector<std::string> steps = {"--step", "parallel i", "--step", "unroll k by 4"};
  std::vector<std::string> openMp = {"emit", example("gemm.c"), "--as", "openmp"};
  openMp.insert(openMp.end(), steps.begin(), steps.end());
  const std::string text = cli(openMp).output;
  EXPECT_TRUE(contains(text, "#pragma omp parallel for firstprivate(A, B, C, "));
  EXPECT_TRUE(contains(text, "#pragma omp unroll partial(4)\n"));
  openMp[3] = "c";
  EXPECT_FALSE(contains(cli(openMp).output, "#pragma omp"));
}

TEST(CliEmit, KnowsTheOtherForms) {
  const auto emit = [](const char* form) { return cli({"emit", example("gemm.c"), "--as", form, "--step", "parallel i"}); };
  EXPECT_TRUE(contains(emit("isl").output, "mark: \"i parallel\""));
  EXPECT_TRUE(contains(emit("llvm").output, "define "));
  EXPECT_TRUE(contains(emit("asm").output, "ret"));
  for (const char* form : {"isl", "llvm", "asm"})
    EXPECT_EQ(emit(form).exitCode, 0) << form;
}

TEST(CliEmit, UnrollsWhatIsAlreadyInVectors) {
  const TemporaryFolder folder;
  const std::string file = folder.write("sum.c", "void sum(int N, double A[N], double B[N], double C[N]) {\n#pragma scop\n"
                                                 "  for (int i = 0; i < N; i++)\n    A[i] = B[i] + C[i];\n#pragma endscop\n}\n");
  const std::string code = cli({"emit", file, "--as", "llvm", "--step", "unroll i by 8"}).output;
  EXPECT_TRUE(contains(code, " x double>")) << code;
  EXPECT_FALSE(contains(code, "scatter")) << "vectors of the copies";
  const auto count = [&](const std::string& text) {
    std::size_t found = 0;
    for (std::size_t at = text.find("fadd contract <"); at != std::string::npos; at = text.find("fadd contract <", at + 1))
      ++found;
    return found;
  };
  EXPECT_GE(count(code), 2 * count(cli({"emit", file, "--as", "llvm"}).output)) << "there are copies";
}

TEST(CliEmit, SaysAtTheHeadThatAScheduleIsIllegal) {
  for (const char* form : {"c", "openmp", "isl", "llvm", "asm"}) {
    const Finished finished = cli({"emit", example("gemm.c"), "--as", form, "--step", "reverse k"});
    EXPECT_EQ(finished.exitCode, 1) << form;
    const std::string head = finished.output.substr(0, finished.output.find('\n'));
    EXPECT_TRUE(contains(head, "illegal: S1[i=0, j=0, k=1] reads C[0][0] before")) << form << ": " << head;
    EXPECT_FALSE(finished.errors.empty()) << form;
  }
}

TEST(CliEmit, AnswersInJson) {
  const Finished finished = cli({"--json", "emit", example("gemm.c"), "--as", "c"});
  EXPECT_EQ(finished.exitCode, 0);
  expectKeys(jsonOf(finished), {"text", "legal"});
}

TEST(CliEmit, WritesAFile) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "out.c").string();
  const Finished finished = cli({"emit", example("gemm.c"), "--as", "c", "-o", file});
  EXPECT_EQ(finished.exitCode, 0);
  EXPECT_EQ(finished.output, "");
  EXPECT_EQ(readFile(file), cli({"emit", example("gemm.c"), "--as", "c"}).output);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1); // nothing else is left
}

TEST(CliEmit, AnswersInJsonEvenWhereTheTextGoesToAFile) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "out.c").string();
  EXPECT_EQ(jsonOf(cli({"emit", example("gemm.c"), "--as", "c", "-o", file, "--json"})).value("legal", false), true);
}

TEST(CliEmit, FailsWhereTheFileCannotBeWritten) {
  expectError(cli({"emit", example("gemm.c"), "--as", "c", "-o", "/no/such/folder/out.c", "--json"}), "cannot-write");
}

TEST(CliEmit, FailsWithTheLineOfARefusedStep) {
  const auto error = expectError(cli({"emit", example("gemm.c"), "--as", "c", "--recipe", "-", "--json"},
                                     "reverse i\ntile j k by 2 2\n"), "not-nested");
  EXPECT_EQ(error["line"], 2);
}

TEST(CliEmit, ReadsItsOwnOutput) {
  const TemporaryFolder folder;
  const std::string text = cli({"emit", example("jacobi-1d.c"), "--as", "c", "--step", "tile i by 8"}).output;
  const Finished again = cli({"check", folder.write("again.c", text), "--json"});
  EXPECT_EQ(again.exitCode, 0) << again.errors;
}

} // namespace
} // namespace polyloom::test
