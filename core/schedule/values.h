// Arithmetic on a loop's values, statement by statement.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"
#include "core/schedule/affine_text.h"

#include <isl/cpp.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace polyloom {

/// Per statement its value under a loop (TreeNode::values).
using LoopValues = std::map<std::string, isl::pw_aff>;

LoopValues negate(const LoopValues& values);
/// a + factor · b, for the statements of a; b has them all.
LoopValues addScaled(const LoopValues& a, std::int64_t factor, const LoopValues& b);
/// floor(values / size).
LoopValues divideFloor(const LoopValues& values, std::int64_t size);
/// Names of the statements that have instances in `domain`.
std::set<std::string> statementsIn(const isl::union_set& domain);

/// The values of the statements that have instances in `domain`.
LoopValues restrictTo(const LoopValues& values, const isl::union_set& domain);

/// The amount as a function on `space` (a statement's). Its names are parameters of the program or, first, loops with
/// their `loopValues` on that space; refuses any other name.
Result<isl::pw_aff> amountOn(const AffineAmount& amount, const isl::space& space, const Scop& scop,
                             const std::map<std::string, isl::pw_aff>& loopValues = {});

} // namespace polyloom
