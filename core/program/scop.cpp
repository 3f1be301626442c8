#include "core/program/scop.h"

#include <algorithm>

namespace polyloom {

namespace {

template <typename T> std::optional<int> indexOfName(const std::vector<T>& items, const std::string& name) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const T& item) { return item.name == name; });
  if (found == items.end())
    return std::nullopt;
  return static_cast<int>(found - items.begin());
}

} // namespace

isl::union_set domainOf(const Scop& scop) {
  isl::union_set domain = isl::union_set::empty(scop.ctx());
  for (const Statement& statement : scop.statements)
    domain = domain.unite(isl::union_set(statement.domain));
  return domain.intersect_params(scop.context);
}

bool touches(const Statement& statement, int array) {
  return std::ranges::any_of(statement.accesses, [&](const Access& access) { return access.array == array; });
}

std::vector<isl::pw_aff> subscriptsOf(const Access& access, std::size_t rank) {
  if (!access.subscripts.empty())
    return access.subscripts;
  const isl::pw_multi_aff cell = access.relation.as_pw_multi_aff();
  std::vector<isl::pw_aff> subscripts;
  for (std::size_t d = 0; d < rank; ++d)
    subscripts.push_back(cell.at(static_cast<int>(d)));
  return subscripts;
}

std::optional<int> findArray(const Scop& scop, const std::string& name) { return indexOfName(scop.arrays, name); }

const Statement* findOpaque(const Scop& scop) {
  const auto isOpaque = [](const Statement& statement) { return statement.value->kind == Expr::Kind::Opaque; };
  const auto found = std::ranges::find_if(scop.statements, isOpaque);
  return found == scop.statements.end() ? nullptr : &*found;
}

std::optional<int> findStatement(const Scop& scop, const std::string& name) {
  return indexOfName(scop.statements, name);
}

std::optional<int> findParameter(const Scop& scop, const std::string& name) {
  return indexOfName(scop.parameters, name);
}

} // namespace polyloom
