// Expecting refusals.
#pragma once

#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace polyloom::test {

/// The last line is refused with this code and sentence.
inline void expectRefused(const ScopPtr& scop, const std::vector<std::string>& lines, const std::string& code,
                          const std::string& message) {
  const Diagnostic found = refusal(scop, lines);
  EXPECT_EQ(found.code, code) << lines.back();
  EXPECT_EQ(found.message, message) << lines.back();
}

} // namespace polyloom::test
