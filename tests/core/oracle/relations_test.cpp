// Our short cuts through isl give what isl's own ways give.
#include "core/isl/context.h"
#include "core/isl/extra.h"
#include "core/isl/relations.h"
#include "core/isl/sets.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace polyloom::test {
namespace {

isl::map relation(const char* text) { return isl::map(context().get(), text); }
isl::pw_aff function(const char* text) { return isl::pw_aff(context().get(), text); }

const char* const kRelations[] = {
    "[N] -> { S[i] -> T[j] : 0 <= i < N and 0 <= j < N }",
    "{ S[i] -> T[j] : 0 <= i <= 6 and (0 <= j <= 4 or 2 <= j <= 7) }",
    "[M] -> { S[i] -> T[j] : (i + j) mod 3 = 0 and 0 <= i, j <= 9 and i < M; S[i] -> T[i] : 0 <= i <= 5 }",
    "{ S[i] -> T[j] : i < j and (0 <= i <= 5 and j <= 8 or 3 <= i <= 9 and j <= 11 or i = 2 and j = 4) }",
    "{ S[i] -> T[j] : false }"};

int pointsOf(const isl::map& map) {
  int count = 0;
  map.intersect_params(isl::set(context().get(), "[N, M] -> { : N = 5 and M = 7 }"))
      .wrap()
      .project_out_all_params()
      .foreach_point([&](const isl::point&) { ++count; });
  return count;
}

TEST(Relations, MeetAsInIsl) {
  for (const char* a : kRelations)
    for (const char* b : kRelations) {
      SCOPED_TRACE(std::string(a) + " and " + b);
      const isl::map expected = relation(a).intersect(relation(b));
      EXPECT_TRUE(both(relation(a), relation(b)).is_equal(expected));
      EXPECT_TRUE(having(relation(a), relation(b)).is_equal(expected));
      EXPECT_EQ(haveAny(relation(a), relation(b)), !expected.is_empty());
      // isl visits every part of what it takes for disjoint: overlapping parts must not be.
      EXPECT_EQ(pointsOf(both(relation(a), relation(b))), pointsOf(expected));
      EXPECT_EQ(pointsOf(having(relation(a), relation(b))), pointsOf(expected));
    }
}

TEST(Relations, UniteWhatOverlaps) {
  const isl::map pairs = relation("{ S[i] -> T[j] : 0 <= i, j < 4 and (i < 3 or j > 1) }");
  std::vector<isl::basic_map> parts;
  for (const char* part : {"{ S[i] -> T[j] : 0 <= i < 3 and 0 <= j < 4 }", "{ S[i] -> T[j] : 0 <= i < 4 and 2 <= j < 4 }"})
    relation(part).foreach_basic_map([&](const isl::basic_map& basic) { parts.push_back(basic); });
  const isl::map all = uniteAll(pairs.space(), parts);
  EXPECT_TRUE(all.is_equal(pairs));
  EXPECT_EQ(countPoints(all.wrap()), 14); // a union that took its parts for disjoint would count 20
  EXPECT_TRUE(uniteAll(pairs.space(), {}).is_empty());
}

/// Whatever question is cut short by the quota says so: verdicts are "unknown" by this exception and no other.
TEST(Relations, SayThatAQuotaRanOut) {
  const isl::map a = relation(kRelations[2]);
  const isl::map b = relation(kRelations[3]);
  const isl::pw_aff value = function("[N] -> { S[i] -> [(floor((i)/3))] : i < N; S[i] -> [(3)] : i > N }");
  const isl::pw_aff other = function("[M] -> { T[i] -> [(M - i)] }");
  const std::vector<std::function<void()>> questions = {
      [&] { both(a, b); },
      [&] { having(a, b); },
      [&] { haveAny(a, b); },
      [&] { compare(value, other); },
      [&] { lexminPoint(parametersFirst(boundParameters(a.wrap(), 9))); }};
  for (std::size_t q = 0; q < questions.size(); ++q) {
    bool isAnswered = false;
    unsigned long most = 1;
    for (; !isAnswered; ++most) {
      const IslQuota quota(context().get(), most);
      try {
        questions[q]();
        isAnswered = true;
      } catch (const isl::exception_quota&) { // any other one fails the test
      }
    }
    EXPECT_GT(most, 3U) << q << ": the quota never ran out";
  }
}

TEST(IslDeadline, EndsWorkThatTakesTooLong) {
  const isl::map a = relation(kRelations[2]);
  const isl::map b = relation(kRelations[3]);
  {
    const IslDeadline deadline(context().get(), std::chrono::milliseconds(20));
    const auto work = [&] {
      while (true)
        both(a, b);
    };
    EXPECT_THROW(work(), isl::exception_abort);
    EXPECT_TRUE(deadline.isOver());
  }
  EXPECT_FALSE(both(a, b).is_empty()); // the context works again
  const IslDeadline late(context().get(), std::chrono::hours(1));
  EXPECT_FALSE(both(a, b).is_empty());
  EXPECT_FALSE(late.isOver());
}

TEST(Relations, CompareValuesAsIslDoes) {
  const isl::pw_aff values[] = {
      function("[N] -> { S[i] -> [(N - 2i)] }"),
      function("{ S[i] -> [(floor((i)/3))] }"),
      function("{ S[i] -> [(i)] : i > 2; S[i] -> [(3)] : i < 0 }")};
  const isl::pw_aff others[] = {function("[M] -> { T[i, j] -> [(M + i - j)] }"),
                                function("{ T[i, j] -> [(i)] : j >= 0; T[i, j] -> [(2j)] : j < 0 }")};
  for (const isl::pw_aff& a : values)
    for (const isl::pw_aff& b : others) {
      SCOPED_TRACE(islText(a) + " and " + islText(b));
      const Comparison comparison = compare(a, b);
      EXPECT_TRUE(comparison.less.is_equal(lessMap(a, b)));
      EXPECT_TRUE(comparison.greater.is_equal(greaterMap(a, b)));
      EXPECT_TRUE(comparison.equal.is_equal(equalMap(a, b)));
    }
}

TEST(Points, AreTheSmallestOfAllParts) {
  const isl::set set(context().get(), "[N] -> { S[i, j] : 3 <= i <= N and j = 7; S[i, j] : i = 4 and 2 <= j <= 5 and N = 9 }");
  EXPECT_EQ(lexminPoint(parametersFirst(boundParameters(set, 9))), (std::vector<std::int64_t>{3, 3, 7}));
  EXPECT_EQ(lexminPoint(fixParameter(set, "N", 9).project_out_all_params()), (std::vector<std::int64_t>{3, 7}));
}

} // namespace
} // namespace polyloom::test
