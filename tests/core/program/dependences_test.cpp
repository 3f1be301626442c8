// Dependences against brute force: each one is real, and together they order what all conflicts order.
#include "core/program/dependences.h"

#include "core/isl/extra.h"
#include "core/program/order.h"
#include "core/oracle/order.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace polyloom::test {
namespace {

using Pairs = std::set<Conflict>;

/// The pairs of one dependence at an execution's parameters.
Pairs pairsOf(const Scop& scop, const Execution& execution, const Dependence& dependence) {
  Pairs pairs;
  const std::size_t depth = scop.statements[static_cast<std::size_t>(dependence.from)].loops.size();
  atValues(scop, dependence.relation.wrap(), execution.parameters).foreach_point([&](const isl::point& point) {
    const std::vector<std::int64_t> all = coordinates(point);
    const auto split = all.begin() + static_cast<std::ptrdiff_t>(depth);
    pairs.emplace(execution.indexOf({dependence.from, {all.begin(), split}}),
                  execution.indexOf({dependence.to, {split, all.end()}}));
  });
  return pairs;
}

Pairs allPairs(const Scop& scop, const Execution& execution, const Dependences& dependences) {
  Pairs pairs;
  for (const Dependence& dependence : dependences.all())
    pairs.merge(pairsOf(scop, execution, dependence));
  return pairs;
}

/// Everything that a chain of pairs puts in order. All pairs point forward.
Pairs closureOf(const Pairs& pairs, std::size_t count) {
  std::vector<std::set<std::size_t>> after(count);
  for (std::size_t first = count; first-- > 0;)
    for (auto pair = pairs.lower_bound({first, 0}); pair != pairs.end() && pair->first == first; ++pair) {
      after[first].insert(pair->second);
      after[first].insert(after[pair->second].begin(), after[pair->second].end());
    }
  Pairs closure;
  for (std::size_t first = 0; first < count; ++first)
    for (const std::size_t second : after[first])
      closure.emplace(first, second);
  return closure;
}

Pairs conflictsOf(const Execution& execution) { return {execution.conflicts.begin(), execution.conflicts.end()}; }

TEST(Dependences, AreRealConflictsInTheSourcesOrder) {
  for (const NamedProgram& candidate : namedPrograms()) {
    SCOPED_TRACE(candidate.name);
    const ScopPtr scop = named(candidate.name);
    const Dependences dependences = computeDependences(*scop);
    for (const Execution& execution : executions(*scop, candidate.bound)) {
      const Pairs conflicts = conflictsOf(execution);
      for (const Conflict& pair : allPairs(*scop, execution, dependences))
        EXPECT_TRUE(conflicts.contains(pair)) << toText(*scop, execution.instances[pair.first]) << " -> "
                                              << toText(*scop, execution.instances[pair.second]);
    }
  }
}

TEST(Dependences, OrderWhatAllConflictsOrder) {
  for (const NamedProgram& candidate : namedPrograms()) {
    SCOPED_TRACE(candidate.name);
    const ScopPtr scop = named(candidate.name);
    const Dependences dependences = computeDependences(*scop);
    for (const Execution& execution : executions(*scop, candidate.bound))
      EXPECT_EQ(closureOf(allPairs(*scop, execution, dependences), execution.instances.size()),
                closureOf(conflictsOf(execution), execution.instances.size()));
  }
}

TEST(Dependences, LoseTheOrderWhereOneIsLeftOut) { // the comparison above can fail
  const ScopPtr scop = named("downward");
  const Dependences dependences = computeDependences(*scop);
  ASSERT_EQ(dependences.all().size(), 1U);
  const Execution execution = execute(*scop, {5});
  Pairs pairs = allPairs(*scop, execution, dependences);
  const Pairs wanted = closureOf(conflictsOf(execution), execution.instances.size());
  EXPECT_EQ(closureOf(pairs, execution.instances.size()), wanted);
  pairs.erase(std::next(pairs.begin()));
  EXPECT_NE(closureOf(pairs, execution.instances.size()), wanted);
}

/// "flow A S0->S1: { … }", one a line, in the order of computeDependences.
std::string listed(const Scop& scop) {
  std::string text;
  const Dependences dependences = computeDependences(scop);
  for (const Dependence& dependence : dependences.all())
    text += std::string(name(dependence.kind)) + " " + scop.arrays[static_cast<std::size_t>(dependence.array)].name +
            ": " + islText(dependence.relation) + "\n";
  return text;
}

TEST(Dependences, StopAtTheWriteInBetween) {
  const ScopPtr scop = program("double x[1], double y[3]", "x[0] = 1.0;\nx[0] = 2.0;\ny[0] = x[0];\nx[0] = 3.0;\n");
  EXPECT_EQ("\n" + listed(*scop), R"(
flow x: { S1[] -> S2[] }
anti x: { S2[] -> S3[] }
output x: { S1[] -> S3[] }
output x: { S0[] -> S1[] }
)");
}

TEST(Dependences, FollowEachKindInAStencil) {
  const ScopPtr scop = program("int N, double A[N]", "for (int i = 1; i < N - 1; i++)\n  A[i] = A[i - 1] + A[i + 1];\n");
  EXPECT_EQ("\n" + listed(*scop), R"(
flow A: [N] -> { S0[i] -> S0[i' = 1 + i] : 0 < i <= -3 + N }
anti A: [N] -> { S0[i] -> S0[i' = 1 + i] : 0 < i <= -3 + N }
)");
}

TEST(Dependences, KeepScalarsApartFromArrays) {
  EXPECT_EQ("\n" + listed(*named("scalar")), R"(
flow t: [N] -> { S0[i] -> S1[i' = i] : 0 <= i < N }
anti t: [N] -> { S1[i] -> S0[i' = 1 + i] : 0 <= i <= -2 + N }
output t: [N] -> { S0[i] -> S0[i' = 1 + i] : 0 <= i <= -2 + N }
)");
}

TEST(Dependences, AreNoneBetweenReads) {
  EXPECT_EQ(listed(*program("int N, double A[N], double B[N]",
                            "for (int i = 0; i < N; i++)\n  A[i] = B[i] + B[0];\n")), "");
}

TEST(BoundedDependences, AreThoseOfTheProgram) {
  const ScopPtr scop = named("scalar");
  const Result<Dependences> bounded = boundedDependences(*scop);
  ASSERT_TRUE(bounded) << toText(bounded.error());
  EXPECT_EQ(bounded->all().size(), computeDependences(*scop).all().size());
}

TEST(BoundedDependences, RefuseAProgramThatTakesTooLong) {
  const ScopPtr scop = named("scalar");
  const Result<Dependences> refused = boundedDependences(*scop, 1000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "too-complex");
  EXPECT_EQ(refused.error().message,
            "the dependences of " + scop->function +
                " cannot be computed with reasonable effort; wanted simpler subscripts and bounds (fewer divisions and "
                "conditions), or fewer statements between #pragma scop and #pragma endscop");
  EXPECT_EQ(computeDependences(*scop).all().size(), 3U); // the context is as good as before
}

TEST(PairsAcrossWrites, HoldEveryReadAfterTheWrite) {
  const ScopPtr scop = program("double x[1], double y[2]", "x[0] = 1.0;\nx[0] = x[0] + 2.0;\nx[0] = x[0] + 3.0;\n");
  const Dependences dependences = computeDependences(*scop);
  for (std::size_t d = 0; d < dependences.all().size(); ++d) {
    EXPECT_TRUE(dependences.all()[d].relation.is_subset(dependences.withPairsAcrossWrites(*scop, d)));
    EXPECT_LT(dependences.all()[d].from, dependences.all()[d].to);
  }
  const Dependences made({{DependenceKind::Flow, 0, 0, 2, isl::map(scop->ctx(), "{ S0[] -> S2[] : false }")},
                          {DependenceKind::Flow, 0, 2, 0, isl::map(scop->ctx(), "{ S2[] -> S0[] : false }")},
                          {DependenceKind::Flow, 0, 0, 2, isl::map(scop->ctx(), "{ S0[] -> S2[] : false }"), true}});
  EXPECT_FALSE(made.withPairsAcrossWrites(*scop, 0).is_empty());
  EXPECT_TRUE(made.withPairsAcrossWrites(*scop, 1).is_empty()) << "against the program's order";
  EXPECT_TRUE(made.withPairsAcrossWrites(*scop, 2).is_empty()) << "is said to have all pairs";
}

/// The instances in the order of originalOrder's images.
std::vector<Instance> ordered(const Scop& scop, const Values& parameters) {
  std::vector<std::pair<std::vector<std::int64_t>, Instance>> found;
  originalOrder(scop).foreach_map([&](const isl::map& order) {
    const int statement = *findStatement(scop, tupleName(order.domain()));
    const auto depth = static_cast<std::ptrdiff_t>(scop.statements[static_cast<std::size_t>(statement)].loops.size());
    atValues(scop, order.wrap(), parameters).foreach_point([&](const isl::point& point) {
      const std::vector<std::int64_t> all = coordinates(point);
      const std::vector<std::int64_t> time(all.begin() + depth, all.end());
      found.emplace_back(time, Instance{statement, std::vector<std::int64_t>(all.begin(), all.begin() + depth)});
    });
  });
  std::ranges::sort(found);
  std::vector<Instance> instances;
  for (const auto& [time, instance] : found)
    instances.push_back(instance);
  return instances;
}

TEST(OriginalOrder, IsTheSources) {
  for (const NamedProgram& candidate : namedPrograms())
    for (const Execution& execution : executions(*named(candidate.name), candidate.bound))
      EXPECT_EQ(toText(*named(candidate.name), ordered(*named(candidate.name), execution.parameters)),
                toText(*named(candidate.name), execution.instances));
}

TEST(OriginalOrder, GoesThroughBlocksInBraces) {
  const ScopPtr scop = program("int N, double A[N][N]",
                               "for (int i = 0; i < N; i++) {\n"
                               "  { A[i][0] = 1.0; { for (int j = 0; j < N; j++) { A[i][j] = 2.0; } A[i][0] = 3.0; } }\n"
                               "  for (int k = 0; k < N; k++)\n    A[i][k] = 4.0;\n"
                               "}\n");
  const Execution execution = execute(*scop, {2});
  EXPECT_EQ(toText(*scop, ordered(*scop, {2})), toText(*scop, execution.instances));
  ASSERT_EQ(execution.instances.size(), 12U);
  EXPECT_EQ(execution.instances[3], (Instance{2, {0}})); // after both of S1
}

// A program may come from its text form, where nothing forbids a sequence in a sequence.
TEST(OriginalOrder, GoesThroughNestedSequences) {
  Scop scop = *named("blur");
  const ProgramNode both{.kind = ProgramNode::Kind::Sequence, .children = scop.body.children};
  scop.body.children = {ProgramNode{.kind = ProgramNode::Kind::Sequence}, both};
  EXPECT_EQ(toText(scop, ordered(scop, {4})), toText(scop, execute(*named("blur"), {4}).instances));
}

} // namespace
} // namespace polyloom::test
