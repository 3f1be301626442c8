#include "core/assemble/bounds.h"

#include "core/assemble/iteration.h"
#include "core/isl/context.h"
#include "core/isl/sets.h"

#include <optional>

namespace polyloom {

namespace {

/// A value that is one affine expression where it matters is that expression everywhere; any other is 0 elsewhere.
isl::pw_aff extendToAllParameters(const isl::pw_aff& value) {
  const isl::pw_aff merged = value.coalesce();
  if (merged.n_piece() == 1) {
    isl::pw_aff whole;
    merged.foreach_piece([&](const isl::set&, const isl::multi_aff& piece) { whole = isl::pw_aff(piece.at(0)); });
    return whole;
  }
  const isl::pw_aff zero = constantValue(value.ctx(), 0).intersect_domain(merged.domain().complement());
  return merged.union_add(zero).coalesce();
}

isl::pw_aff afterLast(const isl::set& cells) {
  return extendToAllParameters(cells.max_multi_pw_aff().at(0).add_constant(1L));
}

/// An array whose size nobody knows may as well be a little larger, if that is easier to say: what follows the hulls of
/// the cells. Nothing where they are unbounded, or take isl longer than that is worth.
std::optional<isl::pw_aff> roundedExtent(const std::vector<isl::set>& parts) {
  constexpr unsigned long kMostOperations = 100'000;
  const IslQuota quota(parts.front().ctx(), kMostOperations);
  try {
    isl::set rounded = isl::set::empty(parts.front().space());
    for (const isl::set& cells : parts)
      rounded = rounded.unite(cells.polyhedral_hull());
    return isBounded(rounded) ? std::optional(afterLast(rounded.coalesce())) : std::nullopt;
  } catch (const isl::exception_quota&) {
    return std::nullopt;
  }
}

} // namespace

isl::pw_aff inferExtent(isl::ctx ctx, const std::vector<PendingAccess>& accesses, int array,
                        std::size_t dimension) {
  const std::string cell = "cell'"; // isl reads such a name, C does not
  const isl::pw_aff value = parameterValue(ctx, cell);
  std::vector<isl::set> parts;
  isl::set exact = isl::set::empty(isl::space::unit(ctx).add_unnamed_tuple(1U));
  for (const PendingAccess& access : accesses) {
    if (access.array != array || access.subscripts.size() <= dimension)
      continue;
    const isl::set reached = value.eq_set(access.subscripts[dimension]).intersect(access.reached);
    parts.push_back(toDimensions(projectOut(reached, access.iterators), "", {cell}));
    exact = exact.unite(parts.back());
  }
  if (exact.is_empty())
    return constantValue(ctx, 0);
  const isl::pw_aff extent = afterLast(exact.coalesce());
  if (extent.n_piece() <= 2)
    return extent;
  const std::optional<isl::pw_aff> larger = roundedExtent(parts);
  return larger && larger->n_piece() < extent.n_piece() ? *larger : extent;
}

isl::set avoid(const isl::set& bad, const isl::set& relevant) {
  const isl::set exact = bad.complement().coalesce();
  if (exact.n_basic_set() <= 1)
    return exact;
  // Without "only if the statement runs at all" the condition is usually one inequality.
  const isl::set simple = bad.gist(relevant).complement().coalesce();
  return simple.n_basic_set() < exact.n_basic_set() ? simple : exact;
}

BoundsAnswer checkBounds(const PendingAccess& access, const std::vector<isl::pw_aff>& extents) {
  const isl::ctx ctx = access.reached.ctx();
  isl::set outside = isl::set::empty(isl::space::unit(ctx));
  const isl::pw_aff zero = constantValue(ctx, 0);
  for (std::size_t k = 0; k < extents.size(); ++k) {
    const isl::pw_aff& subscript = access.subscripts[k];
    outside = outside.unite(subscript.lt_set(zero)).unite(subscript.ge_set(extents[k]));
  }
  const isl::set bad = projectOut(outside.intersect(access.reached), access.iterators).coalesce();
  if (bad.is_empty())
    return {false, allParameters(ctx)};
  const isl::set runs = projectOut(access.reached, access.iterators).coalesce();
  if (runs.is_subset(bad))
    return {true, isl::set::empty(isl::space::unit(ctx))};
  return {false, avoid(bad, runs)};
}

Assumptions::Assumptions(isl::ctx ctx) : context_(allParameters(ctx)) {}

void Assumptions::add(const isl::set& condition, const std::string& reason) {
  if (context_.is_subset(condition))
    return;
  all_.push_back({condition.gist(context_).coalesce(), reason});
  context_ = context_.intersect(condition).coalesce();
}

std::vector<Assumption> Assumptions::finish() const {
  std::vector<Assumption> kept = all_;
  for (std::size_t k = 0; k < kept.size();) {
    isl::set others = allParameters(context_.ctx());
    for (std::size_t other = 0; other < kept.size(); ++other)
      if (other != k)
        others = others.intersect(kept[other].condition);
    if (others.is_subset(kept[k].condition))
      kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(k));
    else
      ++k;
  }
  return kept;
}

} // namespace polyloom
