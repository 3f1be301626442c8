// Damaged texts give a sentence with a place, or a program, never anything else.
#include "core/poly/read.h"
#include "tests/support/child.h"
#include "tests/support/mutations.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace polyloom::test {
namespace {

TEST(PolyMutations, NeverThrow) {
  Mutations mutations(5);
  int refused = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(POLYLOOM_EXAMPLES) + "/text")) {
    if (entry.path().extension() != ".poly")
      continue;
    const std::string original = readFile(entry.path().string());
    for (int round = 0; round < 40; ++round) {
      const std::string text = mutations.damage(original);
      if (!isPoly(text))
        continue;
      const Result<ScopPtr> scop = readPoly(context().get(), "test.poly", text);
      if (scop)
        continue;
      ++refused;
      EXPECT_FALSE(scop.error().message.empty());
      EXPECT_GT(scop.error().range.line, 0) << scop.error().message;
      EXPECT_GT(scop.error().range.column, 0) << scop.error().message;
    }
  }
  EXPECT_GT(refused, 40);
}

} // namespace
} // namespace polyloom::test
