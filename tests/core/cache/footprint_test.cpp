// Distinct lines of iterations and executions: by hand, and against sets.
#include "core/cache/loop_footprints.h"

#include "core/codegen/make_kernel.h"
#include "core/generate/random_recipe.h"
#include "tests/core/cache/walks.h"
#include "tests/support/kernels.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace polyloom::test {
namespace {

using Kind = WalkEvent::Kind;

std::vector<LoopFootprint> footprintsOf(const AccessProgram& program, unsigned lineShift) {
  LoopFootprints footprints(program.loops.size(), (program.places.end >> lineShift) + 1, lineShift);
  walkAccesses(program, [&](std::span<const WalkEvent> events) {
    footprints.take(events);
    return true;
  });
  return footprints.loops();
}

/// Per loop the sizes, in order of their ends.
struct Sizes {
  std::vector<std::uint64_t> iterations, executions;
};

/// Every open iteration and execution keeps a set of its lines.
class NaiveFootprints {
public:
  NaiveFootprints(std::size_t loops, unsigned lineShift) : sizes(loops), lineShift_(lineShift) {}

  void take(const WalkEvent& event) {
    if (event.isAccess()) {
      for (Open& open : open_)
        for (std::set<std::uint64_t>* lines : {&open.iteration, &open.execution})
          lines->insert(event.address >> lineShift_);
      return;
    }
    Sizes& loop = sizes[event.number];
    if (event.kind == Kind::Enter)
      open_.emplace_back();
    if (event.kind != Kind::Enter && open_.back().iterations > 0)
      loop.iterations.push_back(open_.back().iteration.size());
    if (event.kind == Kind::Iteration) {
      ++open_.back().iterations;
      open_.back().iteration.clear();
    }
    if (event.kind == Kind::Leave) {
      loop.executions.push_back(open_.back().execution.size());
      open_.pop_back();
    }
  }

  std::vector<Sizes> sizes;

private:
  struct Open {
    std::set<std::uint64_t> iteration, execution;
    int iterations = 0;
  };
  std::vector<Open> open_;
  unsigned lineShift_;
};

void expectCounts(const LineCounts& counts, std::vector<std::uint64_t> sizes) {
  ASSERT_EQ(counts.times(), sizes.size());
  if (sizes.empty())
    return;
  std::ranges::sort(sizes);
  double sum = 0;
  for (const std::uint64_t size : sizes)
    sum += static_cast<double>(size);
  EXPECT_DOUBLE_EQ(counts.mean(), sum / static_cast<double>(sizes.size()));
  EXPECT_EQ(counts.median(), sizes[(sizes.size() - 1) / 2]);
  EXPECT_EQ(counts.largest(), sizes.back());
}

// Rows of 8 doubles are lines. One iteration of k: a line of each array; all of k: the row of C, that of A, all of B.
TEST(LoopFootprints, OfAMatrixProductOfWholeLines) {
  const std::vector<LoopFootprint> loops = footprintsOf(programFor(gemm(8)), 6);
  ASSERT_EQ(loops.size(), 3U);
  const auto expectAll = [](const LineCounts& counts, std::uint64_t times, std::uint64_t lines) {
    EXPECT_EQ(counts.times(), times);
    EXPECT_EQ(counts.median(), lines);
    EXPECT_EQ(counts.mean(), static_cast<double>(lines));
  };
  expectAll(loops[2].iterations, 512, 3);
  expectAll(loops[2].executions, 64, 10);
  expectAll(loops[1].iterations, 64, 10);
  expectAll(loops[1].executions, 8, 10); // j stays within the same lines
  expectAll(loops[0].iterations, 8, 10);
  expectAll(loops[0].executions, 1, 24);
}

TEST(LoopFootprints, AgreeWithSetsOnRandomOrders) {
  RandomRecipes recipes(21);
  std::uint64_t counted = 0;
  for (const NamedProgram& named_ : namedPrograms()) {
    for (int r = 0; r < 5; ++r) {
      const Schedule schedule = recipes.draw(named(named_.name));
      SCOPED_TRACE(named_.name + ": " + recipeText(schedule));
      const Result<Kernel> kernel = makeKernel(schedule);
      ASSERT_TRUE(kernel);
      std::map<std::string, std::int64_t> parameters;
      for (const KernelParameter& parameter : kernel->parameters)
        parameters[parameter.name] = 5 + r;
      const AccessProgram program = programFor(*kernel, parameters);
      for (const unsigned lineShift : {3U, 6U}) {
        NaiveFootprints naive(program.loops.size(), lineShift);
        for (const WalkEvent& event : eventsOf(program))
          naive.take(event);
        const std::vector<LoopFootprint> loops = footprintsOf(program, lineShift);
        for (std::size_t l = 0; l < loops.size(); ++l) {
          expectCounts(loops[l].iterations, naive.sizes[l].iterations);
          expectCounts(loops[l].executions, naive.sizes[l].executions);
          counted += loops[l].iterations.times();
        }
      }
    }
  }
  EXPECT_GT(counted, 10'000U);
}

TEST(LineCounts, TellMeanMedianAndLargestOfSmallAndLargeCounts) {
  LineCounts counts;
  for (const std::uint64_t lines : {3, 100'000, 1, 5000, 3})
    counts.add(lines);
  expectCounts(counts, {3, 100'000, 1, 5000, 3});
  counts.add(6000);
  counts.add(7000);
  expectCounts(counts, {3, 100'000, 1, 5000, 3, 6000, 7000});
  EXPECT_EQ(LineCounts().median(), 0U);
}

} // namespace
} // namespace polyloom::test
