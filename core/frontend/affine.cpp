#include "core/frontend/affine.h"

#include "core/assemble/iteration.h"
#include "core/isl/sets.h"

#include <clang/AST/ASTContext.h>
#include <clang/AST/Expr.h>

#include <fmt/format.h>

namespace polyloom {

namespace {

const char* nameOf(AffineUse use) {
  switch (use) {
  case AffineUse::Bound:
    return "bound";
  case AffineUse::Guard:
    return "guard";
  case AffineUse::Subscript:
    return "subscript";
  case AffineUse::Extent:
    return "extent";
  }
  return "";
}

isl::pw_aff choose(const isl::set& condition, const isl::pw_aff& ifTrue, const isl::pw_aff& ifFalse) {
  return ifTrue.intersect_domain(condition).union_add(ifFalse.intersect_domain(condition.complement())).coalesce();
}

bool isLogical(const clang::Expr* expr) {
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr))
    return binary->isComparisonOp() || binary->isLogicalOp();
  const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr);
  return unary != nullptr && unary->getOpcode() == clang::UO_LNot;
}

} // namespace

Result<isl::pw_aff> AffineReader::value(const clang::Expr* expr, AffineUse use) {
  whole_ = expr;
  use_ = use;
  return read(expr);
}

Result<isl::set> AffineReader::condition(const clang::Expr* expr, AffineUse use) {
  whole_ = expr;
  use_ = use;
  return readCondition(expr);
}

std::string AffineReader::what() const {
  return fmt::format("the {} '{}'", nameOf(use_), source_->text(whole_->getSourceRange()));
}

std::unexpected<Diagnostic> AffineReader::notAffine(const clang::Expr* part, const std::string& reason) const {
  return failure("not-affine",
                 fmt::format("{} is not affine: {}; wanted sums of iterators and parameters with constant factors",
                             what(), reason),
                 source_->range(part->getSourceRange()));
}

std::unexpected<Diagnostic> AffineReader::dataDependent(const clang::Expr* part, const std::string& reason) const {
  std::vector<std::string> notes;
  if (use_ == AffineUse::Guard)
    notes.push_back("write the choice into the value: x = condition ? new : x");
  return failure("data-dependent",
                 fmt::format("{} depends on data: {}; wanted only iterators, parameters and constants", what(), reason),
                 source_->range(part->getSourceRange()), std::move(notes));
}

Result<isl::pw_aff> AffineReader::read(const clang::Expr* expr) {
  expr = expr->IgnoreParens();
  const std::string text = source_->text(expr->getSourceRange());
  if (const std::optional<std::int64_t> constant = constantOf(expr, source_->ast()))
    return constantValue(ctx_, *constant);
  if (const auto* cast = llvm::dyn_cast<clang::CastExpr>(expr))
    return readCast(cast);
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr))
    if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl()))
      return readVariable(expr, variable);
  if (llvm::isa<clang::ArraySubscriptExpr, clang::MemberExpr>(expr))
    return dataDependent(expr, fmt::format("it reads '{}'", text));
  if (isLogical(expr)) {
    Result<isl::set> holds = readCondition(expr);
    if (!holds)
      return std::unexpected(holds.error());
    return choose(*holds, constantValue(ctx_, 1), constantValue(ctx_, 0));
  }
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr))
    return readUnary(unary);
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr))
    return readBinary(binary);
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(expr))
    return readCall(call);
  if (const auto* conditional = llvm::dyn_cast<clang::ConditionalOperator>(expr)) {
    const Result<isl::set> holds = readCondition(conditional->getCond());
    if (!holds)
      return std::unexpected(holds.error());
    const Result<isl::pw_aff> ifTrue = read(conditional->getTrueExpr());
    if (!ifTrue)
      return ifTrue;
    const Result<isl::pw_aff> ifFalse = read(conditional->getFalseExpr());
    return ifFalse ? choose(*holds, *ifTrue, *ifFalse) : ifFalse;
  }
  return notAffine(expr, fmt::format("'{}' is no integer arithmetic", text));
}

