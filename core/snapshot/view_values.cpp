#include "core/snapshot/view_values.h"

#include "core/isl/extra.h"
#include "core/isl/sets.h"

#include <array>
#include <optional>

namespace polyloom {

namespace {

/// Number of instances when every parameter has the same value; nothing if that value is not admissible.
std::optional<double> countAt(const Scop& scop, std::int64_t value) {
  ParameterPoint values;
  for (const Parameter& parameter : scop.parameters)
    values.emplace_back(parameter.name, value);
  if (atParameters(scop.context, values).is_empty())
    return std::nullopt;
  double count = 0;
  for (const Statement& statement : scop.statements)
    count += countPoints(atParameters(statement.domain, values));
  return count;
}

} // namespace

std::vector<std::int64_t> viewValues(const Scop& scop, std::int64_t maxPoints) {
  constexpr std::array<std::int64_t, 14> kCandidates = {2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32};
  if (scop.parameters.empty())
    return {}; // and no counting: fixed bounds may be large
  std::optional<std::int64_t> best;
  for (const std::int64_t candidate : kCandidates) {
    const std::optional<double> count = countAt(scop, candidate);
    if (!count || *count == 0)
      continue;
    if (*count > static_cast<double>(maxPoints))
      break;
    best = candidate;
  }
  if (best)
    return std::vector<std::int64_t>(scop.parameters.size(), *best);
  isl::set executes = isl::set::empty(scop.context.space());
  for (const Statement& statement : scop.statements)
    executes = executes.unite(statement.domain.params());
  const isl::set admissible = scop.context.intersect(executes);
  std::vector<std::int64_t> values(scop.parameters.size(), 0);
  const std::vector<std::int64_t> smallest = lexminPoint(parametersFirst(boundParameters(admissible, 1 << 20)));
  for (unsigned p = 0; p < smallest.size(); ++p)
    if (const std::optional<int> index = findParameter(scop, parameterName(admissible, p)))
      values[static_cast<std::size_t>(*index)] = smallest[p];
  return values;
}

} // namespace polyloom
