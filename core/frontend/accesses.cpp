#include "core/frontend/accesses.h"

#include "core/assemble/iteration.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

/// Peels subscripts off an expression, the last one first.
class PlaceReader {
public:
  explicit PlaceReader(RegionState& state) : state_(&state) {}

  Result<Place> read(const clang::Expr* expr);

private:
  Result<const clang::VarDecl*> peel(const clang::Expr* expr);
  std::optional<Diagnostic> addSubscript(const clang::Expr* index);
  std::optional<Diagnostic> movePointer(const clang::BinaryOperator* sum);
  Diagnostic refuse(const std::string& code, const clang::Expr* expr, const std::string& sentence) const {
    return {code, fmt::format(fmt::runtime(sentence), state_->source.text(expr->getSourceRange())),
            state_->source.range(expr->getSourceRange())};
  }

  RegionState* state_;
  std::vector<isl::pw_aff> subscripts_; ///< innermost first
};

std::optional<Diagnostic> PlaceReader::addSubscript(const clang::Expr* index) {
  Result<isl::pw_aff> value = state_->affine.value(index, AffineUse::Subscript);
  if (!value)
    return std::move(value.error());
  subscripts_.push_back(*std::move(value));
  return std::nullopt;
}

/// (A + e)[k] and *(A + e): the sum moves the subscript that was peeled last.
std::optional<Diagnostic> PlaceReader::movePointer(const clang::BinaryOperator* sum) {
  const bool isLeft = sum->getLHS()->getType()->isPointerType();
  const clang::Expr* index = isLeft ? sum->getRHS() : sum->getLHS();
  const Result<isl::pw_aff> offset = state_->affine.value(index, AffineUse::Subscript);
  if (!offset)
    return offset.error();
  if (subscripts_.empty())
    return refuse("pointer-arithmetic", sum, "'{}' is a pointer; wanted an array's element");
  isl::pw_aff& last = subscripts_.back();
  last = sum->getOpcode() == clang::BO_Sub ? last.sub(*offset) : last.add(*offset);
  return std::nullopt;
}

Result<const clang::VarDecl*> PlaceReader::peel(const clang::Expr* expr) {
  while (true) {
    expr = expr->IgnoreParenImpCasts();
    std::optional<Diagnostic> problem;
    const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr);
    const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr);
    if (const auto* subscript = llvm::dyn_cast<clang::ArraySubscriptExpr>(expr)) {
      problem = addSubscript(subscript->getIdx());
      expr = subscript->getBase();
    } else if (unary != nullptr && unary->getOpcode() == clang::UO_Deref) {
      subscripts_.push_back(constantValue(state_->ctx, 0));
      expr = unary->getSubExpr();
    } else if (binary != nullptr && binary->isAdditiveOp() && binary->getType()->isPointerType()) {
      problem = movePointer(binary);
      expr = binary->getLHS()->getType()->isPointerType() ? binary->getLHS() : binary->getRHS();
    } else if ((unary != nullptr && unary->isIncrementDecrementOp()) ||
               (binary != nullptr && binary->isAssignmentOp())) {
      return std::unexpected(
          refuse("pointer-moves", expr, "'{}' moves a pointer; wanted arrays that stay where they are"));
    } else if (const clang::VarDecl* variable = namedVariable(expr)) {
      return variable;
    } else {
      return std::unexpected(
          refuse("unsupported-access", expr, "'{}' is neither an array nor a scalar; wanted an array's name"));
    }
    if (problem)
      return std::unexpected(std::move(*problem));
  }
}

Result<Place> PlaceReader::read(const clang::Expr* expr) {
  const Result<const clang::VarDecl*> variable = peel(expr);
  if (!variable)
    return std::unexpected(variable.error());
  const auto found = state_->variables.arrayOf.find(*variable);
  if (found == state_->variables.arrayOf.end())
    return std::unexpected(
        refuse("unsupported-access", expr, "'{}' is neither an array nor a scalar that the region may change"));
  const Array& array = state_->variables.arrays[static_cast<std::size_t>(found->second)];
  if (array.extents.size() != subscripts_.size())
    return std::unexpected(refuse("unsupported-access", expr,
                                  "'{}' is not an element of its array; wanted one "
                                  "subscript for each dimension"));
  std::reverse(subscripts_.begin(), subscripts_.end());
  return Place{found->second, std::move(subscripts_)};
}

} // namespace

Result<Place> readPlace(const clang::Expr* expr, RegionState& state) {
  return PlaceReader(state).read(expr);
}

PendingAccess accessTo(const Place& place, bool isWrite, const clang::Expr* expr, const isl::set& reached,
                       const RegionState& state) {
  return {.isWrite = isWrite,
          .array = place.array,
          .subscripts = place.subscripts,
          .reached = reached,
          .iterators = state.iterators,
          .text = state.source.text(expr->getSourceRange()),
          .range = state.source.range(expr->getSourceRange())};
}

} // namespace polyloom
