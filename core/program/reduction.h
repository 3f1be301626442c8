// Recognizing reductions: updates whose order only rounding can tell.
#pragma once

#include "core/program/scop.h"

namespace polyloom {

/// Whether the statement has the form x = x op e, with op one of + - * min max, e free of x's array: its instances on
/// one cell may run in any order once reassociation is allowed.
bool isReduction(const Statement& statement);

} // namespace polyloom
