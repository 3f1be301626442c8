// One factor that makes intervals hold what they promise.
#pragma once

#include <vector>

namespace polyloom {

/// `ratios`: of each error to the half-width of its interval. The factor by which all half-widths are to be multiplied so
/// that a share of `coverage` of data like this lies within: the ⌈(n + 1) · coverage⌉-th smallest ratio (split conformal
/// prediction; Vovk, Gammerman, Shafer: Algorithmic learning in a random world, 2005), or the largest where n is too
/// small for that. 1 for no data; never 0.
double calibrationFactor(std::vector<double> ratios, double coverage);

} // namespace polyloom
