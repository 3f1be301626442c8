// Index expressions as sums, to compare and to bound them.
#pragma once

#include "core/codegen/kernel.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// A constant and terms with integer factors. A term is a variable, or an expression that is no such sum itself (a
/// quotient, a minimum); terms with the same text are the same.
class LinearForm {
public:
  LinearForm() = default;
  explicit LinearForm(std::int64_t constant) : constant_(constant) {}
  explicit LinearForm(const IndexExpr& expr) { add(expr, 1); }

  std::int64_t constant() const { return constant_; }
  bool isConstant() const { return terms_.empty(); }

  /// The factor of a variable that stands for itself; 0 where it does not.
  std::int64_t factorOf(const std::string& variable) const;
  /// Whether the variable occurs within a term that is no variable.
  bool hides(const std::string& variable) const;
  bool mentions(const std::string& variable) const { return factorOf(variable) != 0 || hides(variable); }

  LinearForm plus(const LinearForm& other, std::int64_t factor = 1) const;
  /// The variable replaced by a sum. The variable is not hidden.
  LinearForm with(const std::string& variable, const LinearForm& value) const;

  /// A form that is negative where this one is, with quotients of factor 1 or -1 multiplied out.
  LinearForm withoutQuotients() const;

  IndexExpr toIndexExpr() const;
  /// The condition that the sum is not below the bound: 8 * i + 8 <= N.
  IndexExpr isAtLeast(std::int64_t bound) const;

  friend bool operator==(const LinearForm& left, const LinearForm& right) {
    const LinearForm difference = left.plus(right, -1);
    return difference.isConstant() && difference.constant() == 0;
  }

private:
  struct Term {
    IndexExpr expr;
    std::int64_t factor = 0;
  };

  void add(const IndexExpr& expr, std::int64_t factor);
  void addTerm(const IndexExpr& expr, std::int64_t factor);

  std::map<std::string, Term> terms_; ///< by text
  std::int64_t constant_ = 0;
};

/// The operands of nested minima or maxima (`op`); the expression itself where it is neither.
std::vector<LinearForm> partsOf(const IndexExpr& expr, IndexExpr::Op op);

} // namespace polyloom
