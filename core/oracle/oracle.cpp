#include "core/oracle/oracle.h"

#include "core/program/reduction.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>

namespace polyloom {

namespace {

std::string valuesText(const Scop& scop, const Values& values) {
  std::string text;
  for (std::size_t p = 0; p < values.size(); ++p)
    text += fmt::format("{} {} = {}", p == 0 ? " at" : ",", scop.parameters[p].name, values[p]);
  return text;
}

} // namespace

Oracle::Oracle(const ScopPtr& scop, int bound, std::size_t enoughConflicts)
    : program_(*scop), storage_(std::make_unique<StorageOracle>(scop)) {
  std::size_t conflicts = 0;
  for (int largest = 0; largest <= bound && conflicts < enoughConflicts; ++largest) {
    for (Execution& execution : executionsAt(program_, largest)) {
      conflicts += execution.conflicts.size();
      executions_.push_back(std::move(execution));
    }
  }
  std::ranges::transform(scop->statements, std::back_inserter(isReduction_), isReduction);
}

bool Oracle::isRelaxed(const Instance& a, const Instance& b, const Values& parameters) const {
  return a.statement == b.statement && isReduction_[static_cast<std::size_t>(a.statement)] &&
         program_.cells(a, parameters, true) == program_.cells(b, parameters, true);
}

bool Oracle::keepsConflicts(const Schedule& schedule, bool mayReassociate) const {
  if (!schedule.hasSourceStorage())
    return std::ranges::none_of(executions_, [&](const Execution& execution) {
      return storage_->storageFault(schedule, execution.parameters).has_value();
    });
  const auto order = std::make_shared<const PlainSchedule>(schedule);
  return firstViolation(order, std::numeric_limits<std::int64_t>::max(), mayReassociate).empty();
}

std::string Oracle::firstViolation(const std::shared_ptr<const PlainSchedule>& order, std::int64_t limit,
                                   bool mayReassociate) const {
  for (const Execution& execution : executions_) {
    if (sizeOf(execution.parameters) >= limit)
      continue;
    const Conflict* conflict = firstViolated(NewOrder(order, execution), execution, [&](const Conflict& pair) {
      return mayReassociate && isRelaxed(execution.instances[pair.first], execution.instances[pair.second], execution.parameters);
    });
    if (conflict != nullptr)
      return fmt::format("{} has to stay before {}{}", toText(program_.scop(), execution.instances[conflict->first]),
                         toText(program_.scop(), execution.instances[conflict->second]),
                         valuesText(program_.scop(), execution.parameters));
  }
  return {};
}

std::string Oracle::refute(const PlainSchedule& order, const ClaimedPair& pair, bool mayReassociate) const {
  const auto touches = [&](const Instance& instance, bool isWrite) {
    const std::vector<Cell> cells = program_.cells(instance, pair.parameters, isWrite);
    return std::ranges::find(cells, pair.cell) != cells.end();
  };
  const char* why = nullptr;
  if (!program_.exists(pair.source, pair.parameters) || !program_.exists(pair.sink, pair.parameters))
    why = "one of the two does not exist";
  else if (!touches(pair.source, pair.sourceWrites) || !touches(pair.sink, pair.sinkWrites))
    why = "one of the two does not touch the cell";
  else if (!pair.sourceWrites && !pair.sinkWrites)
    why = "both only read the cell";
  else if (!program_.isBefore(pair.source, pair.sink))
    why = "the source executes them the other way round";
  else if (isBefore(order.placeOf(pair.source, pair.parameters), order.placeOf(pair.sink, pair.parameters)))
    why = "they are still in order";
  else if (mayReassociate && isRelaxed(pair.source, pair.sink, pair.parameters) &&
           isKeptApart(order.placeOf(pair.sink, pair.parameters), order.placeOf(pair.source, pair.parameters)))
    why = "a reduction may take them in any order";
  if (why == nullptr)
    return {};
  return fmt::format("called illegal because of {} and {}{}, but {}", toText(program_.scop(), pair.source),
                     toText(program_.scop(), pair.sink), valuesText(program_.scop(), pair.parameters), why);
}

std::string Oracle::contradiction(const Schedule& schedule, const Claim& claim) const {
  const auto order = std::make_shared<const PlainSchedule>(schedule);
  std::int64_t limit = std::numeric_limits<std::int64_t>::max(); // of the sizes at which nothing may be out of order
  for (const ClaimedPair& pair : claim.pairs) {
    if (std::string why = refute(*order, pair, claim.mayReassociate); !why.empty())
      return why;
    limit = std::min(limit, sizeOf(pair.parameters));
  }
  if (!claim.isLegal && claim.pairs.empty())
    return "called illegal without a pair that shows it";
  const std::string violation = firstViolation(order, limit, claim.mayReassociate);
  if (violation.empty())
    return {};
  return (claim.isLegal ? "called legal, but " : "there is a smaller case: ") + violation;
}

} // namespace polyloom
