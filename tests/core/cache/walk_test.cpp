// The walk makes the accesses that the generated code makes: against the oracle's instances and cells.
#include "core/codegen/make_kernel.h"
#include "core/frontend/extract.h"
#include "core/generate/program.h"
#include "core/generate/random_recipe.h"
#include "core/oracle/trace.h"
#include "tests/core/cache/walks.h"
#include "tests/support/kernels.h"
#include "tests/support/named_programs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace polyloom::test {
namespace {

using Kind = WalkEvent::Kind;
/// The addresses that each execution of a statement reads, sorted, then the one that it writes.
using Addresses = std::vector<std::uint64_t>;

std::uint64_t addressOf(const AccessProgram& program, const Cell& cell) {
  const ArrayPlace& place = program.places.arrays[static_cast<std::size_t>(cell.array)];
  std::uint64_t address = place.base;
  for (std::size_t d = 0; d < cell.subscripts.size(); ++d)
    address += static_cast<std::uint64_t>(cell.subscripts[d] * place.strides[d]);
  return address;
}

/// By the oracle: the instances that the kernel's loops run, and the cells of the program's relations.
Addresses expectedAddresses(const Kernel& kernel, const PlainProgram& plain, const AccessProgram& program, const Values& values) {
  Addresses all;
  for (const Instance& instance : traceOf(kernel, values)) {
    const auto& accesses = plain.scop().statements[static_cast<std::size_t>(instance.statement)].accesses;
    Addresses reads, writes;
    for (std::size_t a = 0; a < accesses.size(); ++a)
      if (program.places.arrays[static_cast<std::size_t>(accesses[a].array)].isInMemory)
        if (const std::optional<Cell> cell = plain.cellOf(instance, a, values))
          (a == 0 ? writes : reads).push_back(addressOf(program, *cell));
    std::ranges::sort(reads);
    all.insert(all.end(), reads.begin(), reads.end());
    all.insert(all.end(), writes.begin(), writes.end());
  }
  return all;
}

/// The walk's addresses, the reads before each write sorted; only where every statement writes to memory.
Addresses walkedAddresses(const AccessProgram& program) {
  Addresses all;
  std::size_t begin = 0;
  for (const WalkEvent& event : accessesIn(eventsOf(program))) {
    all.push_back(event.address);
    if (event.kind == Kind::Write) {
      std::sort(all.begin() + static_cast<std::ptrdiff_t>(begin), all.end() - 1);
      begin = all.size();
    }
  }
  return all;
}

bool usesRegisters(const Kernel& kernel, const AccessProgram& program) {
  return std::ranges::any_of(kernel.statements, [&](const KernelStatement& statement) {
    return !program.places.arrays[static_cast<std::size_t>(statement.arrays.at(0))].isInMemory;
  });
}

struct Compared {
  int inOrder = 0, asSets = 0;
  std::size_t accesses = 0;
};

/// In order; where register blocks hold cells, as sets: each cell is moved, however often it is used.
void compare(const Schedule& schedule, int bound, Compared& compared) {
  const Result<Kernel> kernel = makeKernel(schedule);
  ASSERT_TRUE(kernel) << kernel.error().message;
  const PlainProgram plain(schedule.program());
  for (const Execution& execution : executions(*schedule.source(), bound)) {
    std::map<std::string, std::int64_t> parameters;
    for (std::size_t p = 0; p < execution.parameters.size(); ++p)
      parameters[kernel->parameters[p].name] = execution.parameters[p];
    const AccessProgram program = programFor(*kernel, parameters);
    const Addresses expected = expectedAddresses(*kernel, plain, program, execution.parameters);
    const Addresses walked = walkedAddresses(program);
    if (usesRegisters(*kernel, program)) {
      ++compared.asSets;
      ASSERT_EQ(std::set(walked.begin(), walked.end()), std::set(expected.begin(), expected.end()));
    } else {
      ++compared.inOrder;
      ASSERT_EQ(walked, expected);
    }
    compared.accesses += walked.size();
  }
}

TEST(Walk, MakesTheAccessesOfNamedProgramsInRandomOrders) {
  RandomRecipes recipes(4);
  Compared compared;
  for (const NamedProgram& program : namedPrograms()) {
    SCOPED_TRACE(program.name);
    compare(Schedule::original(named(program.name)), program.bound, compared);
    for (int r = 0; r < 8; ++r) {
      const Schedule schedule = recipes.draw(named(program.name));
      SCOPED_TRACE(recipeText(schedule));
      compare(schedule, program.bound, compared);
    }
  }
  EXPECT_GT(compared.inOrder, 500);
  EXPECT_GT(compared.asSets, 10);
}

TEST(Walk, MakesTheAccessesOfRandomPrograms) {
  RandomRecipes recipes(9);
  Compared compared;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    const Result<std::vector<ScopPtr>> scops = extractText(context().get(), "generated.c", generateProgram(seed));
    ASSERT_TRUE(scops) << toText(scops.error());
    compare(Schedule::original(scops->front()), 4, compared);
    const Schedule schedule = recipes.draw(scops->front());
    SCOPED_TRACE(recipeText(schedule));
    compare(schedule, 4, compared);
  }
  EXPECT_GT(compared.accesses, 5000U);
}

