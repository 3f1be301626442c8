#include "core/generate/grammar.h"
#include "core/generate/program.h"

#include <gtest/gtest.h>

#include <map>

namespace polyloom::test {
namespace {

std::string expanded(const std::string& text, std::uint64_t seed) {
  const Result<Grammar> grammar = Grammar::parse(text);
  EXPECT_TRUE(grammar);
  Random random(seed);
  std::string words;
  grammar->expand("start", random, [&](const std::string& word) { words += word + " "; });
  return words;
}

std::string refusalOf(const std::string& text) {
  const Result<Grammar> grammar = Grammar::parse(text);
  return grammar ? "" : grammar.error().message;
}

TEST(Grammar, ExpandsSymbolsFromLeftToRight) {
  EXPECT_EQ(expanded("start: 1 a pair b\n# a remark\npair: 1 ( inner )\ninner: 1 x", 1), "a ( x ) b ");
}

TEST(Grammar, DrawsAlternativesByWeight) {
  std::map<std::string, int> counts;
  for (std::uint64_t seed = 0; seed < 2000; ++seed)
    ++counts[expanded("start: 3 a\n  | 1 b", seed)];
  EXPECT_EQ(counts.size(), 2U);
  EXPECT_NEAR(counts["a "], 1500, 100);
}

TEST(Grammar, RefusesWhatItCannotRead) {
  EXPECT_EQ(refusalOf("start: a"), "line 1: an alternative starts with its weight, not with \"a\"");
  EXPECT_EQ(refusalOf("start: 0 a"), "line 1: an alternative starts with its weight, not with \"0\"");
  EXPECT_EQ(refusalOf("a b"), "line 1: a line starts with \"symbol:\" or goes on with |");
  EXPECT_EQ(refusalOf("a: 1 x\na: 1 y"), "line 2: the symbol a stands twice");
  EXPECT_EQ(refusalOf("a: 1 | 2 x"), "an alternative of a has no words");
  EXPECT_EQ(refusalOf("a:"), "the symbol a has no alternatives");
}

TEST(Grammar, OfProgramsIsUsable) { EXPECT_EQ(whyUnusable(Grammar::programs()), ""); }

TEST(Grammar, WithoutWhatTheGeneratorAsksForIsNot) {
  EXPECT_EQ(whyUnusable(*Grammar::parse("start: 1 x")), "the grammar has no symbol \"program\"");
  EXPECT_EQ(whyUnusable(*Grammar::parse("program: 1 x")),
            "the grammar has no symbol \"step\", which the generator asks for");
  EXPECT_EQ(whyUnusable(*Grammar::parse("program: 1 <jump>\nstep: 1 x\nlow: 1 x\nhigh: 1 x\nsize: 1 x\n"
                                        "condition: 1 x\nrank: 1 x\nsubscript: 1 x\niterator: 1 x")),
            "the generator has no action <jump>");
}

TEST(RandomNumbers, AreTheSameEverywhere) {
  Random random(42);
  std::vector<std::uint64_t> numbers;
  for (int k = 0; k < 6; ++k)
    numbers.push_back(random.below(100));
  EXPECT_EQ(numbers, (std::vector<std::uint64_t>{6, 24, 50, 62, 81, 28}));
}

TEST(RandomNumbers, ReachBothEnds) {
  Random random(1);
  std::map<int, int> counts;
  for (int k = 0; k < 300; ++k)
    ++counts[random.between(-1, 1)];
  EXPECT_EQ(counts.size(), 3U);
  EXPECT_GT(counts[-1], 60);
  EXPECT_GT(counts[1], 60);
}

} // namespace
} // namespace polyloom::test
