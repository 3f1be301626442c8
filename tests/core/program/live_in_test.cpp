// Which values a region takes from before it.
#include "core/program/live_in.h"

#include "tests/support/named_programs.h"
#include "tests/support/programs.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

isl::union_map readsOf(const Scop& scop, const std::string& array) {
  return readsFromBefore(scop, findArray(scop, array).value());
}

TEST(LiveIn, AnArrayThatIsOnlyReadIsAllFromBefore) {
  const ScopPtr scop = testing::extractOne(context().get(), "void f(int N, double A[N], double B[N]) {\n"
                                      "#pragma scop\n"
                                      "for (int i = 0; i < N; i++) A[i] = B[i];\n"
                                      "#pragma endscop\n}");
  EXPECT_TRUE(readsOf(*scop, "B").is_equal(isl::union_map(scop->ctx(), "[N] -> { S0[i] -> B[i] : 0 <= i < N }")));
  EXPECT_TRUE(readsOf(*scop, "A").is_empty());
}

TEST(LiveIn, WhatIsWrittenFirstIsNotFromBefore) {
  const ScopPtr scop = testing::extractOne(context().get(), "void f(int N, double A[N]) {\n"
                                      "double t[N];\n"
                                      "#pragma scop\n"
                                      "for (int i = 0; i < N; i++) { t[i] = A[i]; A[i] = 2 * t[i]; }\n"
                                      "#pragma endscop\n}");
  EXPECT_TRUE(readsOf(*scop, "t").is_empty());
}

TEST(LiveIn, OnlyTheFirstReadOfASumIsFromBefore) {
  const ScopPtr scop = testing::extractOne(context().get(), "void f(int N, double A[N], double s[1]) {\n"
                                      "#pragma scop\n"
                                      "for (int i = 0; i < N; i++) s[0] = s[0] + A[i];\n"
                                      "#pragma endscop\n}");
  EXPECT_TRUE(readsOf(*scop, "s").is_equal(isl::union_map(scop->ctx(), "[N] -> { S0[0] -> s[0] : N > 0 }")));
}

} // namespace
} // namespace polyloom::test
