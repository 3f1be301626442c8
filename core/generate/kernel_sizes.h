// Parameter values with which a generated kernel takes some milliseconds.
#pragma once

#include "core/generate/kernel_extent.h"
#include "core/generate/random.h"

#include <string>
#include <vector>

namespace polyloom {

/// A statement's cost: `weight` at each of the iterations that these loops have together.
struct KernelCost {
  double weight = 1;
  std::vector<KernelExtent> trips;
};

/// What is known of a program when all of it is written.
struct KernelAmounts {
  std::vector<std::string> sizes; ///< parameters that size arrays
  bool hasTime = false;           ///< T repeats something
  std::vector<KernelCost> costs;
  std::vector<std::vector<KernelExtent>> arrays;
  int elementBytes = 8;
};

using KernelSizes = std::map<std::string, std::int64_t>;

/// Values of similar size, drawn, that give the program half a millisecond to ten on a present core, as far as counting
/// tells, with at most 48 MiB of arrays.
KernelSizes drawKernelSizes(const KernelAmounts& amounts, Random& random);

/// Small values that differ from each other, for checks.
KernelSizes smallKernelSizes(const KernelAmounts& amounts);

/// "N=100 T=20".
std::string kernelSizesText(const KernelSizes& sizes);

} // namespace polyloom