Result<isl::pw_aff> AffineReader::readVariable(const clang::Expr* expr, const clang::VarDecl* variable) {
  const std::string name = variable->getNameAsString();
  const clang::QualType type = variable->getType();
  if (const auto found = iterators_.find(variable); found != iterators_.end())
    return parameterValue(ctx_, found->second);
  if (facts_->iterators.contains(variable))
    return failure("iterator-outside-loop",
                   fmt::format("{} uses the iterator '{}' outside its loop; wanted iterators of enclosing loops only",
                               what(), name),
                   source_->range(expr->getSourceRange()));
  if (!type->isIntegerType())
    return notAffine(expr, fmt::format("'{}' is not an integer", name));
  if (facts_->written.contains(variable) || facts_->declaredInside.contains(variable))
    return dataDependent(expr, fmt::format("the region computes '{}'", name));
  if (!type->isSignedIntegerType())
    return failure("unsupported-type",
                   fmt::format("{} uses '{}' of type '{}', which wraps around below 0; wanted a signed integer", what(),
                               name, type.getAsString()),
                   source_->range(expr->getSourceRange()));
  return parameterValue(ctx_, name);
}

Result<isl::pw_aff> AffineReader::readCast(const clang::CastExpr* cast) {
  const clang::Expr* operand = cast->getSubExpr();
  switch (cast->getCastKind()) {
  case clang::CK_LValueToRValue:
  case clang::CK_NoOp:
    return read(operand);
  case clang::CK_IntegralCast:
    break;
  case clang::CK_FloatingToIntegral:
    return notAffine(cast, fmt::format("'{}' is computed in floating point", source_->text(cast->getSourceRange())));
  case clang::CK_IntegralToFloating:
  case clang::CK_FloatingCast:
    return notAffine(cast, fmt::format("'{}' is converted to floating point", source_->text(cast->getSourceRange())));
  default:
    return notAffine(cast, fmt::format("'{}' is no integer arithmetic", source_->text(cast->getSourceRange())));
  }
  const clang::QualType from = operand->getType();
  const clang::QualType to = cast->getType();
  const bool isWider = source_->ast().getIntWidth(to) >= source_->ast().getIntWidth(from);
  if (to->isSignedIntegerOrEnumerationType() && isWider)
    return read(operand);
  return notAffine(cast, fmt::format("the conversion of '{}' from '{}' to '{}' may change its value",
                                     source_->text(operand->getSourceRange()), from.getAsString(), to.getAsString()));
}

Result<isl::pw_aff> AffineReader::readUnary(const clang::UnaryOperator* unary) {
  if (unary->isIncrementDecrementOp())
    return failure("side-effect",
                   fmt::format("{} changes '{}'; wanted an expression without side effects", what(),
                               source_->text(unary->getSubExpr()->getSourceRange())),
                   source_->range(unary->getSourceRange()));
  if (unary->getOpcode() == clang::UO_Deref)
    return dataDependent(unary, fmt::format("it reads '{}'", source_->text(unary->getSourceRange())));
  const Result<isl::pw_aff> operand = read(unary->getSubExpr());
  if (!operand)
    return operand;
  switch (unary->getOpcode()) {
  case clang::UO_Plus:
  case clang::UO_Extension:
    return operand;
  case clang::UO_Minus:
    return operand->neg();
  case clang::UO_Not:
    return operand->neg().add_constant(-1L);
  default:
    return notAffine(unary, "it uses an operator that is not affine");
  }
}

Result<isl::pw_aff> AffineReader::readBinary(const clang::BinaryOperator* binary) {
  if (binary->isAssignmentOp())
    return failure("side-effect",
                   fmt::format("{} assigns to '{}'; wanted an expression without side effects", what(),
                               source_->text(binary->getLHS()->getSourceRange())),
                   source_->range(binary->getSourceRange()));
  if (binary->getOpcode() == clang::BO_Comma)
    return notAffine(binary, "it has a comma");
  const Result<isl::pw_aff> left = read(binary->getLHS());
  if (!left)
    return left;
  const Result<isl::pw_aff> right = read(binary->getRHS());
  return right ? combine(binary, *left, *right) : right;
}

