// Control flow: blocks, loops and guards.
#pragma once

#include "jit/ir/state.h"

#include <functional>

namespace polyloom::ir {

/// A loop's metadata: by how much it is to be unrolled once vectors have been looked for (see passes.cpp).
inline constexpr const char* kUnrollLater = "polyloom.unroll.count";

/// Emits a node of the kernel's body and everything below.
void emitNode(FunctionState& fn, const LoopNode& node);

/// What the optimizer is asked to do with a loop.
struct LoopHints {
  int unroll = 0;              ///< as LoopAttributes::unroll
  bool isRemainder = false;    ///< runs rarely and briefly: neither vectorize nor unroll
};

/// for (variable = first; variable <= last; variable += step) body(), tested at the bottom and guarded at the top.
void emitCountedLoop(FunctionState& fn, const std::string& variable, llvm::Value* first, llvm::Value* last,
                     std::int64_t step, const LoopHints& hints, const std::function<void()>& body);

/// A loop over values computed already; split where groups of lanes below it are full in a part of it.
void emitLoopBetween(FunctionState& fn, const LoopNode& node, llvm::Value* first, llvm::Value* last);

/// A group of independent iterations: vector code where the group is full, a loop where it is not.
void emitLaneLoop(FunctionState& fn, const LoopNode& node);

/// Whether the lanes' code is known: statements and guards, no loops.
bool isLaneBody(const LoopNode& node);

/// A loop whose iterations are shared among the threads of the OpenMP runtime.
void emitParallelLoop(FunctionState& fn, const LoopNode& node);

} // namespace polyloom::ir
