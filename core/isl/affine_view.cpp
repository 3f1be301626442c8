#include "core/isl/affine_view.h"

#include "core/isl/managed.h"

#include <isl/aff.h>
#include <isl/val.h>

namespace polyloom {

namespace {

/// An integral value; consumes it.
std::optional<std::int64_t> integer(isl::ctx ctx, isl_val* value) {
  const isl::val held = managed(ctx, value);
  return held.is_int() ? std::optional<std::int64_t>(held.num_si()) : std::nullopt;
}

isl::aff onlyPiece(const isl::pw_aff& value) {
  isl::aff only;
  isl::pw_multi_aff(value).foreach_piece([&](const isl::set&, const isl::multi_aff& piece) { only = piece.at(0); });
  return only;
}

/// Division `position` of `aff`, times `factor`; nothing where it holds divisions itself.
std::optional<FloorView> floorOf(const isl::aff& aff, int position, std::int64_t factor) {
  const isl::aff quotient = managed(aff.ctx(), isl_aff_get_div(aff.get(), position));
  const std::optional<std::int64_t> size = integer(aff.ctx(), isl_aff_get_denominator_val(quotient.get()));
  const isl_size inner = isl_aff_dim(quotient.get(), isl_dim_div);
  for (isl_size d = 0; d < inner; ++d)
    if (integer(aff.ctx(), isl_aff_get_coefficient_val(quotient.get(), isl_dim_div, d)) != 0)
      return std::nullopt;
  if (!size)
    return std::nullopt;
  return FloorView{factor, *size, isl::pw_aff(quotient.scale(static_cast<long>(*size)))};
}

} // namespace

std::optional<AffineView> viewOf(const isl::pw_aff& value) {
  if (isl_pw_aff_n_piece(value.get()) != 1)
    return std::nullopt;
  const isl::aff aff = onlyPiece(value);
  const auto factorOf = [&](isl_dim_type kind, isl_size d) {
    return integer(aff.ctx(), isl_aff_get_coefficient_val(aff.get(), kind, static_cast<int>(d)));
  };
  AffineView view;
  const std::optional<std::int64_t> constant = integer(aff.ctx(), isl_aff_get_constant_val(aff.get()));
  if (!constant)
    return std::nullopt;
  view.constant = *constant;
  const isl_size dimensions = isl_aff_dim(aff.get(), isl_dim_in), parameters = isl_aff_dim(aff.get(), isl_dim_param);
  const isl_size floors = isl_aff_dim(aff.get(), isl_dim_div);
  for (isl_size d = 0; d < dimensions; ++d) {
    const std::optional<std::int64_t> factor = factorOf(isl_dim_in, d);
    if (!factor)
      return std::nullopt;
    view.dimensions.push_back(*factor);
  }
  for (isl_size p = 0; p < parameters; ++p) {
    const std::optional<std::int64_t> factor = factorOf(isl_dim_param, p);
    if (!factor)
      return std::nullopt;
    if (*factor != 0)
      view.parameters.emplace(isl_aff_get_dim_name(aff.get(), isl_dim_param, static_cast<unsigned>(p)), *factor);
  }
  for (isl_size d = 0; d < floors; ++d) {
    const std::optional<std::int64_t> factor = factorOf(isl_dim_div, d);
    if (!factor)
      return std::nullopt;
    if (*factor == 0)
      continue;
    std::optional<FloorView> floor = floorOf(aff, static_cast<int>(d), *factor);
    if (!floor)
      return std::nullopt;
    view.floors.push_back(std::move(*floor));
  }
  return view;
}

} // namespace polyloom
