// The reader behind values.h: Clang's expressions as ours.
#pragma once

#include "core/frontend/values.h"

#include <optional>

namespace polyloom {

/// Our name for an arithmetic operator or a comparison of C.
std::optional<Operator> operatorOf(clang::BinaryOperatorKind kind);

/// Reads the value of one statement; reads and affine parts are added to the statement. A read that an affine ?:, &&
/// or || guards is an access of just the instances that evaluate it.
class ValueReader {
public:
  ValueReader(PendingStatement& result, const isl::set& reached, RegionState& state)
      : result_(&result), reached_(reached), state_(&state) {}

  Result<ExprPtr> read(const clang::Expr* expr);
  /// The number of the read access to the place, a new one where there is none yet.
  int addAccess(const Place& place, const clang::Expr* expr);

  /// A cast that computes constants at once.
  static ExprPtr converted(ElementType type, ExprPtr value);

private:
  /// The instances in which a condition may hold and may fail: disjoint where no data decides.
  struct Outcomes {
    isl::set mayHold, mayFail;
  };

  bool isLinear(const clang::Expr* expr) const;
  Result<ExprPtr> readAffine(const clang::Expr* expr);
  Result<ExprPtr> readCast(const clang::CastExpr* cast);
  Result<ExprPtr> readVariable(const clang::Expr* expr);
  Result<ExprPtr> readUnary(const clang::UnaryOperator* unary);
  Result<ExprPtr> readBinary(const clang::BinaryOperator* binary);
  Result<ExprPtr> readLogical(const clang::BinaryOperator* binary);
  Result<ExprPtr> readSelect(const clang::ConditionalOperator* conditional);
  Result<ExprPtr> readCall(const clang::CallExpr* call);
  Result<ExprPtr> readWhere(const clang::Expr* expr, const isl::set& condition);
  Outcomes outcomesOf(const clang::Expr* expr);
  Result<ElementType> typeOf(const clang::Expr* expr) const;
  std::unexpected<Diagnostic> refuse(const std::string& code, const clang::Expr* expr,
                                     const std::string& sentence) const;

  PendingStatement* result_;
  isl::set reached_;
  RegionState* state_;
};

} // namespace polyloom
