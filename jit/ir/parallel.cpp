// Loops shared among threads through LLVM's OpenMP runtime.
#include "jit/ir/access.h"
#include "jit/ir/function.h"
#include "jit/ir/index.h"
#include "jit/ir/loops.h"
#include "jit/ir/private_arrays.h"

#include <algorithm>

namespace polyloom::ir {

namespace {

using llvm::Value;

constexpr std::uint32_t kIdentCompiler = 2;   ///< kmp.h: this location comes from a compiler
constexpr std::uint32_t kStaticSchedule = 34; ///< kmp.h: kmp_sch_static, one chunk for each thread
constexpr std::uint32_t kDynamicSchedule = 35; ///< kmp.h: kmp_sch_dynamic_chunked

/// Chunks of an uneven loop: enough for all threads to end together, few enough that taking one costs nothing.
constexpr std::uint64_t kUnevenChunks = 64;

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

/// `result`: none without.
llvm::FunctionCallee runtimeFunction(UnitState& unit, const char* name, llvm::ArrayRef<llvm::Type*> arguments,
                                     llvm::Type* result = nullptr, bool isVariadic = false) {
  auto* type = llvm::FunctionType::get(result != nullptr ? result : llvm::Type::getVoidTy(unit.context()), arguments, isVariadic);
  llvm::FunctionCallee callee = unit.module.getOrInsertFunction(name, type);
  llvm::cast<llvm::Function>(callee.getCallee())->setDoesNotThrow();
  return callee;
}

/// body(first, last, loops around…, arrays, parameters, scalars): one thread's share of the iterations.
llvm::Function* emitShare(FunctionState& outer, const LoopNode& node, const Captured& captured) {
  UnitState& unit = outer.unit;
  std::vector<llvm::Type*> leading(2 + captured.loops.size(), llvm::Type::getInt64Ty(unit.context()));
  llvm::Function* function = createBody(unit, "parallel.body." + std::to_string(unit.outlined), leading);
  FunctionState fn(unit, function);
  fn.isInParallel = true;
  setFloatingFlags(fn);
  const FromPlace place(fn, node.loop);
  bindArguments(fn, static_cast<unsigned>(leading.size()));
  for (unsigned i = 0; i < captured.loops.size(); ++i)
    fn.variables[captured.loops[i]] = function->getArg(2 + i);
  fn.fullGroups = outer.fullGroups;
  fn.isInRest = outer.isInRest;
  const std::vector<Value*> allocated = placePrivateArrays(fn, node.privateArrays);
  emitLoopBetween(fn, node, function->getArg(0), function->getArg(1));
  releaseArrays(fn, allocated);
  fn.builder.CreateRetVoid();
  return function;
}

/// Where the runtime writes which iterations a thread gets.
struct Portion {
  Value* isLast;
  Value* lower;
  Value* upper;
  Value* stride;
};

Portion emitPortion(FunctionState& fn) {
  auto& b = fn.builder;
  return {b.CreateAlloca(b.getInt32Ty()), b.CreateAlloca(b.getInt64Ty()), b.CreateAlloca(b.getInt64Ty()),
          b.CreateAlloca(b.getInt64Ty())};
}

/// One block of iterations for each thread. `arguments`: the loop's first and last value, and what stands around.
void emitStaticShares(FunctionState& fn, Value* thread, std::int64_t step, llvm::Function* share,
                      std::vector<Value*> arguments) {
  auto& b = fn.builder;
  llvm::Type* pointer = b.getPtrTy();
  llvm::Type* i32 = b.getInt32Ty();
  llvm::Type* i64 = b.getInt64Ty();
  const Portion portion = emitPortion(fn);
  Value* increment = b.getInt64(static_cast<std::uint64_t>(step));
  b.CreateStore(b.getInt32(0), portion.isLast);
  b.CreateStore(arguments[0], portion.lower);
  b.CreateStore(arguments[1], portion.upper);
  b.CreateStore(increment, portion.stride);
  const auto start = runtimeFunction(fn.unit, "__kmpc_for_static_init_8",
                                     {pointer, i32, i32, pointer, pointer, pointer, pointer, i64, i64});
  b.CreateCall(start, {identOf(fn.unit), thread, b.getInt32(kStaticSchedule), portion.isLast, portion.lower,
                       portion.upper, portion.stride, increment, b.getInt64(1)});
  arguments[1] = b.CreateBinaryIntrinsic(llvm::Intrinsic::smin, b.CreateLoad(i64, portion.upper), arguments[1]);
  arguments[0] = b.CreateLoad(i64, portion.lower);
  b.CreateCall(share, arguments);
  b.CreateCall(runtimeFunction(fn.unit, "__kmpc_for_static_fini", {pointer, i32}), {identOf(fn.unit), thread});
}

/// Whoever is free takes the next iterations. `arguments` as above.
void emitDynamicShares(FunctionState& fn, Value* thread, std::int64_t step, llvm::Function* share,
                       std::vector<Value*> arguments) {
  auto& b = fn.builder;
  llvm::Type* pointer = b.getPtrTy();
  llvm::Type* i32 = b.getInt32Ty();
  llvm::Type* i64 = b.getInt64Ty();
  const Portion portion = emitPortion(fn);
  Value* increment = b.getInt64(static_cast<std::uint64_t>(step));
  Value* chunk = b.CreateUDiv(b.CreateNSWSub(arguments[1], arguments[0]),
                              b.getInt64(static_cast<std::uint64_t>(step) * kUnevenChunks));
  b.CreateCall(runtimeFunction(fn.unit, "__kmpc_dispatch_init_8", {pointer, i32, i32, i64, i64, i64, i64}),
               {identOf(fn.unit), thread, b.getInt32(kDynamicSchedule), arguments[0], arguments[1], increment,
                b.CreateNSWAdd(chunk, b.getInt64(1))});
  llvm::BasicBlock* ask = fn.block("ask");
  llvm::BasicBlock* run = fn.block("run");
  llvm::BasicBlock* done = fn.block("done");
  b.CreateBr(ask);
  b.SetInsertPoint(ask);
  const auto next = runtimeFunction(fn.unit, "__kmpc_dispatch_next_8", {pointer, i32, pointer, pointer, pointer, pointer}, i32);
  Value* more = b.CreateCall(next, {identOf(fn.unit), thread, portion.isLast, portion.lower, portion.upper, portion.stride});
  b.CreateCondBr(b.CreateIsNotNull(more), run, done);
  b.SetInsertPoint(run);
  arguments[0] = b.CreateLoad(i64, portion.lower);
  arguments[1] = b.CreateLoad(i64, portion.upper);
  b.CreateCall(share, arguments);
  b.CreateBr(ask);
  b.SetInsertPoint(done);
}

/// The runtime calls this in each thread: it asks for the thread's share and runs it.
llvm::Function* emitOutlined(UnitState& unit, const LoopNode& node, const Captured& captured, llvm::Function* share) {
  llvm::Type* pointer = llvm::PointerType::getUnqual(unit.context());
  llvm::Function* function = createFunction(unit, "parallel." + std::to_string(unit.outlined++),
                                            {pointer, pointer, pointer}, llvm::GlobalValue::InternalLinkage);
  FunctionState fn(unit, function);
  auto& b = fn.builder;
  std::vector<Value*> fields;
  for (unsigned i = 0; i < captured.record->getNumElements(); ++i)
    fields.push_back(b.CreateLoad(captured.record->getElementType(i),
                                  b.CreateStructGEP(captured.record, function->getArg(2), i)));
  Value* thread = b.CreateLoad(b.getInt32Ty(), function->getArg(0));
  (node.isUneven ? emitDynamicShares : emitStaticShares)(fn, thread, node.step, share, std::move(fields));
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
  const auto callee = runtimeFunction(unit, "__kmpc_fork_call", {pointer, b.getInt32Ty(), pointer}, nullptr, true);
  b.CreateCall(callee, {identOf(unit), b.getInt32(1), outlined, record});
  b.CreateBr(after);
  b.SetInsertPoint(after);
}

} // namespace polyloom::ir
