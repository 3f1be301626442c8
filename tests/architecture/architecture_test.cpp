// The layout's rules: who includes whom, sizes, headers, read-me files.
#include "tests/architecture/rules.h"
#include "tests/architecture/sources.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace polyloom::test {
namespace {

constexpr int kFunctionLines = 60;
constexpr std::size_t kSourceLines = 400;
constexpr std::size_t kHeaderLines = 200;

const std::vector<SourceFile>& ours() {
  static const std::vector<SourceFile> kFiles = sourcesBelow({"app", "core", "jit", "models", "views", "tests"});
  return kFiles;
}

TEST(Sources, AreFound) {
  EXPECT_GT(ours().size(), 100U);
  EXPECT_NE(std::ranges::find(ours(), "core/program/scop.h", &SourceFile::path), ours().end());
}

TEST(Includes, FollowTheLayout) {
  for (const SourceFile& file : ours())
    for (const std::string& sentence : forbiddenIncludes(file))
      ADD_FAILURE() << sentence;
}

struct BadInclude {
  const char* path;
  const char* include;
};

class ForbiddenInclude : public ::testing::TestWithParam<BadInclude> {};

TEST_P(ForbiddenInclude, IsFound) {
  const SourceFile file = sourceOf(GetParam().path, "#pragma once\n#include " + std::string(GetParam().include) + "\n");
  EXPECT_EQ(forbiddenIncludes(file).size(), 1U) << file.path << " " << GetParam().include;
}

INSTANTIATE_TEST_SUITE_P(Layout, ForbiddenInclude, ::testing::Values(
    BadInclude{"core/program/x.cpp", "<QString>"}, BadInclude{"core/program/x.cpp", "<llvm/IR/Module.h>"},
    BadInclude{"core/legality/x.h", "<clang/AST/AST.h>"}, BadInclude{"core/frontend/extract.h", "<clang/AST/AST.h>"},
    BadInclude{"core/codegen/x.cpp", "\"jit/compile.h\""}, BadInclude{"core/snapshot/x.cpp", "\"core/frontend/extract.h\""},
    BadInclude{"core/schedule/x.cpp", "<isl/map.h>"}, BadInclude{"core/schedule/x.cpp", "<torch/torch.h>"},
    BadInclude{"views/x.h", "<isl/cpp.h>"}, BadInclude{"views/x.cpp", "\"core/program/scop.h\""},
    BadInclude{"views/x.cpp", "\"app/jobs/jobs.h\""}, BadInclude{"app/cli/x.cpp", "<llvm/IR/Module.h>"},
    BadInclude{"app/worker/x.cpp", "<QProcess>"}, BadInclude{"app/cli/x.cpp", "<isl/set.h>"},
    BadInclude{"jit/x.cpp", "<isl/cpp.h>"}, BadInclude{"jit/x.cpp", "<QObject>"},
    BadInclude{"jit/store/x.cpp", "<SQLiteCpp/Database.h>"}, BadInclude{"app/jobs/x.cpp", "<sqlite3.h>"},
    BadInclude{"models/data/x.cpp", "<ATen/ATen.h>"}, BadInclude{"models/networks/cost_model.h", "<torch/types.h>"},
    BadInclude{"jit/x.cpp", "\"core/program/scop.h\""}, BadInclude{"core/isl/x.cpp", "\"tests/support/child.h\""}));

TEST(AllowedInclude, IsNotFound) {
  for (const auto& [path, include] : {std::pair{"core/isl/x.cpp", "<isl/map.h>"}, {"core/schedule/x.h", "<isl/cpp.h>"},
                                      {"core/isl/x.h", "<isl/ast_type.h>"}, {"core/frontend/x.cpp", "<clang/AST/AST.h>"},
                                      {"views/x.cpp", "\"core/snapshot/snapshot.h\""}, {"jit/x.cpp", "<llvm/IR/Module.h>"},
                                      {"app/shell/x.cpp", "<QMainWindow>"}, {"jit/x.cpp", "\"core/codegen/kernel.h\""},
                                      {"jit/store/measurement_store.cpp", "<SQLiteCpp/Database.h>"}})
    EXPECT_TRUE(forbiddenIncludes(sourceOf(path, "#include " + std::string(include))).empty()) << path << include;
}

TEST(ForbiddenPair, OfIslAndQCustomPlotIsFound) {
  EXPECT_FALSE(forbiddenIncludes(sourceOf("app/shell/x.cpp", "#include <isl/cpp.h>\n#include <qcustomplot.h>\n")).empty());
}

TEST(Sizes, OfFilesStayWithinTheLimits) {
  for (const SourceFile& file : ours()) {
    const std::size_t limit = file.isHeader() ? kHeaderLines : kSourceLines;
    EXPECT_LE(file.lines.size(), limit) << file.path;
  }
}

TEST(Sizes, OfFunctionsStayWithinTheLimit) {
  for (const SourceFile& file : ours())
    for (const LongFunction& function : longFunctions(file, kFunctionLines))
      ADD_FAILURE() << file.path << ":" << function.line << ": a function of " << function.length << " lines";
}

std::string functionOf(int bodyLines) {
  std::string text = "namespace a {\nstruct S {\n  void f(int x = 2) const {\n";
  for (int line = 0; line < bodyLines; ++line)
    text += "    if (x) { y(\"}\"); } // } {\n";
  return text + "  }\n};\n}\n";
}

TEST(FunctionScanner, FindsALongFunctionAndItsLine) {
  const std::vector<LongFunction> found = longFunctions(sourceOf("x.cpp", functionOf(59)), kFunctionLines);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].line, 3);
  EXPECT_EQ(found[0].length, 61);
}

TEST(FunctionScanner, LetsAShortOnePass) {
  EXPECT_TRUE(longFunctions(sourceOf("x.cpp", functionOf(58)), kFunctionLines).empty());
}

TEST(FunctionScanner, SeesThroughInitializersLambdasAndRawStrings) {
  std::string text = "X::X() : a_{1}, b_(2) {\n";
  for (int line = 0; line < 70; ++line)
    text += "  run([] { return 1'000; }, R\"({)\", '{');\n";
  EXPECT_EQ(longFunctions(sourceOf("x.cpp", text + "}\n"), kFunctionLines).size(), 1U);
}

TEST(FunctionScanner, CountsNoTables) {
  std::string text = "const int kTable[] = {\n";
  for (int line = 0; line < 70; ++line)
    text += "  1,\n";
  EXPECT_TRUE(longFunctions(sourceOf("x.cpp", text + "};\n"), kFunctionLines).empty());
}

TEST(Headers, AreIncludedOnce) {
  for (const SourceFile& file : ours()) {
    if (file.isHeader()) {
      EXPECT_NE(std::ranges::find(file.lines, "#pragma once"), file.lines.end()) << file.path;
    }
  }
}

TEST(Folders, HaveAReadMe) {
  const std::filesystem::path top = POLYLOOM_SOURCE_DIR;
  for (const char* folder : {".", "app", "core", "jit", "examples", "tests"})
    EXPECT_TRUE(std::filesystem::exists(top / folder / "README.md")) << folder;
}

} // namespace
} // namespace polyloom::test
