#include "core/frontend/extract.h"
#include "core/generate/program.h"
#include "core/isl/extra.h"
#include "core/isl/sets.h"
#include "core/oracle/execution.h"
#include "core/program/reduction.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <set>

namespace polyloom::test {
namespace {

constexpr std::uint64_t kPrograms = 120;

/// The first instance that leaves an array at these sizes, in words. The front-end's assumptions are left aside: it
/// finds them for negative sizes, too, and says them in a simple form.
std::string firstOutside(const Scop& scop, const Values& sizes) {
  const PlainProgram program(scop);
  ParameterPoint named;
  for (std::size_t p = 0; p < sizes.size(); ++p)
    named.emplace_back(scop.parameters[p].name, sizes[p]);
  std::string found;
  for (int s = 0; s < static_cast<int>(scop.statements.size()); ++s)
    atValues(scop, scop.statements[static_cast<std::size_t>(s)].domain, sizes).foreach_point([&](const isl::point& point) {
      const Instance instance{s, coordinates(point)};
      for (const bool isWrite : {false, true})
        for (const Cell& cell : program.cells(instance, sizes, isWrite)) {
          const Array& array = scop.arrays[static_cast<std::size_t>(cell.array)];
          for (std::size_t d = 0; d < cell.subscripts.size(); ++d)
            if (cell.subscripts[d] < 0 || static_cast<double>(cell.subscripts[d]) >= valueAt(array.extents[d], named))
              found = toText(scop, instance) + " leaves " + array.name;
        }
    });
  return found;
}

TEST(GeneratedProgram, IsReadAndStaysInsideItsArrays) {
  for (std::uint64_t seed = 1; seed <= kPrograms; ++seed) {
    const std::string text = generateProgram(seed);
    SCOPED_TRACE(text);
    const IslContext own;
    const Result<std::vector<ScopPtr>> scops = extractText(own.get(), "generated.c", text);
    ASSERT_TRUE(scops) << toText(scops.error());
    const Scop& scop = *scops->front();
    const std::size_t count = scop.parameters.size();
    for (std::int64_t n = 0; n <= 4; ++n)
      for (std::int64_t m = 0; m <= (count > 1 ? 4 : 0); m += 2)
        EXPECT_EQ(firstOutside(scop, count > 1 ? Values{n, m} : Values(count, n)), "") << n << " " << m;
  }
}

TEST(GeneratedProgram, IsTheSameForTheSameSeed) {
  EXPECT_EQ(generateProgram(7), generateProgram(7));
  std::set<std::string> texts;
  for (std::uint64_t seed = 1; seed <= 50; ++seed)
    texts.insert(generateProgram(seed));
  EXPECT_GE(texts.size(), 49U);
}

/// What the programs together must show, so that no kind of program is forgotten.
TEST(GeneratedPrograms, HaveEveryShape) {
  std::string all;
  std::set<std::size_t> depths;
  bool hasReduction = false;
  bool hasLocalArray = false;
  bool hasSeveralNests = false;
  bool hasImperfectNest = false;
  for (std::uint64_t seed = 1; seed <= kPrograms; ++seed) {
    const std::string text = generateProgram(seed);
    all += text;
    const IslContext own;
    const std::vector<ScopPtr> scops = extractText(own.get(), "generated.c", text).value();
    for (const Statement& statement : scops.front()->statements) {
      depths.insert(statement.loops.size());
      hasReduction = hasReduction || isReduction(statement);
    }
    for (const Array& array : scops.front()->arrays)
      hasLocalArray = hasLocalArray || (array.isLocal && !array.extents.empty());
    hasSeveralNests = hasSeveralNests || scops.front()->body.children.size() > 1;
    const ProgramNode& nest = scops.front()->body.children.front();
    hasImperfectNest = hasImperfectNest || nest.children.size() > 1;
  }
  EXPECT_EQ(depths, (std::set<std::size_t>{1, 2, 3, 4}));
  EXPECT_TRUE(hasReduction);
  EXPECT_TRUE(hasLocalArray);
  EXPECT_TRUE(hasSeveralNests);
  EXPECT_TRUE(hasImperfectNest);
  for (const char* piece : {"i += 2", "i += 3", "i--", "i -= 2", "j = i;", "j < i;", "j < i + 3", "j < N - i", "if (", "} else",
                            "% 2 ==", "!=", "double t", "double s", "+= ", "*= ", "-= ", "fmin(", "fmax(", "(i > 0 ?",
                            "2 * i", "[0]", "int N, int M", "kernel(int M", "kernel(int N, double"})
    EXPECT_NE(all.find(piece), std::string::npos) << piece;
}

} // namespace
} // namespace polyloom::test
