// Conjunctions of linear conditions.
#pragma once

#include "core/codegen/linear.h"

#include <vector>

namespace polyloom {

/// Forms that must not be negative, all of them; none that follows from another one by its constant.
class Constraints {
public:
  /// A constant that is not negative adds nothing. Quotients are multiplied out.
  void add(const LinearForm& form);
  void add(const Constraints& others);

  /// Whether the form is not negative where these hold. False where that takes more than one of them to see.
  bool imply(const LinearForm& form) const;
  bool implyAll(const Constraints& others) const;

  /// What does not follow from the others.
  Constraints without(const Constraints& others) const;

  bool empty() const { return forms_.empty(); }
  const std::vector<LinearForm>& forms() const { return forms_; }
  std::vector<IndexExpr> toConditions() const;

private:
  std::vector<LinearForm> forms_;
};

} // namespace polyloom
