#include "core/schedule/combine.h"

#include "core/base/check.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

namespace polyloom {

namespace {

/// sum += factor · quotient. What is not divided makes up one term.
void add(std::vector<Quotient>& sum, std::int64_t factor, const Quotient& quotient) {
  const auto same = std::ranges::find_if(sum, [&](const Quotient& other) {
    return other.size == 1 ? quotient.size == 1 : isSameQuotient(other, quotient);
  });
  if (same == sum.end())
    sum.push_back({factor * quotient.factor, quotient.size, quotient.base});
  else if (quotient.size > 1)
    same->factor += factor * quotient.factor;
  else
    *same = {1, 1, same->base.scale(static_cast<long>(same->factor))
                       .add(quotient.base.scale(static_cast<long>(factor * quotient.factor)))};
}

std::vector<Quotient> sumOf(std::span<const LoopTerm> terms, const std::string& statement) {
  std::vector<Quotient> sum;
  for (const LoopTerm& term : terms)
    if (term.factor != 0)
      for (const Quotient& quotient : quotientsOf(*term.loop, statement))
        add(sum, term.factor, quotient);
  std::erase_if(sum, [](const Quotient& quotient) { return quotient.factor == 0; });
  return sum;
}

/// What is divided, as one quotient with the factor 1; empty where it takes several.
std::optional<Quotient> asOneQuotient(const std::vector<Quotient>& sum) {
  if (sum.size() != 1)
    return std::nullopt;
  const Quotient& only = sum.front();
  if (only.size == 1)
    return Quotient{1, 1, only.base.scale(static_cast<long>(only.factor))};
  if (only.factor == 1)
    return only;
  if (only.factor == -1) // -floor(x / a) = floor((a - 1 - x) / a)
    return Quotient{1, only.size, only.base.neg().add_constant(static_cast<long>(only.size - 1))};
  return std::nullopt;
}

} // namespace

TreeNode withQuotients(const TreeNode& loop, std::map<std::string, isl::pw_aff> values,
                       std::map<std::string, std::vector<Quotient>> quotients) {
  TreeNode result = loop;
  result.values = std::move(values);
  result.tileSize = 0;
  result.bases.clear();
  result.sums.clear();
  const auto isDivided = [](const auto& entry) {
    return std::ranges::any_of(entry.second, [](const Quotient& quotient) { return quotient.size > 1; });
  };
  if (std::ranges::none_of(quotients, isDivided))
    return result;
  const std::vector<Quotient>& first = quotients.begin()->second;
  const bool areTiles = std::ranges::all_of(quotients, [&](const auto& entry) {
    const std::vector<Quotient>& sum = entry.second;
    return sum.size() == 1 && sum.front().factor == 1 && sum.front().size == first.front().size;
  });
  if (!areTiles) {
    result.sums = std::move(quotients);
    return result;
  }
  result.tileSize = first.front().size;
  for (const auto& [statement, sum] : quotients)
    result.bases.emplace(statement, sum.front().base);
  return result;
}

TreeNode withCombination(const TreeNode& loop, std::span<const LoopTerm> terms) {
  std::map<std::string, isl::pw_aff> values;
  std::map<std::string, std::vector<Quotient>> quotients;
  std::int64_t stride = 0;
  for (const LoopTerm& term : terms)
    stride = std::gcd(stride, term.factor * term.loop->stride);
  for (const auto& [statement, old] : loop.values) {
    isl::pw_aff value = old.scale(0);
    for (const LoopTerm& term : terms)
      value = value.add(term.loop->values.at(statement).scale(static_cast<long>(term.factor)));
    values.emplace(statement, value);
    quotients.emplace(statement, sumOf(terms, statement));
  }
  TreeNode result = withQuotients(loop, std::move(values), std::move(quotients));
  result.stride = std::max<std::int64_t>(stride, 1);
  return result;
}

TreeNode withOffset(const TreeNode& loop, const std::string& statement, const isl::pw_aff& offset) {
  std::map<std::string, isl::pw_aff> values = loop.values;
  values.at(statement) = values.at(statement).add(offset);
  std::map<std::string, std::vector<Quotient>> quotients;
  for (const auto& [name, value] : loop.values)
    quotients.emplace(name, quotientsOf(loop, name));
  add(quotients.at(statement), 1, {1, 1, offset});
  return withQuotients(loop, std::move(values), std::move(quotients));
}

Result<TreeNode> tileLoopOver(const TreeNode& points, std::int64_t iterations, const std::string& name, TreePtr child) {
  const std::int64_t width = iterations * points.stride;
  TreeNode tile{.kind = TreeNode::Kind::Loop, .domain = points.domain, .children = {std::move(child)}, .name = name};
  std::map<std::string, isl::pw_aff> values;
  std::map<std::string, std::vector<Quotient>> quotients;
  for (const auto& [statement, value] : points.values) {
    const std::optional<Quotient> whole = asOneQuotient(quotientsOf(points, statement));
    if (!whole)
      return failure("sum-of-tiles", fmt::format("{} is a sum of tile loops; tile those before they are added up",
                                                 points.name));
    const Quotient quotient{1, width * whole->size, whole->base};
    values.emplace(statement, quotient.base.scale_down(static_cast<long>(quotient.size)).floor());
    quotients.emplace(statement, std::vector{quotient});
  }
  return withQuotients(tile, std::move(values), std::move(quotients));
}

Result<void> requireNoLanes(std::span<const TreePtr> nest) {
  for (const TreePtr& loop : nest)
    if (loop->attributes.vectorWidth > 0)
      return failure("vector-lanes", fmt::format("{} is a group of vector lanes; change the loops before one of them "
                                                 "is vectorized", loop->name));
  return {};
}

} // namespace polyloom
