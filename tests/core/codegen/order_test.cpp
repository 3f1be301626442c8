// Generated code executes the schedule's instances, each once, in the schedule's order.
#include "core/codegen/make_kernel.h"
#include "core/generate/random_recipe.h"
#include "core/oracle/storage.h"
#include "core/oracle/trace.h"
#include "core/schedule/catalogue.h"
#include "tests/support/named_programs.h"
#include "tests/support/well_formed.h"

#include <gtest/gtest.h>

namespace polyloom::test {
namespace {

std::vector<Instance> expectedTrace(const Schedule& schedule, const Execution& execution) {
  return StorageOracle(schedule.source()).instancesInOrder(schedule, execution.parameters);
}

void expectSameTrace(const Schedule& schedule, const std::vector<Execution>& all) {
  const Result<Kernel> kernel = makeKernel(schedule);
  ASSERT_TRUE(kernel) << kernel.error().message;
  for (const Execution& execution : all)
    EXPECT_EQ(toText(schedule.program(), traceOf(*kernel, execution.parameters)),
              toText(schedule.program(), expectedTrace(schedule, execution)))
        << code(schedule);
}

TEST(GeneratedOrder, IsTheSourcesForTheEmptyRecipe) {
  for (const NamedProgram& program : namedPrograms()) {
    SCOPED_TRACE(program.name);
    const ScopPtr scop = named(program.name);
    for (const Execution& execution : executions(*scop, program.bound)) {
      const Result<Kernel> kernel = makeKernel(Schedule::original(scop));
      ASSERT_TRUE(kernel);
      EXPECT_EQ(toText(*scop, traceOf(*kernel, execution.parameters)),
                toText(*scop, execution.instances));
    }
  }
}

TEST(GeneratedOrder, IsTheTreesForRandomRecipesLegalOrNot) {
  constexpr int kRecipesPerProgram = 16;
  RandomRecipes recipes(11);
  for (const NamedProgram& program : namedPrograms()) {
    const ScopPtr scop = named(program.name);
    const std::vector<Execution> all = executions(*scop, program.bound);
    for (int r = 0; r < kRecipesPerProgram; ++r) {
      const Schedule schedule = recipes.draw(scop);
      SCOPED_TRACE(program.name + ": " + recipeText(schedule));
      EXPECT_EQ(defectOf(schedule.tree(), schedule.program()), "");
      expectSameTrace(schedule, all);
    }
  }
  for (const StepKind& kind : catalogue())
    EXPECT_GE(recipes.applied().contains(std::string(kind.name)) ? recipes.applied().at(std::string(kind.name)) : 0,
              kind.name == "contract" ? 2 : 5) // few of these programs have an array that moves with a loop
        << kind.name;
}

// Cutting a loop in two changes no order; moving it together again gives the source's code back.
TEST(GeneratedOrder, StaysThroughSplitsAndPeels) {
  const struct {
    const char* program;
    std::vector<std::string> recipe;
  } cases[] = {
      {"gemm", {"split j at 2*i-1", "peel k first 1", "peel k_2 last 2"}},
      {"triangular", {"peel j last 2", "peel i first 1", "split j_2 at i+3"}},
      {"guarded", {"peel j first 1", "split i at N-2", "peel j_2 last 1"}},
      {"strided-pair", {"peel i last 1", "peel j first 2"}},
      {"two-reductions", {"split i at 1", "split j_2 at i_2+1"}},
  };
  for (const auto& [name, recipe] : cases) {
    SCOPED_TRACE(name);
    const Schedule schedule = scheduled(named(name), recipe);
    const std::vector<Execution> all = executions(*named(name), 6);
    expectSameTrace(schedule, all);
    for (const Execution& execution : all)
      EXPECT_EQ(expectedTrace(schedule, execution), execution.instances);
  }
  EXPECT_EQ(code(scheduled(named("imperfect"), {"split j at 2", "fuse j j_2"})), code(Schedule::original(named("imperfect"))));
}

// The comparison above can fail: another schedule's trace is another one.
TEST(GeneratedOrder, DiffersBetweenASchedulesAndItsReversal) {
  const ScopPtr scop = named("triangular");
  const Execution execution = execute(*scop, {4});
  const Result<Kernel> kernel = makeKernel(scheduled(scop, {"reverse j"}));
  ASSERT_TRUE(kernel);
  EXPECT_NE(traceOf(*kernel, {4}), expectedTrace(Schedule::original(scop), execution));
}

// Subscripts are functions of the same variables as the iterators: they name the cells that the accesses touch.
TEST(GeneratedSubscripts, FollowTheIteratorsThroughASkewedTile) {
  const Schedule schedule = scheduled(named("stencil-2d"), {"skew j by 2 i", "tile i j by 3 2"});
  EXPECT_NE(code(schedule).find("A[i][-2 * i + j] = A[i - 1][-2 * i + j + 1] + A[i][-2 * i + j - 1];"),
            std::string::npos)
      << code(schedule);
}

// isl calls its own iterators c0, c1, …: a parameter of that name must not be taken for one.
TEST(GeneratedNames, KeepAParameterCalledLikeAnIteratorOfIsl) {
  const ScopPtr scop = program("int c0, int c1, double A[c0][c1]",
                               "for (int i = 0; i < c0; i++)\n  for (int j = 0; j < c1; j++)\n    A[i][j] = 1.0;\n");
  expectSameTrace(Schedule::original(scop), {execute(*scop, {2, 3})});
  expectSameTrace(scheduled(scop, {"tile i j by 2 2"}), {execute(*scop, {3, 3})});
}

TEST(GeneratedNames, HideNoArrayAndNoParameter) {
  const ScopPtr scop = program("int N, int it, double jt[N]",
                               "for (int i = 0; i < N; i++)\n  for (int j = 0; j < N; j++)\n    jt[i] += it;\n");
  const std::string text = code(scheduled(scop, {"tile i j by 2 2"}));
  EXPECT_EQ(text.find("long it "), std::string::npos) << text;
  EXPECT_EQ(text.find("long jt "), std::string::npos) << text;
}

} // namespace
} // namespace polyloom::test