TEST(Walk, ReadsFromLeftToRightAndThenWrites) {
  const AccessProgram program = programFor(gemm(2));
  std::vector<std::pair<std::string, Kind>> first;
  for (const WalkEvent& event : accessesIn(eventsOf(program))) {
    first.emplace_back(gemm(2).arrays[static_cast<std::size_t>(program.sites[event.number].array)].name, event.kind);
    if (first.size() == 4)
      break;
  }
  EXPECT_EQ(first, (std::vector<std::pair<std::string, Kind>>{
                       {"C", Kind::Read}, {"A", Kind::Read}, {"B", Kind::Read}, {"C", Kind::Write}}));
}

TEST(Walk, MarksLoopsAndIterations) {
  const Kernel kernel = axpy(2);
  const AccessProgram program = programFor(kernel);
  std::vector<Kind> kinds;
  for (const WalkEvent& event : eventsOf(program))
    kinds.push_back(event.kind);
  const std::vector<Kind> iteration = {Kind::Iteration, Kind::Read, Kind::Read, Kind::Write};
  std::vector<Kind> expected = {Kind::Enter};
  for (int i = 0; i < 2; ++i)
    expected.insert(expected.end(), iteration.begin(), iteration.end());
  expected.push_back(Kind::Leave);
  EXPECT_EQ(kinds, expected);
  EXPECT_TRUE(eventsOf(programFor(kernel, {{"N", 0}})).empty());
}

TEST(Walk, ReadsWhatIndicesDecideOnlyWhereTheySaySo) {
  const ScopPtr scop = program("int N, double y[N], double x[N]",
                               "for (int i = 0; i < N; i++)\n  y[i] = i > 2 && i != 5 ? x[i - 3] : 1.0;\n");
  const AccessProgram access = programFor(*makeKernel(Schedule::original(scop)), {{"N", 8}});
  EXPECT_EQ(accessesIn(eventsOf(access)).size(), 8U + 4U); // i = 3, 4, 6, 7
}

TEST(Walk, ReadsBothSidesWhereDataDecideButNothingOutsideAnArray) {
  const ScopPtr scop = program("int N, double y[N], double x[N]",
                               "for (int i = 0; i < N; i++)\n  y[i] = y[i] > 0.5 ? x[i] : x[N - 1 - i];\n");
  const AccessProgram access = programFor(*makeKernel(Schedule::original(scop)), {{"N", 8}});
  EXPECT_EQ(accessesIn(eventsOf(access)).size(), 8U * 4U);
  EXPECT_EQ(std::ranges::count_if(access.sites, &AccessSite::isAssumed), 2);

  Kernel outside = axpy(8); // x[i] becomes a read that data decide, eight cells too far
  outside.statements[0].value = makeSelect(read(1), read(2), makeFloating(0));
  outside.body.children[0].call.subscripts[2] = {variable("i") + 4};
  EXPECT_EQ(accessesIn(eventsOf(programFor(outside))).size(), 8U * 2U + 4U);
}

TEST(Walk, KeepsTheKnownPartOfAConditionThatDataDecide) {
  const auto countOf = [](const std::string& value) {
    const ScopPtr scop = program("int N, double y[N], double x[N]", "for (int i = 0; i < N; i++)\n  y[i] = " + value + ";\n");
    return accessesIn(eventsOf(programFor(*makeKernel(Schedule::original(scop)), {{"N", 8}}))).size();
  };
  EXPECT_EQ(countOf("(i > 2 && y[i] > 0.5) ? x[i] : 1.0"), 8U + 5U + 5U); // y is read where i > 2, and so is x
  EXPECT_EQ(countOf("(i < 3 || y[i] > 0.5) ? 1.0 : x[i]"), 8U + 5U + 5U);
  EXPECT_EQ(countOf("(i < 3 || y[i] > 0.5) ? x[i] : 1.0"), 8U + 5U + 8U);
}

TEST(Walk, ReadsACellOncePerExecution) {
  const ScopPtr scop = program("int N, double y[N], double x[N]",
                               "for (int i = 0; i < N; i++)\n  y[i] = (i > 3 ? x[i] : 0.0) + (i < 2 ? x[i] : 0.0) + y[i] * y[i];\n");
  const AccessProgram access = programFor(*makeKernel(Schedule::original(scop)), {{"N", 8}});
  EXPECT_EQ(accessesIn(eventsOf(access)).size(), 8U * 2U + 6U);
}

TEST(Walk, EndsWhenTheSinkSaysSo) {
  std::size_t batches = 0;
  const AccessProgram program = programFor(gemm(60));
  EXPECT_FALSE(walkAccesses(program, [&](std::span<const WalkEvent>) { return ++batches < 3; }));
  EXPECT_EQ(batches, 3U);
}

} // namespace
} // namespace polyloom::test
