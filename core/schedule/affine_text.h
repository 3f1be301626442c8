// Amounts in a recipe: sums of integers and parameters ("2", "N", "-2*N+3").
#pragma once

#include "core/base/diagnostic.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace polyloom {

/// constant + Σ factors[p] · p.
struct AffineAmount {
  std::int64_t constant = 0;
  std::map<std::string, std::int64_t> factors;
};

/// "N-1", "-2*N+3", "0": parses back to the same amount.
std::string toText(const AffineAmount& amount);

/// Refuses anything but a sum of terms INTEGER, NAME, INTEGER*NAME or NAME*INTEGER.
Result<AffineAmount> parseAffineAmount(std::string_view text);

} // namespace polyloom
