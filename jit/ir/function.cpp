#include "jit/ir/function.h"

#include "jit/ir/access.h"
#include "jit/ir/loops.h"

namespace polyloom::ir {

namespace {

using llvm::Value;

constexpr std::uint64_t kArrayAlignment = 64;

/// Cells that live for one run of the kernel: a local without dimensions is a variable, so it can stay in a register.
void placeLocalScalars(FunctionState& fn) {
  const Kernel& kernel = fn.unit.kernel;
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    const KernelArray& array = kernel.arrays[i];
    if (!array.isLocal || !array.extents.empty())
      continue;
    llvm::Type* type = typeOf(fn.unit, array.element);
    fn.arrays[i] = fn.builder.CreateAlloca(type, nullptr, array.name);
    fn.builder.CreateStore(llvm::Constant::getNullValue(type), fn.arrays[i]);
  }
}

llvm::Function* emitBody(UnitState& unit) {
  llvm::Function* function = createBody(unit, "body", {});
  FunctionState fn(unit, function);
  setFloatingFlags(fn);
  bindArguments(fn, 0);
  placeLocalScalars(fn);
  emitNode(fn, unit.kernel.body);
  fn.builder.CreateRetVoid();
  return function;
}

/// Unpacks the three arguments of the entry point.
void emitEntry(UnitState& unit, llvm::Function* body) {
  llvm::Type* pointer = llvm::PointerType::getUnqual(unit.context());
  llvm::Function* entry = createFunction(unit, kKernelSymbol, {pointer, pointer, pointer},
                                         llvm::GlobalValue::ExternalLinkage);
  FunctionState fn(unit, entry);
  auto& b = fn.builder;
  std::vector<Value*> arguments;
  const auto load = [&](unsigned argument, llvm::Type* type, std::size_t index) {
    return b.CreateLoad(type, b.CreateConstInBoundsGEP1_64(type, entry->getArg(argument), index));
  };
  for (std::size_t i = 0; i < unit.kernel.arrays.size(); ++i)
    arguments.push_back(load(0, pointer, i));
  for (std::size_t i = 0; i < unit.kernel.parameters.size(); ++i)
    arguments.push_back(load(1, b.getInt64Ty(), i));
  for (std::size_t i = 0; i < unit.kernel.scalars.size(); ++i) {
    const ElementType type = unit.kernel.scalars[i].type;
    Value* value = load(2, b.getDoubleTy(), i);
    llvm::Type* target = typeOf(unit, type);
    arguments.push_back(isFloating(type) ? b.CreateFPCast(value, target) : b.CreateFPToSI(value, target));
  }
  b.CreateCall(body, arguments);
  b.CreateRetVoid();
}

} // namespace

std::vector<llvm::Type*> kernelArgumentTypes(const UnitState& unit) {
  const Kernel& kernel = unit.kernel;
  std::vector<llvm::Type*> types(kernel.arrays.size(), llvm::PointerType::getUnqual(unit.context()));
  types.insert(types.end(), kernel.parameters.size(), llvm::Type::getInt64Ty(unit.context()));
  for (const KernelScalar& scalar : kernel.scalars)
    types.push_back(typeOf(unit, scalar.type));
  return types;
}

llvm::Function* createFunction(UnitState& unit, const std::string& name, llvm::ArrayRef<llvm::Type*> arguments,
                               llvm::GlobalValue::LinkageTypes linkage) {
  auto* type = llvm::FunctionType::get(llvm::Type::getVoidTy(unit.context()), arguments, false);
  llvm::Function* function = llvm::Function::Create(type, linkage, name, unit.module);
  function->setAttributes(unit.functionAttributes);
  return function;
}

llvm::Function* createBody(UnitState& unit, const std::string& name, llvm::ArrayRef<llvm::Type*> leading) {
  std::vector<llvm::Type*> types(leading.begin(), leading.end());
  for (llvm::Type* type : kernelArgumentTypes(unit))
    types.push_back(type);
  llvm::Function* function = createFunction(unit, name, types, llvm::GlobalValue::InternalLinkage);
  function->addFnAttr(llvm::Attribute::NoInline);
  for (std::size_t i = 0; i < unit.kernel.arrays.size(); ++i) {
    const auto argument = static_cast<unsigned>(leading.size() + i);
    const KernelArray& array = unit.kernel.arrays[i];
    const bool isVariable = array.isLocal && array.extents.empty();
    const std::uint64_t alignment = isVariable ? static_cast<std::uint64_t>(sizeOf(array.element)) : kArrayAlignment;
    function->addParamAttr(argument, llvm::Attribute::NoAlias);
    function->addParamAttr(argument, llvm::Attribute::getWithAlignment(unit.context(), llvm::Align(alignment)));
  }
  return function;
}

void setFloatingFlags(FunctionState& fn) {
  llvm::FastMathFlags flags;
  if (fn.unit.options.contract)
    flags.setAllowContract();
  fn.builder.setFastMathFlags(flags);
}

void emitKernel(UnitState& unit) { emitEntry(unit, emitBody(unit)); }

} // namespace polyloom::ir
