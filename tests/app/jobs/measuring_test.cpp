// What makes a program the same program to the measurement store.
#include "app/jobs/measuring.h"

#include "app/jobs/open.h"
#include "core/isl/context.h"
#include "core/program/text.h"
#include "tests/support/child.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

namespace polyloom::test {
namespace {

std::string digestOfFile(const std::string& path, const std::vector<std::string>& defines = {}) {
  const IslContext context;
  const auto regions = openProgram(context.get(), path, {.defines = defines});
  EXPECT_TRUE(regions) << toText(regions.error());
  return regions ? programDigest(*regions->front()) : "";
}

std::string digestOfText(const std::string& text, const std::vector<std::string>& defines = {}) {
  const TemporaryFolder folder;
  return digestOfFile(folder.write("f.c", text), defines);
}

std::string scale(const std::string& statement, const std::string& comment = {}) {
  return comment + "void f(int N, double a, double A[N]) {\n#pragma scop\n  for (int i = 0; i < N; i++)\n    " + statement +
         "\n#pragma endscop\n}\n";
}

TEST(ProgramDigest, IsTheSameWhereverTheFileLiesAndHoweverItIsWritten) {
  const std::string digest = digestOfText(scale("A[i] = a * A[i];"));
  EXPECT_EQ(digest.size(), 64U);
  EXPECT_EQ(digestOfText(scale("A[i] = a * A[i];")), digest);
  EXPECT_EQ(digestOfText(scale("A[ i ]=a*A[i] ; // scaled")), digest);
  EXPECT_EQ(digestOfText(scale("A[i] = a * A[i];", "// preset LARGE: N=100000\n")), digest);
}

TEST(ProgramDigest, DiffersWhereAnotherThingIsComputed) {
  std::set<std::string> digests;
  const std::vector<std::string> statements = {"A[i] = a * A[i];", "A[i] = A[i] * a;", "A[i] = a + A[i];",
                                               "A[i] = a * A[i] * 2.0;", "A[i] = a * A[i] * 2.5;", "A[i] = a * A[N - 1 - i];"};
  for (const std::string& statement : statements)
    digests.insert(digestOfText(scale(statement)));
  EXPECT_EQ(digests.size(), statements.size());
}

TEST(ProgramDigest, SeesWhatAMacroStandsFor) {
  const std::string text = scale("A[i] = FACTOR * A[i];");
  EXPECT_NE(digestOfText(text, {"FACTOR=2.0"}), digestOfText(text, {"FACTOR=3.0"}));
}

TEST(ProgramDigest, OfEveryExampleSurvivesTheTextForm) {
  std::set<std::string> digests;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(POLYLOOM_EXAMPLES)) {
    if (entry.path().extension() != ".c" && entry.path().extension() != ".poly")
      continue;
    const IslContext context, other;
    const auto regions = openProgram(context.get(), entry.path());
    ASSERT_TRUE(regions) << toText(regions.error());
    const Result<ScopPtr> again = scopFromJson(other.get(), toJson(*regions->front()));
    ASSERT_TRUE(again) << toText(again.error());
    EXPECT_EQ(programDigest(**again), programDigest(*regions->front())) << entry.path();
    digests.insert(programDigest(**again));
    ++files;
  }
  EXPECT_GE(files, 30U);
  EXPECT_GE(digests.size(), files - 10); // some examples are written in two languages or twice
}

} // namespace
} // namespace polyloom::test
