#include "core/frontend/extract.h"
#include "core/generate/kernel.h"
#include "core/generate/shape.h"
#include "core/isl/sets.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace polyloom::test {
namespace {

constexpr std::uint64_t kKernels = 15;

/// The program of a text, in a context that outlives it.
struct ReadKernel {
  explicit ReadKernel(const std::string& text) : scop(extractText(context.get(), "kernel.c", text).value().front()) {}
  IslContext context;
  ScopPtr scop;
};

TEST(GeneratedKernel, IsReadAndStaysInsideItsArrays) {
  for (const std::string& level : kernelLevels())
    for (std::uint64_t seed = 1; seed <= kKernels; ++seed) {
      const Result<std::string> text = generateKernel(seed, level);
      ASSERT_TRUE(text) << toText(text.error());
      SCOPED_TRACE(*text);
      const IslContext own;
      const Result<std::vector<ScopPtr>> scops = extractText(own.get(), "kernel.c", *text);
      ASSERT_TRUE(scops) << toText(scops.error());
      const Scop& scop = *scops->front();
      ASSERT_EQ(scop.presets.size(), 2U);
      for (const Preset& preset : scop.presets)
        EXPECT_FALSE(atParameters(scop.context, preset.values).is_empty()) << preset.name;
    }
}

TEST(GeneratedKernel, IsTheSameForTheSameSeed) {
  EXPECT_EQ(generateKernel(7, "mixed").value(), generateKernel(7, "mixed").value());
  std::set<std::string> texts;
  for (std::uint64_t seed = 1; seed <= 60; ++seed)
    texts.insert(generateKernel(seed, "hard").value());
  EXPECT_GE(texts.size(), 58U);
}

/// What the kernels together must show, so that no kind is forgotten.
TEST(GeneratedKernels, HaveTheShapesOfRealCode) {
  std::string all;
  for (std::uint64_t seed = 1; seed <= 400; ++seed)
    all += generateKernel(seed, "mixed").value();
  for (const char* piece : {"t < T", "j = i+1", "k < i;", "i--", "if (", "sqrt(", "float s", "double s", " / ", "int A", "2 * ",
                            "N + 2", "? ", "alpha", "fabs", "+= ", "-= ", "int K", "int L"})
    EXPECT_NE(all.find(piece), std::string::npos) << piece;
}

TEST(GeneratedKernels, OfTheEasyLevelAreRectangular) {
  for (std::uint64_t seed = 1; seed <= kKernels; ++seed) {
    const std::string text = generateKernel(seed, "easy").value();
    if (text.find("int A") == std::string::npos) { // but for dynamic programming over integers
      EXPECT_TRUE(shapeOf(*ReadKernel(text).scop).isRectangular) << text;
    }
  }
}

TEST(GrammarOfKernels, IsUsable) { EXPECT_EQ(whyNoKernels(Grammar::kernels()), ""); }

TEST(GrammarOfKernels, IsRefusedWithWhatIsWrong) {
  EXPECT_EQ(whyNoKernels(*Grammar::parse("easy: 1 x")), "the grammar has no symbol \"medium\"");
  EXPECT_EQ(whyNoKernels(*Grammar::parse("easy: 1 <jump:a>\nmedium: 1 x\nhard: 1 x\nmixed: 1 x")),
            "the generator has no action <jump:a>");
  const Result<std::string> text = generateKernel(1, "easy", *Grammar::parse("easy: 1 <end>"));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, "bad-grammar");
}

const std::string kProduct = R"(void f(int N, double A[N][N], double B[N][N], double C[N][N]) {
#pragma scop
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++)
      C[i][j] += 2.0 * A[i][j] * B[j][i];
#pragma endscop
})";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

TEST(CanonicalHash, SeesNoNames) {
  std::string renamed = replaced(replaced(kProduct, "C[", "Total["), "N", "Size");
  renamed = replaced(replaced(renamed, "int j", "int p"), "j", "p");
  EXPECT_EQ(canonicalHash(*ReadKernel(kProduct).scop), canonicalHash(*ReadKernel(renamed).scop)) << renamed;
}

TEST(CanonicalHash, SeesEverythingElse) {
  std::set<std::uint64_t> hashes = {canonicalHash(*ReadKernel(kProduct).scop)};
  for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
           {"2.0", "3.0"}, {"i = 0", "i = 1"}, {"B[j][i]", "B[i][j]"}, {"double A", "float A"}, {"+=", "-="},
           {"B[j][i]", "A[j][i]"}})
    hashes.insert(canonicalHash(*ReadKernel(replaced(kProduct, from, to)).scop));
  EXPECT_EQ(hashes.size(), 7U);
}

TEST(ShapeHash, SeesNeitherConstantsNorExtents) {
  const std::uint64_t hash = shapeHash(*ReadKernel(kProduct).scop);
  for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
           {"2.0", "3.0"}, {"i = 0", "i = 1"}, {"double A", "float A"}, {"i < N", "i < N - 1"}, {"j < N", "j < 10"}})
    EXPECT_EQ(shapeHash(*ReadKernel(replaced(kProduct, from, to)).scop), hash) << to;
  for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
           {"B[j][i]", "B[i][j]"}, {"+=", "-="}, {"j < N", "j < i"}, {"B[j][i]", "A[j][i]"}})
    EXPECT_NE(shapeHash(*ReadKernel(replaced(kProduct, from, to)).scop), hash) << to;
}

TEST(Shape, TellsTrianglesFromRectangles) {
  EXPECT_TRUE(shapeOf(*ReadKernel(kProduct).scop).isRectangular);
  EXPECT_FALSE(shapeOf(*ReadKernel(replaced(kProduct, "j < N", "j <= i")).scop).isRectangular);
}

} // namespace
} // namespace polyloom::test
