// Updates x = x op e among a kernel's statements, and how partial results of them are put together.
#pragma once

#include "core/codegen/kernel.h"

#include <cstddef>
#include <optional>

namespace polyloom {

enum class ReductionOp { Sum, Product, Minimum, Maximum };

struct KernelReduction {
  ReductionOp op = ReductionOp::Sum; ///< a difference x - e is a sum, too
  ElementType element = ElementType::Float64;
};

/// Nothing where the call is no such update, or e reads a cell with the same subscripts. That e reads none of the cells
/// that other executions update is for legality to know.
std::optional<KernelReduction> reductionOf(const Kernel& kernel, const StatementCall& call);

/// Whether executions that differ in the variable only may update the same cell.
bool mayMeet(const StatementCall& call, const std::string& variable);

/// What a partial result starts from. Nothing for the least or greatest: those start from any value of theirs, such as
/// what the cell holds before.
ExprPtr neutralValue(const KernelReduction& reduction);

/// The values of two accesses put together.
ExprPtr combination(const KernelReduction& reduction, int left, int right);

} // namespace polyloom
