// The recipe language: what parses, what does not and why, and that text comes back.
#include "core/schedule/step.h"
#include "core/schedule/affine_text.h"

#include <gtest/gtest.h>

#include <ostream>

namespace polyloom {
namespace {

class AcceptedLine : public ::testing::TestWithParam<const char*> {};

TEST_P(AcceptedLine, ReadsBackAsItWasWritten) {
  const Result<Step> step = parseStep(GetParam());
  ASSERT_TRUE(step) << step.error().message;
  EXPECT_EQ(toText(*step), GetParam());
  EXPECT_EQ(*parseStep(toText(*step)), *step);
}

INSTANTIATE_TEST_SUITE_P(Recipe, AcceptedLine, ::testing::Values(
    "interchange i k", "reverse i", "shift S1 i by 2", "shift S1 i by N", "shift S1 i by -1", "shift S1 i by N-1",
    "shift S1 i by -2*N+3", "shift S1 i by M*2+N", "skew j by 2 i", "skew j by -1 i", "skew j by 0 i",
    "tile i j by 32 64", "tile i by 1", "tile i j by 32 64 as io jo", "fuse i i_2", "unroll k by 4",
    "unroll k by full", "parallel it", "vectorize j by 8", "jam i by 4", "split i at N-4",
    "split j at 2*i+1", "peel i first 1", "peel i last 3", "reorder S1 S0", "reorder S1 S0 in i_2", "shift init_2 _x by 1000000000",
    "unimodular i j by 1 0; 1 1", "unimodular i j k by 0 1 0; -1 0 0; 2 0 1", "wavefront it jt", "wavefront tt it jt",
    "diamond t i by 32 32", "diamond t i j by 32 32 8 slope 2"));

struct RefusedLine {
  const char* line;
  const char* code;
  int column;
  const char* message;
};
void PrintTo(const RefusedLine& line, std::ostream* out) { *out << '"' << line.line << '"'; }

class Refused : public ::testing::TestWithParam<RefusedLine> {};

TEST_P(Refused, SaysWhatAndWhere) {
  const Result<Step> step = parseStep(GetParam().line);
  ASSERT_FALSE(step);
  EXPECT_EQ(step.error().code, GetParam().code);
  EXPECT_EQ(step.error().range.column, GetParam().column);
  EXPECT_EQ(step.error().message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(Recipe, Refused, ::testing::Values(
    RefusedLine{"swap i j", "unknown-step", 1, "no step is called swap"},
    RefusedLine{"  Tile i by 4", "unknown-step", 3, "no step is called Tile"},
    RefusedLine{"", "bad-step", 0, "an empty line is no step"},
    RefusedLine{"   # only a comment", "bad-step", 0, "an empty line is no step"},
    RefusedLine{"interchange i", "bad-step", 14, "expected second, found the end of the line"},
    RefusedLine{"interchange", "bad-step", 12, "expected first, found the end of the line"},
    RefusedLine{"interchange i j k", "bad-step", 17, "expected the end of the line, found \"k\""},
    RefusedLine{"pack A[j at i", "bad-step", 6, "expected array, found \"A[j\""},
    RefusedLine{"interchange i 2", "bad-step", 15, "expected second, found \"2\""},
    RefusedLine{"reverse i-1", "bad-step", 9, "expected loop, found \"i-1\""},
    RefusedLine{"unroll k 4", "bad-step", 10, "expected \"by\", found \"4\""},
    RefusedLine{"unroll k by", "bad-step", 12, "expected factor, found the end of the line"},
    RefusedLine{"unroll k by four", "bad-step", 13, "expected an integer for factor, found \"four\""},
    RefusedLine{"unroll k by 1", "out-of-range", 13, "1 is out of range for factor: 2 to 64"},
    RefusedLine{"unroll k by 65", "out-of-range", 13, "65 is out of range for factor: 2 to 64"},
    RefusedLine{"vectorize j by 0", "out-of-range", 16, "0 is out of range for width: 2 to 64"},
    RefusedLine{"vectorize j by full", "bad-step", 16, "expected an integer for width, found \"full\""},
    RefusedLine{"vectorize j by 8.0", "bad-step", 16, "expected an integer for width, found \"8.0\""},
    RefusedLine{"unimodular i j by 1 0", "wrong-count", 22,
                "2 loops need 2 rows of 2 integers for matrix, as in \"1 0; 1 1\""},
    RefusedLine{"unimodular i j by 1 0 1; 0 1", "wrong-count", 29,
                "2 loops need 2 rows of 2 integers for matrix, as in \"1 0; 1 1\""},
    RefusedLine{"unimodular i j by 1 0; 0 2000", "out-of-range", 30, "\"2000\" is not an integer from -1000 to 1000"},
    RefusedLine{"diamond t i by 32", "wrong-count", 18, "2 loops need 2 sizes, found 1"},
    RefusedLine{"diamond t i by 32 32 slope 0", "out-of-range", 28, "0 is out of range for slope: 1 to 100"},
    RefusedLine{"tile i j by 32", "wrong-count", 15, "2 loops need 2 sizes, found 1"},
    RefusedLine{"tile i by 32 64", "wrong-count", 16, "1 loop needs 1 size, found 2"},
    RefusedLine{"tile i by 0", "out-of-range", 11, "0 is out of range for sizes: 1 to 1000000"},
    RefusedLine{"tile i by -4", "out-of-range", 11, "-4 is out of range for sizes: 1 to 1000000"},
    RefusedLine{"tile by 4", "bad-step", 6, "expected loops, found \"by\""},
    RefusedLine{"tile i by 4 as", "bad-step", 15, "expected names, found the end of the line"},
    RefusedLine{"tile i by 4 as a b", "wrong-count", 19, "1 loop needs 1 name, found 2"},
    RefusedLine{"tile i by 4 at io", "bad-step", 13, "expected an integer for sizes, found \"at\""},
    RefusedLine{"tile i by 99999999999999999999", "out-of-range", 11,
                "99999999999999999999 is out of range for sizes: 1 to 1000000"},
    RefusedLine{"jam i by 1", "out-of-range", 10, "1 is out of range for factor: 2 to 64"},
    RefusedLine{"split i at", "bad-step", 11, "expected position, found the end of the line"},
    RefusedLine{"peel i middle 1", "bad-step", 8, "expected first or last, found \"middle\""},
    RefusedLine{"peel i first 0", "out-of-range", 14, "0 is out of range for count: 1 to 1000000"},
    RefusedLine{"peel i last", "bad-step", 12, "expected count, found the end of the line"},
    RefusedLine{"reorder S0", "bad-step", 11, "expected second, found the end of the line"},
    RefusedLine{"reorder S0 S1 in", "bad-step", 17, "expected loop, found the end of the line"},
    RefusedLine{"skew j by i 2", "bad-step", 11, "expected an integer for factor, found \"i\""},
    RefusedLine{"skew j by 1001 i", "out-of-range", 11, "1001 is out of range for factor: -1000 to 1000"},
    RefusedLine{"shift S1 i by", "bad-step", 14, "expected amount, found the end of the line"},
    RefusedLine{"shift S1 i by N*M", "not-affine", 15,
                "\"N*M\" is not a sum of integers and parameters such as 2, N, N-1 or -2*N+3"},
    RefusedLine{"shift S1 i by 1000000001", "out-of-range", 15,
                "\"1000000001\" has a number beyond 1000000000, which no loop reaches"},
    RefusedLine{"split i at N - 99999999999999999999", "out-of-range", 12,
                "\"N-99999999999999999999\" has a number beyond 1000000000, which no loop reaches"},
    RefusedLine{"shift S1 i by N/2", "not-affine", 15,
                "\"N/2\" is not a sum of integers and parameters such as 2, N, N-1 or -2*N+3"}));

TEST(RecipeLine, IgnoresBlanksAndComments) {
  const Result<Step> step = parseStep(" \ttile   i  j by 32\t64   # two loops");
  ASSERT_TRUE(step) << step.error().message;
  EXPECT_EQ(toText(*step), "tile i j by 32 64");
  EXPECT_EQ(toText(*parseStep("shift S0 i by N - 1")), "shift S0 i by N-1");
  EXPECT_EQ(toText(*parseStep("reverse i\r")), "reverse i"); // a file from another system
}

TEST(RecipeLine, ShowsTheFormThatWasExpected) {
  EXPECT_EQ(parseStep("tile i").error().notes,
            std::vector<std::string>{"the form is: tile {loops} by {sizes} [as {names}]"});
  EXPECT_EQ(parseStep("flip i").error().notes,
            std::vector<std::string>{
                "the steps are interchange, reverse, shift, skew, unimodular, tile, wavefront, diamond, fuse, distribute, "
                "reorder, split, peel, unroll, jam, parallel, vectorize, expand, contract, pack, schedule"});
}

TEST(RecipeFile, CountsLinesOfItsStepsThroughCommentsAndBlankLines) {
  const Result<Recipe> recipe = parseRecipe("# tiles\npolyloom-recipe 1 gemm\n\nreverse i\n  # more\nparallel i");
  ASSERT_TRUE(recipe) << recipe.error().message;
  EXPECT_EQ(recipe->function, "gemm");
  EXPECT_EQ(recipe->lines, (std::vector<int>{4, 6}));
  EXPECT_EQ(toText(*recipe), "polyloom-recipe 1 gemm\nreverse i\nparallel i\n");
}

TEST(RecipeFile, CountsLinesHoweverTheyEnd) {
  for (const char* text : {"reverse i\n\nreverse q q\n", "reverse i\r\n\r\nreverse q q\r\n", "reverse i\r\rreverse q q\r"}) {
    const Result<Recipe> recipe = parseRecipe(text);
    ASSERT_FALSE(recipe) << text;
    EXPECT_EQ(recipe.error().range.line, 3) << text;
  }
}

TEST(RecipeFile, NeedsNoVersionLine) {
  const Result<Recipe> recipe = parseRecipe("reverse i\n");
  ASSERT_TRUE(recipe);
  EXPECT_EQ(recipe->function, "");
  EXPECT_EQ(toText(*recipe), "polyloom-recipe 1\nreverse i\n");
}

TEST(RecipeFile, MayBeEmpty) {
  EXPECT_TRUE(parseRecipe("")->steps.empty());
  EXPECT_TRUE(parseRecipe("\n# nothing\n")->steps.empty());
  EXPECT_TRUE(parseRecipe("polyloom-recipe 1\n")->steps.empty());
}

TEST(RecipeFile, ReadsBackAsItWasWritten) {
  const std::string text = "polyloom-recipe 1 f\ntile i j by 2 3 as io jo\nshift S0 i by -2*N+3\nunroll j by full\n";
  const Result<Recipe> recipe = parseRecipe(text);
  ASSERT_TRUE(recipe) << recipe.error().message;
  EXPECT_EQ(toText(*recipe), text);
}

TEST(RecipeFile, RefusesAnotherVersion) {
  for (const char* line : {"polyloom-recipe 2", "polyloom-recipe", "polyloom-recipe one", "polyloom-recipe 1 a b"}) {
    const Result<Recipe> recipe = parseRecipe(std::string("# head\n") + line + "\n", "my.recipe");
    ASSERT_FALSE(recipe) << line;
    EXPECT_EQ(recipe.error().code, "bad-recipe");
    EXPECT_EQ(recipe.error().range.file, "my.recipe");
    EXPECT_EQ(recipe.error().range.line, 2);
  }
}

TEST(RecipeFile, TakesAVersionLineOnlyAtItsHead) {
  const Result<Recipe> recipe = parseRecipe("reverse i\npolyloom-recipe 1\n");
  ASSERT_FALSE(recipe);
  EXPECT_EQ(recipe.error().range.line, 2);
}

TEST(RecipeFile, NamesFileLineAndColumnOfItsFirstMistake) {
  const Result<Recipe> recipe = parseRecipe("reverse i\n\n  unroll k by 1\nflip\n", "my.recipe");
  ASSERT_FALSE(recipe);
  EXPECT_EQ(toText(recipe.error()), "my.recipe:3:15: 1 is out of range for factor: 2 to 64\n"
                                    "  the form is: unroll {loop} by {factor}");
}

TEST(AffineAmount, AddsUpItsTerms) {
  const Result<AffineAmount> amount = parseAffineAmount("2*N-3+N*4-M+1+2*5");
  ASSERT_TRUE(amount) << amount.error().message;
  EXPECT_EQ(amount->constant, 8);
  EXPECT_EQ(amount->factors, (std::map<std::string, std::int64_t>{{"M", -1}, {"N", 6}}));
}

TEST(AffineAmount, RefusesWhatIsNoSum) {
  for (const char* text : {"", "-", "+", "N+", "N M", "2N", "N*", "*N", "N*M", "N**2", "(N)", "N-1)", "1.5", "--N",
                           "9999999999", "2*3*4", "N%2"})
    EXPECT_FALSE(parseAffineAmount(text)) << text;
}

} // namespace
} // namespace polyloom
