#include "core/frontend/value_reader.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

/// Reads one statement: the cell that it writes, then the value.
class AssignmentReader {
public:
  AssignmentReader(const isl::set& domain, RegionState& state)
      : state_(&state), domain_(domain), values_(result_, domain, state) {}

  Result<PendingStatement> readAssignment(const clang::BinaryOperator* assignment);
  Result<PendingStatement> readIncrement(const clang::UnaryOperator* increment);
  Result<PendingStatement> readInitializer(const clang::VarDecl* variable);

private:
  Result<Place> readTarget(const clang::Expr* target);
  ElementType elementOf(const Place& place) const {
    return state_->variables.arrays[static_cast<std::size_t>(place.array)].element;
  }
  Result<PendingStatement> finish(const Place& place, Result<ExprPtr> value);
  Result<ExprPtr> compoundValue(const clang::CompoundAssignOperator* compound, const Place& place);

  RegionState* state_;
  isl::set domain_;
  PendingStatement result_;
  ValueReader values_;
};

std::optional<Diagnostic> refuseTarget(const clang::Expr* target, const RegionState& state) {
  const std::string text = state.source.text(target->getSourceRange());
  const SourceRange range = state.source.range(target->getSourceRange());
  const clang::VarDecl* variable = namedVariable(target);
  if (variable != nullptr && state.facts.iterators.contains(variable)) {
    if (state.affine.isIterator(variable))
      return Diagnostic{
          "iterator-modified",
          fmt::format("the loop's body changes its iterator '{}'; wanted only the loop's head to do so", text), range};
    return Diagnostic{
        "iterator-outside-loop",
        fmt::format("'{}' is changed outside the loop that counts with it; wanted another variable", text), range};
  }
  if (target->getType()->isPointerType())
    return Diagnostic{"pointer-moves",
                      fmt::format("the pointer '{}' moves; wanted arrays that stay where they are", text), range};
  return std::nullopt;
}

Result<Place> AssignmentReader::readTarget(const clang::Expr* target) {
  if (std::optional<Diagnostic> problem = refuseTarget(target, *state_))
    return std::unexpected(std::move(*problem));
  Result<Place> place = readPlace(target, *state_);
  if (place)
    result_.accesses.push_back(accessTo(*place, true, target, domain_, *state_));
  return place;
}

Result<PendingStatement> AssignmentReader::finish(const Place& place, Result<ExprPtr> value) {
  if (!value)
    return std::unexpected(std::move(value.error()));
  result_.value = ValueReader::converted(elementOf(place), *std::move(value));
  return std::move(result_);
}

Result<ExprPtr> AssignmentReader::compoundValue(const clang::CompoundAssignOperator* compound, const Place& place) {
  const std::optional<ElementType> type = elementTypeOf(compound->getComputationLHSType());
  const std::optional<ElementType> resultType = elementTypeOf(compound->getComputationResultType());
  const std::optional<Operator> op =
      operatorOf(clang::BinaryOperator::getOpForCompoundAssignment(compound->getOpcode()));
  if (!type || !resultType || !op)
    return failure("unsupported-type",
                   fmt::format("'{}' computes in type '{}'; wanted char, short, int, long, float or double",
                               state_->source.text(compound->getSourceRange()),
                               compound->getComputationLHSType().getAsString()),
                   state_->source.range(compound->getSourceRange()));
  const ExprPtr old = makeRead(values_.addAccess(place, compound->getLHS()), elementOf(place));
  const Result<ExprPtr> operand = values_.read(compound->getRHS());
  if (!operand)
    return operand;
  return makeBinary(*op, *resultType, ValueReader::converted(*type, old), ValueReader::converted(*type, *operand));
}

Result<PendingStatement> AssignmentReader::readAssignment(const clang::BinaryOperator* assignment) {
  const Result<Place> place = readTarget(assignment->getLHS());
  if (!place)
    return std::unexpected(place.error());
  if (const auto* compound = llvm::dyn_cast<clang::CompoundAssignOperator>(assignment))
    return finish(*place, compoundValue(compound, *place));
  if (const clang::BinaryOperator* first = chainedAssignment(assignment)) {
    const Result<Place> source = readPlace(first->getLHS(), *state_);
    if (!source)
      return std::unexpected(source.error());
    return finish(*place, makeRead(values_.addAccess(*source, first->getLHS()), elementOf(*source)));
  }
  return finish(*place, values_.read(assignment->getRHS()));
}

Result<PendingStatement> AssignmentReader::readIncrement(const clang::UnaryOperator* increment) {
  const Result<Place> place = readTarget(increment->getSubExpr());
  if (!place)
    return std::unexpected(place.error());
  const ElementType element = elementOf(*place);
  const bool isSmall = !isFloating(element) && sizeOf(element) < sizeOf(ElementType::Int32);
  const ElementType type = isSmall ? ElementType::Int32 : element; // C computes small integers as int
  const ExprPtr old = makeRead(values_.addAccess(*place, increment->getSubExpr()), element);
  const Operator op = increment->isIncrementOp() ? Operator::Add : Operator::Subtract;
  const ExprPtr one = isFloating(type) ? makeFloating(1, type) : makeInteger(1, type);
  return finish(*place, makeBinary(op, type, ValueReader::converted(type, old), one));
}

Result<PendingStatement> AssignmentReader::readInitializer(const clang::VarDecl* variable) {
  const Place place{state_->variables.arrayOf.at(variable), {}};
  result_.accesses.push_back({.isWrite = true,
                              .array = place.array,
                              .subscripts = {},
                              .reached = domain_,
                              .iterators = state_->iterators,
                              .text = variable->getNameAsString(),
                              .range = state_->source.range(variable->getLocation())});
  return finish(place, values_.read(variable->getInit()));
}

} // namespace

const clang::BinaryOperator* chainedAssignment(const clang::Expr* expr) {
  const auto* outer = llvm::dyn_cast<clang::BinaryOperator>(expr);
  if (outer == nullptr || outer->getOpcode() != clang::BO_Assign)
    return nullptr;
  const auto* inner = llvm::dyn_cast<clang::BinaryOperator>(outer->getRHS()->IgnoreParenImpCasts());
  return inner != nullptr && inner->isAssignmentOp() ? inner : nullptr;
}

Result<PendingStatement> readAssignment(const clang::Expr* expr, const isl::set& domain, RegionState& state) {
  AssignmentReader reader(domain, state);
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr); binary && binary->isAssignmentOp())
    return reader.readAssignment(binary);
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr); unary && unary->isIncrementDecrementOp())
    return reader.readIncrement(unary);
  const std::string text = state.source.text(expr->getSourceRange());
  const SourceRange range = state.source.range(expr->getSourceRange());
  if (llvm::isa<clang::CallExpr>(expr))
    return failure("impure-call",
                   fmt::format("the call '{}' may have side effects; wanted assignments, and calls only of the pure "
                               "functions of <math.h> in values",
                               text),
                   range);
  return failure("not-a-statement", fmt::format("'{}' assigns nothing; wanted an assignment", text), range);
}

Result<PendingStatement> readInitializer(const clang::VarDecl* variable, const isl::set& domain, RegionState& state) {
  return AssignmentReader(domain, state).readInitializer(variable);
}

} // namespace polyloom
