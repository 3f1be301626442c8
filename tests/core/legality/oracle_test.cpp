// The verdict against brute force: every instance, every conflict, the new order, one by one.
#include "core/legality/legality.h"
#include "core/legality/witness.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/tree_edit.h"
#include "tests/support/instances.h"
#include "tests/support/named_programs.h"
#include "tests/support/random_recipes.h"
#include "tests/support/storage_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <optional>

namespace polyloom::test {
namespace {

using Verdict = LegalityReport::Verdict;

/// A program with everything that brute force needs.
struct Subject {
  ScopPtr scop;
  Dependences dependences;
  std::vector<Execution> executions;
};

Subject subjectOf(const NamedProgram& program) {
  const ScopPtr scop = named(program.name);
  return {scop, computeDependences(*scop), executions(*scop, program.bound)};
}

/// The largest parameter value.
std::int64_t sizeOf(const Values& parameters) {
  return parameters.empty() ? 0 : *std::ranges::max_element(parameters);
}

/// The first violated conflict at parameter values below `limit`, in words; nothing where all are kept.
std::optional<std::string> bruteForce(const Subject& subject, const Schedule& schedule, std::int64_t limit) {
  for (const Execution& execution : subject.executions) {
    if (sizeOf(execution.parameters) >= limit)
      continue;
    if (!schedule.hasSourceStorage()) {
      if (std::optional<std::string> fault = storageFault(schedule, execution.parameters))
        return fault;
      continue;
    }
    const NewOrder order(schedule, execution);
    if (const Conflict* conflict = firstViolated(order, execution))
      return toText(*subject.scop, execution.instances[conflict->first]) + " has to stay before " +
             toText(*subject.scop, execution.instances[conflict->second]);
  }
  return std::nullopt;
}

Values valuesOf(const Scop& scop, const Witness& witness) {
  Values values;
  for (const Parameter& parameter : scop.parameters) {
    const auto found = std::ranges::find(witness.parameters, parameter.name, &std::pair<std::string, std::int64_t>::first);
    values.push_back(found == witness.parameters.end() ? 0 : found->second);
  }
  return values;
}

/// Whether the witness's two instances exist, conflict, and are not in order in the schedule.
::testing::AssertionResult isConfirmed(const Schedule& schedule, const Witness& witness) {
  const Scop& scop = schedule.program();
  const Execution execution = execute(scop, valuesOf(scop, witness));
  const auto& all = execution.instances;
  const Instance source{witness.source, witness.sourceInstance};
  const Instance sink{witness.sink, witness.sinkInstance};
  if (std::ranges::find(all, source) == all.end() || std::ranges::find(all, sink) == all.end())
    return ::testing::AssertionFailure() << "no such instance: " << witness.sentence;
  const Conflict conflict{execution.indexOf(source), execution.indexOf(sink)};
  if (!std::ranges::binary_search(execution.conflicts, conflict))
    return ::testing::AssertionFailure() << "no dependence: " << witness.sentence;
  if (NewOrder(schedule, execution).isBefore(conflict.first, conflict.second))
    return ::testing::AssertionFailure() << "still in order: " << witness.sentence;
  return ::testing::AssertionSuccess();
}

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

struct Tally {
  int legal = 0;
  int illegal = 0;
  int unknown = 0; ///< of changed storage only: dependences through the divisions of skewed tiles can cost too much
};

void compare(const Subject& subject, const Schedule& schedule, Tally& tally) {
  const LegalityReport report = checkLegality(schedule, subject.dependences);
  if (report.verdict == Verdict::Unknown && !schedule.hasSourceStorage()) {
    ++tally.unknown;
    return;
  }
  ASSERT_NE(report.verdict, Verdict::Unknown);
  std::int64_t limit = kNoLimit; // of the sizes at which no conflict may be violated
  for (const Violation& violation : report.violations) {
    const Witness witness = findWitness(violation);
    const Values values = valuesOf(*subject.scop, witness);
    if (schedule.hasSourceStorage())
      EXPECT_TRUE(isConfirmed(schedule, witness));
    else
      EXPECT_EQ(deniedBecause(schedule, violation, witness, values), "") << witness.sentence;
    limit = std::min(limit, sizeOf(values));
  }
  const std::optional<std::string> violated = bruteForce(subject, schedule, limit);
  EXPECT_FALSE(violated) << (limit == kNoLimit ? "called legal, but " : "there is a smaller case: ") << *violated;
  for (const Execution& execution : subject.executions)
    if (report.verdict == Verdict::Legal && !schedule.hasSourceStorage())
      EXPECT_EQ(valueFault(schedule, execution.parameters).value_or(""), "");
  ++(report.verdict == Verdict::Legal ? tally.legal : tally.illegal);
}

TEST(LegalityOracle, AgreesWithBruteForceOnRandomRecipes) {
  constexpr int kRecipesPerProgram = 80;
  RandomRecipes recipes(20'240'607);
  Tally tally;
  for (const NamedProgram& program : namedPrograms()) {
    const Subject subject = subjectOf(program);
    ASSERT_FALSE(subject.executions.empty()) << program.name;
    for (int r = 0; r < kRecipesPerProgram; ++r) {
      const Schedule schedule = recipes.draw(subject.scop);
      SCOPED_TRACE(program.name + ": " + recipeText(schedule));
      compare(subject, schedule, tally);
    }
  }
  const int all = tally.legal + tally.illegal;
  EXPECT_GE(all, 600);
  EXPECT_LE(50 * tally.unknown, all) << tally.unknown << " verdicts are unknown";
  EXPECT_GE(4 * tally.legal, all) << tally.legal << " of " << all << " are legal";
  EXPECT_GE(4 * tally.illegal, all) << tally.illegal << " of " << all << " are illegal";
  for (const StepKind& kind : catalogue())
    EXPECT_GE(recipes.applied().contains(std::string(kind.name)) ? recipes.applied().at(std::string(kind.name)) : 0, 10)
        << kind.name;
}

// The oracle can say no: without it, agreement would mean nothing.
TEST(LegalityOracle, CatchesAReversedRecurrence) {
  const Subject subject = subjectOf({.name = "downward", .file = {}, .bound = 4});
  EXPECT_FALSE(bruteForce(subject, Schedule::original(subject.scop), kNoLimit));
  const auto violated = bruteForce(subject, scheduled(subject.scop, {"reverse i"}), kNoLimit);
  ASSERT_TRUE(violated);
  EXPECT_EQ(*violated, "S0[1] has to stay before S0[0]");
}

TEST(LegalityOracle, CatchesAParallelRecurrence) {
  const Subject subject = subjectOf({.name = "downward", .file = {}, .bound = 4});
  EXPECT_TRUE(bruteForce(subject, scheduled(subject.scop, {"parallel i"}), kNoLimit));
  EXPECT_TRUE(bruteForce(subject, scheduled(subject.scop, {"vectorize i by 2"}), kNoLimit));
}

TEST(LegalityOracle, CatchesAWitnessThatIsStillInOrder) {
  const Subject subject = subjectOf({.name = "downward", .file = {}, .bound = 4});
  const Witness honest{.source = 0, .sink = 0, .sourceInstance = {1}, .sinkInstance = {0}, .parameters = {{"N", 3}}};
  EXPECT_TRUE(isConfirmed(scheduled(subject.scop, {"reverse i"}), honest));
  EXPECT_FALSE(isConfirmed(Schedule::original(subject.scop), honest));
  Witness unrelated = honest;
  unrelated.sourceInstance = {2}; // there is no such instance at N = 3
  EXPECT_FALSE(isConfirmed(scheduled(subject.scop, {"reverse i"}), unrelated));
}

TEST(LegalityOracle, FindsTheConflictsOfARecurrence) {
  const Execution execution = execute(*named("downward"), {4});
  ASSERT_EQ(execution.instances.size(), 3U);
  EXPECT_EQ(execution.instances.front().point, std::vector<std::int64_t>{2}); // it counts down
  EXPECT_EQ(execution.conflicts, (std::vector<Conflict>{{0, 1}, {1, 2}}));
}

} // namespace
} // namespace polyloom::test
