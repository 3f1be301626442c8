#include "core/schedule/cell_loops.h"

#include "core/isl/extra.h"
#include "core/schedule/storage_edit.h"

#include <utility>

namespace polyloom {

isl::pw_aff_list coordinatesOf(const isl::set& set, unsigned first, unsigned count) {
  isl::pw_aff_list list(set.ctx(), static_cast<int>(count));
  for (unsigned d = first; d < first + count; ++d)
    list = list.add(dimensionAff(set.space(), d));
  return list;
}

void nameDimension(Scop& program, Statement& copy, const std::string& iterator) {
  copy.loops.push_back(static_cast<int>(program.loops.size()));
  program.loops.push_back({.name = freshProgramName(program, iterator), .iterator = iterator});
}

TreePtr loopsOver(const Statement& copy, unsigned first, const std::vector<std::string>& names) {
  TreePtr nest = std::make_shared<const TreeNode>(TreeNode{.domain = isl::union_set(copy.domain)});
  for (auto d = static_cast<unsigned>(names.size()); d-- > 0;) {
    TreeNode loop{.kind = TreeNode::Kind::Loop, .domain = nest->domain, .children = {nest}, .name = names[d]};
    loop.values.emplace(copy.name, dimensionAff(copy.domain.space(), first + d));
    nest = std::make_shared<const TreeNode>(std::move(loop));
  }
  return nest;
}

} // namespace polyloom
