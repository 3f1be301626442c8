// An expression as LOOPer's tokens.
#pragma once

#include "core/program/expr.h"
#include "models/features/looper/looper_features.h"

#include <vector>

namespace polyloom {

/// In post-order: operands stand before their operation, leaves among them as "anything else". Conversions are left out:
/// LOOPer's expressions have none. `type`: of the written array; all tokens carry it.
std::vector<LooperFeatures::Token> looperTokens(const Expr& value, ElementType type);

} // namespace polyloom