Result<isl::pw_aff> AffineReader::combine(const clang::BinaryOperator* binary, const isl::pw_aff& left,
                                          const isl::pw_aff& right) {
  const std::string text = source_->text(binary->getSourceRange());
  switch (binary->getOpcode()) {
  case clang::BO_Add:
    return left.add(right);
  case clang::BO_Sub:
    return left.sub(right);
  case clang::BO_Mul:
    if (!isConstant(left) && !isConstant(right))
      return notAffine(binary, fmt::format("'{}' multiplies two values that are not constant", text));
    return left.mul(right);
  default:
    break;
  }
  const std::optional<std::int64_t> constant = constantOf(binary->getRHS(), source_->ast());
  if (!constant)
    return notAffine(binary, fmt::format("'{}' has a right operand that is not constant", text));
  return divide(binary, left, *constant);
}

Result<isl::pw_aff> AffineReader::divide(const clang::BinaryOperator* binary, const isl::pw_aff& left,
                                         std::int64_t divisor) {
  const isl::pw_aff right = constantValue(ctx_, divisor);
  const bool isShift = divisor >= 0 && divisor < 31;
  const long power = isShift ? 1L << divisor : 0;
  switch (binary->getOpcode()) {
  case clang::BO_Div:
    if (divisor == 0)
      return notAffine(binary, "it divides by zero");
    return left.tdiv_q(right);
  case clang::BO_Rem:
    if (divisor == 0)
      return notAffine(binary, "it divides by zero");
    return left.tdiv_r(right);
  case clang::BO_Shl:
    if (isShift)
      return left.scale(power);
    break;
  case clang::BO_Shr: // arithmetic on signed values: rounds down
    if (isShift)
      return left.scale_down(power).floor();
    break;
  case clang::BO_And: // the low bits in two's complement
    if (divisor >= 0 && (divisor & (divisor + 1)) == 0)
      return left.mod(static_cast<long>(divisor) + 1);
    break;
  default:
    break;
  }
  return notAffine(binary,
                   fmt::format("'{}' uses an operator that is not affine", source_->text(binary->getSourceRange())));
}

Result<isl::pw_aff> AffineReader::readCall(const clang::CallExpr* call) {
  const clang::FunctionDecl* function = call->getDirectCallee();
  const std::string name = function != nullptr ? function->getNameAsString() : "";
  if ((name == "abs" || name == "labs") && call->getNumArgs() == 1) {
    const Result<isl::pw_aff> operand = read(call->getArg(0));
    return operand ? operand->max(operand->neg()) : operand;
  }
  return notAffine(call, fmt::format("it calls '{}'", source_->text(call->getSourceRange())));
}

Result<isl::set> AffineReader::readCondition(const clang::Expr* expr) {
  expr = expr->IgnoreParens();
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr); unary && unary->getOpcode() == clang::UO_LNot) {
    const Result<isl::set> operand = readCondition(unary->getSubExpr());
    return operand ? operand->complement() : operand;
  }
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr)) {
    if (binary->isComparisonOp())
      return readComparison(binary);
    if (binary->isLogicalOp()) {
      const Result<isl::set> left = readCondition(binary->getLHS());
      if (!left)
        return left;
      const Result<isl::set> right = readCondition(binary->getRHS());
      if (!right)
        return right;
      return binary->getOpcode() == clang::BO_LAnd ? left->intersect(*right) : left->unite(*right);
    }
  }
  return readTruth(expr);
}

Result<isl::set> AffineReader::readTruth(const clang::Expr* expr) {
  const Result<isl::pw_aff> number = read(expr);
  if (!number)
    return std::unexpected(number.error());
  return number->ne_set(constantValue(ctx_, 0));
}

Result<isl::set> AffineReader::readComparison(const clang::BinaryOperator* binary) {
  const Result<isl::pw_aff> left = read(binary->getLHS());
  if (!left)
    return std::unexpected(left.error());
  const Result<isl::pw_aff> right = read(binary->getRHS());
  if (!right)
    return std::unexpected(right.error());
  switch (binary->getOpcode()) {
  case clang::BO_LT:
    return left->lt_set(*right);
  case clang::BO_LE:
    return left->le_set(*right);
  case clang::BO_GT:
    return left->gt_set(*right);
  case clang::BO_GE:
    return left->ge_set(*right);
  case clang::BO_EQ:
    return left->eq_set(*right);
  default:
    return left->ne_set(*right);
  }
}

} // namespace polyloom
