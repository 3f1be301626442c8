// The parts of a program that the front-end makes: names, variables, extents, assumptions, order.
#include "tests/support/programs.h"

#include <isl/set.h>

#include <dlfcn.h>

namespace polyloom::testing {
namespace {
TEST(Names, AreTheSourcesOwnAndUnique) {
  const IslContext context;
  const ScopPtr scop = extractOne(context.get(), inFunction("int n, int A[n]", R"(
    int i;
    for (i = 0; i < n; i++) A[i] = 0;
    loop_x: for (i = 0; i < n; i++) S_last: A[i] = 1;
    for (i = 0; i < n; i++) A[i] = 2;
    for (int i_2 = 0; i_2 < n; i_2++) A[i_2] = 3;)"));
  ASSERT_NE(scop, nullptr);
  std::string loops, statements;
  for (const SourceLoop& loop : scop->loops)
    loops += loop.name + " ";
  for (const Statement& statement : scop->statements)
    statements += statement.name + " ";
  EXPECT_EQ(loops, "i loop_x i_2 i_2_2 ");
  EXPECT_EQ(statements, "S0 S_last S2 S3 ");
  EXPECT_EQ(scop->loops[1].iterator, "i");
}

TEST(Names, AvoidIslsOwnWords) {
  const IslContext context;
  const ScopPtr scop =
      extractOne(context.get(), inFunction("int n, int A[n]", "for (int mod = 0; mod < n; mod++) max: A[mod] = 0;"));
  ASSERT_NE(scop, nullptr);
  EXPECT_EQ(scop->statements[0].name, "max_");
  EXPECT_EQ(scop->loops[0].name, "mod");
  EXPECT_TRUE(isSet(isl::set(context.get(), text(scop->statements[0].domain)), "[n] -> { max_[i] : 0 <= i < n }"));
}

TEST(Statements, KeepTheirTextAndPlace) {
  const IslContext context;
  const ScopPtr scop = extractOne(context.get(), "#define SET(x, v) x = v\n" +
                                                     inFunction("int n, int A[n]", "for (int i = 0; i < n; i++) {\n"
                                                                                   "  A[i] =\n     i\n  + 1;\n"
                                                                                   "  SET(A[i], 2);\n}"));
  ASSERT_NE(scop, nullptr);
  EXPECT_EQ(scop->statements[0].text, "A[i] = i + 1");
  EXPECT_EQ(scop->statements[0].range, (SourceRange{"test.c", 6, 3, 8, 6}));
  EXPECT_EQ(scop->statements[1].text, "SET(A[i], 2)");
  EXPECT_EQ(scop->loops[0].range, (SourceRange{"test.c", 5, 1, 5, 28}));
}

TEST(Regions, TellWhatGeneratedCodeReplaces) {
  const IslContext context;
  const ScopPtr scop = extractOne(context.get(), inFunction("int A[1]", "  A[0] = 1;"));
  ASSERT_NE(scop, nullptr);
  EXPECT_EQ(scop->source.text.substr(scop->source.begin, scop->source.end - scop->source.begin), "  A[0] = 1;\n");
}

TEST(Regions, OfAllFunctionsInOrder) {
  const IslContext context;
  const std::string text = inFunction("int A[1]", "A[0] = 1;") +
                           "void g(int B[2]) { B[0] = 0;\n#pragma scop\nB[1] = 2;\n#pragma endscop\nB[0] = 1;\n"
                           "if (B[0]) {\n#pragma scop\nB[0] = 3; B[1] = 4;\n#pragma endscop\n} }\n";
  const Result<std::vector<ScopPtr>> scops = extractText(context.get(), "test.c", text);
  ASSERT_TRUE(scops) << toText(scops.error());
  ASSERT_EQ(scops->size(), 3U);
  EXPECT_EQ(scops->at(0)->function, "f");
  EXPECT_EQ(scops->at(1)->function, "g");
  EXPECT_EQ(scops->at(2)->statements.size(), 2U);
  EXPECT_EQ(scops->at(1)->arguments, std::vector<std::string>{"B"});
}

TEST(Variables, HaveTheirRoles) {
  const IslContext context;
  const ScopPtr scop =
      extractOne(context.get(), "enum { K = 3 }; static const int W = 2; long g; double eps = 0.25;\n" +
                                    inFunction("int n, int both, float alpha, double A[n]", R"(
    for (int i = K; i < n - W; i++) {
      double t = alpha * A[i];
      A[i + both] = t + both + g + eps;
    })"));
  ASSERT_NE(scop, nullptr);
  ASSERT_EQ(scop->parameters.size(), 2U);
  EXPECT_EQ(scop->parameters[0].name, "n");
  EXPECT_EQ(scop->parameters[1].name, "both");
  ASSERT_EQ(scop->scalars.size(), 3U);
  EXPECT_EQ(scop->scalars[0].name, "g");
  EXPECT_EQ(scop->scalars[0].value, 1);
  EXPECT_EQ(scop->scalars[1].name, "eps");
  EXPECT_EQ(scop->scalars[1].value, 0.25);
  EXPECT_EQ(scop->scalars[2].name, "alpha");
  EXPECT_EQ(scop->scalars[2].type, ElementType::Float32);
  ASSERT_EQ(scop->arrays.size(), 2U);
  EXPECT_FALSE(scop->arrays[0].isLocal);
  EXPECT_TRUE(scop->arrays[1].isLocal);
  EXPECT_TRUE(isSet(scop->statements[0].domain, "[n] -> { S0[i] : 3 <= i < n - 2 }"));
}

TEST(Variables, LocalsWithATakenNameGetASuffix) {
  const IslContext context;
  const ScopPtr scop = extractOne(context.get(), inFunction("double x[2]", "x[0] = 1; { double x = 2; x += 1; }"));
  ASSERT_NE(scop, nullptr);
  EXPECT_EQ(scop->arrays[0].name, "x");
  EXPECT_EQ(scop->arrays[1].name, "x_2");
}

TEST(Extents, ComeFromTheDeclarationOrTheAccesses) {
  const IslContext context;
  const ScopPtr scop =
      extractOne(context.get(), inFunction("int n, int m, float A[n][2 * m + 1], int *p, double B[][7]",
                                           "for (int i = 0; i < n; i++) { A[i][0] = p[i + 2]; "
                                           "B[i + 1][3] = 0; }"));
  ASSERT_NE(scop, nullptr);
  ASSERT_EQ(scop->arrays.size(), 3U);
  EXPECT_TRUE(isValue(scop->arrays[0].extents[0], "[n] -> { [n] }"));
  EXPECT_TRUE(isValue(scop->arrays[0].extents[1], "[m] -> { [2 m + 1] }"));
  EXPECT_TRUE(isValue(scop->arrays[1].extents[0], "[n] -> { [n + 2] }"));
  EXPECT_TRUE(isValue(scop->arrays[2].extents[0], "[n] -> { [n + 1] }"));
  EXPECT_TRUE(isValue(scop->arrays[2].extents[1], "{ [7] }"));
}

TEST(Assumptions, SayWhatKeepsAccessesInside) {
  const IslContext context;
  const ScopPtr scop = extractOne(context.get(), inFunction("int n, int m, int A[n], int B[100]",
                                                            "for (int i = 0; i < m; i++) { A[i] = 0; B[i] = A[i]; }"));
  ASSERT_NE(scop, nullptr);
  ASSERT_EQ(scop->assumptions.size(), 2U);
  EXPECT_TRUE(isSet(scop->assumptions[0].condition, "[n, m] -> { : m <= n or m <= 0 }") ||
              isSet(scop->assumptions[0].condition, "[n, m] -> { : m <= n }"));
  EXPECT_EQ(scop->assumptions[0].reason, "the access A[i] stays inside A");
  EXPECT_TRUE(isSet(scop->assumptions[1].condition, "[m] -> { : m <= 100 }"));
  EXPECT_EQ(scop->assumptions[1].reason, "the access B[i] stays inside B");
}

TEST(Assumptions, AreAbsentWhereNothingCanLeave) {
  const IslContext context;
  const ScopPtr scop =
      extractOne(context.get(), inFunction("int n, int A[n]", "for (int i = 0; i < n; i++) A[i] = 0;"));
  ASSERT_NE(scop, nullptr);
  EXPECT_TRUE(scop->assumptions.empty());
  EXPECT_TRUE(isSet(scop->context, "{ : }"));
}

TEST(Assumptions, ALoopToUnequalEnds) {
  const IslContext context;
  const ScopPtr scop =
      extractOne(context.get(), inFunction("int n, int A[n]", "for (int i = 0; i != n; i++) A[i] = 0;"));
  ASSERT_NE(scop, nullptr);
  ASSERT_EQ(scop->assumptions.size(), 1U);
  EXPECT_TRUE(isSet(scop->context, "[n] -> { : n >= 0 }"));
  EXPECT_EQ(scop->assumptions[0].reason, "the loop for (int i = 0; i != n; i++) ends");
}

TEST(Tree, FollowsTheSource) {
  const IslContext context;
  const ScopPtr scop =
      extractOne(context.get(), inFunction("int n, int A[n]", "A[0] = 0; for (int i = 1; i < n; i++) { "
                                                              "A[i] = 0; if (i > 1) A[i] = 1; }"));
  ASSERT_NE(scop, nullptr);
  ASSERT_EQ(scop->body.kind, ProgramNode::Kind::Sequence);
  ASSERT_EQ(scop->body.children.size(), 2U);
  EXPECT_EQ(scop->body.children[0].kind, ProgramNode::Kind::Statement);
  const ProgramNode& loop = scop->body.children[1];
  ASSERT_EQ(loop.kind, ProgramNode::Kind::Loop);
  ASSERT_EQ(loop.children.size(), 2U);
  EXPECT_EQ(loop.children[1].index, 2);
}

TEST(Isl, IsNotTheCopyInsideLlvm) {
  Dl_info info;
  ASSERT_NE(dladdr(reinterpret_cast<void*>(&isl_set_is_bounded), &info), 0);
  EXPECT_EQ(std::string(info.dli_fname).find("LLVM"), std::string::npos) << info.dli_fname;
}

} // namespace
} // namespace polyloom::testing
