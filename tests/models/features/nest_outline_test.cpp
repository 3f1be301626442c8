#include "models/features/nest_outline.h"

#include "core/frontend/extract.h"
#include "core/generate/kernel.h"
#include "core/generate/program.h"
#include "core/generate/random_recipe.h"
#include "core/isl/extra.h"
#include "core/isl/points.h"
#include "core/isl/sets.h"
#include "tests/models/features/nests.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace polyloom {

namespace {

using test::matrixProduct;
using test::program;
using test::sweep;
using test::scheduled;
using Vector = std::vector<std::int64_t>;

/// A leaf's instances with the values of the loops around, one by one.
struct Enumerated {
  std::string statement;
  std::vector<const TreeNode*> loops;
  std::vector<std::pair<Vector, Vector>> points; ///< loop values, instance; in schedule order
};

void enumerate(const TreeNode& node, std::vector<const TreeNode*>& around, const ParameterPoint& parameters,
               std::vector<Enumerated>& all) {
  if (node.kind == TreeNode::Kind::Leaf) {
    Enumerated leaf{.loops = around};
    node.domain.foreach_set([&](const isl::set& set) {
      leaf.statement = tupleName(set);
      std::vector<std::string> names;
      Vector start;
      for (const auto& [name, value] : parameters) {
        names.push_back(name);
        start.push_back(value);
      }
      std::vector<PointFunction> values;
      for (const TreeNode* loop : around)
        values.emplace_back(loop->values.at(leaf.statement), names);
      atParameters(set, parameters).foreach_point([&](const isl::point& point) {
        Vector at = start, order;
        const Vector instance = coordinates(point);
        at.insert(at.end(), instance.begin(), instance.end());
        for (const PointFunction& value : values)
          order.push_back(*value.at(at));
        leaf.points.emplace_back(order, instance);
      });
    });
    std::ranges::sort(leaf.points);
    all.push_back(std::move(leaf));
    return;
  }
  if (node.isLoop())
    around.push_back(&node);
  for (const TreePtr& child : node.children)
    enumerate(*child, around, parameters, all);
  if (node.isLoop())
    around.pop_back();
}

std::vector<Enumerated> enumerated(const Schedule& schedule, const ParameterPoint& parameters) {
  std::vector<Enumerated> all;
  std::vector<const TreeNode*> around;
  enumerate(*schedule.tree().root(), around, parameters, all);
  return all;
}

double distinctPrefixes(const Enumerated& leaf, std::size_t length) {
  std::set<Vector> prefixes;
  for (const auto& [order, instance] : leaf.points)
    prefixes.insert(Vector(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(length)));
  return static_cast<double>(prefixes.size());
}

/// Every loop's iterations for every statement, within a factor.
void expectCounts(const Schedule& schedule, const ParameterPoint& parameters, double factor) {
  SCOPED_TRACE(recipeText(schedule));
  OutlineReader reader(parameters);
  const NestOutline outline = reader.read(schedule);
  const std::vector<Enumerated> leaves = enumerated(schedule, parameters);
  ASSERT_EQ(outline.statements.size(), leaves.size());
  for (std::size_t s = 0; s < leaves.size(); ++s) {
    const OutlineStatement& statement = outline.statements[s];
    const auto points = static_cast<double>(leaves[s].points.size());
    EXPECT_LE(std::abs(statement.instances - points), (factor - 1) * points + 0.01) << statement.instances << " of " << points;
    for (std::size_t k = 0; k < statement.steps.size(); ++k) {
      const double counted = distinctPrefixes(leaves[s], k + 1);
      EXPECT_LE(statement.steps[k].iterations, counted * factor + 0.01) << leaves[s].statement << " in " << leaves[s].loops[k]->name;
      EXPECT_GE(statement.steps[k].iterations * factor + 0.01, counted) << leaves[s].statement << " in " << leaves[s].loops[k]->name;
    }
  }
}

TEST(NestOutline, CountsBoxesExactly) {
  for (const std::vector<std::string>& lines : std::vector<std::vector<std::string>>{
           {}, {"interchange i k"}, {"tile i j k by 4 3 5"}, {"tile i j by 4 4", "tile i j by 2 2"}, {"vectorize j by 4", "jam i by 2"},
           {"reverse i", "tile i by 4"}, {"split i at 5"}, {"peel k last 2", "unroll j by 2"}, {"tile k by 4", "interchange i kt"}})
    expectCounts(scheduled(matrixProduct(), lines), {{"N", 13}}, 1);
}

TEST(NestOutline, EstimatesTrianglesAndSkewedBands) {
  const ScopPtr triangle = program("int N, double A[N][N], double x[N]",
                                   "for (int i = 0; i < N; i++) for (int j = 0; j <= i; j++) for (int k = 0; k < N; k++) "
                                   "A[i][j] += x[k];\n");
  for (const std::vector<std::string>& lines : std::vector<std::vector<std::string>>{
           {}, {"interchange i j"}, {"tile i j by 4 4"}, {"interchange j k", "interchange i k"}, {"vectorize i by 4"}, {"reverse j"}})
    expectCounts(scheduled(triangle, lines), {{"N", 23}}, 1.25);
  for (const std::vector<std::string>& lines : std::vector<std::vector<std::string>>{
           {"skew i by 1 t"}, {"skew i by 1 t", "skew j by 1 t", "tile t i j by 4 4 4"}, {"unimodular t i by 1 1; 1 0"},
           {"skew i by 1 t", "tile t i by 4 4", "wavefront tt it"}, {"diamond t i by 4 4"}})
    expectCounts(scheduled(sweep(), lines), {{"N", 30}, {"T", 20}}, 1.4);
}

TEST(NestOutline, CountsGuardedAndStridedStatements) {
  for (const char* name : {"strided", "guarded", "downward", "imperfect"}) {
    const ScopPtr scop = test::named(name);
    ParameterPoint parameters;
    for (const Parameter& parameter : scop->parameters)
      parameters.emplace_back(parameter.name, 12);
    SCOPED_TRACE(name);
    expectCounts(Schedule::original(scop), parameters, 1.2);
  }
}

/// What an instance does to the next one along a loop, where the next one exists.
void expectMoves(const Schedule& schedule, const ParameterPoint& parameters) {
  SCOPED_TRACE(recipeText(schedule));
  OutlineReader reader(parameters);
  const NestOutline outline = reader.read(schedule);
  const std::vector<Enumerated> leaves = enumerated(schedule, parameters);
  for (std::size_t s = 0; s < leaves.size(); ++s) {
    const std::set<Vector> instances = [&] {
      std::set<Vector> all;
      for (const auto& [order, instance] : leaves[s].points)
        all.insert(instance);
      return all;
    }();
    const std::size_t innermost = leaves[s].loops.size() - 1;
    std::size_t followed = 0, told = 0;
    for (std::size_t p = 0; p + 1 < leaves[s].points.size(); ++p) {
      const auto& [order, instance] = leaves[s].points[p];
      const auto& [nextOrder, next] = leaves[s].points[p + 1];
      if (!std::equal(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(innermost), nextOrder.begin()))
        continue;
      ++followed;
      bool isMove = true;
      for (std::size_t d = 0; d < instance.size(); ++d)
        isMove = isMove && static_cast<double>(next[d] - instance[d]) == outline.statements[s].steps[innermost].move[d];
      told += isMove ? 1 : 0;
    }
    EXPECT_EQ(told, followed) << leaves[s].statement;
  }
}

TEST(NestOutline, MovesAreTheNextInstancesOfTheInnermostLoop) {
  for (const std::vector<std::string>& lines : std::vector<std::vector<std::string>>{
           {}, {"interchange i k"}, {"tile i j k by 4 3 5"}, {"vectorize j by 4"}, {"vectorize i by 4", "jam j by 2"}, {"reverse k"},
           {"unimodular j k by 1 1; 0 1"}, {"skew k by 2 j", "interchange j k"}})
    expectMoves(scheduled(matrixProduct(), lines), {{"N", 11}});
  for (const std::vector<std::string>& lines : std::vector<std::vector<std::string>>{
           {"skew i by 1 t", "skew j by 1 t", "tile t i j by 4 4 4", "interchange t j"}, {"unimodular t i by 1 1; 1 0"},
           {"skew i by 1 t", "tile t i by 4 4", "wavefront tt it", "interchange i j"}, {"diamond t i by 4 4"}})
    expectMoves(scheduled(sweep(), lines), {{"N", 12}, {"T", 7}});
}

TEST(NestOutline, TileLoopsMoveWholeTiles) {
  OutlineReader reader({{"N", 64}, {"T", 24}});
  const NestOutline tiled = reader.read(scheduled(matrixProduct(), {"tile i j by 4 8"}));
  EXPECT_EQ(tiled.statements[0].steps[0].move, (std::vector<double>{4, 0, 0}));
  EXPECT_EQ(tiled.statements[0].steps[1].move, (std::vector<double>{0, 8, 0}));
  EXPECT_EQ(tiled.loops[2].width, 4);
  EXPECT_EQ(tiled.loops[4].width, 0);
  const NestOutline wave = reader.read(scheduled(sweep(), {"skew i by 1 t", "tile t i by 4 16", "wavefront tt it"}));
  // t + i stays in its tile while the wave goes on
  EXPECT_EQ(wave.statements[0].steps[0].move, (std::vector<double>{4, -4, 0}));
  EXPECT_EQ(wave.statements[0].steps[1].move, (std::vector<double>{-4, 20, 0}));
}

TEST(NestOutline, KnowsLoopsWhoseIterationsDiffer) {
  OutlineReader reader({{"N", 64}, {"T", 24}});
  const ScopPtr triangle = program("int N, double A[N][N]", "for (int i = 0; i < N; i++) for (int j = 0; j <= i; j++) A[i][j] = 1.0;\n");
  EXPECT_TRUE(reader.read(Schedule::original(triangle)).loops[0].isUneven);
  EXPECT_FALSE(reader.read(Schedule::original(triangle)).loops[1].isUneven);
  const NestOutline tiled = reader.read(scheduled(matrixProduct(), {"tile i j by 5 7"}));
  for (const OutlineLoop& loop : tiled.loops)
    EXPECT_FALSE(loop.isUneven) << loop.name;
  EXPECT_TRUE(reader.read(scheduled(sweep(), {"unimodular t i by 1 1; 1 0"})).loops[0].isUneven);
}

TEST(NestOutline, KnowsLoopsThatAreNotThere) {
  OutlineReader reader({{"N", 64}});
  const NestOutline outline = reader.read(scheduled(matrixProduct(), {"tile k by 16", "interchange k kt"}));
  EXPECT_FALSE(outline.loops[2].isTrivial()); // k
  EXPECT_TRUE(outline.loops[3].isTrivial());  // its tile
}

TEST(NestOutline, OriginsTellHowFarStatementsAreShifted) {
  OutlineReader reader({{"N", 64}});
  const ScopPtr scop = program("int N, double A[N], double B[N]", "for (int i = 0; i < N; i++)\n  A[i] = 1.0;\n"
                               "for (int i = 0; i < N; i++)\n  B[i] = A[i];\n");
  const NestOutline outline = reader.read(scheduled(scop, {"shift S1 i_2 by 3", "fuse i i_2"}));
  EXPECT_EQ(outline.statements[0].origin, std::vector<double>{0});
  EXPECT_EQ(outline.statements[1].origin, std::vector<double>{-3});
}

/// All steps, random programs: nothing is infinite, and most counts are near the truth.
TEST(NestOutline, HoldsForRandomRecipes) {
  std::size_t near = 0, all = 0;
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    const auto scops = extractText(test::context().get(), "random.c", generateProgram(seed));
    ASSERT_TRUE(scops.has_value());
    const ScopPtr scop = scops->front();
    ParameterPoint parameters;
    for (const Parameter& parameter : scop->parameters)
      parameters.emplace_back(parameter.name, 14);
    RandomRecipes recipes(seed);
    for (int r = 0; r < 4; ++r) {
      const Schedule schedule = recipes.draw(scop);
      SCOPED_TRACE(recipeText(schedule));
      OutlineReader reader(parameters);
      const NestOutline outline = reader.read(schedule);
      const std::vector<Enumerated> leaves = enumerated(schedule, parameters);
      ASSERT_EQ(outline.statements.size(), leaves.size());
      for (std::size_t s = 0; s < leaves.size(); ++s)
        for (std::size_t k = 0; k < leaves[s].loops.size(); ++k) {
          const double told = outline.statements[s].steps[k].iterations, truth = distinctPrefixes(leaves[s], k + 1);
          ASSERT_TRUE(std::isfinite(told));
          ++all;
          near += std::abs(told - truth) <= 0.25 * truth + 1 ? 1 : 0;
        }
    }
  }
  EXPECT_GE(near, all * 9 / 10) << near << " of " << all;
}

} // namespace

} // namespace polyloom
