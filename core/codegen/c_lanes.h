// Groups of lanes as C: one statement on vectors of GNU C, where the cells allow it (macros: c_lane_macros.h).
#pragma once

#include "core/codegen/kernel.h"
#include "core/snapshot/snapshot.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace polyloom {

/// A vector loop's body for all lanes at once, statement by statement; indented from 0:
///
///   for (j = 8 * jt; j <= min(N - 1, 8 * jt + 7); j++)
///     C[i][j] = C[i][j] + A[i][k] * B[k][j];
///
/// →  if (8 * jt + 7 <= N - 1) {
///      pl_f64x8(C[i][8 * jt]) = pl_f64x8(C[i][8 * jt]) + A[i][k] * pl_f64x8(B[k][8 * jt]);
///    } else {
///      const long j = 8 * jt, pl_last = min(N - 1, 8 * jt + 7) - j;
///      pl_f64x8_store(C[i][j], pl_f64x8_load(C[i][j], 0, pl_last) + A[i][k] * pl_f64x8_load(B[k][j], …), 0, pl_last);
///    }
///
/// Nothing where a statement does more than arithmetic on cells of one type and values that all lanes share, where it
/// writes no neighbors, or where other tests than from which lane on and up to which one tell who takes part.
/// `registers`: arrays that are a block's own, which lanes that do not take part may touch.
std::optional<std::vector<CodeLine>> laneCode(const Kernel& kernel, const LoopNode& loop, const std::set<int>& registers);

/// A statement on single values as one on vectors of one lane, so that compilers leave them in the registers of the
/// block: out of neighboring ones they would make vectors, cell by cell. Nothing where there is no such text.
std::optional<std::string> singleLaneText(const Kernel& kernel, const StatementCall& call);

} // namespace polyloom
