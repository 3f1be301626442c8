// Accesses as a person reads them.
#pragma once

#include "core/program/scop.h"

#include <string>

namespace polyloom {

/// "B[i - 1][j]", in the statement's own iterators.
std::string cellText(const Scop& scop, const Statement& statement, const Access& access);

} // namespace polyloom
