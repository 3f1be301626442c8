#include "core/schedule/values.h"

#include "core/base/check.h"
#include "core/isl/extra.h"

#include <fmt/format.h>

namespace polyloom {

LoopValues negate(const LoopValues& values) {
  LoopValues result;
  for (const auto& [statement, value] : values)
    result.emplace(statement, value.neg());
  return result;
}

LoopValues addScaled(const LoopValues& a, std::int64_t factor, const LoopValues& b) {
  LoopValues result;
  for (const auto& [statement, value] : a) {
    const auto other = b.find(statement);
    POLYLOOM_CHECK(other != b.end());
    result.emplace(statement, value.add(other->second.scale(static_cast<long>(factor))));
  }
  return result;
}

LoopValues divideFloor(const LoopValues& values, std::int64_t size) {
  LoopValues result;
  for (const auto& [statement, value] : values)
    result.emplace(statement, value.scale_down(static_cast<long>(size)).floor());
  return result;
}

std::set<std::string> statementsIn(const isl::union_set& domain) {
  std::set<std::string> names;
  domain.foreach_set([&](const isl::set& set) { names.insert(tupleName(set)); });
  return names;
}

LoopValues restrictTo(const LoopValues& values, const isl::union_set& domain) {
  const std::set<std::string> present = statementsIn(domain);
  LoopValues result;
  for (const auto& [statement, value] : values)
    if (present.contains(statement))
      result.emplace(statement, value);
  return result;
}

Result<isl::pw_aff> amountOn(const AffineAmount& amount, const isl::space& space, const Scop& scop,
                             const std::map<std::string, isl::pw_aff>& loopValues) {
  isl::pw_aff result = constantAff(space, amount.constant);
  for (const auto& [name, factor] : amount.factors) {
    const auto loop = loopValues.find(name);
    if (loop == loopValues.end() && !findParameter(scop, name))
      return failure("unknown-parameter", fmt::format("{} is not a parameter of {}", name, scop.function));
    const isl::pw_aff value = loop == loopValues.end() ? parameterAff(space, name) : loop->second;
    result = result.add(value.scale(static_cast<long>(factor)));
  }
  return result;
}

} // namespace polyloom
