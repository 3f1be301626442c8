// A sweep in a terminal: a list for one number, a grid for two, and lines for other programs.
#pragma once

#include "core/snapshot/sweep.h"

#include <span>
#include <string>

namespace polyloom {

/// What can be swept: one line per number, as --vary names it, with the values that are proposed.
std::string sweepNumbersText(std::span<const SweepNumber> numbers);

/// "2.1": how --vary names a number.
std::string sweepName(std::span<const SweepNumber> numbers, const SweepPlace& place);

/// Speedups by value, the best marked and what cannot be told apart from it; illegal choices with their reason.
std::string sweepText(std::span<const SweepNumber> numbers, std::span<const SweepAxis> axes,
                      std::span<const SweepPoint> points);

/// One line per point, with a header; RFC 4180.
std::string sweepCsv(std::span<const SweepNumber> numbers, std::span<const SweepAxis> axes,
                     std::span<const SweepPoint> points);

} // namespace polyloom
