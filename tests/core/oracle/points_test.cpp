// Plain numbers answer as isl does.
#include "core/isl/extra.h"
#include "core/isl/points.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

/// Calls `look` with all N, x, y between -4 and 7.
template <typename Look> void forPoints(Look look) {
  for (std::int64_t n = -4; n <= 7; ++n)
    for (std::int64_t x = -4; x <= 7; ++x)
      for (std::int64_t y = -4; y <= 7; ++y)
        look(std::vector<std::int64_t>{n, x, y});
}

/// The point { [x, y] } at a value of N.
isl::set pointAt(const std::vector<std::int64_t>& point) {
  const isl::set universe(context().get(), "[N] -> { [x, y] }");
  return fixParameter(universe.intersect(pointSet(universe.space(), {point[1], point[2]})), "N", point[0]);
}

class Points : public ::testing::TestWithParam<const char*> {};

TEST_P(Points, BelongWhereIslSaysSo) {
  const isl::set set(context().get(), GetParam());
  const PointSet plain(set, {"N"});
  int members = 0;
  forPoints([&](const std::vector<std::int64_t>& point) {
    const isl::set one = set.intersect(pointAt(point));
    EXPECT_EQ(plain.contains(point), !one.is_empty()) << point[0] << " " << point[1] << " " << point[2];
    members += one.is_empty() ? 0 : 1;
  });
  EXPECT_GT(members, 0);
}

INSTANTIATE_TEST_SUITE_P(Sets, Points,
                         ::testing::Values("[N] -> { [x, y] : 0 <= x < N and x <= y }", "{ [x, y] }",
                                           "[N] -> { [x, y] : x mod 3 = 1 or (y < 0 and N > 2) }",
                                           "[N] -> { [x, y] : exists e, f : 2e + 3f = x + N and 0 <= f <= 1 and e < y }",
                                           "[N] -> { [x, y] : floor(x/2) + floor((floor(y/3) + x)/4) >= N }",
                                           "{ [x, y] : exists e : x = 4e and e >= y }"));

class Functions : public ::testing::TestWithParam<const char*> {};

TEST_P(Functions, HaveIslsValue) {
  const isl::pw_aff function(context().get(), GetParam());
  const PointFunction plain(function, {"N"});
  forPoints([&](const std::vector<std::int64_t>& point) {
    const isl::set there = pointAt(point);
    const isl::pw_aff one = function.intersect_domain(there);
    const std::optional<std::int64_t> value = plain.at(point);
    ASSERT_EQ(value.has_value(), !one.domain().is_empty());
    if (value) {
      const isl::pw_aff claimed = constantAff(there.space(), *value);
      EXPECT_TRUE(one.ne_set(claimed).is_empty()) << *value;
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Values, Functions,
                         ::testing::Values("[N] -> { [x, y] -> [(x + 2 y - N)] }", "{ [x, y] -> [(7)] }",
                                           "{ [x, y] -> [(floor((x - 3 y)/4))] }",
                                           "[N] -> { [x, y] -> [(x)] : x > N; [x, y] -> [(-y)] : x < N }",
                                           "[N] -> { [x, y] -> [(floor((x + floor(y/2))/3) * 2 + N)] }",
                                           "{ [x, y] -> [(x mod 3)] }", "{ [x, y] -> [(x/2)] : x mod 2 = 0 }"));

} // namespace
} // namespace polyloom::test
