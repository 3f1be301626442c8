#include "jit/ir/private_arrays.h"

#include "jit/ir/index.h"

namespace polyloom::ir {

namespace {

using llvm::Value;

constexpr std::uint64_t kAlignment = 64;
constexpr std::uint64_t kMostStackBytes = 64 * 1024; ///< threads of the OpenMP runtime have a few MiB

/// The array's size, rounded up to its alignment.
Value* emitBytes(FunctionState& fn, const KernelArray& array) {
  auto& b = fn.builder;
  Value* bytes = b.getInt64(static_cast<std::uint64_t>(sizeOf(array.element)));
  for (const IndexExpr& extent : array.extents)
    bytes = b.CreateNSWMul(bytes, emitIndex(fn, extent));
  return b.CreateAnd(b.CreateAdd(bytes, b.getInt64(kAlignment - 1)), b.getInt64(~(kAlignment - 1)));
}

Value* emitAllocation(FunctionState& fn, Value* bytes) {
  auto& b = fn.builder;
  auto* pointer = llvm::PointerType::getUnqual(fn.unit.context());
  auto* type = llvm::FunctionType::get(pointer, {b.getInt64Ty(), b.getInt64Ty()}, false);
  llvm::FunctionCallee callee = fn.unit.module.getOrInsertFunction("aligned_alloc", type);
  auto* function = llvm::cast<llvm::Function>(callee.getCallee());
  function->setDoesNotThrow();
  function->addRetAttr(llvm::Attribute::NoAlias);
  Value* memory = b.CreateCall(callee, {b.getInt64(kAlignment), bytes});
  b.CreateAlignmentAssumption(fn.unit.module.getDataLayout(), memory, kAlignment);
  return memory;
}

} // namespace

std::vector<Value*> placePrivateArrays(FunctionState& fn, const std::vector<int>& arrays) {
  std::vector<Value*> allocated;
  for (const int number : arrays) {
    const auto index = static_cast<std::size_t>(number);
    const KernelArray& array = fn.unit.kernel.arrays.at(index);
    Value* bytes = emitBytes(fn, array);
    const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(bytes);
    if (constant != nullptr && constant->getZExtValue() <= kMostStackBytes) {
      placeOnStack(fn, {number});
    } else {
      fn.arrays[index] = emitAllocation(fn, bytes);
      allocated.push_back(fn.arrays[index]);
    }
  }
  return allocated;
}

void releaseArrays(FunctionState& fn, const std::vector<Value*>& allocated) {
  auto& b = fn.builder;
  auto* type = llvm::FunctionType::get(b.getVoidTy(), {llvm::PointerType::getUnqual(fn.unit.context())}, false);
  for (Value* memory : allocated)
    b.CreateCall(fn.unit.module.getOrInsertFunction("free", type), {memory});
}

void placeOnStack(FunctionState& fn, const std::vector<int>& arrays) {
  llvm::IRBuilder<> entry(&fn.function->getEntryBlock(), fn.function->getEntryBlock().begin());
  for (const int number : arrays) {
    const auto index = static_cast<std::size_t>(number);
    const KernelArray& array = fn.unit.kernel.arrays.at(index);
    std::uint64_t cells = 1;
    for (const IndexExpr& extent : array.extents)
      cells *= static_cast<std::uint64_t>(extent.value);
    llvm::AllocaInst* memory = entry.CreateAlloca(llvm::ArrayType::get(typeOf(fn.unit, array.element), cells), nullptr,
                                                  array.name);
    memory->setAlignment(llvm::Align(kAlignment));
    fn.arrays[index] = memory;
  }
}

} // namespace polyloom::ir
