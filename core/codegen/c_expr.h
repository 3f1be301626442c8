// Expressions as C text.
#pragma once

#include "core/codegen/kernel.h"

#include <map>
#include <string>

namespace polyloom {

/// An index expression; minimum, maximum and floor division through the macros pl_min, pl_max, pl_floord.
std::string toC(const IndexExpr& expr);

/// The assignment of one statement execution: "B[i] = (A[i - 1] + A[i]) / 2.0;"; where the value is opaque, the
/// instance: "S0(t, i);".
std::string toC(const Kernel& kernel, const StatementCall& call);

/// Its parts: the cell of an access, and the value with other texts for the cells of some accesses.
std::string cellText(const Kernel& kernel, const StatementCall& call, std::size_t access);
std::string valueText(const Kernel& kernel, const StatementCall& call, const std::map<std::size_t, std::string>& cells);

/// The definitions of those of the three macros that `code` uses, and their #undef lines.
std::string macroDefinitions(const std::string& code);
std::string macroUndefinitions(const std::string& code);

} // namespace polyloom
