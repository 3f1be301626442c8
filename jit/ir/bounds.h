// Bounds of loops: minima and maxima of sums.
#pragma once

#include "core/codegen/kernel.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace polyloom::ir {

/// The operands of nested minima or maxima (`op`); the expression itself where it is neither.
std::vector<const IndexExpr*> partsOf(const IndexExpr& expr, IndexExpr::Op op);

/// left - right, where it is the same number whatever the variables. Nothing also where one is no sum of variables with
/// constant factors.
std::optional<std::int64_t> distance(const IndexExpr& left, const IndexExpr& right);

} // namespace polyloom::ir
