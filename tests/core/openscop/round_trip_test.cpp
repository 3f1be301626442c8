// OpenScop written and read again is the same program in the same order.
#include "core/frontend/extract.h"
#include "core/generate/random_recipe.h"
#include "core/isl/points.h"
#include "core/openscop/read.h"
#include "core/openscop/scattering.h"
#include "core/openscop/write.h"
#include "core/oracle/storage.h"
#include "core/program/order.h"
#include "core/schedule/values.h"
#include "core/snapshot/view_values.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace polyloom::test {
namespace {

ScopPtr readBack(const Schedule& schedule) {
  const Result<std::string> text = writeOpenScop(schedule);
  EXPECT_TRUE(text.has_value());
  const Result<std::vector<ScopPtr>> programs = readOpenScop(schedule.program().ctx(), "kernel.scop", text.value_or(""));
  if (!programs) {
    ADD_FAILURE() << toText(programs.error()) << *text;
    return nullptr;
  }
  return programs->front();
}

std::vector<ScopPtr> allPrograms() {
  std::vector<ScopPtr> programs;
  for (const NamedProgram& program : namedPrograms())
    programs.push_back(named(program.name));
  for (const auto& entry : std::filesystem::directory_iterator(POLYLOOM_EXAMPLES))
    if (entry.path().extension() == ".c") {
      const auto regions = extractFile(context().get(), entry.path().string());
      programs.insert(programs.end(), regions.value().begin(), regions.value().end());
    }
  return programs;
}

/// Same relation where the program may run.
bool isSameIn(const isl::set& context, const isl::map& a, const isl::map& b) {
  return a.intersect_params(context).is_equal(b.intersect_params(context));
}

void expectSameProgram(const Scop& a, const Scop& b) {
  EXPECT_TRUE(a.context.is_equal(b.context)) << a.context << b.context;
  ASSERT_EQ(a.parameters.size(), b.parameters.size());
  for (std::size_t p = 0; p < a.parameters.size(); ++p)
    EXPECT_EQ(a.parameters[p].name, b.parameters[p].name);
  ASSERT_EQ(a.loops.size(), b.loops.size());
  for (std::size_t l = 0; l < a.loops.size(); ++l) {
    EXPECT_EQ(a.loops[l].step, b.loops[l].step) << a.loops[l].name;
  }
  ASSERT_EQ(a.statements.size(), b.statements.size());
  for (std::size_t s = 0; s < a.statements.size(); ++s) {
    EXPECT_EQ(a.statements[s].text, b.statements[s].text);
    EXPECT_TRUE(a.statements[s].domain.is_equal(b.statements[s].domain)) << b.statements[s].domain;
    EXPECT_EQ(a.statements[s].loops, b.statements[s].loops);
    ASSERT_EQ(a.statements[s].accesses.size(), b.statements[s].accesses.size());
    for (std::size_t k = 0; k < a.statements[s].accesses.size(); ++k) {
      const Access &x = a.statements[s].accesses[k], &y = b.statements[s].accesses[k];
      EXPECT_EQ(x.isWrite, y.isWrite);
      EXPECT_EQ(x.array, y.array);
      EXPECT_TRUE(x.relation.is_equal(y.relation)) << x.relation << " became " << y.relation;
    }
  }
  for (std::size_t k = 0; k < a.arrays.size(); ++k)
    EXPECT_EQ(a.arrays[k].name, b.arrays.at(k).name);
  EXPECT_TRUE(originalOrder(a).is_equal(originalOrder(b))) << originalOrder(b);
}

TEST(OpenScopRoundTrip, GivesTheSameProgram) {
  for (const ScopPtr& scop : allPrograms()) {
    SCOPED_TRACE(scop->function + ": " + scop->statements.front().text);
    const ScopPtr back = readBack(Schedule::original(scop));
    ASSERT_NE(back, nullptr);
    expectSameProgram(*scop, *back);
    for (std::size_t l = 0; l < scop->loops.size(); ++l)
      EXPECT_EQ(scop->loops[l].name, back->loops[l].name);
  }
}

/// After a recipe the instances have other names, but at each date the same cells are accessed in the same way.
void expectSameDates(const Schedule& schedule, const ScopPtr& back) {
  const Scattering before = scatteringOf(schedule);
  const Scattering after = scatteringOf(Schedule::original(back));
  const Scop& scop = schedule.program();
  for (std::size_t s = 0; s < scop.statements.size(); ++s) {
    const Statement &a = scop.statements[s], &b = back->statements.at(s);
    const isl::map &x = before.dates.at(a.name), &y = after.dates.at(b.name);
    ASSERT_TRUE(x.range().is_equal(y.range())) << x << " became " << y;
    for (std::size_t k = 0; k < a.accesses.size(); ++k)
      EXPECT_TRUE(isSameIn(scop.context, a.accesses[k].relation.apply_domain(x), b.accesses.at(k).relation.apply_domain(y)));
  }
}

/// Whether a statement lives in several leaves.
bool hasCopies(const TreeNode& node, std::set<std::string>& seen) {
  if (node.kind == TreeNode::Kind::Leaf)
    return !seen.insert(*statementsIn(node.domain).begin()).second;
  return std::ranges::any_of(node.children, [&](const TreePtr& child) { return hasCopies(*child, seen); });
}

/// What each instance does, in the schedule's order: "S1 writes A(2,3) reads B(2) ".
std::vector<std::string> actionsOf(const Schedule& schedule, const Values& parameters) {
  const Scop& scop = schedule.program();
  std::vector<std::string> names;
  for (const Parameter& parameter : scop.parameters)
    names.push_back(parameter.name);
  std::vector<std::vector<std::vector<PointFunction>>> cells; // per statement, access and dimension
  for (const Statement& statement : scop.statements) {
    cells.emplace_back();
    for (const Access& access : statement.accesses) {
      cells.back().emplace_back();
      for (const isl::pw_aff& subscript : subscriptsOf(access, scop.arrays[static_cast<std::size_t>(access.array)].extents.size()))
        cells.back().back().emplace_back(subscript, names);
    }
  }
  std::vector<std::string> actions;
  for (const Instance& instance : StorageOracle(schedule.source()).instancesInOrder(schedule, parameters)) {
    const Statement& statement = scop.statements[static_cast<std::size_t>(instance.statement)];
    std::vector<std::int64_t> point = parameters;
    point.insert(point.end(), instance.point.begin(), instance.point.end());
    std::string action = statement.name;
    for (std::size_t k = 0; k < statement.accesses.size(); ++k) {
      const Access& access = statement.accesses[k];
      action += (access.isWrite ? " writes " : " reads ") + scop.arrays[static_cast<std::size_t>(access.array)].name;
      for (const PointFunction& subscript : cells[static_cast<std::size_t>(instance.statement)][k])
        action += fmt::format(" {}", subscript.at(point).value());
    }
    actions.push_back(std::move(action));
  }
  return actions;
}

TEST(OpenScopRoundTrip, KeepsTheOrderOfRandomRecipes) {
  int copied = 0, refused = 0;
  for (const ScopPtr& scop : allPrograms()) {
    RandomRecipes recipes(7);
    for (int draw = 0; draw < 4; ++draw) {
      const Schedule schedule = recipes.draw(scop);
      SCOPED_TRACE(scop->statements.front().text + ": " + recipeText(schedule));
      if (!schedule.hasSourceStorage()) {
        ++refused;
        EXPECT_EQ(writeOpenScop(schedule).error().message,
                  "OpenScop carries the source's statements as text, which does not know arrays that a recipe has "
                  "changed; leave out expand, contract and pack");
        continue;
      }
      const ScopPtr back = readBack(schedule);
      ASSERT_NE(back, nullptr);
      const Values small = viewValues(*scop, 100);
      EXPECT_EQ(actionsOf(schedule, small), actionsOf(Schedule::original(back), small));
      // The other direction: what was read is written as it was.
      const ScopPtr again = readBack(Schedule::original(back));
      ASSERT_NE(again, nullptr);
      expectSameProgram(*back, *again);
      std::set<std::string> seen;
      if (hasCopies(*schedule.tree().root(), seen))
        ++copied; // they come back under one more loop: the same order, other dates
      else
        expectSameDates(schedule, back);
    }
  }
  EXPECT_GE(copied, 15);
  EXPECT_GE(refused, 10);
}

} // namespace
} // namespace polyloom::test
