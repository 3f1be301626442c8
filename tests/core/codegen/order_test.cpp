// Generated code executes the schedule's instances, each once, in the schedule's order.
#include "core/codegen/make_kernel.h"
#include "tests/support/instances.h"
#include "tests/support/named_programs.h"
#include "tests/support/random_recipes.h"
#include "tests/support/storage_oracle.h"

#include <gtest/gtest.h>

#include <map>

namespace polyloom::test {
namespace {

/// Walks a kernel's loops and writes down what they execute.
class Interpreter {
public:
  Interpreter(const Kernel& kernel, const Values& parameters) {
    for (std::size_t p = 0; p < parameters.size(); ++p)
      variables_[kernel.parameters[p].name] = parameters[p];
    visit(kernel.body);
  }

  const std::vector<Instance>& trace() const { return trace_; }

private:
  std::int64_t valueOf(const IndexExpr& expr) const {
    return evaluate(expr, [this](const std::string& name) { return variables_.at(name); });
  }

  void visit(const LoopNode& node) {
    switch (node.kind) {
    case LoopNode::Kind::Block:
      for (const LoopNode& child : node.children)
        visit(child);
      break;
    case LoopNode::Kind::For: loop(node); break;
    case LoopNode::Kind::If:
      if (valueOf(node.condition) != 0)
        visit(node.children.at(0));
      else if (node.children.size() > 1)
        visit(node.children.at(1));
      break;
    case LoopNode::Kind::Call: {
      Instance instance{node.call.statement, {}};
      for (const IndexExpr& iterator : node.call.iterators)
        instance.point.push_back(valueOf(iterator));
      trace_.push_back(std::move(instance));
      break;
    }
    }
  }

  void loop(const LoopNode& node) {
    const std::int64_t last = valueOf(node.last);
    ASSERT_FALSE(variables_.contains(node.variable)) << node.variable << " hides another variable";
    for (std::int64_t value = valueOf(node.first); value <= last; value += node.step) {
      variables_[node.variable] = value;
      visit(node.children.at(0));
    }
    variables_.erase(node.variable);
  }

  std::map<std::string, std::int64_t> variables_;
  std::vector<Instance> trace_;
};

void expectSameTrace(const Schedule& schedule, const Execution& execution) {
  const Result<Kernel> kernel = makeKernel(schedule);
  ASSERT_TRUE(kernel) << kernel.error().message;
  EXPECT_EQ(toText(schedule.program(), Interpreter(*kernel, execution.parameters).trace()),
            toText(schedule.program(), instancesInOrder(schedule, execution.parameters)))
      << code(schedule);
}

TEST(GeneratedOrder, IsTheSourcesForTheEmptyRecipe) {
  for (const NamedProgram& program : namedPrograms()) {
    SCOPED_TRACE(program.name);
    const ScopPtr scop = named(program.name);
    for (const Execution& execution : executions(*scop, program.bound)) {
      const Result<Kernel> kernel = makeKernel(Schedule::original(scop));
      ASSERT_TRUE(kernel);
      EXPECT_EQ(toText(*scop, Interpreter(*kernel, execution.parameters).trace()),
                toText(*scop, execution.instances));
    }
  }
}

TEST(GeneratedOrder, IsTheTreesForRandomRecipesLegalOrNot) {
  constexpr int kRecipesPerProgram = 12;
  RandomRecipes recipes(11);
  for (const NamedProgram& program : namedPrograms()) {
    const ScopPtr scop = named(program.name);
    const std::vector<Execution> all = executions(*scop, program.bound);
    for (int r = 0; r < kRecipesPerProgram; ++r) {
      const Schedule schedule = recipes.draw(scop);
      SCOPED_TRACE(program.name + ": " + recipeText(schedule));
      for (const Execution& execution : all)
        expectSameTrace(schedule, execution);
    }
  }
}

// The comparison above can fail: another schedule's trace is another one.
TEST(GeneratedOrder, DiffersBetweenASchedulesAndItsReversal) {
  const ScopPtr scop = named("triangular");
  const Execution execution = execute(*scop, {4});
  const Result<Kernel> kernel = makeKernel(scheduled(scop, {"reverse j"}));
  ASSERT_TRUE(kernel);
  EXPECT_NE(Interpreter(*kernel, {4}).trace(), instancesInOrder(Schedule::original(scop), {4}));
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
  expectSameTrace(Schedule::original(scop), execute(*scop, {2, 3}));
  expectSameTrace(scheduled(scop, {"tile i j by 2 2"}), execute(*scop, {3, 3}));
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
