// Comparison of a variant's results with the original's.
#pragma once

#include "core/program/types.h"

#include <cstddef>
#include <span>

namespace polyloom {

/// How far two arrays agree.
struct Agreement {
  bool isIdentical = true;     ///< every cell has the same value; NaN equals nothing, not even itself
  bool isWithinTolerance = true; ///< integers: identical; double: 1e-9, float: 1e-4 of the array's magnitude
  double maxRelativeError = 0; ///< relative to the cell or to the array's mean magnitude, whichever is larger
};

/// Compares cell by cell; both spans have the same size.
Agreement compareArrays(ElementType element, std::span<const std::byte> expected, std::span<const std::byte> actual);

/// Both hold.
Agreement combine(const Agreement& left, const Agreement& right);

} // namespace polyloom
