// Vector code for a group of lanes.
#include "core/base/check.h"
#include "jit/ir/index.h"
#include "jit/ir/loops.h"
#include "jit/ir/statement.h"

#include <algorithm>

namespace polyloom::ir {

namespace {

using llvm::Value;

/// A guard around a lane's statements that differs from lane to lane.
struct LaneGuard {
  const IndexExpr* condition;
  bool wanted;
};

void emitGuardedLane(FunctionState& fn, const LoopNode& call, std::span<const LaneGuard> guards) {
  auto& b = fn.builder;
  llvm::BasicBlock* after = fn.block("lane.after");
  for (const LaneGuard& guard : guards) {
    llvm::BasicBlock* inside = fn.block("lane.inside");
    Value* holds = emitCondition(fn, *guard.condition);
    b.CreateCondBr(holds, guard.wanted ? inside : after, guard.wanted ? after : inside);
    b.SetInsertPoint(inside);
  }
  emitStatement(fn, call.call);
  b.CreateBr(after);
  b.SetInsertPoint(after);
}

/// Emits the nodes below a lane loop; a guard that holds for all lanes or for none stays a branch around vector code.
class LaneEmitter {
public:
  LaneEmitter(FunctionState& fn, const Lanes& lanes) : fn_(fn), lanes_(lanes) {}

  void emit(const LoopNode& node) {
    switch (node.kind) {
    case LoopNode::Kind::Block:
      for (const LoopNode& child : node.children)
        emit(child);
      return;
    case LoopNode::Kind::If: emitIf(node); return;
    case LoopNode::Kind::Call: emitCall(node); return;
    case LoopNode::Kind::For: POLYLOOM_CHECK(false && "no loop among lanes");
    }
  }

private:
  void emitIf(const LoopNode& node) {
    if (mentions(node.condition, lanes_.variable)) {
      for (std::size_t arm = 0; arm < node.children.size(); ++arm) {
        guards_.push_back({&node.condition, arm == 0});
        emit(node.children[arm]);
        guards_.pop_back();
      }
      return;
    }
    auto& b = fn_.builder;
    llvm::BasicBlock* joined = fn_.block("joined");
    Value* holds = emitCondition(fn_, node.condition);
    for (std::size_t arm = 0; arm < node.children.size(); ++arm) {
      llvm::BasicBlock* inside = fn_.block("then");
      llvm::BasicBlock* outside = arm + 1 < node.children.size() ? fn_.block("else") : joined;
      b.CreateCondBr(arm == 0 ? holds : b.CreateNot(holds), inside, outside);
      b.SetInsertPoint(inside);
      emit(node.children[arm]);
      b.CreateBr(joined);
      b.SetInsertPoint(outside);
    }
  }

  void emitCall(const LoopNode& node) {
    if (guards_.empty()) {
      emitStatement(fn_, node.call, lanes_);
      return;
    }
    for (int lane = 0; lane < lanes_.count; ++lane) {
      enterLane(fn_, lanes_, lane);
      emitGuardedLane(fn_, node, guards_);
    }
    enterLane(fn_, lanes_, 0);
  }

  FunctionState& fn_;
  const Lanes& lanes_;
  std::vector<LaneGuard> guards_;
};

/// Vector code for all lanes.
void emitFullGroup(FunctionState& fn, const LoopNode& node, Value* first) {
  const Lanes lanes = {
      .count = node.attributes.vectorWidth, .variable = node.variable, .first = first, .step = node.step};
  enterLane(fn, lanes, 0);
  LaneEmitter(fn, lanes).emit(node.children.at(0));
  fn.variables.erase(node.variable);
}

} // namespace

bool isLaneBody(const LoopNode& node) {
  return node.kind != LoopNode::Kind::For && std::ranges::all_of(node.children, isLaneBody);
}

void emitLaneLoop(FunctionState& fn, const LoopNode& node) {
  if (const auto known = fn.fullGroups.find(&node); known != fn.fullGroups.end()) {
    emitFullGroup(fn, node, emitIndex(fn, known->second));
    return;
  }
  auto& b = fn.builder;
  const int width = node.attributes.vectorWidth;
  Value* first = emitIndex(fn, node.first);
  Value* last = emitIndex(fn, node.last);
  Value* span = b.CreateNSWSub(last, first);
  const std::int64_t fullSpan = (width - 1) * node.step;
  Value* isFull = node.step == 1
                      ? b.CreateICmpEQ(span, b.getInt64(static_cast<std::uint64_t>(fullSpan)))
                      : b.CreateAnd(b.CreateICmpSGE(span, b.getInt64(static_cast<std::uint64_t>(fullSpan))),
                                    b.CreateICmpSLT(span, b.getInt64(static_cast<std::uint64_t>(fullSpan + node.step))));
  llvm::BasicBlock* full = fn.block("lanes.full");
  llvm::BasicBlock* partial = fn.block("lanes.partial");
  llvm::BasicBlock* after = fn.block("lanes.after");
  b.CreateCondBr(isFull, full, partial);

  b.SetInsertPoint(full);
  emitFullGroup(fn, node, first);
  b.CreateBr(after);

  b.SetInsertPoint(partial);
  emitCountedLoop(fn, node.variable, first, last, node.step, {.isRemainder = true},
                  [&] { emitNode(fn, node.children.at(0)); });
  b.CreateBr(after);
  b.SetInsertPoint(after);
}

} // namespace polyloom::ir
