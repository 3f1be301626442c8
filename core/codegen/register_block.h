// One loop whose body is straight-line code, and the cells that it can hold in registers.
#pragma once

#include "core/codegen/constraints.h"
#include "core/codegen/kernel_reduction.h"
#include "core/codegen/linear.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace polyloom {

/// A loop that is unrolled completely, or a group of lanes.
struct FixedLoop {
  const LoopNode* node = nullptr;
  LinearForm base;       ///< its first value; may depend on fixed loops around; of lanes also on the block's loop
  std::int64_t span = 0; ///< last - first
  LinearForm root;       ///< the smallest first value: free of fixed loops
  std::int64_t reach = 0; ///< the largest last value - root
  std::vector<LinearForm> lows, highs; ///< further bounds: it runs where none of them is passed
  Constraints full;                    ///< when they never are
};

/// A cell that every iteration of the loop writes: its subscripts over fixed loops and what stands around.
struct HeldCell {
  int array = 0;
  std::vector<LinearForm> subscripts;
  std::vector<std::string> loops; ///< per subscript: the fixed loop that it names, or ""
  /// Lanes that all update the same cell: each has a part of the result, and the parts are put together after the loop.
  std::string lanes = {};
  KernelReduction reduction = {}; ///< how; only with lanes

  bool isInParts() const { return !lanes.empty(); }
};

struct RegisterBlock {
  std::map<std::string, FixedLoop> fixed; ///< by variable
  /// The part of the loop in which the bounds that move with it do not matter: its own bounds where there are none.
  IndexExpr first, last;
  bool hasBefore = false, hasAfter = false; ///< iterations may be left over there
  std::vector<const StatementCall*> calls;
  std::vector<HeldCell> held;         ///< never empty
  std::vector<IndexExpr> conditions;  ///< what must hold before the loop, beside that the part is not empty
  Constraints full;                   ///< beside those: when the loops in `padded` run over their whole span
  /// Loops whose missing iterations may be computed all the same where `inside` holds, as long as their cells are not
  /// stored: they change nothing else. Empty: none, and then `full` is, too.
  std::set<std::string> padded;
  Constraints inside;                 ///< when those read within the arrays
};

/// Nothing where the loop has no straight-line body, writes no such cell, or needs more registers than there are.
std::optional<RegisterBlock> findRegisterBlock(const Kernel& kernel, const LoopNode& loop);

/// The subscripts of an access.
std::vector<LinearForm> cellOf(const StatementCall& call, std::size_t access);

/// The held cell that an access of a call is; null: it is none.
const HeldCell* heldCellOf(const Kernel& kernel, const RegisterBlock& block, const StatementCall& call, std::size_t access);

/// The fixed loops on which a held cell depends, through the bounds of others too: inner ones first.
std::vector<std::string> loopsOf(const RegisterBlock& block, const HeldCell& cell);

} // namespace polyloom
