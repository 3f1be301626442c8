// Programs as text: sets, accesses, orders.
#include "core/poly/read.h"
#include "core/program/order.h"
#include "tests/support/child.h"
#include "tests/support/named_programs.h"
#include "tests/support/programs.h"

namespace polyloom::test {
namespace {

using polyloom::testing::isMap;
using polyloom::testing::isSet;

ScopPtr poly(const std::string& body) {
  const Result<ScopPtr> scop = readPoly(context().get(), "test.poly", "polyloom-program 1 f\n" + body);
  if (!scop)
    throw std::runtime_error(toText(scop.error()));
  return *scop;
}

bool isOrder(const Scop& scop, const std::string& expected) {
  return originalOrder(scop).is_equal(isl::union_map(context().get(), expected));
}

TEST(Poly, ReadsSetsAccessesAndOrder) {
  const ScopPtr scop = poly("parameters N = 100, T\n"
                            "array A[N] float, B[N + 1]\n"
                            "S0: { S0[t, i] : 0 <= t < T and 1 <= i < N } writes B[i] reads A[i - 1], B[i]\n"
                            "S1: { [t, j] : 0 <= t < T and 1 <= j < N } writes A[j] reads B[j + 1]\n"
                            "order { S0[t, i] -> [t, 0, i]; S1[x, y] -> [x, 1, -y] }\n");
  EXPECT_EQ(scop->function, "f");
  EXPECT_EQ(scop->parameters.at(0).value, 100);
  EXPECT_EQ(scop->arrays.at(0).element, ElementType::Float32);
  EXPECT_TRUE(isSet(scop->statements.at(0).domain, "[N, T] -> { S0[t, i] : 0 <= t < T and 1 <= i < N }"));
  EXPECT_TRUE(isMap(scop->statements.at(1).accesses.at(1).relation,
                    "[N, T] -> { S1[t, j] -> B[j + 1] : 0 <= t < T and 1 <= j < N }"));
  EXPECT_TRUE(isOrder(*scop, "[N, T] -> { S0[t, i] -> [0, t, 0, i, 0] : 0 <= t < T and 1 <= i < N; "
                             "S1[t, j] -> [0, t, 1, -j, 0] : 0 <= t < T and 1 <= j < N }"));
  EXPECT_EQ(scop->loops.at(2).step, -1);
  EXPECT_EQ(scop->statements.at(0).text, "B[i] = f(A[i - 1], B[i])");
  EXPECT_EQ(scop->statements.at(0).value->kind, Expr::Kind::Opaque);
}

TEST(Poly, RunsStatementsOneAfterTheOtherWithoutAnOrder) {
  const ScopPtr scop = poly("parameters N array A[N]\nS0: { [i] : 0 <= i < N } is A[i] = 0\nS1: { [i] : 0 <= i < N } is A[i] = 1\n");
  EXPECT_TRUE(isOrder(*scop, "[N] -> { S0[i] -> [0, i, 0] : 0 <= i < N; S1[i] -> [1, i, 0] : 0 <= i < N }"));
}

TEST(Poly, ReadsConditions) {
  const auto domain = [](const std::string& condition) {
    return poly("parameters N array A[4 * N + 40] S: { [i] : 0 <= i < N and " + condition + " } is A[i] = 0")->statements.at(0).domain;
  };
  EXPECT_TRUE(isSet(domain("(i mod 3 = 1 or i = 7)"), "[N] -> { S[i] : 0 <= i < N and (i mod 3 = 1 or i = 7) }"));
  EXPECT_TRUE(isSet(domain("not (i < 5 || i != 2*floor(i / 2))"), "[N] -> { S[i] : 5 <= i < N and i mod 2 = 0 }"));
  EXPECT_TRUE(isSet(domain("i <= min(N - 3, 10) && i % 2 == 0"), "[N] -> { S[i] : 0 <= i <= N - 3 and i <= 10 and i < N and i mod 2 = 0 }"));
  EXPECT_TRUE(isSet(domain("-i >= -max(N - 9, 4)"), "[N] -> { S[i] : 0 <= i < N and (i <= N - 9 or i <= 4) }"));
}

TEST(Poly, SharesLoopsByEqualEntriesBefore) {
  const ScopPtr scop = poly("parameters N array A[N] array s\n"
                            "S0: { [i] : 0 <= i < N } is s = 0\nS1: { [i, j] : 0 <= j <= i < N } is s += A[j]\nS2: { [i] : 0 <= i < N } is A[i] = s\n"
                            "order { S0[i] -> [i]; S1[i, j] -> [i, 1, j]; S2[i] -> [i, 2] }");
  EXPECT_EQ(scop->loops.size(), 2U);
  EXPECT_EQ(code(Schedule::original(scop)), "for (long i = 0; i <= N - 1; i++) {\n  s = (double)0;\n  for (long j = 0; j <= i; j++)\n"
                                            "    s = s + A[j];\n  A[i] = s;\n}\n");
}

TEST(Poly, TakesStridesFromTheSet) {
  EXPECT_EQ(poly("parameters N array A[N] S: { [i] : 0 <= i < N and i mod 3 = 1 } is A[i] = 0")->loops.at(0).step, 3);
}

TEST(Poly, AssumesThatAccessesStayInside) {
  const ScopPtr scop = poly("parameters N, M array A[M] S: { [i] : 0 <= i < N } is A[i] = 0");
  EXPECT_TRUE(isSet(scop->context, "[N, M] -> { : N <= M or N <= 0 }") || isSet(scop->context, "[N, M] -> { : N <= M }"));
  EXPECT_EQ(scop->assumptions.at(0).reason, "the access A[i] stays inside A");
}

TEST(Poly, AgreesWithTheSameProgramInC) {
  const std::string path = std::string(POLYLOOM_EXAMPLES) + "/text/jacobi-1d.poly";
  const ScopPtr text = readPoly(context().get(), path, readFile(path)).value();
  const ScopPtr c = programOf(readFile(std::string(POLYLOOM_EXAMPLES) + "/jacobi-1d.c"));
  ASSERT_EQ(text->statements.size(), c->statements.size());
  EXPECT_TRUE(originalOrder(*text).is_equal(originalOrder(*c))) << originalOrder(*c);
  for (std::size_t s = 0; s < c->statements.size(); ++s)
    for (std::size_t a = 0; a < c->statements[s].accesses.size(); ++a)
      EXPECT_TRUE(text->statements[s].accesses.at(a).relation.is_equal(c->statements[s].accesses[a].relation));
}

TEST(Poly, IsRecognized) {
  EXPECT_TRUE(isPoly("\n# a comment\n  polyloom-program 1 f\n"));
  EXPECT_FALSE(isPoly("int polyloom;\npolyloom-program 1\n"));
  EXPECT_FALSE(isPoly("# polyloom-program 1\nint x;\n"));
  EXPECT_FALSE(isPoly(""));
}

} // namespace
} // namespace polyloom::test
