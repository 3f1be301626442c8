// Groups of lanes as C: one statement on vectors of GNU C, where the cells allow it.
#pragma once

#include "core/codegen/kernel.h"

#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// When all lanes of a vector loop take part: where the index of the last one is none beyond each of these.
struct FullGroup {
  IndexExpr last;
  std::vector<IndexExpr> bounds; ///< none: always
};

/// For a loop from `first` to the lesser of `first + lanes - 1` and other bounds. Nothing for others.
std::optional<FullGroup> fullGroupOf(const LoopNode& loop);

/// The statements of a vector loop's body, each for all lanes at once, in their order:
///
///   for (j = 8 * jt; j <= 8 * jt + 7; j++)
///     C[i][j] = C[i][j] + A[i][k] * B[k][j];      →     pl_f64x8(C[i][8 * jt]) = pl_f64x8(C[i][8 * jt]) + A[i][k] * …;
///
/// Nothing where one of them does more than arithmetic on neighboring cells of one type and values that all lanes share.
std::optional<std::vector<std::string>> laneStatements(const Kernel& kernel, const LoopNode& loop);

/// The types and macros that `code` uses of those that laneStatements writes, and their #undef lines.
std::string laneDefinitions(const std::string& code);
std::string laneUndefinitions(const std::string& code);

} // namespace polyloom
