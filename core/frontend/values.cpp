#include "core/frontend/value_reader.h"

#include "core/assemble/iteration.h"

#include <clang/AST/ASTContext.h>

#include <fmt/format.h>

namespace polyloom {

std::optional<Operator> operatorOf(clang::BinaryOperatorKind kind) {
  switch (kind) {
  case clang::BO_Add:
    return Operator::Add;
  case clang::BO_Sub:
    return Operator::Subtract;
  case clang::BO_Mul:
    return Operator::Multiply;
  case clang::BO_Div:
    return Operator::Divide;
  case clang::BO_Rem:
    return Operator::Remainder;
  case clang::BO_LT:
    return Operator::Less;
  case clang::BO_LE:
    return Operator::LessEqual;
  case clang::BO_GT:
    return Operator::Greater;
  case clang::BO_GE:
    return Operator::GreaterEqual;
  case clang::BO_EQ:
    return Operator::Equal;
  case clang::BO_NE:
    return Operator::NotEqual;
  case clang::BO_And:
    return Operator::BitAnd;
  case clang::BO_Or:
    return Operator::BitOr;
  case clang::BO_Xor:
    return Operator::BitXor;
  case clang::BO_Shl:
    return Operator::ShiftLeft;
  case clang::BO_Shr:
    return Operator::ShiftRight;
  default:
    return std::nullopt;
  }
}

namespace {

/// A truth value: floating-point operands of !, && and || are compared with zero.
ExprPtr asTruth(ExprPtr value) {
  if (!isFloating(value->type))
    return value;
  const ElementType type = value->type;
  return makeBinary(Operator::NotEqual, ElementType::Int32, std::move(value), makeFloating(0, type));
}

/// A cast that computes constants at once.
ExprPtr convert(ElementType type, ExprPtr value) {
  if (value->kind == Expr::Kind::Integer && isFloating(type)) {
    const auto number = static_cast<double>(value->integer);
    return makeFloating(type == ElementType::Float32 ? static_cast<float>(number) : number, type);
  }
  if (value->kind == Expr::Kind::Floating && isFloating(type))
    return makeFloating(type == ElementType::Float32 ? static_cast<float>(value->floating) : value->floating, type);
  const bool isWider = !isFloating(type) && !isFloating(value->type) && sizeOf(type) >= sizeOf(value->type);
  if (value->kind == Expr::Kind::Affine && isWider)
    return makeAffine(value->index, type);
  return makeCast(type, std::move(value));
}

} // namespace

std::unexpected<Diagnostic> ValueReader::refuse(const std::string& code, const clang::Expr* expr,
                                                const std::string& sentence) const {
  return failure(code, fmt::format(fmt::runtime(sentence), state_->source.text(expr->getSourceRange())),
                 state_->source.range(expr->getSourceRange()));
}

Result<ElementType> ValueReader::typeOf(const clang::Expr* expr) const {
  if (const std::optional<ElementType> type = elementTypeOf(expr->getType()))
    return *type;
  return failure("unsupported-type",
                 fmt::format("'{}' has type '{}'; wanted char, short, int, long, float or double",
                             state_->source.text(expr->getSourceRange()), expr->getType().getAsString()),
                 state_->source.range(expr->getSourceRange()));
}

Result<ExprPtr> ValueReader::read(const clang::Expr* expr) {
  expr = expr->IgnoreParens();
  if (const std::optional<std::int64_t> constant = constantOf(expr, state_->source.ast()))
    if (const std::optional<ElementType> type = elementTypeOf(expr->getType()))
      return makeInteger(*constant, *type);
  if (isLinear(expr))
    if (Result<ExprPtr> affine = readAffine(expr))
      return affine;
  if (const auto* literal = llvm::dyn_cast<clang::FloatingLiteral>(expr)) {
    const Result<ElementType> type = typeOf(expr);
    if (!type)
      return std::unexpected(type.error());
    return makeFloating(literal->getValueAsApproximateDouble(), *type);
  }
  if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(expr))
    return readCast(cast);
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr))
    return readUnary(unary);
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr))
    return binary->isLogicalOp() ? readLogical(binary) : readBinary(binary);
  if (const auto* conditional = llvm::dyn_cast<clang::ConditionalOperator>(expr))
    return readSelect(conditional);
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(expr))
    return readCall(call);
  return refuse("unsupported-value", expr,
                "'{}' is no value that a region can compute; wanted arithmetic on scalars "
                "and array elements");
}

