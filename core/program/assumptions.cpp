#include "core/program/assumptions.h"

#include "core/isl/extra.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace polyloom {

std::optional<Diagnostic> refuseBrokenAssumption(const Scop& scop, const std::map<std::string, std::int64_t>& values) {
  isl::set point = isl::set::universe(scop.context.space());
  std::vector<std::string> named;
  for (const Parameter& parameter : scop.parameters) {
    const auto given = values.find(parameter.name);
    const std::int64_t value = given == values.end() ? parameter.value : given->second;
    point = fixParameter(point, parameter.name, value);
    named.push_back(fmt::format("{} = {}", parameter.name, value));
  }
  if (!point.intersect(scop.context).is_empty())
    return std::nullopt;
  Diagnostic refusal{"broken-assumption", fmt::format("{} {} an assumption of the program", fmt::join(named, ", "),
                                                      named.size() == 1 ? "breaks" : "break")};
  for (const Assumption& assumption : scop.assumptions)
    if (point.intersect(assumption.condition).is_empty())
      refusal.notes.push_back("assumed: " + assumption.reason);
  return refusal;
}

} // namespace polyloom
