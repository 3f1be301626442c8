#include "core/legality/mend_shift.h"

#include "core/isl/affine_view.h"
#include "core/legality/mend_skew.h"
#include "core/legality/pending.h"
#include "core/schedule/affine_text.h"
#include "core/schedule/tree_edit.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>

namespace polyloom {

namespace {

enum class Direction { Later, Earlier };

/// shift(sink) >= shift(source) + least
struct Constraint {
  std::string source, sink;
  std::int64_t least;
};

using Shifts = std::map<std::string, std::int64_t>; ///< per statement

/// The smallest shifts of one sign that keep all constraints; nothing where a cycle of them cannot be kept.
std::optional<Shifts> solve(const std::vector<Constraint>& constraints, Direction direction) {
  Shifts shifts;
  for (const Constraint& constraint : constraints)
    shifts[constraint.source] = shifts[constraint.sink] = 0;
  for (std::size_t round = 0; round <= shifts.size(); ++round) {
    bool changed = false;
    for (const auto& [source, sink, least] : constraints) {
      if (shifts[sink] >= shifts[source] + least)
        continue;
      if (source == sink)
        return std::nullopt;
      if (direction == Direction::Later)
        shifts[sink] = shifts[source] + least;
      else
        shifts[source] = shifts[sink] - least;
      changed = true;
    }
    if (!changed)
      return shifts;
  }
  return std::nullopt;
}

/// What the pairs that reach a loop ask of the shifts along it. `strict`: dependences that nothing inside orders;
/// `exact`: no distances at all. Nothing where a distance has no bound.
std::optional<std::vector<Constraint>> constraintsAt(const TreeNode& loop, const std::vector<PendingPairs>& pending,
                                                     const std::set<int>& strict, bool exact) {
  std::vector<Constraint> constraints;
  for (const PendingPairs& pairs : pending) {
    const isl::set distances = distanceSet(pairs.pairs, {sidesOf(loop, pairs)});
    const auto least = minimumOf(distances, 0);
    if (!least)
      return std::nullopt;
    constraints.push_back({pairs.source, pairs.sink, (strict.contains(pairs.dependence) ? 1 : 0) - *least});
    if (!exact)
      continue;
    const auto most = maximumOf(distances, 0);
    if (!most)
      return std::nullopt;
    constraints.push_back({pairs.sink, pairs.source, *most});
  }
  return constraints;
}

Step shiftStep(const std::string& statement, const std::string& loop, const std::string& amount) {
  return {.kind = "shift", .arguments = {{"statement", {statement}}, {"loop", {loop}}, {"amount", {amount}}}};
}

/// The innermost loop around both statements of a dependence, or nothing.
std::string commonLoop(const Schedule& schedule, const std::string& source, const std::string& sink) {
  std::string innermost;
  const auto holdsBoth = [&](const TreeNode& loop) { return loop.values.contains(source) && loop.values.contains(sink); };
  for (const std::string& name : loopNames(schedule.tree()))
    if (holdsBoth(*pathToLoop(schedule.tree(), name).back()))
      innermost = name;
  return innermost;
}

/// Shifts per statement and loop name, in the order in which they were found.
struct FoundShift {
  std::string statement, loop;
  std::int64_t amount;
};

/// Mends the schedule after the culprit, one loop at a time.
class LoopByLoop {
public:
  LoopByLoop(const Breaking& breaking, const Dependences& dependences, bool reassociate, const Judge& judge)
      : breaking_(breaking), dependences_(dependences), reassociate_(reassociate), judge_(judge) {}

  /// The shifts that make the schedule legal; nothing where none do.
  std::vector<FoundShift> find(Direction direction) const {
    constexpr int kMostRounds = 6;
    Schedule schedule = breaking_.after;
    std::map<std::string, std::set<int>> strict; // per loop
    std::vector<FoundShift> found;
    LegalityReport report = breaking_.report;
    for (int round = 0; round < kMostRounds && report.verdict == LegalityReport::Verdict::Illegal; ++round) {
      const std::vector<FoundShift> shifts = atLoop(schedule, report.violations.front(), strict, direction);
      if (shifts.empty())
        return {};
      for (const FoundShift& shift : shifts) {
        Result<Schedule> next = apply(schedule, shiftStep(shift.statement, shift.loop, std::to_string(shift.amount)));
        if (!next)
          return {};
        schedule = std::move(*next);
        found.push_back(shift);
      }
      report = judge_(schedule);
    }
    return report.verdict == LegalityReport::Verdict::Legal ? merged(found) : std::vector<FoundShift>{};
  }

private:
  std::vector<FoundShift> atLoop(const Schedule& schedule, const Violation& violation,
                                 std::map<std::string, std::set<int>>& strict, Direction direction) const {
    const Dependence& dependence = dependences_.all()[static_cast<std::size_t>(violation.dependence)];
    const auto name = [&](int statement) { return schedule.program().statements[static_cast<std::size_t>(statement)].name; };
    std::string loop = violation.loop;
    if (loop.empty()) {
      loop = commonLoop(schedule, name(dependence.from), name(dependence.to));
      if (loop.empty() || !strict[loop].insert(violation.dependence).second)
        return {};
    }
    const std::vector<TreePtr> path = pathToLoop(schedule.tree(), loop);
    const bool exact = violation.cause == Violation::Cause::Parallel || violation.cause == Violation::Cause::Lanes;
    const auto constraints = constraintsAt(*path.back(), pendingAt(schedule, dependences_, path, reassociate_),
                                           strict[loop], exact);
    const std::optional<Shifts> solved = constraints ? solve(*constraints, direction) : std::nullopt;
    std::vector<FoundShift> shifts;
    for (const auto& [statement, amount] : solved.value_or(Shifts{}))
      if (amount != 0)
        shifts.push_back({statement, loop, amount});
    return shifts;
  }

