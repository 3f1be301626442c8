// Damaged texts give a sentence or a program, never anything else.
#include "core/openscop/read.h"
#include "tests/core/openscop/fixtures.h"
#include "tests/support/mutations.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

TEST(OpenScopMutations, NeverThrow) {
  Mutations mutations(11);
  int refused = 0;
  for (int round = 0; round < 120; ++round) {
    const std::string text = mutations.damage(kClanText);
    const auto programs = readOpenScop(context().get(), "file.scop", text);
    if (programs)
      continue;
    ++refused;
    EXPECT_FALSE(programs.error().message.empty());
    EXPECT_GT(programs.error().range.line, 0) << programs.error().message;
  }
  EXPECT_GT(refused, 40);
}

} // namespace
} // namespace polyloom::test
