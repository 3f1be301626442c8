// How often code is reached, without running it.
#pragma once

#include "core/codegen/kernel.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace polyloom {

/// What reaching a node once counts for; nothing: its children decide. Statement calls must have a weight.
using NodeWeight = std::function<std::optional<std::int64_t>(const LoopNode&)>;

/// The sum of the weights of all nodes that one run reaches. Below a node with a weight nothing is counted.
///
/// Exact. A loop whose variable does not matter below multiplies; a loop whose variable only enters the affine bounds of
/// the loops right below is an arithmetic series; the others are walked value by value. Nothing where that takes more
/// than `maxSteps` of such values, or where the sum leaves 63 bits.
std::optional<std::int64_t> countReached(const LoopNode& body, const std::map<std::string, std::int64_t>& parameters,
                                         const NodeWeight& weight, std::int64_t maxSteps = 5'000'000);

} // namespace polyloom
