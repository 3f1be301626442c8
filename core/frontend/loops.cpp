#include "core/frontend/loops.h"

#include <clang/AST/Expr.h>

#include <fmt/format.h>

namespace polyloom {

namespace {

/// Reads one loop's head.
class HeadReader {
public:
  HeadReader(const clang::ForStmt* loop, RegionState& state) : loop_(loop), state_(&state) {}

  Result<LoopHead> read(const std::string& parameter);

private:
  std::optional<Diagnostic> checkShape() const;
  const clang::Expr* firstValue() const;
  Result<std::int64_t> step() const;
  Result<std::int64_t> constantStep(const clang::Expr* amount, bool isNegative) const;
  bool isIterator(const clang::Expr* expr) const { return namedVariable(expr) == iterator_; }
  Diagnostic refuse(const std::string& code, clang::SourceRange where, const std::string& sentence) const {
    return {code, sentence, state_->source.range(where)};
  }
  std::string text(const clang::Stmt* part) const { return state_->source.text(part->getSourceRange()); }
  clang::SourceRange head() const { return {loop_->getForLoc(), loop_->getRParenLoc()}; }

  const clang::ForStmt* loop_;
  RegionState* state_;
  const clang::VarDecl* iterator_ = nullptr;
};

std::optional<Diagnostic> HeadReader::checkShape() const {
  if (iterator_ == nullptr)
    return refuse("loop-form", head(),
                  fmt::format("'{}' does not start by setting one iterator; wanted for (i = first; condition; i += "
                              "step)",
                              state_->source.text(head())));
  if (state_->affine.isIterator(iterator_))
    return refuse("iterator-modified", head(),
                  fmt::format("an inner loop changes the iterator '{}' of an outer one; wanted another iterator",
                              iterator_->getNameAsString()));
  if (loop_->getCond() == nullptr)
    return refuse(
        "unbounded-loop", head(),
        fmt::format("the loop '{}' has no condition and never ends; wanted a bound", state_->source.text(head())));
  return std::nullopt;
}

const clang::Expr* HeadReader::firstValue() const {
  if (const auto* assignment = llvm::dyn_cast<clang::BinaryOperator>(loop_->getInit()))
    return assignment->getRHS();
  return iterator_->getInit();
}

Result<std::int64_t> HeadReader::constantStep(const clang::Expr* amount, bool isNegative) const {
  const std::optional<std::int64_t> constant = constantOf(amount, state_->source.ast());
  if (!constant)
    return std::unexpected(refuse("step-not-constant", amount->getSourceRange(),
                                  fmt::format("the step '{}' is not constant; wanted a number", text(amount))));
  if (*constant == 0)
    return std::unexpected(refuse("step-zero", loop_->getInc()->getSourceRange(),
                                  fmt::format("the step '{}' is zero, so the loop never ends; wanted a step up or "
                                              "down",
                                              text(loop_->getInc()))));
  return isNegative ? -*constant : *constant;
}

Result<std::int64_t> HeadReader::step() const {
  const clang::Expr* increment = loop_->getInc();
  if (increment == nullptr)
    return std::unexpected(refuse("loop-form", head(),
                                  fmt::format("the loop '{}' does not step its iterator in its head; wanted a constant "
                                              "step such as i++",
                                              state_->source.text(head()))));
  increment = increment->IgnoreParens();
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(increment))
    if (unary->isIncrementDecrementOp() && isIterator(unary->getSubExpr()))
      return unary->isIncrementOp() ? 1 : -1;
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(increment); binary && isIterator(binary->getLHS())) {
    if (binary->getOpcode() == clang::BO_AddAssign || binary->getOpcode() == clang::BO_SubAssign)
      return constantStep(binary->getRHS(), binary->getOpcode() == clang::BO_SubAssign);
    const auto* sum = llvm::dyn_cast<clang::BinaryOperator>(binary->getRHS()->IgnoreParenImpCasts());
    if (binary->getOpcode() == clang::BO_Assign && sum != nullptr && sum->isAdditiveOp()) {
      if (isIterator(sum->getLHS()))
        return constantStep(sum->getRHS(), sum->getOpcode() == clang::BO_Sub);
      if (sum->getOpcode() == clang::BO_Add && isIterator(sum->getRHS()))
        return constantStep(sum->getLHS(), false);
    }
  }
  return std::unexpected(refuse("step-not-constant", increment->getSourceRange(),
                                fmt::format("the step '{}' does not add a constant to '{}'; wanted a step such as {}++ "
                                            "or {} += 2",
                                            text(increment), iterator_->getNameAsString(), iterator_->getNameAsString(),
                                            iterator_->getNameAsString())));
}

Result<LoopHead> HeadReader::read(const std::string& parameter) {
  iterator_ = iteratorOf(loop_);
  if (std::optional<Diagnostic> problem = checkShape())
    return std::unexpected(std::move(*problem));
  const Result<std::int64_t> increment = step();
  if (!increment)
    return std::unexpected(increment.error());
  Result<isl::pw_aff> init = state_->affine.value(firstValue(), AffineUse::Bound);
  if (!init)
    return std::unexpected(std::move(init.error()));
  state_->affine.enterLoop(iterator_, parameter);
  Result<isl::set> condition = state_->affine.condition(loop_->getCond(), AffineUse::Bound);
  if (!condition)
    return std::unexpected(std::move(condition.error()));
  return LoopHead{parameter, *std::move(init), *std::move(condition), *increment};
}

} // namespace

Result<LoopHead> enterLoop(const clang::ForStmt* loop, const std::string& parameter, RegionState& state) {
  return HeadReader(loop, state).read(parameter);
}

} // namespace polyloom
