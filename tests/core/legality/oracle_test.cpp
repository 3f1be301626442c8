// The verdict against brute force: every instance, every conflict, the new order, one by one.
#include "core/legality/legality.h"
#include "core/legality/witness.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/tree_edit.h"
#include "tests/support/instances.h"
#include "tests/support/programs.h"
#include "tests/support/random_recipes.h"

#include <gtest/gtest.h>

#include <algorithm>
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

/// The first violated conflict at small parameter values, in words; nothing where all are kept.
std::optional<std::string> bruteForce(const Subject& subject, const Schedule& schedule) {
  for (const Execution& execution : subject.executions) {
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

struct Tally {
  int legal = 0;
  int illegal = 0;
};

void compare(const Subject& subject, const Schedule& schedule, Tally& tally) {
  const LegalityReport report = checkLegality(schedule, subject.dependences);
  ASSERT_NE(report.verdict, Verdict::Unknown);
  const std::optional<std::string> violated = bruteForce(subject, schedule);
  if (report.verdict == Verdict::Legal) {
    ++tally.legal;
    EXPECT_FALSE(violated) << "called legal, but " << *violated;
    return;
  }
  ++tally.illegal;
  for (const Violation& violation : report.violations)
    EXPECT_TRUE(isConfirmed(schedule, findWitness(*subject.scop, subject.dependences, violation)));
}

TEST(LegalityOracle, AgreesWithBruteForceOnRandomRecipes) {
  constexpr int kRecipesPerProgram = 55;
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
  EXPECT_GE(4 * tally.legal, all) << tally.legal << " of " << all << " are legal";
  EXPECT_GE(4 * tally.illegal, all) << tally.illegal << " of " << all << " are illegal";
  for (const StepKind& kind : catalogue())
    EXPECT_GE(recipes.applied().contains(std::string(kind.name)) ? recipes.applied().at(std::string(kind.name)) : 0, 10)
        << kind.name;
  std::cout << "legal " << tally.legal << " of " << all << "\n";
}

} // namespace
} // namespace polyloom::test
