#include "core/codegen/constraints.h"

#include <algorithm>

namespace polyloom {

namespace {

/// Whether the second is not negative where the first is not.
bool follows(const LinearForm& first, const LinearForm& second) {
  const LinearForm more = second.plus(first, -1);
  return more.isConstant() && more.constant() >= 0;
}

} // namespace

void Constraints::add(const LinearForm& form) {
  const LinearForm whole = form.withoutQuotients();
  if (imply(whole))
    return;
  std::erase_if(forms_, [&](const LinearForm& other) { return follows(whole, other); });
  forms_.push_back(whole);
}

void Constraints::add(const Constraints& others) {
  for (const LinearForm& form : others.forms_)
    add(form);
}

bool Constraints::imply(const LinearForm& form) const {
  const LinearForm whole = form.withoutQuotients();
  if (whole.isConstant() && whole.constant() >= 0)
    return true;
  return std::ranges::any_of(forms_, [&](const LinearForm& own) { return follows(own, whole); });
}

bool Constraints::implyAll(const Constraints& others) const {
  return std::ranges::all_of(others.forms_, [&](const LinearForm& form) { return imply(form); });
}

Constraints Constraints::without(const Constraints& others) const {
  Constraints rest;
  for (const LinearForm& form : forms_)
    if (!others.imply(form))
      rest.forms_.push_back(form);
  return rest;
}

std::vector<IndexExpr> Constraints::toConditions() const {
  std::vector<IndexExpr> conditions;
  for (const LinearForm& form : forms_)
    conditions.push_back(form.isAtLeast(0));
  return conditions;
}

} // namespace polyloom