bool ValueReader::isLinear(const clang::Expr* expr) const {
  expr = expr->IgnoreParens();
  if (!elementTypeOf(expr->getType()) || !expr->getType()->isIntegerType())
    return false;
  if (const clang::VarDecl* variable = namedVariable(expr))
    if (llvm::isa<clang::DeclRefExpr>(expr))
      return state_->affine.isIterator(variable) || state_->facts.isParameter(variable) || constantOf(variable);
  if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(expr))
    return isLinear(cast->getSubExpr());
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr))
    return (unary->getOpcode() == clang::UO_Minus || unary->getOpcode() == clang::UO_Plus) &&
           isLinear(unary->getSubExpr());
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr))
    return (binary->isAdditiveOp() || binary->getOpcode() == clang::BO_Mul) && isLinear(binary->getLHS()) &&
           isLinear(binary->getRHS());
  return constantOf(expr, state_->source.ast()).has_value();
}

Result<ExprPtr> ValueReader::readAffine(const clang::Expr* expr) {
  const Result<ElementType> type = typeOf(expr);
  if (!type)
    return std::unexpected(type.error());
  const Result<isl::pw_aff> value = state_->affine.value(expr, AffineUse::Subscript);
  if (!value)
    return std::unexpected(value.error());
  for (std::size_t k = 0; k < result_->affineValues.size(); ++k)
    if (isl::multi_pw_aff(result_->affineValues[k]).plain_is_equal(isl::multi_pw_aff(*value)))
      return makeAffine(static_cast<int>(k), *type);
  result_->affineValues.push_back(*value);
  return makeAffine(static_cast<int>(result_->affineValues.size()) - 1, *type);
}

Result<ExprPtr> ValueReader::readCast(const clang::CastExpr* cast) {
  switch (cast->getCastKind()) {
  case clang::CK_LValueToRValue:
    return readVariable(cast->getSubExpr());
  case clang::CK_NoOp:
    return read(cast->getSubExpr());
  case clang::CK_IntegralCast:
  case clang::CK_IntegralToFloating:
  case clang::CK_FloatingToIntegral:
  case clang::CK_FloatingCast:
    break;
  default:
    return refuse("unsupported-value", cast, "'{}' converts to a type that a region cannot hold; wanted numbers");
  }
  const Result<ElementType> type = typeOf(cast);
  if (!type)
    return std::unexpected(type.error());
  Result<ExprPtr> operand = read(cast->getSubExpr());
  return operand ? convert(*type, *std::move(operand)) : operand;
}

Result<ExprPtr> ValueReader::readVariable(const clang::Expr* expr) {
  const Result<ElementType> type = typeOf(expr);
  if (!type)
    return std::unexpected(type.error());
  expr = expr->IgnoreParens();
  if (const clang::VarDecl* variable = llvm::isa<clang::DeclRefExpr>(expr) ? namedVariable(expr) : nullptr) {
    if (const auto found = state_->variables.scalarOf.find(variable); found != state_->variables.scalarOf.end())
      return makeScalar(found->second, *type);
    if (const std::optional<double> constant = floatingConstantOf(variable))
      return makeFloating(*constant, *type);
    if (state_->facts.iterators.contains(variable) && !state_->affine.isIterator(variable))
      return refuse("iterator-outside-loop", expr,
                    "'{}' is read outside the loop that counts with it; wanted "
                    "iterators of enclosing loops only");
  }
  Result<Place> place = readPlace(expr, *state_);
  if (!place)
    return std::unexpected(std::move(place.error()));
  return makeRead(addAccess(*place, expr), *type);
}

int ValueReader::addAccess(const Place& place, const clang::Expr* expr) {
  PendingAccess access = accessTo(place, false, expr, reached_, *state_);
  for (std::size_t k = 1; k < result_->accesses.size(); ++k) {
    const PendingAccess& other = result_->accesses[k];
    if (other.array == access.array && other.text == access.text && other.reached.is_equal(access.reached))
      return static_cast<int>(k);
  }
  result_->accesses.push_back(std::move(access));
  return static_cast<int>(result_->accesses.size()) - 1;
}

Result<ExprPtr> ValueReader::readUnary(const clang::UnaryOperator* unary) {
  if (unary->isIncrementDecrementOp())
    return refuse("side-effect", unary, "'{}' changes a variable within a value; wanted a statement of its own");
  const Result<ElementType> type = typeOf(unary);
  if (!type)
    return std::unexpected(type.error());
  Result<ExprPtr> operand = read(unary->getSubExpr());
  if (!operand)
    return operand;
  switch (unary->getOpcode()) {
  case clang::UO_Plus:
  case clang::UO_Extension:
    return operand;
  case clang::UO_Minus:
    if ((*operand)->kind == Expr::Kind::Floating)
      return makeFloating(-(*operand)->floating, *type);
    return makeUnary(Operator::Negate, *type, *operand);
  case clang::UO_Not:
    return makeUnary(Operator::BitNot, *type, *operand);
  case clang::UO_LNot:
    return makeUnary(Operator::Not, *type, asTruth(*operand));
  default:
    return refuse("unsupported-value", unary,
                  "'{}' uses an operator that a region cannot compute with; wanted arithmetic");
  }
}

