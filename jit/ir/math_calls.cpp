#include "jit/ir/math_calls.h"

#include <llvm/IR/Intrinsics.h>

#include <array>
#include <optional>
#include <string_view>

namespace polyloom::ir {

namespace {

using llvm::Value;

std::string_view plainName(std::string_view name) {
  if (name != "erf" && name.ends_with('f'))
    name.remove_suffix(1);
  return name;
}

/// Functions whose intrinsic gives the same result bit by bit.
std::optional<llvm::Intrinsic::ID> exactIntrinsic(std::string_view plain) {
  using namespace llvm;
  struct Entry {
    std::string_view name;
    Intrinsic::ID id;
  };
  static constexpr std::array<Entry, 12> kTable = {{
      {"sqrt", Intrinsic::sqrt},
      {"fabs", Intrinsic::fabs},
      {"floor", Intrinsic::floor},
      {"ceil", Intrinsic::ceil},
      {"trunc", Intrinsic::trunc},
      {"rint", Intrinsic::rint},
      {"nearbyint", Intrinsic::nearbyint},
      {"round", Intrinsic::round},
      {"copysign", Intrinsic::copysign},
      {"fma", Intrinsic::fma},
      {"fmin", Intrinsic::minnum},
      {"fmax", Intrinsic::maxnum},
  }};
  for (const Entry& entry : kTable)
    if (entry.name == plain)
      return entry.id;
  return std::nullopt;
}

llvm::FunctionCallee libraryFunction(FunctionState& fn, const std::string& name, std::size_t arity) {
  llvm::Type* type = typeOf(fn.unit, typeOfMathFunction(name));
  auto* signature = llvm::FunctionType::get(type, std::vector<llvm::Type*>(arity, type), false);
  llvm::FunctionCallee callee = fn.unit.module.getOrInsertFunction(name, signature);
  auto* function = llvm::cast<llvm::Function>(callee.getCallee());
  function->setDoesNotAccessMemory(); // errno is read by nobody
  function->setDoesNotThrow();
  function->setWillReturn();
  return callee;
}

} // namespace

ElementType typeOfMathFunction(const std::string& name) {
  if (name == "abs")
    return ElementType::Int32;
  if (name == "labs")
    return ElementType::Int64;
  return plainName(name).size() < name.size() ? ElementType::Float32 : ElementType::Float64;
}

Value* emitMathCall(FunctionState& fn, const std::string& name, llvm::ArrayRef<Value*> arguments, int lanes) {
  auto& b = fn.builder;
  if (name == "abs" || name == "labs")
    return b.CreateBinaryIntrinsic(llvm::Intrinsic::abs, arguments.front(), b.getInt1(true));
  if (const auto id = exactIntrinsic(plainName(name)))
    return b.CreateIntrinsic(arguments.front()->getType(), *id, arguments);
  const llvm::FunctionCallee callee = libraryFunction(fn, name, arguments.size());
  if (lanes == 0)
    return b.CreateCall(callee, arguments);
  Value* result = llvm::PoisonValue::get(arguments.front()->getType());
  for (int lane = 0; lane < lanes; ++lane) {
    const auto index = static_cast<std::uint64_t>(lane);
    std::vector<Value*> scalars;
    for (Value* argument : arguments)
      scalars.push_back(b.CreateExtractElement(argument, index));
    result = b.CreateInsertElement(result, b.CreateCall(callee, scalars), index);
  }
  return result;
}

} // namespace polyloom::ir
