#include "models/features/access_moves.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

double product(const std::vector<double>& coefficients, const std::vector<double>& move) {
  double sum = 0;
  for (std::size_t d = 0; d < std::min(coefficients.size(), move.size()); ++d)
    sum += coefficients[d] * move[d];
  return sum;
}

/// How far the subscript gets in `times` steps. A floor changes when whole denominators have gone by.
double moved(const NumericForm& subscript, const std::vector<double>& move, double times) {
  double sum = times * product(subscript.coefficients, move);
  for (const NumericForm::Floor& floor : subscript.floors)
    sum += floor.factor * std::trunc(times * product(floor.coefficients, move) / floor.denominator + 1e-9);
  return sum;
}

} // namespace

std::vector<GroupMoves> movesOf(const OutlineStatement& statement, const NestOutline& outline) {
  std::vector<GroupMoves> result;
  const StatementFacts& facts = *statement.facts;
  for (const AccessGroup& group : facts.groups) {
    const std::vector<NumericForm>& subscripts = facts.accesses[static_cast<std::size_t>(group.first)].subscripts;
    GroupMoves moves{.group = &group, .array = outline.arrays[static_cast<std::size_t>(group.array)].get(),
                     .rank = subscripts.size(), .steps = {}, .spans = {}, .bytes = {}, .trips = {}, .origin = {}};
    for (const NumericForm& subscript : subscripts)
      moves.origin.push_back(subscript.constant + moved(subscript, statement.origin, 1));
    for (const StatementStep& step : statement.steps) {
      double bytes = 0;
      bool isMoved = false;
      for (std::size_t d = 0; d < moves.rank; ++d) {
        const double once = moved(subscripts[d], step.move, 1);
        const double all = std::abs(moved(subscripts[d], step.move, std::max(0.0, step.trips() - 1)));
        moves.steps.push_back(once);
        moves.spans.push_back(std::min(all, std::max(0.0, moves.array->extents[d] - 1)));
        bytes += once * moves.array->stride(d);
        isMoved = isMoved || once != 0 || all >= 1;
      }
      moves.bytes.push_back(bytes);
      moves.trips.push_back(isMoved ? std::max(1.0, step.trips()) : 1);
    }
    result.push_back(std::move(moves));
  }
  return result;
}

double GroupMoves::cells(std::size_t from) const {
  double visited = group->distinct, box = 1;
  for (std::size_t l = from; l < trips.size(); ++l)
    visited *= trips[l];
  for (std::size_t d = 0; d < rank; ++d) {
    double span = 1 + group->high[d] - group->low[d];
    for (std::size_t l = from; l < trips.size(); ++l)
      span += this->span(l, d);
    box *= std::min(span, std::max(1.0, array->extents[d]));
  }
  return std::min(visited, box);
}

double GroupMoves::lines(std::size_t from, double lineBytes) const {
  if (rank == 0)
    return 1;
  double visited = group->distinct; // how many there would be if all were apart
  for (std::size_t l = from; l < trips.size(); ++l)
    visited *= trips[l];
  // the innermost dimensions that are covered whole are one run of bytes; those further out give the number of runs
  double run = array->elementBytes, runs = 1, reach = array->elementBytes;
  bool isOneRun = true;
  for (std::size_t d = rank; d-- > 0;) {
    const double extent = std::max(1.0, array->extents[d]);
    double span = 1 + group->high[d] - group->low[d];
    for (std::size_t l = from; l < trips.size(); ++l)
      span += this->span(l, d);
    span = std::min(span, extent);
    if (isOneRun)
      run += (span - 1) * array->stride(d);
    else
      runs *= span;
    isOneRun = isOneRun && span >= 0.9 * extent;
    reach += (span - 1) * array->stride(d);
  }
  const double perRun = run <= array->elementBytes ? 1 : 1 + (run - array->elementBytes) / lineBytes;
  return std::max(1.0, std::min({visited, runs * perRun, 1 + reach / lineBytes}));
}

} // namespace polyloom