Result<ExprPtr> ValueReader::readBinary(const clang::BinaryOperator* binary) {
  if (binary->isAssignmentOp())
    return refuse("side-effect", binary, "'{}' assigns within a value; wanted a statement of its own");
  const std::optional<Operator> op = operatorOf(binary->getOpcode());
  if (!op)
    return refuse("unsupported-value", binary,
                  "'{}' uses an operator that a region cannot compute with; wanted arithmetic");
  const Result<ElementType> type = typeOf(binary);
  if (!type)
    return std::unexpected(type.error());
  Result<ExprPtr> left = read(binary->getLHS());
  if (!left)
    return left;
  Result<ExprPtr> right = read(binary->getRHS());
  if (!right)
    return right;
  if (binary->isShiftOp()) // C promotes a shift's operands one by one
    return makeBinary(*op, *type, *left, convert(*type, *right));
  return makeBinary(*op, *type, *left, *right);
}

ValueReader::Outcomes ValueReader::outcomesOf(const clang::Expr* expr) {
  expr = expr->IgnoreParens();
  if (const Result<isl::set> condition = state_->affine.condition(expr, AffineUse::Guard))
    return {*condition, condition->complement()};
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr); unary && unary->getOpcode() == clang::UO_LNot) {
    const Outcomes operand = outcomesOf(unary->getSubExpr());
    return {operand.mayFail, operand.mayHold};
  }
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr); binary && binary->isLogicalOp()) {
    const Outcomes left = outcomesOf(binary->getLHS()), right = outcomesOf(binary->getRHS());
    if (binary->getOpcode() == clang::BO_LAnd)
      return {left.mayHold.intersect(right.mayHold), left.mayFail.unite(right.mayFail)};
    return {left.mayHold.unite(right.mayHold), left.mayFail.intersect(right.mayFail)};
  }
  return {allParameters(state_->ctx), allParameters(state_->ctx)}; // data decides
}

Result<ExprPtr> ValueReader::readWhere(const clang::Expr* expr, const isl::set& condition) {
  const isl::set outer = reached_;
  reached_ = reached_.intersect(condition).coalesce();
  Result<ExprPtr> value = read(expr);
  reached_ = outer;
  return value;
}

Result<ExprPtr> ValueReader::readLogical(const clang::BinaryOperator* binary) {
  const bool isAnd = binary->getOpcode() == clang::BO_LAnd;
  Result<ExprPtr> left = read(binary->getLHS());
  if (!left)
    return left;
  const Outcomes outcomes = outcomesOf(binary->getLHS());
  Result<ExprPtr> right = readWhere(binary->getRHS(), isAnd ? outcomes.mayHold : outcomes.mayFail);
  if (!right)
    return right;
  return makeBinary(isAnd ? Operator::And : Operator::Or, ElementType::Int32, asTruth(*left), asTruth(*right));
}

Result<ExprPtr> ValueReader::readSelect(const clang::ConditionalOperator* conditional) {
  Result<ExprPtr> condition = read(conditional->getCond());
  if (!condition)
    return condition;
  const Outcomes outcomes = outcomesOf(conditional->getCond());
  Result<ExprPtr> ifTrue = readWhere(conditional->getTrueExpr(), outcomes.mayHold);
  if (!ifTrue)
    return ifTrue;
  Result<ExprPtr> ifFalse = readWhere(conditional->getFalseExpr(), outcomes.mayFail);
  if (!ifFalse)
    return ifFalse;
  return makeSelect(asTruth(*condition), *ifTrue, *ifFalse);
}

Result<ExprPtr> ValueReader::readCall(const clang::CallExpr* call) {
  const clang::FunctionDecl* function = call->getDirectCallee();
  std::string name = function != nullptr ? function->getNameAsString() : "";
  if (name.starts_with("__builtin_"))
    name.erase(0, std::string("__builtin_").size());
  if (function == nullptr || !isPureMathFunction(name) || function->hasBody())
    return refuse("impure-call", call,
                  "the call '{}' may have side effects; wanted only the pure functions of "
                  "<math.h>");
  const Result<ElementType> type = typeOf(call);
  if (!type)
    return std::unexpected(type.error());
  std::vector<ExprPtr> arguments;
  for (const clang::Expr* argument : call->arguments()) {
    Result<ExprPtr> value = read(argument);
    if (!value)
      return value;
    arguments.push_back(*std::move(value));
  }
  return makeCall(name, *type, std::move(arguments));
}

ExprPtr ValueReader::converted(ElementType type, ExprPtr value) {
  return convert(type, std::move(value));
}

} // namespace polyloom
