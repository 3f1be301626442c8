// What is refused, where, and in which words.
#include "core/openscop/read.h"
#include "tests/core/openscop/fixtures.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

struct Broken {
  const char* name;
  const char* part; ///< replaced in kClanText
  const char* replacement;
  const char* code;
  int line;
  const char* sentence; ///< part of the message
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

class RefusedOpenScop : public ::testing::TestWithParam<Broken> {};

TEST_P(RefusedOpenScop, HasAPlaceAndASentence) {
  const Broken& broken = GetParam();
  const std::string text = with(kClanText, broken.part, broken.replacement);
  ASSERT_FALSE(text.starts_with("part not found")) << text;
  const auto programs = readOpenScop(context().get(), "file.scop", text);
  ASSERT_FALSE(programs.has_value());
  EXPECT_EQ(programs.error().code, broken.code);
  EXPECT_EQ(programs.error().range.file, "file.scop");
  EXPECT_EQ(programs.error().range.line, broken.line) << programs.error().message;
  EXPECT_NE(programs.error().message.find(broken.sentence), std::string::npos) << programs.error().message;
}

INSTANTIATE_TEST_SUITE_P(Text, RefusedOpenScop, ::testing::Values(
    Broken{"columns", "4 5 1 0 1 1", "4 6 1 0 1 1", "bad-openscop", 33, "is said to have 6 columns; its dimensions make 5"},
    Broken{"short-row", "   1    1   -1    ## N-1", "   1    1    ## N-1", "bad-openscop", 17,
           "the line has 2 numbers; wanted a row of 3 numbers"},
    Broken{"word-in-row", "   1    1   -1    ## N-1", "   1    x   -1    ## N-1", "bad-openscop", 17, "'x' stands where a number"},
    Broken{"row-kind", "   1    1   -1    ## N-1", "   2    1   -1    ## N-1", "bad-openscop", 17, "the row begins with 2; wanted 0"},
    Broken{"keyword", "SCATTERING", "SCATTER", "bad-openscop", 51, "'SCATTER' stands where a relation is wanted"},
    Broken{"sizes", "3 7 3 1 0 1", "3 7 3 1", "bad-openscop", 51, "has 4 sizes; wanted six"},
    Broken{"huge", "3 7 3 1 0 1", "3 7 3 1 0 99999999", "bad-openscop", 51, "wanted 0 to 500"},
    Broken{"iterators", "i j\n# Statement", "i\n# Statement", "bad-openscop", 127, "2 iterators are announced"},
    Broken{"tag", "<loop>\n", "loop\n", "bad-openscop", 148, "'loop' stands where an extension or </OpenScop> is wanted"},
    Broken{"open-tag", "</loop>\n", "", "bad-openscop", 148, "<loop> has no </loop>"},
    Broken{"truncated", "</OpenScop>", "", "bad-openscop", 165, "the text ends too early; wanted </OpenScop>"},
    Broken{"irregular", "<loop>", "<irregular>", "bad-openscop", 148, "wanted static control only"}));

INSTANTIATE_TEST_SUITE_P(Program, RefusedOpenScop, ::testing::Values(
    Broken{"may-write", "WRITE\n2 7", "MAY_WRITE\n2 7", "bad-openscop", 107, "it has to be known which cells are written"},
    Broken{"no-write", "WRITE\n2 7", "READ\n2 7", "no-write", 79, "S1 writes nothing"},
    Broken{"no-domain", "DOMAIN\n4 6", "READ\n4 6", "bad-openscop", 79, "S1 has no DOMAIN relation: it is not known what runs"},
    Broken{"no-order", "SCATTERING\n3 7", "READ\n3 7", "bad-openscop", 30, "S0 has no SCATTERING relation: it is not known in which"},
    Broken{"unbounded", "   1    0   -1    0    1   -1    ## -j+N-1 >= 0\n", "   1    0    0    0    0    0\n", "unbounded-domain",
           82, "the domain of S1 has infinitely many points"},
    Broken{"dimensions", "3 7 3 1 0 1", "3 7 3 0 0 2", "bad-openscop", 51, "has 3 output and 0 input dimensions and 2 parameters; wanted 3, 1 and 1"},
    Broken{"many-dates", "   0    0   -1    0    1    0    0    ## c2 == i", "   0    0    0    0    0    0    0", "bad-openscop", 51,
           "does not give each of its instances one date"},
    Broken{"one-date", "   0    0   -1    0    1    0    0    ## c2 == i", "   0    0   -1    0    0    0    0", "order-not-injective", 30,
           "two instances of S0 have the same date"},
    Broken{"several-cells", "   0    0   -1    1    0    0    ## [1] == i", "   0    0    0    0    0    0", "bad-openscop", 59,
           "an instance of S0 accesses several cells here"},
    Broken{"negative", "   0    0   -1    1    0    0    ## [1] == i", "   0    0   -1   -1    0   -1", "always-leaves-array", 59,
           "leaves its array 's' whenever it runs"},
    Broken{"array", "   0   -1    0    0    0    4    ## Arr == s", "   0   -1    0    1    0    4", "bad-openscop", 59,
           "the number of the array is not constant"},
    Broken{"subscripts", "0    0    0    0    4    ## Arr == s\n   0    0   -1    1    0    0    0    ## [1] == i\n\nWRITE",
           "0    0    0    0    5    ## Arr == a\n   0    0   -1    1    0    0    0    ## [1] == i\n\nWRITE", "bad-openscop", 113,
           "array 5 has 2 subscripts here and 1 before"},
    Broken{"context", "   1    1   -1    ## N-1", "   1    0   -1    ## N-1", "bad-openscop", 14, "no values of the parameters meet the context"}));

TEST(RefusedOpenScop, IsATextWithoutABlock) {
  const auto programs = readOpenScop(context().get(), "file.scop", "# nothing\n");
  ASSERT_FALSE(programs.has_value());
  EXPECT_EQ(toText(programs.error()), "file.scop:2:1: the text ends too early; wanted <OpenScop>");
}

} // namespace
} // namespace polyloom::test
