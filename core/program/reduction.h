// Recognizing reductions: updates whose order only rounding can tell.
#pragma once

#include "core/program/scop.h"

namespace polyloom {

/// Whether the statement has the form x = x op e, with op one of + - * min max, where no instance's e reads the cell that
/// it writes: its instances on one cell may run in any order once reassociation is allowed.
bool isReduction(const Statement& statement);

/// Those pairs of a reduction's own instances that update the same cell. `pairs`: a dependence of it on itself. The others
/// are about what e reads of the array that it writes, and keep their order: x[i] = x[i] - L[i][j] * x[j].
isl::map updatesOfOneCell(const Statement& reduction, const isl::map& pairs);

} // namespace polyloom
