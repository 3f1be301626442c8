// Loops shared among threads through LLVM's OpenMP runtime.
#include "jit/ir/access.h"
#include "jit/ir/balance.h"
#include "jit/ir/function.h"
#include "jit/ir/index.h"
#include "jit/ir/loops.h"
#include "jit/ir/private_arrays.h"

#include <algorithm>

namespace polyloom::ir {

namespace {

using llvm::Value;

constexpr std::uint32_t kIdentCompiler = 2;   ///< kmp.h: this location comes from a compiler
constexpr std::uint32_t kChunkedSchedule = 33; ///< kmp.h: kmp_sch_static_chunked, chunks dealt out in turn
constexpr std::uint32_t kStaticSchedule = 34;  ///< kmp.h: kmp_sch_static, one chunk for each thread

/// Chunks of an uneven loop: many enough that neighbors of about the same work go to all threads, few enough that each
/// writes a stretch of its own.
constexpr std::uint64_t kUnevenChunks = 64;

/// What a share is told about its iterations.
enum ShareArgument : unsigned { kFirst, kLast, kStride, kEnd, kShareArguments };

/// What a parallel region needs from around it, in the order of its context record.
struct Captured {
  std::vector<std::string> loops; ///< loop variables around, beyond the kernel's parameters
  llvm::StructType* record = nullptr;
};

Captured capture(const FunctionState& fn) {
  Captured captured;
  for (const auto& [name, value] : fn.variables)
    if (!std::ranges::any_of(fn.unit.kernel.parameters, [&](const auto& parameter) { return parameter.name == name; }))
      captured.loops.push_back(name);
  std::vector<llvm::Type*> fields(2 + captured.loops.size(), llvm::Type::getInt64Ty(fn.unit.context()));
  for (llvm::Type* type : kernelArgumentTypes(fn.unit))
    fields.push_back(type);
  captured.record = llvm::StructType::get(fn.unit.context(), fields);
  return captured;
}

/// A source location for the runtime: none.
llvm::Constant* identOf(UnitState& unit) {
  if (llvm::GlobalVariable* known = unit.module.getNamedGlobal("ident"))
    return known;
  auto& context = unit.context();
  auto* i32 = llvm::Type::getInt32Ty(context);
  auto* pointer = llvm::PointerType::getUnqual(context);
  auto* text = llvm::ConstantDataArray::getString(context, ";unknown;unknown;0;0;;");
  auto* name = new llvm::GlobalVariable(unit.module, text->getType(), true, llvm::GlobalValue::PrivateLinkage, text);
  auto* type = llvm::StructType::get(context, {i32, i32, i32, i32, pointer});
  const auto number = [&](std::uint32_t value) { return llvm::ConstantInt::get(i32, value); };
  auto* value = llvm::ConstantStruct::get(type, {number(0), number(kIdentCompiler), number(0), number(22), name});
  return new llvm::GlobalVariable(unit.module, type, true, llvm::GlobalValue::InternalLinkage, value, "ident");
}

llvm::FunctionCallee runtimeFunction(UnitState& unit, const char* name, llvm::ArrayRef<llvm::Type*> arguments,
                                     bool isVariadic = false) {
  auto* type = llvm::FunctionType::get(llvm::Type::getVoidTy(unit.context()), arguments, isVariadic);
  llvm::FunctionCallee callee = unit.module.getOrInsertFunction(name, type);
  llvm::cast<llvm::Function>(callee.getCallee())->setDoesNotThrow();
  return callee;
}

/// All chunks of a share: the first one, and what lies `stride` further, up to the end.
void emitChunks(FunctionState& fn, const LoopNode& node) {
  auto& b = fn.builder;
  Value* first = fn.function->getArg(kFirst);
  Value* span = b.CreateNSWSub(fn.function->getArg(kLast), first);
  Value* stride = fn.function->getArg(kStride);
  Value* end = fn.function->getArg(kEnd);
  llvm::BasicBlock* chunk = fn.block("chunk");
  llvm::BasicBlock* after = fn.block("after");
  llvm::BasicBlock* before = b.GetInsertBlock();
  b.CreateCondBr(b.CreateICmpSLE(first, end), chunk, after);
  b.SetInsertPoint(chunk);
  llvm::PHINode* start = b.CreatePHI(b.getInt64Ty(), 2);
  start->addIncoming(first, before);
  emitLoopBetween(fn, node, start,
                  b.CreateBinaryIntrinsic(llvm::Intrinsic::smin, b.CreateNSWAdd(start, span), end));
  Value* next = b.CreateNSWAdd(start, stride);
  start->addIncoming(next, b.GetInsertBlock());
  b.CreateCondBr(b.CreateICmpSLE(next, end), chunk, after);
  b.SetInsertPoint(after);
}

/// body(ShareArguments…, loops around…, arrays, parameters, scalars): one thread's share of the iterations.
llvm::Function* emitShare(FunctionState& outer, const LoopNode& node, const Captured& captured) {
  UnitState& unit = outer.unit;
  std::vector<llvm::Type*> leading(kShareArguments + captured.loops.size(), llvm::Type::getInt64Ty(unit.context()));
  llvm::Function* function = createBody(unit, "parallel.body." + std::to_string(unit.outlined), leading);
  FunctionState fn(unit, function);
  fn.isInParallel = true;
  setFloatingFlags(fn);
  bindArguments(fn, static_cast<unsigned>(leading.size()));
  for (unsigned i = 0; i < captured.loops.size(); ++i)
    fn.variables[captured.loops[i]] = function->getArg(kShareArguments + i);
  fn.fullGroups = outer.fullGroups;
  fn.isInRest = outer.isInRest;
  const std::vector<Value*> allocated = placePrivateArrays(fn, node.privateArrays);
  if (isUneven(node))
    emitChunks(fn, node);
  else
    emitLoopBetween(fn, node, function->getArg(kFirst), function->getArg(kLast));
  releaseArrays(fn, allocated);
  fn.builder.CreateRetVoid();
  return function;
}

/// The runtime calls this in each thread: it asks for the thread's share and runs it.
llvm::Function* emitOutlined(UnitState& unit, const LoopNode& node, const Captured& captured, llvm::Function* share) {
  llvm::Type* pointer = llvm::PointerType::getUnqual(unit.context());
  llvm::Function* function = createFunction(unit, "parallel." + std::to_string(unit.outlined++),
                                            {pointer, pointer, pointer}, llvm::GlobalValue::InternalLinkage);
  FunctionState fn(unit, function);
  auto& b = fn.builder;
  llvm::Type* i32 = b.getInt32Ty();
  llvm::Type* i64 = b.getInt64Ty();
  std::vector<Value*> fields;
  for (unsigned i = 0; i < captured.record->getNumElements(); ++i)
    fields.push_back(b.CreateLoad(captured.record->getElementType(i),
                                  b.CreateStructGEP(captured.record, function->getArg(2), i)));
  Value* thread = b.CreateLoad(i32, function->getArg(0));
  Value* isLast = b.CreateAlloca(i32);
  Value* lower = b.CreateAlloca(i64);
  Value* upper = b.CreateAlloca(i64);
  Value* stride = b.CreateAlloca(i64);
  b.CreateStore(b.getInt32(0), isLast);
  b.CreateStore(fields[0], lower);
  b.CreateStore(fields[1], upper);
  b.CreateStore(b.getInt64(static_cast<std::uint64_t>(node.step)), stride);
  const auto start = runtimeFunction(unit, "__kmpc_for_static_init_8",
                                     {pointer, i32, i32, pointer, pointer, pointer, pointer, i64, i64});
  Value* step = b.getInt64(static_cast<std::uint64_t>(node.step));
  Value* end = fields[1];
  Value* chunk = b.CreateUDiv(b.CreateNSWSub(end, fields[0]), b.CreateNSWMul(step, b.getInt64(kUnevenChunks)));
  b.CreateCall(start, {identOf(unit), thread, b.getInt32(isUneven(node) ? kChunkedSchedule : kStaticSchedule), isLast,
                       lower, upper, stride, step, b.CreateNSWAdd(chunk, b.getInt64(1))});
  std::vector<Value*> arguments = {b.CreateLoad(i64, lower),
                                   b.CreateBinaryIntrinsic(llvm::Intrinsic::smin, b.CreateLoad(i64, upper), end),
                                   b.CreateLoad(i64, stride), end};
  arguments.insert(arguments.end(), fields.begin() + 2, fields.end());
  b.CreateCall(share, arguments);
  b.CreateCall(runtimeFunction(unit, "__kmpc_for_static_fini", {pointer, i32}), {identOf(unit), thread});
  b.CreateRetVoid();
  return function;
}

/// The context record lives in the entry block, so that a region inside a loop does not grow the stack.
Value* emitRecord(FunctionState& fn, const Captured& captured, Value* first, Value* last) {
  llvm::IRBuilder<> entry(&fn.function->getEntryBlock(), fn.function->getEntryBlock().begin());
  Value* record = entry.CreateAlloca(captured.record, nullptr, "context");
  std::vector<Value*> fields = {first, last};
  for (const std::string& loop : captured.loops)
    fields.push_back(fn.variables.at(loop));
  fields.insert(fields.end(), fn.arrays.begin(), fn.arrays.end());
  for (const KernelParameter& parameter : fn.unit.kernel.parameters)
    fields.push_back(fn.variables.at(parameter.name));
  fields.insert(fields.end(), fn.scalars.begin(), fn.scalars.end());
  for (unsigned i = 0; i < fields.size(); ++i)
    fn.builder.CreateStore(fields[i], fn.builder.CreateStructGEP(captured.record, record, i));
  return record;
}

} // namespace

void emitParallelLoop(FunctionState& fn, const LoopNode& node) {
  auto& b = fn.builder;
  UnitState& unit = fn.unit;
  Value* first = emitIndex(fn, node.first);
  Value* last = emitIndex(fn, node.last);
  const Captured captured = capture(fn);
  llvm::Function* share = emitShare(fn, node, captured);
  llvm::Function* outlined = emitOutlined(unit, node, captured, share);

  llvm::BasicBlock* fork = fn.block("fork");
  llvm::BasicBlock* after = fn.block("after");
  b.CreateCondBr(b.CreateICmpSLE(first, last), fork, after);
  b.SetInsertPoint(fork);
  Value* record = emitRecord(fn, captured, first, last);
  llvm::Type* pointer = llvm::PointerType::getUnqual(unit.context());
  const auto callee = runtimeFunction(unit, "__kmpc_fork_call", {pointer, b.getInt32Ty(), pointer}, true);
  b.CreateCall(callee, {identOf(unit), b.getInt32(1), outlined, record});
  b.CreateBr(after);
  b.SetInsertPoint(after);
}

} // namespace polyloom::ir
