// What can be swept in a recipe, and the recipes of a sweep.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"
#include "core/schedule/step.h"
#include "core/snapshot/make_snapshot.h"
#include "core/snapshot/sweep.h"

#include <optional>
#include <span>
#include <vector>

namespace polyloom {

/// What may be worth trying for a count: powers of two and the values half-way between them, within the form's bounds and the
/// loop's number of iterations (absent: not known), and `value` itself. `coarse`: powers of two only.
std::vector<std::int64_t> countCandidates(std::int64_t minimum, std::int64_t maximum,
                                          std::optional<std::int64_t> iterations, std::int64_t value, bool coarse);

/// All numbers of a recipe's steps but those of a matrix or an affine sum, in the order of the recipe. Loops count their iterations at
/// these parameter values (absent: the defaults). Steps after the first refused one have none.
/// Cost: milliseconds; a loop whose range is too much work counts as endless.
std::vector<SweepNumber> makeSweepNumbers(const ScopPtr& scop, const Recipe& recipe, const ParameterValues& values);

/// One point per choice, the first axis slowest. Refuses axes that name no number of the recipe, the same number twice, values
/// outside of the form's bounds, no values, and more than kMostSweepPoints choices.
Result<std::vector<SweepPoint>> makeSweepPoints(const Recipe& recipe, std::span<const SweepAxis> axes);

} // namespace polyloom
