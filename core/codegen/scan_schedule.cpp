#include "core/codegen/scan_schedule.h"

#include "core/base/check.h"
#include "core/isl/extra.h"
#include "core/isl/sets.h"

#include <algorithm>

namespace polyloom {

namespace {

/// The place of a quotient among the known ones, where it is added if it is new.
std::size_t placeOf(std::vector<Quotient>& known, const Quotient& quotient) {
  const auto at = std::ranges::find_if(known, [&](const Quotient& other) { return isSameQuotient(other, quotient); });
  if (at == known.end())
    return known.push_back(quotient), known.size() - 1;
  return static_cast<std::size_t>(at - known.begin());
}

/// Whether a value moves with several dimensions.
bool isSum(const isl::pw_aff& value) {
  const unsigned count = dimensionCount(value.space().domain());
  unsigned moving = 0;
  for (unsigned d = 0; d < count; ++d)
    moving += involvesDimension(value, d) ? 1 : 0;
  return moving > 1;
}

} // namespace

ScanSchedule::ScanSchedule(const Schedule& schedule) {
  for (const Statement& statement : schedule.program().statements)
    quotients_[statement.name];
  std::vector<const TreeNode*> around;
  collect(*schedule.tree().root(), around);
  for (const Statement& statement : schedule.program().statements)
    extend(statement);
  order_ = schedule.tree().toIsl([this](const TreeNode& leaf) { return domainOf(leaf); },
                                 [this](const TreeNode& loop, const std::string& statement) {
                                   return valueOf(loop, statement);
                                 });
}

bool ScanSchedule::hasSkewedTiles() const {
  return std::ranges::any_of(quotients_, [](const auto& ofStatement) {
    return std::ranges::any_of(ofStatement.second, [](const Quotient& quotient) { return isSum(quotient.base); });
  });
}

void ScanSchedule::collect(const TreeNode& node, std::vector<const TreeNode*>& around) {
  if (node.kind == TreeNode::Kind::Leaf) {
    std::set<std::size_t>& used = used_[&node];
    node.domain.foreach_set([&](const isl::set& instances) {
      std::vector<Quotient>& known = quotients_.at(tupleName(instances));
      for (const TreeNode* loop : around)
        for (const Quotient& quotient : loop->isLoop() ? quotientsOf(*loop, tupleName(instances)) : std::vector<Quotient>{})
          if (quotient.size > 1)
            used.insert(placeOf(known, quotient));
    });
  }
  around.push_back(&node);
  for (const TreePtr& child : node.children)
    collect(*child, around);
  around.pop_back();
}

void ScanSchedule::extend(const Statement& statement) {
  const auto count = static_cast<unsigned>(quotients_.at(statement.name).size());
  instances_.emplace(statement.name, dropLeadingDimensions(statement.domain, count));
}

/// { S0[tt, it, t, i] : size · it <= base(t, i) < size · it + size } for one quotient.
isl::set ScanSchedule::boundsOf(const std::string& statement, std::size_t quotient) const {
  const auto& [factor, size, base] = quotients_.at(statement)[quotient];
  const isl::pw_multi_aff& instance = instances_.at(statement);
  const isl::pw_aff here = base.pullback(instance);
  const isl::pw_aff value =
      dimensionAff(instance.space().domain(), static_cast<unsigned>(quotient)).scale(static_cast<long>(size));
  return value.le_set(here).intersect(here.lt_set(value.add_constant(static_cast<long>(size))));
}

isl::pw_aff ScanSchedule::valueOf(const TreeNode& loop, const std::string& statement) const {
  const isl::pw_multi_aff& instance = instances_.at(statement);
  const isl::space space = instance.space().domain();
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

isl::union_set ScanSchedule::domainOf(const TreeNode& leaf) const {
  isl::union_set result = isl::union_set::empty(leaf.domain.ctx());
  leaf.domain.foreach_set([&](const isl::set& part) {
    const std::string statement = tupleName(part);
    isl::set extended = part.preimage(instances_.at(statement));
    for (std::size_t q = 0; q < quotients_.at(statement).size(); ++q) {
      const isl::pw_aff dimension = dimensionAff(extended.space(), static_cast<unsigned>(q));
      extended = extended.intersect(used_.at(&leaf).contains(q) ? boundsOf(statement, q)
                                                                : dimension.eq_set(constantAff(extended.space(), 0)));
    }
    result = result.unite(isl::union_set(extended));
  });
  return result;
}

} // namespace polyloom
