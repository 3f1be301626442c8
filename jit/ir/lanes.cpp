// Vector code for a group of lanes.
#include "core/base/check.h"
#include "jit/ir/index.h"
#include "jit/ir/loops.h"
#include "jit/ir/statement.h"
#include "jit/ir/value.h"

#include <algorithm>

namespace polyloom::ir {

namespace {

using llvm::Value;

/// Code that runs where a condition holds.
template <typename Body> void emitWhere(FunctionState& fn, Value* condition, Body body) {
  auto& b = fn.builder;
  llvm::BasicBlock* inside = fn.block("lane.inside");
  llvm::BasicBlock* after = fn.block("lane.after");
  b.CreateCondBr(condition, inside, after);
  b.SetInsertPoint(inside);
  body();
  b.CreateBr(after);
  b.SetInsertPoint(after);
}

bool canMask(FunctionState& fn, const StatementCall& call, const Lanes& lanes) {
  const Instance instance(fn, call, &lanes);
  const Expr& value = *instance.statement.value;
  if (!isBranchFree(instance, value) || mayTrap(value))
    return false;
  for (std::size_t a = 0; a < call.subscripts.size(); ++a)
    if (!canMask(fn, instance.access(static_cast<int>(a)), lanes, a == 0))
      return false;
  return true;
}

bool canMaskAll(FunctionState& fn, const LoopNode& node, const Lanes& lanes) {
  if (node.kind == LoopNode::Kind::Call)
    return canMask(fn, node.call, lanes);
  return std::ranges::all_of(node.children, [&](const LoopNode& child) { return canMaskAll(fn, child, lanes); });
}

/// Emits the nodes below a lane loop. A guard that holds for all lanes or for none stays a branch around vector code;
/// others become masks.
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
    auto& b = fn_.builder;
    if (mentions(node.condition, lanes_.variable)) {
      Value* holds = emitLaneCondition(fn_, node.condition, lanes_);
      Value* outer = lanes_.mask;
      for (std::size_t arm = 0; arm < node.children.size(); ++arm) {
        Value* mask = arm == 0 ? holds : b.CreateNot(holds);
        lanes_.mask = outer == nullptr ? mask : b.CreateAnd(outer, mask);
        emit(node.children[arm]);
      }
      lanes_.mask = outer;
      return;
    }
    Value* holds = emitCondition(fn_, node.condition);
    for (std::size_t arm = 0; arm < node.children.size(); ++arm)
      emitWhere(fn_, arm == 0 ? holds : b.CreateNot(holds), [&] { emit(node.children[arm]); });
  }

  void emitCall(const LoopNode& node) {
    if (lanes_.mask == nullptr) {
      emitStatement(fn_, node.call, lanes_);
      return;
    }
    if (canMask(fn_, node.call, lanes_)) {
      emitWhere(fn_, fn_.builder.CreateOrReduce(lanes_.mask), [&] { emitStatement(fn_, node.call, lanes_); });
      return;
    }
    for (int lane = 0; lane < lanes_.count; ++lane) {
      Value* takesPart = fn_.builder.CreateExtractElement(lanes_.mask, static_cast<std::uint64_t>(lane));
      enterLane(fn_, lanes_, lane);
      emitWhere(fn_, takesPart, [&] { emitStatement(fn_, node.call); });
    }
    enterLane(fn_, lanes_, 0);
  }

  FunctionState& fn_;
  Lanes lanes_;
};

Lanes lanesOf(const LoopNode& node, Value* first) {
  return {.count = node.attributes.vectorWidth, .variable = node.variable, .first = first, .step = node.step};
}

/// Vector code for the lanes.
void emitGroup(FunctionState& fn, const LoopNode& node, const Lanes& lanes) {
  enterLane(fn, lanes, 0);
  LaneEmitter(fn, lanes).emit(node.children.at(0));
  fn.variables.erase(node.variable);
}

/// The first lanes of a group, as many as there are iterations: with a mask where the machine has one, else one by one.
void emitPartialGroup(FunctionState& fn, const LoopNode& node, Value* first, Value* last) {
  auto& b = fn.builder;
  Lanes lanes = lanesOf(node, first);
  enterLane(fn, lanes, 0);
  const bool canBeMasked = canMaskAll(fn, node.children.at(0), lanes);
  fn.variables.erase(node.variable);
  if (!canBeMasked) {
    emitCountedLoop(fn, node.variable, first, last, node.step, {.isRemainder = true},
                    [&] { emitNode(fn, node.children.at(0)); });
    return;
  }
  std::vector<llvm::Constant*> offsets;
  for (int lane = 0; lane < lanes.count; ++lane)
    offsets.push_back(b.getInt64(static_cast<std::uint64_t>(lane * node.step)));
  Value* span = b.CreateVectorSplat(static_cast<unsigned>(lanes.count), b.CreateNSWSub(last, first));
  lanes.mask = b.CreateICmpSLE(llvm::ConstantVector::get(offsets), span);
  emitGroup(fn, node, lanes);
}

} // namespace

bool isLaneBody(const LoopNode& node) {
  return node.kind != LoopNode::Kind::For && std::ranges::all_of(node.children, isLaneBody);
}

void emitLaneLoop(FunctionState& fn, const LoopNode& node) {
  if (const auto known = fn.fullGroups.find(&node); known != fn.fullGroups.end()) {
    emitGroup(fn, node, lanesOf(node, emitIndex(fn, known->second.first)));
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
  emitGroup(fn, node, lanesOf(node, first));
  b.CreateBr(after);

  b.SetInsertPoint(partial);
  emitPartialGroup(fn, node, first, last);
  b.CreateBr(after);
  b.SetInsertPoint(after);
}

} // namespace polyloom::ir
