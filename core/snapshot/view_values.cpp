#include "core/snapshot/view_values.h"

#include "core/isl/counting.h"
#include "core/isl/extra.h"
#include "core/isl/sets.h"

#include <array>
#include <optional>

namespace polyloom {

namespace {

/// Number of instances when every parameter has the same value, `most` where there are more; nothing if that value is
/// not admissible. Bounds that no parameter decides may be large.
std::optional<std::int64_t> countAt(const Scop& scop, std::int64_t value, std::int64_t most) {
  ParameterPoint values;
  for (const Parameter& parameter : scop.parameters)
    values.emplace_back(parameter.name, value);
  if (atParameters(scop.context, values).is_empty())
    return std::nullopt;
  std::int64_t count = 0;
  for (const Statement& statement : scop.statements)
    count += countPointsUpTo(atParameters(statement.domain, values), most - count);
  return count;
}

} // namespace

std::vector<std::int64_t> viewValues(const Scop& scop, std::int64_t maxPoints) {
  constexpr std::array<std::int64_t, 14> kCandidates = {2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32};
  if (scop.parameters.empty())
    return {};
  std::optional<std::int64_t> best;
  for (const std::int64_t candidate : kCandidates) {
    const std::optional<std::int64_t> count = countAt(scop, candidate, maxPoints + 1);
    if (!count || *count == 0)
      continue;
    if (*count > maxPoints)
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
