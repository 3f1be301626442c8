#include "models/features/overlap.h"

#include "models/features/polyhedron.h"

#include <algorithm>

namespace polyloom {

namespace {

constexpr double kFar = 1e9; ///< no iterator gets there

/// The first access of the group.
const AccessFacts& accessOf(const OutlineStatement& statement, const GroupMoves& moves) {
  return statement.facts->accesses[static_cast<std::size_t>(moves.group->first)];
}

LinearForm difference(const NumericForm& a, const NumericForm& b, std::size_t dimensions) {
  LinearForm form;
  const auto at = [](const NumericForm& numbers, std::size_t d) { return d < numbers.coefficients.size() ? numbers.coefficients[d] : 0; };
  for (std::size_t d = 0; d < dimensions; ++d)
    form.coefficients[d] = at(a, d) - at(b, d);
  form.constant = a.constant - b.constant;
  return form;
}

bool isZero(const LinearForm& form) {
  return form.constant == 0 && std::ranges::all_of(form.coefficients, [](double each) { return each == 0; });
}

} // namespace

bool mayMeet(const OutlineStatement& statement, const GroupMoves& write, const GroupMoves& read, std::size_t body) {
  if (write.group->array != read.group->array || write.rank == 0 || write.rank != read.rank || statement.set->dimensions > kMostDimensions)
    return false;
  Polyhedron instances(statement.set->dimensions, kFar);
  for (const LinearForm& condition : statement.set->conditions)
    instances.add(condition);
  for (std::size_t d = 0; d < write.rank; ++d) {
    const NumericForm& written = accessOf(statement, write).subscripts[d];
    const NumericForm& found = accessOf(statement, read).subscripts[d];
    if (!written.floors.empty() || !found.floors.empty())
      return false;
    const LinearForm apart = difference(written, found, statement.set->dimensions);
    if (write.step(body, d) == 0 && read.step(body, d) == 0) {
      if (!isZero(apart))
        return false;
      continue;
    }
    const std::optional<Polyhedron::Range> range = instances.range(apart);
    if (!range || range->first > 0 || range->second < 0)
      return false;
  }
  return true;
}

} // namespace polyloom
