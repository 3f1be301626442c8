// Affine functions taken apart into integers.
#pragma once

#include <isl/cpp.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// factor · floor(base / size), with an integral affine base.
struct FloorView {
  std::int64_t factor = 1;
  std::int64_t size = 1;
  isl::pw_aff base;
};

/// constant + Σ dimensions[d]·x[d] + Σ parameters[p]·p + Σ floors.
struct AffineView {
  std::int64_t constant = 0;
  std::vector<std::int64_t> dimensions;           ///< one per dimension of the domain
  std::map<std::string, std::int64_t> parameters; ///< only those with a factor
  std::vector<FloorView> floors;
};

/// The function taken apart; nothing where it has several pieces, fractional factors, or floors within floors.
std::optional<AffineView> viewOf(const isl::pw_aff& value);

} // namespace polyloom
