// The types and macros through which generated C speaks of groups of lanes.
#pragma once

#include "core/program/expr.h"

#include <string>

namespace polyloom {

/// How many lanes a group may have; 1 stands for a value that compilers shall leave alone.
bool isLaneCount(int width);

/// "pl_f64x8", the macro of a whole group of cells: pl_f64x8(C[i][8 * jt]). With a suffix:
///
///   pl_f64x8_all(value)                      one value in all lanes
///   pl_f64x8_apart(cell, stride)             cells that are `stride` elements apart, to be read
///   pl_f64x8_load(cell, first, last)         neighbors, those of lanes first..last; zeros in the others
///   pl_f64x8_store(cell, value, first, last) likewise; the others' cells are not touched
std::string laneMacro(ElementType element, int width);

/// The types and macros that `code` uses, and their #undef lines.
std::string laneDefinitions(const std::string& code);
std::string laneUndefinitions(const std::string& code);

} // namespace polyloom
