// Arrays as a measurement sees them: their sizes, and what they hold before a run.
#pragma once

#include "core/base/diagnostic.h"
#include "core/codegen/kernel.h"

#include <cstddef>
#include <map>
#include <span>

namespace polyloom {

/// An array with numbers for extents.
struct ArrayShape {
  std::string name;
  ElementType element = ElementType::Float64;
  std::vector<std::int64_t> extents;
  bool isLocal = false;
  std::uint64_t bytes = 0;
  bool isConfined = false;
  bool isGenerated = false;
};

/// The shapes of a kernel's arrays at these parameter values.
/// Fails ("array-too-large") where a size does not fit, ("unknown-parameter") where an extent names something else.
Result<std::vector<ArrayShape>> shapesOf(const Kernel& kernel, const std::map<std::string, std::int64_t>& parameters);

/// Fills an array with well-conditioned values that depend on its name, its shape and the seed only.
///
/// Floating-point cells lie between 0.5 and 1.5. Square matrices (the last two extents are equal) are symmetric and
/// strictly diagonally dominant, so that factorizations of them stay finite. Integers lie between 0 and 3, so that
/// sequences of them match now and then.
void fillInput(const ArrayShape& shape, std::uint64_t seed, std::span<std::byte> target);

} // namespace polyloom
