// Every refusal: its code, its place and its sentence.
#include "tests/support/programs.h"

#include <filesystem>

namespace polyloom::testing {
namespace {

/// "line:column code: message" of the refusal, or "accepted".
std::string refusalOf(const std::string& text) {
  const IslContext context;
  const Result<std::vector<ScopPtr>> scops = extractText(context.get(), "test.c", text);
  if (scops)
    return "accepted";
  const Diagnostic& problem = scops.error();
  EXPECT_EQ(problem.range.file, "test.c");
  return fmt::format("{}:{} {}: {}", problem.range.line, problem.range.column, problem.code, problem.message);
}

struct Refusal {
  const char* name;
  const char* body; ///< of a region: its first line is line 4 of the file
  const char* expected;
};

void PrintTo(const Refusal& item, std::ostream* out) {
  *out << item.name;
}

class Refused : public ::testing::TestWithParam<Refusal> {};

TEST_P(Refused, WithPlaceAndSentence) {
  const std::string arguments = "int n, int m, unsigned u, double x, double A[n], double B[n][n], int I[n], double *p, "
                                "unsigned char U[n], struct pair { int a, b; } P[4], _Complex double z, double **pp";
  EXPECT_EQ(refusalOf("void g(int); extern int printf(const char*, ...); double sqrt(double); int abs(int);" +
                      inFunction(arguments, GetParam().body)),
            GetParam().expected);
}

const Refusal kRefusals[] = {
    {"EmptyRegion", "", "3:1 empty-region: the region has no statement that runs; wanted an assignment within it"},
    {"OnlyDeclarations", "int i; ;",
     "3:1 empty-region: the region has no statement that runs; wanted an assignment within it"},
    {"LoopThatNeverRuns", "for (int i = 0; i < 0; i++) A[i] = 0;",
     "3:1 empty-region: the region has no statement that runs; wanted an assignment within it"},
    {"ProductInBound", "for (int i = 0; i < n * m; i++) A[i] = 0;",
     "4:21 not-affine: the bound 'i < n * m' is not affine: 'n * m' multiplies two values that are not "
     "constant; wanted sums of iterators and parameters with constant factors"},
    {"QuotientOfParametersInBound", "for (int i = 0; i < n / m; i++) A[i] = 0;",
     "4:21 not-affine: the bound 'i < n / m' is not affine: 'n / m' has a right operand that is not constant; "
     "wanted sums of iterators and parameters with constant factors"},
    {"FloatInBound", "for (int i = 0; i < x; i++) A[i] = 0;",
     "4:17 not-affine: the bound 'i < x' is not affine: 'i' is converted to floating point; wanted sums of "
     "iterators and parameters with constant factors"},
    {"RootInBound", "for (int i = 0; i < (int)sqrt(x); i++) A[i] = 0;",
     "4:21 not-affine: the bound 'i < (int)sqrt(x)' is not affine: '(int)sqrt(x)' is computed in floating "
     "point; wanted sums of iterators and parameters with constant factors"},
    {"CallInBound", "for (int i = 0; i < printf(\"\"); i++) A[i] = 0;",
     "4:21 not-affine: the bound 'i < printf(\"\")' is not affine: it calls 'printf(\"\")'; wanted sums of "
     "iterators and parameters with constant factors"},
    {"UnsignedInBound", "for (int i = 0; i < u; i++) A[i] = 0;",
     "1:115 unsupported-type: the parameter 'u' has type 'unsigned int'; wanted a signed integer, which does "
     "not wrap around below 0"},
    {"DataInBound", "for (int i = 0; i < I[0]; i++) A[i] = 0;",
     "4:21 data-dependent: the bound 'i < I[0]' depends on data: it reads 'I[0]'; wanted only iterators, "
     "parameters and constants"},
    {"WrittenScalarInBound", "for (int i = 0; i < n; i++) { m = i; for (int j = 0; j < m; j++) A[j] = 0; }",
     "4:58 data-dependent: the bound 'j < m' depends on data: the region computes 'm'; wanted only iterators, "
     "parameters and constants"},
    {"ProductInGuard", "for (int i = 0; i < n; i++) if (i * i < n) A[i] = 0;",
     "4:33 not-affine: the guard 'i * i < n' is not affine: 'i * i' multiplies two values that are not "
     "constant; wanted sums of iterators and parameters with constant factors"},
    {"DataInGuard", "for (int i = 0; i < n; i++) if (A[i] > 0) A[i] = 0;",
     "4:33 data-dependent: the guard 'A[i] > 0' depends on data: it reads 'A[i]'; wanted only iterators, "
     "parameters and constants"},
    {"DataInSubscript", "for (int i = 0; i < n; i++) A[I[i]] = 0;",
     "4:31 data-dependent: the subscript 'I[i]' depends on data: it reads 'I[i]'; wanted only iterators, "
     "parameters and constants"},
    {"ProductInSubscript", "for (int i = 0; i < n; i++) p[i * n] = 0;",
     "4:31 not-affine: the subscript 'i * n' is not affine: 'i * n' multiplies two values that are not "
     "constant; wanted sums of iterators and parameters with constant factors"},
    {"IncrementInSubscript", "for (int i = 0; i < n; i++) A[m++] = 0;",
     "4:31 side-effect: the subscript 'm++' changes 'm'; wanted an expression without side effects"},
    {"WhileLoop", "while (n > 0) A[0] = 1;",
     "4:1 while-loop: 'while (n > 0) A[0] = 1' is a while loop; wanted a for loop with affine bounds"},
    {"DoLoop", "do A[0] = 1; while (n > 0);",
     "4:1 do-loop: 'do A[0] = 1; while (n > 0)' is a do loop; wanted a for loop with affine bounds"},
    {"Goto", "again: A[0] = 1; goto again;",
     "4:18 goto: 'goto again' is a jump; wanted for loops and if statements only"},
    {"Break", "for (int i = 0; i < n; i++) { A[i] = 0; break; }",
     "4:41 break: 'break' is a jump out of its loop; wanted a loop that ends by its condition"},
    {"Continue", "for (int i = 0; i < n; i++) { continue; A[i] = 0; }",
     "4:31 continue: 'continue' is a jump to the next iteration; wanted an if statement around the rest"},
    {"Switch", "switch (n) { case 0: A[0] = 1; }",
     "4:1 switch: 'switch (n) { case 0: A[0] = 1; }' is a switch; wanted if statements with affine conditions"},
    {"Return", "A[0] = 1; return;",
     "4:11 return: 'return' is a jump out of the region; wanted a region that runs to its end"},
    {"CallAsStatement", "for (int i = 0; i < n; i++) g(i);",
     "4:29 impure-call: the call 'g(i)' may have side effects; wanted assignments, and calls only of the pure "
     "functions of <math.h> in values"},
    {"CallInValue", "A[0] = printf(\"x\");",
     "4:8 impure-call: the call 'printf(\"x\")' may have side effects; wanted only the pure functions of "
     "<math.h>"},
    {"PointerIncrement", "for (int i = 0; i < n; i++) *p++ = 0;",
     "4:30 pointer-moves: 'p++' moves a pointer; wanted arrays that stay where they are"},
    {"PointerStatement", "for (int i = 0; i < n; i++) { p[0] = 0; p++; }",
     "4:41 pointer-moves: the pointer 'p' moves; wanted arrays that stay where they are"},
    {"PointerAssignment", "p = A; p[0] = 1;",
     "4:1 pointer-moves: the pointer 'p' moves; wanted arrays that stay where they are"},
    {"NoCondition", "for (int i = 0; ; i++) A[i] = 0;",
     "4:1 unbounded-loop: the loop 'for (int i = 0; ; i++)' has no condition and never ends; wanted a bound"},
    {"ConditionNeverFails", "for (int i = 0; i >= 0; i++) p[i] = 0;",
     "4:1 unbounded-loop: the loop 'for (int i = 0; i >= 0; i++)' never ends; wanted a bound that its iterator "
     "reaches"},
    {"WrongDirection", "for (int i = n; i > 0; i++) p[i] = 0;",
     "4:1 unbounded-loop: the loop 'for (int i = n; i > 0; i++)' never ends; wanted a bound that its iterator "
     "reaches"},
    {"StepZero", "for (int i = 0; i < n; i += 0) A[i] = 0;",
     "4:24 step-zero: the step 'i += 0' is zero, so the loop never ends; wanted a step up or down"},
    {"StepNotConstant", "for (int i = 0; i < n; i += m) A[i] = 0;",
     "4:29 step-not-constant: the step 'm' is not constant; wanted a number"},
    {"StepMultiplies", "for (int i = 1; i < n; i *= 2) A[i] = 0;",
     "4:24 step-not-constant: the step 'i *= 2' does not add a constant to 'i'; wanted a step such as i++ or i "
     "+= 2"},
    {"NoStep", "for (int i = 0; i < n; ) A[i] = 0;",
     "4:1 loop-form: the loop 'for (int i = 0; i < n; )' does not step its iterator in its head; wanted a "
     "constant step such as i++"},
    {"NoStart", "int i; for (; i < n; i++) A[i] = 0;",
     "4:8 loop-form: 'for (; i < n; i++)' does not start by setting one iterator; wanted for (i = first; "
     "condition; i += step)"},
    {"TwoIterators", "for (int i = 0, j = 0; i < n; i++) A[i] = j;",
     "4:1 loop-form: 'for (int i = 0, j = 0; i < n; i++)' does not start by setting one iterator; wanted for "
     "(i = first; condition; i += step)"},
    {"IteratorModified", "for (int i = 0; i < n; i++) { A[i] = 0; i = i + 1; }",
     "4:41 iterator-modified: the loop's body changes its iterator 'i'; wanted only the loop's head to do so"},
    {"IteratorModifiedByInnerLoop", "int i; for (i = 0; i < n; i++) for (i = 0; i < n; i++) A[i] = 0;",
     "4:32 iterator-modified: an inner loop changes the iterator 'i' of an outer one; wanted another iterator"},
    {"IteratorReadAfterItsLoop", "int i; for (i = 0; i < n; i++) A[i] = 0; A[0] = i;",
     "4:49 iterator-outside-loop: 'i' is read outside the loop that counts with it; wanted iterators of "
     "enclosing loops only"},
    {"IteratorInSubscriptAfterItsLoop", "int i; for (i = 0; i < n; i++) A[i] = 0; A[i - 1] = 1;",
     "4:44 iterator-outside-loop: the subscript 'i - 1' uses the iterator 'i' outside its loop; wanted "
     "iterators of enclosing loops only"},
    {"IteratorSetOutsideItsLoop", "int i; for (i = 0; i < n; i++) A[i] = 0; i = 3;",
     "4:42 iterator-outside-loop: 'i' is changed outside the loop that counts with it; wanted another variable"},
    {"UnsignedIterator", "for (unsigned i = 0; i < 10; i++) A[i] = 0;",
     "4:15 unsupported-type: the iterator 'i' has type 'unsigned int'; wanted a signed integer, which does not "
     "wrap around below 0"},
    {"AlwaysLeaves", "for (int i = 0; i <= n; i++) A[i] = 0;",
     "4:30 always-leaves-array: the access 'A[i]' leaves its array 'A' whenever it runs; wanted subscripts "
     "from 0 up to the extent"},
    {"AlwaysLeavesBelow", "for (int i = 0; i < n; i++) A[i - 1] = 0;",
     "4:29 always-leaves-array: the access 'A[i - 1]' leaves its array 'A' whenever it runs; wanted subscripts "
     "from 0 up to the extent"},
    {"UnsignedData", "for (int i = 0; i < n; i++) U[i] = 0;",
     "1:192 unsupported-type: 'U' holds elements of type 'unsigned char'; wanted char, short, int, long, float "
     "or double"},
    {"Structures", "for (int i = 0; i < 4; i++) P[i].a = 0;",
     "1:224 unsupported-type: 'P' holds elements of type 'struct pair'; wanted char, short, int, long, float "
     "or double"},
    {"ComplexData", "A[0] = z;",
     "1:246 unsupported-type: 'z' has type '_Complex double'; wanted char, short, int, long, float or double"},
    {"PointersToPointers", "pp[0][0] = 1;",
     "1:258 unsupported-type: 'pp' holds elements of type 'double *'; wanted char, short, int, long, float or "
     "double"},
    {"UnsignedScalar", "A[0] = u;",
     "1:115 unsupported-type: 'u' has type 'unsigned int'; wanted char, short, int, long, float or double"},
    {"VolatileScalar", "volatile double t = 0; A[0] = t;",
     "4:17 unsupported-type: 't' has type 'volatile double'; wanted a variable that is neither volatile nor "
     "atomic"},
    {"AssignmentInValue", "A[0] = 1 + (A[1] = 2);",
     "4:13 side-effect: 'A[1] = 2' assigns within a value; wanted a statement of its own"},
    {"IncrementInValue", "A[0] = m++;",
     "4:8 side-effect: 'm++' changes a variable within a value; wanted a statement of its own"},
    {"NameBeyondAscii", "int größe = 3; A[größe % 2] = 1;",
     "4:5 unreadable-name: the name 'größe' has letters that isl's notation cannot hold; wanted letters from a to z, "
     "digits and underscores"},
    {"NoEffect", "A[0] + 1;", "4:1 not-a-statement: 'A[0] + 1' assigns nothing; wanted an assignment"},
    {"RowAsValue", "B[0][0] = *B[1] + (B[1] == B[2]);",
     "4:20 unsupported-value: 'B[1]' converts to a type that a region cannot hold; wanted numbers"},
    {"ArrayInitializer", "double t[2] = {0, 1}; A[0] = t[0];",
     "4:1 unsupported-initializer: 'double t[2] = {0, 1}' initializes more than a scalar; wanted a declaration "
     "without initializer, and assignments"},
    {"StaticVariable", "static double t = 0; A[0] = t;",
     "4:1 static-variable: 'static double t = 0' keeps its value between calls; wanted an automatic variable"},
    {"StatementExpression", "A[0] = ({ double t = 1; t; });",
     "4:8 unsupported-value: '({ double t = 1; t; })' is no value that a region can compute; wanted arithmetic "
     "on scalars and array elements"},
    {"Asm", "__asm__(\"nop\");",
     "4:1 unsupported-statement: '__asm__(\"nop\")' is no statement that a region can hold; wanted "
     "assignments, for loops and if statements"},
};
INSTANTIATE_TEST_SUITE_P(Table, Refused, ::testing::ValuesIn(kRefusals),
                         [](const auto& item) { return item.param.name; });

TEST(Refused, AFileWithoutRegion) {
  EXPECT_EQ(refusalOf("int x;\n"), "1:1 no-region: the file has no region; wanted '#pragma scop' and '#pragma endscop' "
                                   "around the loops");
  EXPECT_EQ(refusalOf(""), refusalOf("int x;\n"));
}

TEST(Refused, ARegionOutsideFunctions) {
  EXPECT_EQ(refusalOf("#pragma scop\nint x;\n#pragma endscop\n"),
            "1:1 no-region: '#pragma scop' stands outside any function; wanted it in a function's body");
}

TEST(Refused, AMissingEnd) {
  const std::string sentence = "missing-endscop: '#pragma scop' without '#pragma endscop' after it; wanted both around "
                               "the loops";
  EXPECT_EQ(refusalOf("void f(int A[2]) {\n#pragma scop\nA[0] = 1;\n}\n"), "2:1 " + sentence);
  EXPECT_EQ(refusalOf("void f(int A[2]) {\n#pragma scop\nA[0] = 1;\n  #pragma scop\nA[1] = 1;\n#pragma endscop\n}\n"),
            "2:1 " + sentence);
  EXPECT_EQ(
      refusalOf("void f(int A[2]) {\n#pragma scop\nA[0] = 1;\n}\nvoid g(int A[2]) {\n#pragma endscop\n}\n"),
      "2:1 missing-endscop: '#pragma scop' without '#pragma endscop' in the same function; wanted both around the "
      "loops");
}

TEST(Refused, AStrayEnd) {
  EXPECT_EQ(refusalOf("void f(int A[2]) {\nA[0] = 1;\n  #pragma endscop\n}\n"),
            "3:3 stray-endscop: '#pragma endscop' without '#pragma scop' before it; wanted both around the loops");
}

TEST(Refused, ARegionThatCutsAStatement) {
  EXPECT_EQ(refusalOf("void f(int A[9]) {\n#pragma scop\nfor (int i = 0; i < 9; i++) {\n  A[i] = 0;\n"
                      "#pragma endscop\n}\n}\n"),
            "2:1 region-cuts-statement: the region cuts the statement 'for (int i = 0; i < 9; i++) { A[i] = 0; #pragma "
            "endscop }' in two; wanted whole statements between '#pragma scop' and '#pragma endscop'");
}

TEST(Refused, SyntaxErrors) {
  EXPECT_EQ(refusalOf(inFunction("int A[2]", "A[0] = ;")), "4:8 syntax-error: expected expression");
  EXPECT_EQ(refusalOf("int f(void) { return y; }\n"), "1:22 syntax-error: use of undeclared identifier 'y'");
  EXPECT_EQ(refusalOf("#include \"no-such-header.h\"\n"), "1:10 syntax-error: 'no-such-header.h' file not found");
}

TEST(Refused, FilesThatAreNotText) {
  const std::string sentence = "not-text: the file is not text: it holds a control character; wanted C source";
  EXPECT_EQ(refusalOf(std::string("\x7f"
                                  "ELF\0\0",
                                  6)),
            "1:5 " + sentence);
  EXPECT_EQ(refusalOf("int x;\nint \x01y;\n"), "2:5 " + sentence);
  EXPECT_EQ(refusalOf("\xff\xfei"), "1:1 " + sentence);
}

TEST(Refused, FilesThatCannotBeRead) {
  const IslContext context;
  const auto missing = extractFile(context.get(), "no-such-file.c");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "unreadable-file");
  EXPECT_EQ(toText(missing.error()), "no-such-file.c: the file 'no-such-file.c' cannot be read; wanted a C file, a .poly text or OpenScop");
  const auto folder = extractFile(context.get(), std::filesystem::temp_directory_path().string());
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().code, "unreadable-file");
}

