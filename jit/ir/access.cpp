#include "jit/ir/access.h"

#include "core/base/check.h"
#include "jit/ir/index.h"

#include <llvm/Analysis/TargetTransformInfo.h>

#include <numeric>

namespace polyloom::ir {

namespace {

using llvm::Value;

llvm::Align alignmentOf(const FunctionState& fn, int array) {
  return llvm::Align(static_cast<std::uint64_t>(
      sizeOf(fn.unit.kernel.arrays.at(static_cast<std::size_t>(array)).element)));
}

llvm::Type* elementOf(const FunctionState& fn, int array) {
  return typeOf(fn.unit, fn.unit.kernel.arrays.at(static_cast<std::size_t>(array)).element);
}

/// A step from one element of an array to another. Lanes that do not take part may be outside of it.
Value* emitStep(FunctionState& fn, int array, Value* address, Value* elements, const Lanes* lanes) {
  const bool isInside = lanes == nullptr || lanes->mask == nullptr;
  return isInside ? fn.builder.CreateInBoundsGEP(elementOf(fn, array), address, elements)
                  : fn.builder.CreateGEP(elementOf(fn, array), address, elements);
}

/// Row by row, as C does: each dimension is a step of its own, so that what stays the same in a loop is visible.
Value* emitAddress(FunctionState& fn, const Access& access, const Lanes* lanes = nullptr) {
  auto& b = fn.builder;
  const auto array = static_cast<std::size_t>(access.array);
  const auto& strides = fn.strides.at(array);
  POLYLOOM_CHECK(strides.size() == access.subscripts.size());
  Value* address = fn.arrays.at(array);
  for (std::size_t d = 0; d < strides.size(); ++d) {
    Value* offset = b.CreateNSWMul(emitIndex(fn, access.subscripts[d]), strides[d]);
    address = emitStep(fn, access.array, address, offset, lanes);
  }
  return address;
}

/// How an access moves from lane to lane.
struct LaneMotion {
  enum class Kind { Still, Contiguous, Reversed, Strided, Irregular };
  Kind kind = Kind::Still;
  Value* stride = nullptr; ///< Reversed, Strided: elements from one lane to the next
};

LaneMotion motionOf(FunctionState& fn, const Access& access, const Lanes& lanes) {
  std::vector<std::int64_t> steps;
  for (const IndexExpr& subscript : access.subscripts) {
    const auto step = advance(subscript, lanes.variable);
    if (!step)
      return {LaneMotion::Kind::Irregular};
    steps.push_back(*step * lanes.step);
  }
  std::size_t moving = 0;
  while (moving < steps.size() && steps[moving] == 0)
    ++moving;
  if (moving == steps.size())
    return {LaneMotion::Kind::Still};
  if (moving + 1 == steps.size() && steps.back() == 1)
    return {LaneMotion::Kind::Contiguous};
  if (moving + 1 == steps.size() && steps.back() == -1)
    return {LaneMotion::Kind::Reversed, fn.builder.getInt64(static_cast<std::uint64_t>(-1))};
  auto& b = fn.builder;
  Value* stride = b.getInt64(0);
  for (std::size_t d = moving; d < steps.size(); ++d)
    stride = b.CreateNSWAdd(stride, b.CreateNSWMul(b.getInt64(static_cast<std::uint64_t>(steps[d])),
                                                   fn.strides.at(static_cast<std::size_t>(access.array))[d]));
  return {LaneMotion::Kind::Strided, stride};
}

Value* reverse(FunctionState& fn, Value* vector, int count) {
  std::vector<int> mask(static_cast<std::size_t>(count));
  std::iota(mask.rbegin(), mask.rend(), 0);
  return fn.builder.CreateShuffleVector(vector, mask);
}

/// The address of the lowest cell of a contiguous group.
Value* emitGroupAddress(FunctionState& fn, const Access& access, const Lanes& lanes, LaneMotion::Kind kind) {
  Value* address = emitAddress(fn, access, &lanes);
  if (kind != LaneMotion::Kind::Reversed)
    return address;
  return emitStep(fn, access.array, address, fn.builder.getInt64(static_cast<std::uint64_t>(1 - lanes.count)), &lanes);
}

/// The addresses of lanes that touch cells of no common row; leaves the variable at the first lane.
std::vector<Value*> emitLaneAddresses(FunctionState& fn, const Access& access, const Lanes& lanes,
                                      const LaneMotion& motion) {
  std::vector<Value*> addresses;
  for (int lane = 0; lane < lanes.count; ++lane) {
    if (motion.kind == LaneMotion::Kind::Irregular) {
      enterLane(fn, lanes, lane);
      addresses.push_back(emitAddress(fn, access, &lanes));
    } else if (lane == 0) {
      addresses.push_back(emitAddress(fn, access, &lanes));
    } else {
      addresses.push_back(emitStep(fn, access.array, addresses.back(), motion.stride, &lanes));
    }
  }
  enterLane(fn, lanes, 0);
  return addresses;
}

Value* emitAddressVector(FunctionState& fn, const Access& access, const Lanes& lanes, const LaneMotion& motion) {
  auto& b = fn.builder;
  const auto count = static_cast<unsigned>(lanes.count);
  Value* addresses = llvm::PoisonValue::get(llvm::FixedVectorType::get(b.getPtrTy(), count));
  std::uint64_t lane = 0;
  for (Value* address : emitLaneAddresses(fn, access, lanes, motion))
    addresses = b.CreateInsertElement(addresses, address, lane++);
  return addresses;
}

/// Whether lanes that do not take part have no cells that could be touched.
bool isMaskedInMemory(const FunctionState& fn, const Access& access, const Lanes& lanes) {
  return lanes.mask != nullptr && !fn.registers.contains(access.array);
}

} // namespace

llvm::Type* typeOf(const UnitState& unit, ElementType type) {
  auto& context = unit.context();
  switch (type) {
  case ElementType::Float32: return llvm::Type::getFloatTy(context);
  case ElementType::Float64: return llvm::Type::getDoubleTy(context);
  default: return llvm::Type::getIntNTy(context, static_cast<unsigned>(8 * sizeOf(type)));
  }
}

llvm::Type* typeOf(const UnitState& unit, ElementType type, int lanes) {
  llvm::Type* element = typeOf(unit, type);
  return lanes > 0 ? llvm::FixedVectorType::get(element, static_cast<unsigned>(lanes)) : element;
}

void bindArguments(FunctionState& fn, unsigned firstArgument) {
  const Kernel& kernel = fn.unit.kernel;
  unsigned next = firstArgument;
  const auto take = [&](const std::string& name) {
    llvm::Argument* argument = fn.function->getArg(next++);
    argument->setName(name);
    return argument;
  };
  for (const KernelArray& array : kernel.arrays)
    fn.arrays.push_back(take(array.name));
  for (const KernelParameter& parameter : kernel.parameters)
    fn.variables[parameter.name] = take(parameter.name);
  for (const KernelScalar& scalar : kernel.scalars)
    fn.scalars.push_back(take(scalar.name));
  for (const KernelArray& array : kernel.arrays) {
    std::vector<Value*> strides(array.extents.size());
    Value* stride = fn.builder.getInt64(1);
    for (std::size_t d = array.extents.size(); d-- > 0;) {
      strides[d] = stride;
      if (d > 0)
        stride = fn.builder.CreateNSWMul(stride, emitIndex(fn, array.extents[d]));
    }
    fn.strides.push_back(std::move(strides));
  }
}

Value* emitLoad(FunctionState& fn, const Access& access) {
  return fn.builder.CreateAlignedLoad(elementOf(fn, access.array), emitAddress(fn, access),
                                      alignmentOf(fn, access.array));
}

void emitStore(FunctionState& fn, const Access& access, Value* value) {
  fn.builder.CreateAlignedStore(value, emitAddress(fn, access), alignmentOf(fn, access.array));
}

Value* emitLaneLoad(FunctionState& fn, const Access& access, const Lanes& lanes) {
  auto& b = fn.builder;
  const LaneMotion motion = motionOf(fn, access, lanes);
  llvm::Type* element = elementOf(fn, access.array);
  auto* vector = llvm::FixedVectorType::get(element, static_cast<unsigned>(lanes.count));
  const llvm::Align alignment = alignmentOf(fn, access.array);
  if (motion.kind == LaneMotion::Kind::Still)
    return b.CreateVectorSplat(static_cast<unsigned>(lanes.count), emitLoad(fn, access));
  if (isMaskedInMemory(fn, access, lanes) && motion.kind == LaneMotion::Kind::Contiguous)
    return b.CreateMaskedLoad(vector, emitAddress(fn, access, &lanes), alignment, lanes.mask,
                              llvm::Constant::getNullValue(vector));
  if (isMaskedInMemory(fn, access, lanes))
    return b.CreateMaskedGather(vector, emitAddressVector(fn, access, lanes, motion), alignment, lanes.mask,
                                llvm::Constant::getNullValue(vector));
  if (motion.kind == LaneMotion::Kind::Contiguous || motion.kind == LaneMotion::Kind::Reversed) {
    Value* loaded = b.CreateAlignedLoad(vector, emitGroupAddress(fn, access, lanes, motion.kind), alignment);
    return motion.kind == LaneMotion::Kind::Reversed ? reverse(fn, loaded, lanes.count) : loaded;
  }
  Value* result = llvm::PoisonValue::get(vector);
  std::uint64_t lane = 0;
  for (Value* address : emitLaneAddresses(fn, access, lanes, motion))
    result = b.CreateInsertElement(result, b.CreateAlignedLoad(element, address, alignment), lane++);
  return result;
}

void emitLaneStore(FunctionState& fn, const Access& access, const Lanes& lanes, Value* values) {
  auto& b = fn.builder;
  const LaneMotion motion = motionOf(fn, access, lanes);
  const llvm::Align alignment = alignmentOf(fn, access.array);
  if (isMaskedInMemory(fn, access, lanes)) {
    b.CreateMaskedStore(values, emitAddress(fn, access, &lanes), alignment, lanes.mask);
    return;
  }
  if (lanes.mask != nullptr) // registers: as an unconditional store they stay such
    values = b.CreateSelect(lanes.mask, values, emitLaneLoad(fn, access, lanes));
  if (motion.kind == LaneMotion::Kind::Contiguous || motion.kind == LaneMotion::Kind::Reversed) {
    Value* ordered = motion.kind == LaneMotion::Kind::Reversed ? reverse(fn, values, lanes.count) : values;
    b.CreateAlignedStore(ordered, emitGroupAddress(fn, access, lanes, motion.kind), alignment);
    return;
  }
  if (motion.kind == LaneMotion::Kind::Still) { // in lane order the last one stays
    emitStore(fn, access, b.CreateExtractElement(values, static_cast<std::uint64_t>(lanes.count - 1)));
    return;
  }
  std::uint64_t lane = 0;
  for (Value* address : emitLaneAddresses(fn, access, lanes, motion))
    b.CreateAlignedStore(b.CreateExtractElement(values, lane++), address, alignment);
}

bool canMask(FunctionState& fn, const Access& access, const Lanes& lanes, bool stores) {
  using Kind = LaneMotion::Kind;
  const Kind kind = motionOf(fn, access, lanes).kind;
  if (fn.registers.contains(access.array))
    return kind == Kind::Contiguous || (kind == Kind::Still && !stores);
  const llvm::TargetTransformInfo target = fn.unit.machine.getTargetTransformInfo(*fn.function);
  auto* vector = llvm::FixedVectorType::get(elementOf(fn, access.array), static_cast<unsigned>(lanes.count));
  const llvm::Align alignment = alignmentOf(fn, access.array);
  switch (kind) {
  case Kind::Still: return !stores;
  case Kind::Contiguous:
    return stores ? target.isLegalMaskedStore(vector, alignment) : target.isLegalMaskedLoad(vector, alignment);
  case Kind::Reversed:
  case Kind::Strided:
  case Kind::Irregular: return !stores && target.isLegalMaskedGather(vector, alignment);
  }
  return false;
}

Value* emitLaneCondition(FunctionState& fn, const IndexExpr& expr, const Lanes& lanes) {
  auto& b = fn.builder;
  if (isComparison(expr.op))
    return b.CreateICmp(predicateOf(expr.op), emitLaneIndex(fn, expr.operands.at(0), lanes),
                        emitLaneIndex(fn, expr.operands.at(1), lanes));
  if (expr.op != IndexExpr::Op::And && expr.op != IndexExpr::Op::Or) {
    Value* value = emitLaneIndex(fn, expr, lanes);
    return b.CreateICmpNE(value, llvm::Constant::getNullValue(value->getType()));
  }
  Value* result = emitLaneCondition(fn, expr.operands.at(0), lanes);
  for (const IndexExpr& operand : llvm::ArrayRef(expr.operands).drop_front()) {
    Value* next = emitLaneCondition(fn, operand, lanes);
    result = expr.op == IndexExpr::Op::And ? b.CreateAnd(result, next) : b.CreateOr(result, next);
  }
  return result;
}

Value* emitLaneIndex(FunctionState& fn, const IndexExpr& expr, const Lanes& lanes) {
  auto& b = fn.builder;
  const auto count = static_cast<unsigned>(lanes.count);
  const auto step = advance(expr, lanes.variable);
  if (!step) {
    Value* result = llvm::PoisonValue::get(llvm::FixedVectorType::get(b.getInt64Ty(), count));
    for (int lane = 0; lane < lanes.count; ++lane) {
      enterLane(fn, lanes, lane);
      result = b.CreateInsertElement(result, emitIndex(fn, expr), static_cast<std::uint64_t>(lane));
    }
    enterLane(fn, lanes, 0);
    return result;
  }
  std::vector<llvm::Constant*> offsets;
  for (int lane = 0; lane < lanes.count; ++lane)
    offsets.push_back(b.getInt64(static_cast<std::uint64_t>(*step * lanes.step * lane)));
  return b.CreateNSWAdd(b.CreateVectorSplat(count, emitIndex(fn, expr)), llvm::ConstantVector::get(offsets));
}

void enterLane(FunctionState& fn, const Lanes& lanes, int lane) {
  auto& b = fn.builder;
  fn.variables[lanes.variable] =
      lane == 0 ? lanes.first : b.CreateNSWAdd(lanes.first, b.getInt64(static_cast<std::uint64_t>(lane * lanes.step)));
}

} // namespace polyloom::ir
