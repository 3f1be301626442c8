// OpenScop as other tools write it.
#include "core/openscop/parse.h"
#include "core/openscop/read.h"
#include "core/program/dependences.h"
#include "core/program/order.h"
#include "tests/core/openscop/fixtures.h"
#include "tests/support/named_programs.h"
#include "tests/support/programs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace polyloom::test {
namespace {

using polyloom::testing::isMap;
using polyloom::testing::isSet;

std::vector<ScopPtr> readAll(const std::string& text) {
  const Result<std::vector<ScopPtr>> programs = readOpenScop(context().get(), "file.scop", text);
  if (!programs)
    throw std::runtime_error(toText(programs.error()));
  return *programs;
}

TEST(OpenScopOfClan, IsRead) {
  const ScopPtr scop = readAll(kClanText).at(0);
  EXPECT_EQ(scop->function, "columns");
  EXPECT_EQ(scop->parameters.at(0).name, "N");
  EXPECT_TRUE(isSet(scop->context, "[N] -> { : N >= 1 }"));
  EXPECT_TRUE(isSet(scop->statements.at(0).domain, "[N] -> { S0[i] : 0 <= i < N and i mod 2 = 0 }"));
  EXPECT_TRUE(isSet(scop->statements.at(1).domain, "[N] -> { S1[i, j] : 0 <= i <= j < N and i mod 2 = 0 }"));
  EXPECT_EQ(scop->statements[1].text, "s[i] += a[j][i]");
  EXPECT_EQ(scop->statements[1].value->kind, Expr::Kind::Opaque);
  const auto& accesses = scop->statements[1].accesses;
  ASSERT_EQ(accesses.size(), 3U);
  EXPECT_TRUE(accesses[0].isWrite) << "the write comes first";
  EXPECT_TRUE(isMap(accesses[2].relation, "[N] -> { S1[i, j] -> a_x[j, i] : 0 <= i <= j < N and i mod 2 = 0 }"));
}

/// for (i = 0; i <= N; i++) for (j = min(N - 5, M, P + 3); j >= min(Q, …); j -= 2) A[i][j] = …: one part per start of j and
/// bound of Q. Overlapping parts whose strides begin at different parameters.
std::string stridedUnion() {
  using Row = std::vector<int>; // of N, M, P, Q and 1
  const std::vector<Row> starts = {{1, 0, 0, 0, -5}, {0, 1, 0, 0, 0}, {0, 0, 1, 0, 3}};
  const auto row = [](std::vector<int> head, const Row& first, const Row& second) {
    for (std::size_t c = 0; c < first.size(); ++c)
      head.push_back(first[c] - second[c]);
    return fmt::format("{}\n", fmt::join(head, " "));
  };
  const Row none(5), q = {0, 0, 0, 1, 0};
  std::string text = "<OpenScop>\nC\nCONTEXT\n0 6 0 0 0 4\n1\n<strings>\nN M P Q\n</strings>\n1\n3\nDOMAIN\n9\n";
  for (const Row& bound : starts)
    for (const Row& start : starts) {
      text += "8 9 2 0 1 4\n" + row({1, 1, 0, 0}, none, none) + row({1, -1, 0, 0}, {1, 0, 0, 0, 0}, none) +
              row({1, 0, 1, 0}, none, q) + row({1, 0, 0, 0}, bound, q) + row({1, 0, -1, 0}, start, none) +
              row({0, 0, -1, 2}, start, none);
      for (const Row& other : starts)
        if (other != start)
          text += row({1, 0, 0, 0}, other, start);
    }
  return text + "SCATTERING\n2 10 2 2 0 4\n0 -1 0 1 0 0 0 0 0 0\n0 0 -1 0 -1 0 0 0 0 0\n"
                "WRITE\n3 11 3 2 0 4\n0 -1 0 0 0 0 0 0 0 0 1\n0 0 -1 0 1 0 0 0 0 0 0\n0 0 0 -1 0 1 0 0 0 0 0\n"
                "0\n</OpenScop>\n";
}

// Its convex hull, for an extent that is easier to say, is not worth twenty seconds.
TEST(OpenScopOfClan, IsReadWithLittleWorkFromUnionsWithStrides) {
  const IslQuota quota(context().get(), 1'000'000);
  const ScopPtr scop = readAll(stridedUnion()).at(0);
  ASSERT_EQ(scop->loops.size(), 2U);
  EXPECT_EQ(scop->loops[1].step, -1); // the starts differ by any amount
  EXPECT_EQ(scop->arrays.at(0).extents.size(), 2U);
}

TEST(OpenScopOfClan, GivesLoopsWithStridesAndDirections) {
  const ScopPtr scop = readAll(kClanText).at(0);
  ASSERT_EQ(scop->loops.size(), 2U);
  EXPECT_EQ(scop->loops[0].name, "i");
  EXPECT_EQ(scop->loops[0].step, 2);
  EXPECT_EQ(scop->loops[1].name, "j");
  EXPECT_EQ(scop->loops[1].step, -1);
  EXPECT_TRUE(originalOrder(*scop).is_equal(isl::union_map(context().get(),
      "[N] -> { S0[i] -> [0, i, 0, 0, 0] : 0 <= i < N and i mod 2 = 0; "
      "S1[i, j] -> [0, i, 1, -j, 0] : 0 <= i <= j < N and i mod 2 = 0 }")));
}

TEST(OpenScopOfClan, InfersExtents) {
  const ScopPtr scop = readAll(kClanText).at(0);
  ASSERT_EQ(scop->arrays.size(), 2U) << "iterators and parameters in the list are no arrays";
  EXPECT_EQ(scop->arrays[1].name, "a_x");
  EXPECT_TRUE(scop->arrays[1].extents.at(0).eq_set(isl::pw_aff(context().get(), "[N] -> { [(N)] }")).is_equal(
      isl::set(context().get(), "[N] -> { : }")));
}

TEST(OpenScop, RenamesInstancesByDatesThatAreNoIterators) {
  const std::string interchanged =
      with(with(kClanText, "0    0   -1    0    0    0    1    0    0    0    ## c2 == i",
                "0    0   -1    0    0    0    0    1    0    3    ## c2 == j+3"),
           "0    0    0    0   -1    0    0   -1    0    0    ## c4 == -j",
           "0    0    0    0   -1    0    1    0    0    0    ## c4 == i");
  const ScopPtr scop = readAll(interchanged).at(0);
  EXPECT_TRUE(isSet(scop->statements.at(1).domain, "[N] -> { S1[j, i] : 0 <= i <= j - 3 < N and i mod 2 = 0 }"));
  EXPECT_TRUE(scop->statements[1].accesses.at(2).relation.is_equal(
      isl::map(context().get(), "[N] -> { S1[j, i] -> a_x[j - 3, i] : 0 <= i <= j - 3 < N and i mod 2 = 0 }")));
}

TEST(OpenScop, HasOneProgramPerBlock) {
  const std::vector<ScopPtr> programs = readAll(std::string(kClanText) + kClanText);
  ASSERT_EQ(programs.size(), 2U);
  EXPECT_EQ(programs[1]->function, "columns_2");
}

TEST(OpenScop, NamesWhatHasNoName) {
  std::string text = with(kClanText, "1\n<strings>\nN\n</strings>", "0");
  text = with(text, "4 s\n5 a.x\n", "");
  text = with(text, "# Number of arrays\n5", "# Number of arrays\n3");
  text = with(text, "1\n<body>\n# Number of original iterators\n1\n# List of original iterators\ni\n# Statement body "
                    "expression\ns[i] = 0;\n</body>", "0");
  const ScopPtr scop = readAll(text).at(0);
  EXPECT_EQ(scop->parameters.at(0).name, "p1");
  EXPECT_EQ(scop->arrays.at(0).name, "A4");
  EXPECT_EQ(scop->loops.at(0).iterator, "i1");
  EXPECT_EQ(scop->statements.at(0).text, "S0");
}

TEST(OpenScop, ReadsBodiesWithPlacesOfAccesses) {
  const std::string text = with(with(kClanText, "<body>\n# Number of original", "<extbody>\n1\n0 4\n# Number of original"),
                                "s[i] = 0;\n</body>", "s[i] = 0;\n</extbody>");
  EXPECT_EQ(readAll(text).at(0)->statements.at(0).text, "s[i] = 0");
}

TEST(OpenScop, KeepsAllWritesOfAStatement) {
  const ScopPtr scop = readAll(with(kClanText, "READ\n3 8", "WRITE\n3 8")).at(0);
  const Dependences dependences = computeDependences(*scop);
  EXPECT_FALSE(dependences.all().empty());
  EXPECT_TRUE(scop->statements.at(1).accesses.at(1).isWrite);
}

TEST(OpenScop, IsRecognized) {
  EXPECT_TRUE(isOpenScop(kClanText));
  EXPECT_TRUE(isOpenScop("# [File generated by the OpenScop Library 0.8.4]\n"));
  EXPECT_FALSE(isOpenScop("void f(void) { /* <OpenScop> */ }\n"));
}

} // namespace
} // namespace polyloom::test
