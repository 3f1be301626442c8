// A student's mistakes: each has a sentence, a line and a column.
#include "core/poly/read.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

struct Mistake {
  const char* body; ///< from line 2; a program of one statement over A[N] and B[N][N]
  const char* code;
  int line, column;
  const char* sentence;
};

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.sentence; }

class PolyMistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(PolyMistakes, HaveAPlaceAndASentence) {
  const std::string text = "polyloom-program 1 f\n" + std::string(GetParam().body);
  const Result<ScopPtr> scop = readPoly(context().get(), "test.poly", text);
  ASSERT_FALSE(scop.has_value());
  EXPECT_EQ(scop.error().message, GetParam().sentence);
  EXPECT_EQ(scop.error().code, GetParam().code);
  EXPECT_EQ(scop.error().range.line, GetParam().line);
  EXPECT_EQ(scop.error().range.column, GetParam().column);
}

INSTANTIATE_TEST_SUITE_P(Names, PolyMistakes, ::testing::Values(
    Mistake{"S0: { [i] : 0 <= i < 9 }\n  is C[i] = 0", "unknown-array", 3, 6, "there is no array 'C'; wanted a line \"array C[i]\""},
    Mistake{"parameters N array A[N]\nS0: { [i] : 0 <= i < M } is A[i] = 0", "unknown-name", 3, 22,
            "'M' is no iterator and no parameter here; there are N, i"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 } is A[i] = x", "unknown-name", 3, 36,
            "'x' is no iterator, parameter, scalar or array; wanted a line such as \"scalar x\""},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 } is A[i] = foo(A[i])", "unknown-function", 3, 36, "'foo' is no function of C's math library"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 } is A[i] = pow(A[i])", "wrong-arguments", 3, 36, "'pow(A[i])' has 1 arguments; pow takes 2"},
    Mistake{"parameters N, N", "name-taken", 2, 15, "'N' is the name of something else already; wanted another for a parameter"},
    Mistake{"parameters mod", "reserved-name", 2, 12, "'mod' is a word of the notation itself; wanted another name, such as 'mod_'"},
    Mistake{"parameters i array A[i]\nS0: { [i] : 0 <= i < 9 } is A[i] = 0", "name-taken", 3, 8,
            "'i' is a parameter or another iterator already; wanted another name"},
    Mistake{"array A[9]\nS0: { T[i] : 0 <= i < 9 } is A[i] = 0", "bad-text", 3, 7, "the set of S0 holds instances of 'T'; wanted S0[…]"}));

INSTANTIATE_TEST_SUITE_P(Meaning, PolyMistakes, ::testing::Values(
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 } is A[i][0] = 0", "wrong-subscripts", 3, 29, "'A[i][0]' has 2 subscripts; the array has 1 dimensions"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 } is A[i * i] = 0", "not-affine", 3, 31, "'i * i' is not affine: one side of a product has to be a number"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 } is A[i / 2] = 0", "not-affine", 3, 31, "'i / 2' is not affine: wanted floor(i / 2)"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 } is A[A[i]] = 0", "not-affine", 3, 31, "'A[i]' is not affine: the contents of an array are not known"},
    Mistake{"array A[9]\nS0: { [i] : i } is A[i] = 0", "not-affine", 3, 13, "'i' is no condition; wanted comparisons, joined by and, or, not"},
    Mistake{"array A[9]\nS0: { [i] : i >= 0 } is A[i] = 0", "unbounded-domain", 3, 1,
            "the set of S0 has infinitely many points at fixed parameters; wanted a lower and an upper bound for each of its iterators"},
    Mistake{"array A[9]\nS0: { [i] : 0 < i < 0 } is A[i] = 0", "empty-domain", 3, 1, "the set of S0 has no points"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 } reads A[i]", "no-write", 3, 1,
            "S0 writes nothing; wanted a line \"writes\" with a cell, or a line \"is\" with an assignment"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 8 } reads A[i] is A[i] = A[i + 1]", "accesses-differ", 3, 32,
            "S0 reads A[i] by its list, not by its assignment"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 8 } writes A[i + 1] is A[i] = 0", "accesses-differ", 3, 33,
            "S0 writes A[i + 1] by its list, not by its assignment"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 8 } reads A[i] is A[i] = A[i] + A[i + 1]", "accesses-differ", 3, 54,
            "S0 reads A[i + 1] by its assignment, not by its list"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 } is A[i + 9] = 0", "always-leaves-array", 3, 29,
            "the access 'A[i + 9]' leaves its array 'A' whenever it runs; wanted subscripts from 0 up to the extent"},
    Mistake{"parameters N = 9\nassume N < 5\narray A[9]\nS0: { [i] : 0 <= i < N } is A[i] = 0", "broken-assumption", 2, 12,
            "N = 9 breaks an assumption of the program"},
    Mistake{"parameters N assume N < 5 and N > 5", "contradictory-bounds", 2, 21, "no values of the parameters meet what is assumed"},
    Mistake{"array A[9]", "no-statement", 1, 1, "the program has no statement; wanted one such as S0: { [i] : 0 <= i < N } is A[i] = 0"}));

