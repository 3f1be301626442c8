// Programs from C text, and comparisons in isl's notation.
#pragma once

#include "core/frontend/extract.h"

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <sstream>
#include <string>

namespace polyloom::testing {

/// The only region of the text. Fails the test, and returns null, where it is refused.
inline ScopPtr extractOne(isl::ctx ctx, const std::string& text) {
  const Result<std::vector<ScopPtr>> scops = extractText(ctx, "test.c", text);
  if (!scops) {
    ADD_FAILURE() << toText(scops.error());
    return nullptr;
  }
  EXPECT_EQ(scops->size(), 1U);
  return scops->empty() ? nullptr : scops->front();
}

/// A function with this signature's arguments and a region around the body.
inline std::string inFunction(const std::string& arguments, const std::string& body) {
  return fmt::format("void f({})\n{{\n#pragma scop\n{}\n#pragma endscop\n}}\n", arguments, body);
}

template <typename T> std::string text(const T& object) {
  std::ostringstream stream;
  stream << object;
  return stream.str();
}

/// Same set, however it is written.
inline ::testing::AssertionResult isSet(const isl::set& actual, const std::string& expected) {
  if (actual.is_equal(isl::set(actual.ctx(), expected)))
    return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << text(actual) << " instead of " << expected;
}

/// Same relation, however it is written.
inline ::testing::AssertionResult isMap(const isl::map& actual, const std::string& expected) {
  if (actual.is_equal(isl::map(actual.ctx(), expected)))
    return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << text(actual) << " instead of " << expected;
}

/// Same value at all parameters.
inline ::testing::AssertionResult isValue(const isl::pw_aff& actual, const std::string& expected) {
  const isl::pw_aff wanted(actual.ctx(), expected);
  if (actual.domain().is_equal(wanted.domain()) && actual.ne_set(wanted).is_empty())
    return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << text(actual) << " instead of " << expected;
}

} // namespace polyloom::testing
