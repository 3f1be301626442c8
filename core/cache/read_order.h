// In which order, and when, a statement reads.
#pragma once

#include "core/codegen/kernel.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace polyloom {

/// A condition within a statement's value that has to come out like this.
struct ReadCondition {
  const Expr* value = nullptr; ///< of indices and parameters only
  bool wanted = true;
};

/// Conditions that hold together.
using ReadConditions = std::vector<ReadCondition>;

/// One read of a statement, at its first place in the value: what is read again is in a register.
struct OrderedRead {
  std::size_t access = 0;
  std::vector<ReadConditions> cases = {{}}; ///< it happens where one of them does
  bool isAssumed = false;                   ///< data decide whether it happens
};

/// The reads of a value from left to right. Refers to the expression.
std::vector<OrderedRead> readOrder(const Expr& value);

/// Where the read happens, with what the statement's Expr::Affine stand for. Nothing: everywhere.
std::optional<IndexExpr> conditionOf(const OrderedRead& read, const std::vector<IndexExpr>& affineValues);

} // namespace polyloom
