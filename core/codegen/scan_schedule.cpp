#include "core/codegen/scan_schedule.h"

#include "core/base/check.h"
#include "core/isl/extra.h"

#include <algorithm>

namespace polyloom {

ScanSchedule::ScanSchedule(const Schedule& schedule) {
  for (const Statement& statement : schedule.program().statements)
    quotients_[statement.name];
  collect(*schedule.tree().root());
  for (const Statement& statement : schedule.program().statements)
    extend(statement);
  order_ = schedule.tree().toIsl([this](const isl::union_set& domain) { return domainOf(domain); },
                                 [this](const TreeNode& loop, const std::string& statement) {
                                   return valueOf(loop, statement);
                                 });
}

void ScanSchedule::collect(const TreeNode& node) {
  for (const auto& [statement, value] : node.values) {
    std::vector<Quotient>& known = quotients_.at(statement);
    for (const Quotient& quotient : quotientsOf(node, statement))
      if (quotient.size > 1 && std::ranges::none_of(known, [&](const Quotient& other) { return isSameQuotient(other, quotient); }))
        known.push_back(quotient);
  }
  for (const TreePtr& child : node.children)
    collect(*child);
}

void ScanSchedule::extend(const Statement& statement) {
  const std::vector<Quotient>& quotients = quotients_.at(statement.name);
  const auto count = static_cast<unsigned>(quotients.size());
  const isl::pw_multi_aff instance = dropLeadingDimensions(statement.domain, count);
  isl::set extended = instance.domain();
  for (unsigned q = 0; q < count; ++q) {
    const isl::pw_aff value = dimensionAff(extended.space(), q).scale(static_cast<long>(quotients[q].size));
    const isl::pw_aff base = quotients[q].base.pullback(instance);
    extended = extended.intersect(value.le_set(base));
    extended = extended.intersect(base.lt_set(value.add_constant(static_cast<long>(quotients[q].size))));
  }
  extended_.emplace(statement.name, extended);
  instances_.emplace(statement.name, instance);
}

isl::pw_aff ScanSchedule::valueOf(const TreeNode& loop, const std::string& statement) const {
  const isl::pw_multi_aff& instance = instances_.at(statement);
  const isl::space space = extended_.at(statement).space();
  const std::vector<Quotient>& known = quotients_.at(statement);
  isl::pw_aff value = constantAff(space, 0);
  for (const Quotient& quotient : quotientsOf(loop, statement)) {
    if (quotient.size == 1) {
      value = value.add(quotient.base.pullback(instance).scale(static_cast<long>(quotient.factor)));
      continue;
    }
    const auto at = std::ranges::find_if(known, [&](const Quotient& other) { return isSameQuotient(other, quotient); });
    POLYLOOM_CHECK(at != known.end());
    const isl::pw_aff dimension = dimensionAff(space, static_cast<unsigned>(at - known.begin()));
    value = value.add(dimension.scale(static_cast<long>(quotient.factor)));
  }
  return value;
}

isl::union_set ScanSchedule::domainOf(const isl::union_set& domain) const {
  isl::union_set result = isl::union_set::empty(domain.ctx());
  domain.foreach_set([&](const isl::set& part) {
    const std::string statement = tupleName(part);
    result = result.unite(isl::union_set(part.preimage(instances_.at(statement)).intersect(extended_.at(statement))));
  });
  return result;
}

} // namespace polyloom