TEST(Refused, ParametersThatIslWouldMisread) {
  EXPECT_EQ(
      refusalOf(inFunction("int mod, int A[9]", "for (int i = 0; i < mod; i++) A[i] = 0;")),
      "1:12 reserved-name: the parameter 'mod' has a name that isl's notation uses itself; wanted another, such as "
      "'mod_'");
}

TEST(Refused, BoundsThatExcludeEachOther) {
  EXPECT_EQ(refusalOf(inFunction("int n, int A[4]", "A[n] = 0;\nA[n - 5] = 0;")),
            "5:1 contradictory-bounds: the access 'A[n - 5]' stays inside its array 'A' only where another leaves its "
            "own; wanted bounds that some parameter values meet");
}

TEST(Refused, TheFirstBadRegionRefusesTheFile) {
  EXPECT_EQ(
      refusalOf(inFunction("int A[2]", "A[0] = 1;") + "void g(int A[2]) {\n#pragma scop\nA[2] = 1;\n"
                                                      "#pragma endscop\n}\n"),
      "9:1 always-leaves-array: the access 'A[2]' leaves its array 'A' whenever it runs; wanted subscripts from 0 "
      "up to the extent");
}

TEST(Refused, DataInGuardsWithAHint) {
  const IslContext context;
  const auto scops = extractText(context.get(), "test.c", inFunction("int A[2]", "if (A[0] > 0) A[1] = 1;"));
  ASSERT_FALSE(scops);
  EXPECT_EQ(scops.error().notes, std::vector<std::string>{"write the choice into the value: x = condition ? new : x"});
}

TEST(Refused, WithTheWholeRangeOfTheText) {
  const IslContext context;
  const auto scops = extractText(context.get(), "test.c", inFunction("int n, int *A", "A[n *\n  n] = 0;"));
  ASSERT_FALSE(scops);
  EXPECT_EQ(scops.error().range, (SourceRange{"test.c", 4, 3, 5, 4}));
}

} // namespace
} // namespace polyloom::testing
