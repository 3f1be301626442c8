// Loops over cells, for the statements that copy them.
#pragma once

#include "core/program/scop.h"
#include "core/schedule/schedule_tree.h"

#include <isl/cpp.h>

#include <string>
#include <vector>

namespace polyloom {

/// The set's dimensions first, first + 1, … as functions on it.
isl::pw_aff_list coordinatesOf(const isl::set& set, unsigned first, unsigned count);

/// Gives the copy's next dimension a loop of the program, called after the iterator.
void nameDimension(Scop& program, Statement& copy, const std::string& iterator);

/// The copy under loops with these names, one for each of its dimensions first, first + 1, …
TreePtr loopsOver(const Statement& copy, unsigned first, const std::vector<std::string>& names);

} // namespace polyloom
