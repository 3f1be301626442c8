#include "jit/ir/loops.h"

#include "core/base/check.h"
#include "jit/ir/full_groups.h"
#include "jit/ir/index.h"
#include "jit/ir/private_arrays.h"
#include "jit/ir/statement.h"

#include <llvm/IR/MDBuilder.h>

namespace polyloom::ir {

namespace {

using llvm::Value;

llvm::MDNode* flag(llvm::LLVMContext& context, const char* name) {
  return llvm::MDNode::get(context, llvm::MDString::get(context, name));
}

llvm::MDNode* number(llvm::LLVMContext& context, const char* name, llvm::Constant* value) {
  return llvm::MDNode::get(context, {llvm::MDString::get(context, name), llvm::ConstantAsMetadata::get(value)});
}

/// The metadata of a loop's back edge: a distinct node that names itself first.
llvm::MDNode* loopMetadata(FunctionState& fn, const LoopHints& hints) {
  auto& context = fn.unit.context();
  auto& b = fn.builder;
  std::vector<llvm::Metadata*> facts = {nullptr, flag(context, "llvm.loop.mustprogress")};
  if (hints.isRemainder) {
    facts.push_back(number(context, "llvm.loop.vectorize.enable", b.getInt1(false)));
    facts.push_back(flag(context, "llvm.loop.unroll.disable"));
  } else if (hints.unroll == kUnrollFull) {
    facts.push_back(flag(context, "llvm.loop.unroll.full"));
  } else if (hints.unroll > 1) {
    const auto count = static_cast<std::uint32_t>(hints.unroll);
    facts.push_back(number(context, kUnrollLater, b.getInt32(count)));
  }
  llvm::MDNode* node = llvm::MDNode::getDistinct(context, facts);
  node->replaceOperandWith(0, node);
  return node;
}

void emitBody(FunctionState& fn, const LoopNode& node, Value* first, Value* last, const LoopHints& hints) {
  emitCountedLoop(fn, node.variable, first, last, node.step, hints, [&] { emitNode(fn, node.children.at(0)); });
}

Value* emitExtreme(FunctionState& fn, llvm::Intrinsic::ID id, Value* start, const std::vector<IndexExpr>& others) {
  for (const IndexExpr& other : others)
    start = fn.builder.CreateBinaryIntrinsic(id, start, emitIndex(fn, other));
  return start;
}

/// The first of the values first, first + step, ... that is not below `bound`; `bound` >= first.
Value* emitNextValue(FunctionState& fn, Value* first, Value* bound, std::int64_t step) {
  auto& b = fn.builder;
  if (step == 1)
    return bound;
  Value* length = b.getInt64(static_cast<std::uint64_t>(step));
  Value* distance = b.CreateNSWAdd(b.CreateNSWSub(bound, first), b.getInt64(static_cast<std::uint64_t>(step - 1)));
  return b.CreateNSWAdd(first, b.CreateNSWMul(b.CreateUDiv(distance, length), length));
}

/// Before, inside and after the part where groups are full.
void emitSplitLoop(FunctionState& fn, const LoopNode& node, Value* first, Value* last, const FullRange& range) {
  auto& b = fn.builder;
  const LoopHints rest = {.isRemainder = true};
  Value* from = emitNextValue(fn, first, emitExtreme(fn, llvm::Intrinsic::smax, first, range.from), node.step);
  Value* to = emitExtreme(fn, llvm::Intrinsic::smin, last, range.to);
  Value* behind = b.CreateBinaryIntrinsic(llvm::Intrinsic::smax, from, b.CreateNSWAdd(to, b.getInt64(1)));
  Value* after = emitNextValue(fn, from, behind, node.step);
  if (!range.from.empty()) {
    fn.isInRest = true;
    Value* before = b.CreateBinaryIntrinsic(llvm::Intrinsic::smin, last, b.CreateNSWSub(from, b.getInt64(1)));
    emitBody(fn, node, first, before, rest);
    fn.isInRest = false;
  }
  const auto outer = fn.fullGroups;
  fn.fullGroups.insert(range.groups.begin(), range.groups.end());
  emitBody(fn, node, from, to, {.unroll = node.attributes.unroll});
  fn.fullGroups = outer;
  fn.isInRest = true;
  emitBody(fn, node, after, last, rest);
  fn.isInRest = false;
}

/// Jammed iterations, as many as can be counted.
void emitFullGroup(FunctionState& fn, const LoopNode& node, const FullGroup& group) {
  Value* first = emitIndex(fn, group.first);
  Value* last = fn.builder.CreateNSWAdd(first, fn.builder.getInt64(static_cast<std::uint64_t>(group.span)));
  emitBody(fn, node, first, last, {.unroll = node.attributes.unroll});
}

void emitLoop(FunctionState& fn, const LoopNode& node) {
  POLYLOOM_CHECK(node.step > 0);
  const FromPlace place(fn, node.loop);
  if (node.attributes.parallel && !fn.isInParallel)
    emitParallelLoop(fn, node);
  else if (node.attributes.vectorWidth > 1 && isLaneBody(node.children.at(0)))
    emitLaneLoop(fn, node);
  else if (const auto known = fn.fullGroups.find(&node); known != fn.fullGroups.end())
    emitFullGroup(fn, node, known->second);
  else
    emitLoopBetween(fn, node, emitIndex(fn, node.first), emitIndex(fn, node.last));
}

void emitGuard(FunctionState& fn, const LoopNode& node) {
  auto& b = fn.builder;
  llvm::BasicBlock* thenBlock = fn.block("then");
  llvm::BasicBlock* joined = fn.block("joined");
  const bool hasElse = node.children.size() > 1;
  llvm::BasicBlock* elseBlock = hasElse ? fn.block("else") : joined;
  b.CreateCondBr(emitCondition(fn, node.condition), thenBlock, elseBlock);
  b.SetInsertPoint(thenBlock);
  emitNode(fn, node.children.at(0));
  b.CreateBr(joined);
  if (hasElse) {
    b.SetInsertPoint(elseBlock);
    emitNode(fn, node.children[1]);
    b.CreateBr(joined);
  }
  b.SetInsertPoint(joined);
}

} // namespace

void emitCountedLoop(FunctionState& fn, const std::string& variable, Value* first, Value* last, std::int64_t step,
                     const LoopHints& hints, const std::function<void()>& body) {
  auto& b = fn.builder;
  Value* end = b.CreateNSWAdd(last, b.getInt64(1));
  llvm::BasicBlock* loop = fn.block("loop");
  llvm::BasicBlock* after = fn.block("after");
  b.CreateCondBr(b.CreateICmpSLT(first, end), loop, after);
  llvm::BasicBlock* before = b.GetInsertBlock();

  b.SetInsertPoint(loop);
  llvm::PHINode* value = b.CreatePHI(b.getInt64Ty(), 2, variable);
  value->addIncoming(first, before);
  fn.variables[variable] = value;
  body();
  fn.variables.erase(variable);
  Value* next = b.CreateNSWAdd(value, b.getInt64(static_cast<std::uint64_t>(step)));
  value->addIncoming(next, b.GetInsertBlock());
  llvm::BranchInst* backEdge = b.CreateCondBr(b.CreateICmpSLT(next, end), loop, after);
  backEdge->setMetadata(llvm::LLVMContext::MD_loop, loopMetadata(fn, hints));
  b.SetInsertPoint(after);
}

void emitLoopBetween(FunctionState& fn, const LoopNode& node, Value* first, Value* last) {
  const auto range = fn.isInRest ? std::nullopt : findFullRange(fn, node);
  if (range)
    emitSplitLoop(fn, node, first, last, *range);
  else
    emitBody(fn, node, first, last, {.unroll = node.attributes.unroll});
}

void emitNode(FunctionState& fn, const LoopNode& node) {
  switch (node.kind) {
  case LoopNode::Kind::Block:
    placeOnStack(fn, node.privateArrays);
    fn.registers.insert(node.privateArrays.begin(), node.privateArrays.end());
    for (const LoopNode& child : node.children)
      emitNode(fn, child);
    return;
  case LoopNode::Kind::For: emitLoop(fn, node); return;
  case LoopNode::Kind::If: emitGuard(fn, node); return;
  case LoopNode::Kind::Call: emitStatement(fn, node.call); return;
  }
}

} // namespace polyloom::ir