  static std::vector<FoundShift> merged(const std::vector<FoundShift>& shifts) {
    std::vector<FoundShift> result;
    for (const FoundShift& shift : shifts) {
      const auto same = std::ranges::find_if(
          result, [&](const FoundShift& r) { return r.statement == shift.statement && r.loop == shift.loop; });
      if (same == result.end())
        result.push_back(shift);
      else
        same->amount += shift.amount;
    }
    return result;
  }

  const Breaking& breaking_;
  const Dependences& dependences_;
  bool reassociate_;
  const Judge& judge_;
};

/// The name that a loop of the schedule after the culprit has before it, for one statement: the loop with the same
/// values. Empty where there is none.
std::string nameBefore(const Breaking& breaking, const std::string& statement, const std::string& loop) {
  const isl::pw_aff& value = pathToLoop(breaking.after.tree(), loop).back()->values.at(statement);
  for (const std::string& name : loopNames(breaking.before.tree())) {
    const TreePtr candidate = pathToLoop(breaking.before.tree(), name).back();
    const auto found = candidate->values.find(statement);
    if (found != candidate->values.end() && candidate->tileSize == 0 && found->second.plain_is_equal(value))
      return name;
  }
  return {};
}

/// The shifts as steps before the culprit where its loops are there already, else right after it.
Mend placed(const Breaking& breaking, const std::vector<FoundShift>& shifts) {
  std::vector<Step> early, late;
  std::int64_t amount = 0;
  for (const FoundShift& shift : shifts) {
    amount += std::abs(shift.amount);
    late.push_back(shiftStep(shift.statement, shift.loop, std::to_string(shift.amount)));
    if (const std::string name = nameBefore(breaking, shift.statement, shift.loop); !name.empty())
      early.push_back(shiftStep(shift.statement, name, std::to_string(shift.amount)));
  }
  return early.size() == late.size() ? insertion(breaking, early, breaking.culprit, amount)
                                     : insertion(breaking, late, breaking.culprit + 1, amount);
}

/// Shifts that make a whole band's dependences point forward, before a step that needs that (tile).
Mends bandMends(const Breaking& breaking, const Dependences& dependences, bool reassociate, Direction direction) {
  const std::vector<std::string> band = bandOf(breaking.before, breaking.step());
  if (band.size() < 2)
    return {};
  const std::vector<PendingPairs> pending = pendingAt(
      breaking.before, dependences, pathToLoop(breaking.before.tree(), band.front()), reassociate);
  std::vector<Step> steps;
  std::int64_t total = 0;
  for (const std::string& loop : band) {
    const TreePtr node = pathToLoop(breaking.before.tree(), loop).back();
    const auto constraints = constraintsAt(*node, pending, {}, false);
    const std::optional<Shifts> solved = constraints ? solve(*constraints, direction) : std::nullopt;
    if (!solved)
      return {};
    for (const auto& [statement, amount] : *solved) {
      if (amount == 0)
        continue;
      steps.push_back(shiftStep(statement, loop, std::to_string(amount)));
      total += std::abs(amount);
    }
  }
  return steps.empty() ? Mends{} : Mends{insertion(breaking, steps, breaking.culprit, total)};
}

/// The first violated dependence's sink shifted by the largest distance backwards, a sum of parameters.
Mends parametricMends(const Breaking& breaking, const Dependences& dependences, bool reassociate) {
  constexpr std::int64_t kMoreThanAnyNumber = 1000;
  const Violation& violation = breaking.report.violations.front();
  if (violation.cause != Violation::Cause::Order || violation.loop.empty())
    return {};
  const std::vector<TreePtr> path = pathToLoop(breaking.after.tree(), violation.loop);
  Mends mends;
  for (const PendingPairs& pairs : pendingAt(breaking.after, dependences, path, reassociate)) {
    if (pairs.dependence != violation.dependence || pairs.source == pairs.sink)
      continue;
    const std::optional<isl::pw_aff> smallest = smallestDistance(pairs.pairs, sidesOf(*path.back(), pairs));
    const std::optional<AffineView> least = smallest ? viewOf(*smallest) : std::nullopt;
    if (!least || least->parameters.empty() || !least->floors.empty())
      continue;
    const std::string before = nameBefore(breaking, pairs.sink, violation.loop);
    for (const std::int64_t more : {0, 1}) {
      AffineAmount amount{.constant = more - least->constant};
      for (const auto& [name, factor] : least->parameters)
        amount.factors.emplace(name, -factor);
      const Step step = shiftStep(pairs.sink, before.empty() ? violation.loop : before, toText(amount));
      mends.push_back(insertion(breaking, {step}, breaking.culprit + (before.empty() ? 1 : 0), kMoreThanAnyNumber));
    }
  }
  return mends;
}

} // namespace

std::vector<Mends> shiftMends(const Breaking& breaking, const Dependences& dependences, bool reassociate,
                              const Judge& judge) {
  std::vector<Mends> all;
  const LoopByLoop loops(breaking, dependences, reassociate, judge);
  for (const Direction direction : {Direction::Later, Direction::Earlier}) {
    const std::vector<FoundShift> shifts = loops.find(direction);
    if (!shifts.empty())
      all.push_back({placed(breaking, shifts)});
    else if (Mends mends = bandMends(breaking, dependences, reassociate, direction); !mends.empty())
      all.push_back(std::move(mends));
  }
  if (all.empty())
    all.push_back(parametricMends(breaking, dependences, reassociate));
  return all;
}

} // namespace polyloom
