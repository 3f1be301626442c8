// OpenScop's text.
#pragma once

#include "core/openscop/block.h"

#include <string>

namespace polyloom {

/// The block in the layout that Clan writes: headings, a line of column names above each matrix, and each constraint in
/// words behind its row.
std::string printOpenScop(const OpenScopBlock& block);

} // namespace polyloom
