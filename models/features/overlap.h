// Whether a compiler can tell that a loop's reads and writes of one array do not meet.
#pragma once

#include "models/features/access_moves.h"

namespace polyloom {

/// Whether, while the statement's loop number `body` runs, a read may meet a cell of the same row that another iteration
/// writes: a compiler compares the addresses of both before the loop, finds that they overlap, and makes no vectors
/// (A[i][j] = f(A[i][k], A[k][j]) where j comes by k; row k is another one but once). `write` and `read` are groups
/// of different slopes. Cost: a linear program per dimension that the loop moves.
bool mayMeet(const OutlineStatement& statement, const GroupMoves& write, const GroupMoves& read, std::size_t body);

} // namespace polyloom
