// Matrices, distances and directions against brute force.
#include "core/isl/extra.h"
#include "core/isl/sets.h"
#include "core/legality/stage_dependences.h"
#include "core/snapshot/direction_vectors.h"
#include "core/snapshot/make_mathematics.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace polyloom::test {
namespace {

constexpr std::int64_t kMostParameter = 6;

MathematicsSnapshot mathematicsOf(const ScopPtr& scop, const std::string& recipe) {
  return makeMathematics(scop, computeDependences(*scop), *parseRecipe(recipe));
}

/// Calls look(values) with all values of the parameters from 0 on that the program admits.
template <typename Look> void forParameters(const Scop& scop, Look look, ParameterPoint values = {}) {
  if (values.size() < scop.parameters.size()) {
    for (std::int64_t value = 0; value <= kMostParameter; ++value) {
      values.emplace_back(scop.parameters[values.size()].name, value);
      forParameters(scop, look, values);
      values.pop_back();
    }
  } else if (!atParameters(scop.context, values).is_empty()) {
    look(values);
  }
}

isl::map atValues(isl::map map, const ParameterPoint& values) {
  for (const auto& [name, value] : values)
    map = fixParameter(map, name, value);
  return map.project_out_all_params();
}

std::int64_t valueAt(const isl::pw_aff& value, const isl::point& point, const ParameterPoint& values) {
  const isl::set at = pointSet(value.domain().space(), coordinates(point)).intersect(value.domain());
  isl::map graph = mapToVector(at, isl::pw_aff_list(at.ctx(), 1).add(value));
  return lexminPoint(atValues(graph, values).range()).front();
}

/// What occurs: the distances per common loop, of all pairs between two leaves.
using Occurring = std::vector<std::set<std::int64_t>>;

/// Per pair of leaves that has pairs, in the order of the leaves.
std::vector<Occurring> bruteForce(const ScheduleTree& tree, const Dependence& dependence, const Scop& scop) {
  const Statement& from = scop.statements[static_cast<std::size_t>(dependence.from)];
  const Statement& to = scop.statements[static_cast<std::size_t>(dependence.to)];
  std::vector<Occurring> result;
  for (const PlacedLeaf& source : leavesOf(tree, from))
    for (const PlacedLeaf& sink : leavesOf(tree, to)) {
      Occurring occurring;
      bool any = false;
      std::size_t common = 0;
      while (common < std::min(source.loops.size(), sink.loops.size()) && source.loops[common] == sink.loops[common])
        ++common;
      occurring.resize(common);
      forParameters(scop, [&](const ParameterPoint& values) {
        isl::map pairs = atValues(dependence.relation, values);
        isl::map within = dependence.relation.intersect_domain(source.leaf->domain.extract_set(from.domain.space()))
                              .intersect_range(sink.leaf->domain.extract_set(to.domain.space()));
        atValues(within, values).wrap().foreach_point([&](const isl::point& pair) {
          any = true;
          const std::vector<std::int64_t> both = coordinates(pair);
          const auto split = both.begin() + static_cast<std::ptrdiff_t>(from.loops.size());
          const isl::point first = pointSet(from.domain.space(), {both.begin(), split}).sample_point();
          const isl::point second = pointSet(to.domain.space(), {split, both.end()}).sample_point();
          for (std::size_t l = 0; l < common; ++l)
            occurring[l].insert(valueAt(sink.loops[l]->values.at(to.name), second, values) -
                                valueAt(source.loops[l]->values.at(from.name), first, values));
        });
      });
      if (any)
        result.push_back(std::move(occurring));
    }
  return result;
}

/// The numbers agree with what occurs at small sizes: signs and constants exactly, ranges as far as these sizes go.
void expectSame(const DirectionVector& vector, const Occurring& occurring, const std::string& what) {
  ASSERT_TRUE(vector.isKnown) << what;
  ASSERT_EQ(vector.entries.size(), occurring.size()) << what;
  for (std::size_t l = 0; l < occurring.size(); ++l) {
    const DirectionEntry& entry = vector.entries[l];
    const std::set<std::int64_t>& distances = occurring[l];
    EXPECT_EQ(entry.isLess, *distances.rbegin() > 0) << what << " " << vector.loops[l];
    EXPECT_EQ(entry.isEqual, distances.contains(0)) << what << " " << vector.loops[l];
    EXPECT_EQ(entry.isGreater, *distances.begin() < 0) << what << " " << vector.loops[l];
    EXPECT_EQ(entry.isConstant(), distances.size() == 1) << what << " " << vector.loops[l];
    EXPECT_EQ(entry.least.value_or(*distances.begin()), *distances.begin()) << what << " " << vector.loops[l];
    EXPECT_EQ(entry.largest.value_or(*distances.rbegin()), *distances.rbegin()) << what << " " << vector.loops[l];
  }
}

struct Case {
  std::string program, recipe;
};

void PrintTo(const Case& one, std::ostream* stream) { *stream << one.program << ": " << one.recipe; }

class Vectors : public ::testing::TestWithParam<Case> {};

TEST_P(Vectors, HoldExactlyTheSignsThatOccur) {
  const ScopPtr scop = named(GetParam().program);
  const MathematicsSnapshot snapshot = mathematicsOf(scop, GetParam().recipe);
  const Schedule schedule = replay(scop, parseRecipe(GetParam().recipe)->steps).schedule;
  const ScheduleTree original = ScheduleTree::fromSource(*scop);
  const Dependences current = currentDependences(schedule, computeDependences(*scop));
  ASSERT_EQ(snapshot.dependences.size(), current.all().size());
  for (std::size_t d = 0; d < current.all().size(); ++d) {
    const Dependence& dependence = current.all()[d];
    const DependenceMathematics& shown = snapshot.dependences[d];
    const std::string what = fmt::format("{} {} -> {} ({})", shown.array, shown.from, shown.to, d);
    const std::vector<Occurring> reordered = bruteForce(schedule.tree(), dependence, schedule.program());
    ASSERT_EQ(shown.reordered.size(), reordered.size()) << what;
    for (std::size_t v = 0; v < reordered.size(); ++v)
      expectSame(shown.reordered[v], reordered[v], what);
    if (shown.source)
      expectSame(*shown.source, bruteForce(original, dependence, *scop).at(0), what + " in the source");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Programs, Vectors,
    ::testing::Values(Case{"gemm", ""}, Case{"gemm", "interchange i j\n"}, Case{"jacobi-1d", ""},
                      Case{"jacobi-1d", "skew i by 2 t\nskew j by 2 t\n"}, Case{"triangular", "reverse i\n"},
                      Case{"blur", ""}, Case{"strided", ""}, Case{"downward", ""}, Case{"imperfect", ""},
                      Case{"scalar", ""}, Case{"guarded", ""}, Case{"stencil-2d", "skew j by 1 i\n"},
                      Case{"stencil-2d", "tile i j by 2 2\n"}, Case{"row-sum", ""}, Case{"local-array", ""}));

/// Σ coefficient · value.
std::int64_t apply(const AffineMatrix::Row& row, const std::vector<std::int64_t>& iterators,
                   const ParameterPoint& parameters) {
  std::vector<std::int64_t> values = iterators;
  for (const auto& [name, value] : parameters)
    values.push_back(value);
  values.push_back(1);
  EXPECT_EQ(values.size(), row.coefficients.size());
  std::int64_t sum = 0;
  for (std::size_t c = 0; c < values.size(); ++c)
    sum += values[c] * row.coefficients[c];
  return sum;
}

class Matrices : public ::testing::TestWithParam<Case> {};

TEST_P(Matrices, GiveEachInstanceItsCells) {
  const ScopPtr scop = named(GetParam().program);
  const MathematicsSnapshot snapshot = mathematicsOf(scop, GetParam().recipe);
  const Schedule schedule = replay(scop, parseRecipe(GetParam().recipe)->steps).schedule;
  int compared = 0;
  for (std::size_t s = 0; s < scop->statements.size(); ++s) {
    const Statement& statement = schedule.program().statements[s];
    const StatementMathematics& shown = snapshot.statements[s];
    const PlacedLeaf leaf = leavesOf(schedule.tree(), statement).front();
    forParameters(*scop, [&](const ParameterPoint& values) {
      atParameters(leaf.leaf->domain.extract_set(statement.domain.space()), values).project_out_all_params().foreach_point([&](const isl::point& point) {
        const std::vector<std::int64_t> instance = coordinates(point);
        std::vector<std::int64_t> time;
        for (const TreeNode* loop : leaf.loops)
          time.push_back(valueAt(loop->values.at(statement.name), point, values));
        for (std::size_t a = 0; a < statement.accesses.size(); ++a) {
          const isl::map one = atValues(statement.accesses[a].relation, values).intersect_domain(pointSet(atValues(statement.accesses[a].relation, values).domain().space(), instance));
          const std::vector<std::int64_t> cell = lexminPoint(one.range());
          for (std::size_t d = 0; d < cell.size(); ++d) {
            EXPECT_EQ(apply(shown.accesses[a].matrix.rows[d], instance, values), cell[d]);
            EXPECT_EQ(apply(shown.places[0].accesses[a].rows[d], time, values), cell[d]);
            ++compared;
          }
        }
        for (std::size_t l = 0; l < leaf.loops.size(); ++l)
          if (!shown.places[0].order.rows[l].coefficients.empty()) {
            EXPECT_EQ(apply(shown.places[0].order.rows[l], instance, values), time[l]);
          }
      });
    });
  }
  EXPECT_GT(compared, 0);
}

INSTANTIATE_TEST_SUITE_P(Programs, Matrices,
                         ::testing::Values(Case{"gemm", ""}, Case{"jacobi-1d", "skew i by 2 t\nskew j by 2 t\n"},
                                           Case{"triangular", "reverse i\n"}, Case{"stencil-2d", "skew j by 1 i\n"},
                                           Case{"stencil-2d", "tile i j by 2 2\n"}, Case{"gemm", "interchange i j\n"}));

TEST(Mathematics, TilesAreNoAffineRows) {
  const MathematicsSnapshot snapshot = mathematicsOf(named("stencil-2d"), "tile i j by 2 2\n");
  const AffineMatrix& order = snapshot.statements[0].places[0].order;
  ASSERT_EQ(order.rows.size(), 4U);
  EXPECT_TRUE(order.rows[0].coefficients.empty());
  EXPECT_FALSE(order.rows[0].text.empty());
  EXPECT_EQ(order.rows[2].coefficients, (std::vector<std::int64_t>{1, 0, 0, 0}));
}

TEST(Mathematics, ConstraintsAreTheRelation) {
  const ScopPtr scop = named("stencil-2d");
  const MathematicsSnapshot snapshot = mathematicsOf(scop, "");
  const Dependences dependences = computeDependences(*scop);
  for (std::size_t d = 0; d < dependences.all().size(); ++d) {
    const DependenceMathematics& shown = snapshot.dependences[d];
    EXPECT_TRUE(isl::map(scop->ctx(), shown.relation).is_equal(dependences.all()[d].relation)) << shown.relation;
    ASSERT_FALSE(shown.constraints.empty());
    EXPECT_EQ(shown.constraints[0].columns, (std::vector<std::string>{"i", "j", "i'", "j'", "N", "1"}));
    std::size_t inside = 0, all = 0;
    fixParameter(dependences.all()[d].relation, "N", 5).project_out_all_params().wrap().foreach_point([&](const isl::point& pair) {
      std::vector<std::int64_t> values = coordinates(pair);
      values.insert(values.end(), {5, 1});
      ++all;
      inside += std::ranges::any_of(shown.constraints, [&](const ConstraintTable& table) {
        return std::ranges::all_of(table.rows, [&](const ConstraintTable::Row& row) {
          std::int64_t sum = 0;
          for (std::size_t c = 0; c < values.size(); ++c)
            sum += values[c] * row.coefficients[c];
          return row.isEquality ? sum == 0 : sum >= 0;
        });
      });
    });
    EXPECT_GT(all, 0U);
    EXPECT_EQ(inside, all);
  }
}

TEST(Mathematics, WordsForEntries) {
  EXPECT_EQ(toText(DirectionEntry{.isLess = true, .least = 1, .largest = 1}), "1");
  EXPECT_EQ(toText(DirectionEntry{.isLess = true, .least = 1}), "<");
  EXPECT_EQ(toText(DirectionEntry{.isLess = true, .isEqual = true, .isGreater = true}), "*");
  EXPECT_EQ(toText(DirectionEntry{.isEqual = true, .isGreater = true}), ">=");
  EXPECT_EQ(rangeText(DirectionEntry{.isLess = true, .least = 1}), "1 …");
  EXPECT_EQ(toText(DirectionVector{}), "()");
}

TEST(Mathematics, TheScheduleKnowsItsLoops) {
  const MathematicsSnapshot snapshot = mathematicsOf(named("jacobi-1d"), "parallel i\n");
  std::set<std::string> loops;
  std::set<int> statements;
  for (const CodeLine& line : snapshot.schedule) {
    loops.insert(line.loop);
    statements.insert(line.statement);
  }
  EXPECT_EQ(loops, (std::set<std::string>{"", "t", "i", "j"}));
  EXPECT_EQ(statements, (std::set<int>{-1, 0, 1}));
}

} // namespace
} // namespace polyloom::test
