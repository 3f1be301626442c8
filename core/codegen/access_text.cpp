#include "core/codegen/access_text.h"

#include "core/codegen/c_expr.h"
#include "core/codegen/index_expr.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace polyloom {

std::string cellText(const Scop& scop, const Statement& statement, const Access& access) {
  std::vector<std::string> iterators;
  for (const int loop : statement.loops)
    iterators.push_back(scop.loops[static_cast<std::size_t>(loop)].iterator);
  const isl::multi_id names(scop.ctx(), fmt::format("{{ {}[{}] }}", statement.name, fmt::join(iterators, ", ")));
  // With the iterators as parameters, isl prints the subscripts in their terms.
  const isl::ast_build build = isl::ast_build::from_context(statement.domain.bind(names));
  const isl::pw_multi_aff cell = access.relation.as_pw_multi_aff();
  const Array& array = scop.arrays[static_cast<std::size_t>(access.array)];
  std::string text = array.name;
  for (int d = 0; d < static_cast<int>(array.extents.size()); ++d)
    text += fmt::format("[{}]", toC(toIndexExpr(build.expr_from(cell.at(d).bind_domain(names)))));
  return text;
}

} // namespace polyloom