#define POLYLOOM_TWO "array A[9], B[9]\nS0: { [t, i] : 0 <= t < 9 and 0 <= i < 9 } is A[i] = 0\nS1: { [t, i] : 0 <= t < 9 and 0 <= i < 9 } is B[i] = 0\n"

INSTANTIATE_TEST_SUITE_P(Order, PolyMistakes, ::testing::Values(
    Mistake{POLYLOOM_TWO "order { S0[t, i] -> [t, 0, i] }", "bad-order", 4, 1, "S1 has no date in the order"},
    Mistake{POLYLOOM_TWO "order { S2[t, i] -> [t, 0, i] }", "unknown-statement", 5, 9, "there is no statement 'S2'"},
    Mistake{POLYLOOM_TWO "order { S0[t] -> [t, 0, 0] }", "bad-order", 5, 9, "the order gives S0 1 iterators, its set has 2"},
    Mistake{POLYLOOM_TWO "order { S0[t, i] -> [t, 0, i]; S0[t, i] -> [t, 1, i] }", "bad-order", 5, 32, "S0 has a second date"},
    Mistake{POLYLOOM_TWO "order { S0[t, i] -> [t, 0, i]; S1[t, i] -> [t, 0, i] }", "order-not-total", 4, 1,
            "instances of S0 and S1 have the same date; wanted numbers that tell which runs first, such as [t, 0, i] and [t, 1, i]"},
    Mistake{POLYLOOM_TWO "order { S0[t, i] -> [t, 0] }", "order-not-injective", 5, 21,
            "the date of S0 leaves out its iterator i: instances that differ in it would run at the same time"},
    Mistake{POLYLOOM_TWO "order { S0[t, i] -> [t, t + i] }", "order-not-loops", 5, 25,
            "'t + i' in the date of S0 is neither a number nor one of its iterators, up or down; wanted the source's own order here, "
            "and steps of a recipe (skew, shift, tile) for any other"},
    Mistake{POLYLOOM_TWO "order { S0[t, i] -> [i, t] }", "order-not-loops", 5, 22,
            "the iterator i of S0 stands out of its turn; wanted the iterators in the order of the set, each once: write the set with "
            "them in this order, or interchange by a recipe"},
    Mistake{POLYLOOM_TWO "order { S0[t, i] -> [0, t, 0, i]; S1[t, i] -> [0, -t, 1, i] }", "order-not-loops", 4, 1,
            "S1 runs its iterator t down in a loop that other statements run up; wanted one direction in a loop, or a number before "
            "that place that makes two loops"},
    Mistake{"array A[9], B[9]\nS0: { [i] : 1 <= i < 9 } is A[i] = 0\nS1: { [t] : 0 <= t < 9 } is B[t] = 0\n"
            "order { S0[i] -> [i, 0]; S1[t] -> [0, t] }", "order-not-loops", 3, 1,
            "S0 has a number in its date where other statements with the same numbers before it have an iterator; wanted a number "
            "before that place that tells which runs first"}));

INSTANTIATE_TEST_SUITE_P(Form, PolyMistakes, ::testing::Values(
    Mistake{"array A[9\nS0: { [i] : 0 <= i < 9 } is A[i] = 0", "bad-text", 3, 1, "'S0' stands where ']' is wanted"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 is A[i] = 0", "bad-text", 3, 24, "'is' stands where '}' is wanted"},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 } is A[i] + 0", "bad-text", 3, 34, "'+' stands where an assignment is wanted: =, +=, -=, *= or /="},
    Mistake{"array A[9]\nS0: { [i] : 0 <= i < 9 } is A[i] =", "bad-text", 3, 35, "the text ends where an expression is wanted"},
    Mistake{"array A[9] $", "bad-text", 2, 12, "the character '$' has no place in a program text"},
    Mistake{"array A[9]\nfoo A[i]", "bad-text", 3, 1,
            "'foo' stands where parameters, assume, scalar, array, order, or a statement's name and ':' is wanted"},
    Mistake{"parameters N = x", "bad-text", 2, 16, "'x' stands where an integer is wanted"}));

TEST(PolyMistakes, InTheFirstLineAreNamed) {
  const auto message = [](const char* text) { return readPoly(context().get(), "test.poly", text).error().message; };
  EXPECT_EQ(message("polyloom-program 2 f\n"), "the first line does not name version 1; wanted polyloom-program 1, and a name");
  EXPECT_EQ(message("polyloom-program 1 f g\n"), "the first line has more than a name; wanted polyloom-program 1, and a name");
}

TEST(PolyMistakes, OfDepthAreRefused) {
  const std::string deep = "polyloom-program 1 f\narray A[9] S: { [i] : 0 <= i < 9 } is A[i] = ";
  EXPECT_EQ(readPoly(context().get(), "test.poly", deep + std::string(100000, '(')).error().message, "the expression is nested too deeply");
  EXPECT_EQ(readPoly(context().get(), "test.poly", deep + std::string(100000, '-')).error().message, "the expression is nested too deeply");
  std::string sum = "1";
  for (int k = 0; k < 50000; ++k)
    sum += "+1";
  EXPECT_EQ(readPoly(context().get(), "test.poly", deep + sum).error().message, "the expression has more than 2000 operators");
}

} // namespace
} // namespace polyloom::test
