#include "core/schedule/cut.h"

#include "core/schedule/tree_edit.h"

#include <set>
#include <string>

namespace polyloom {

namespace {

/// The tree with a name of its own for every loop in it.
TreePtr withFreshNames(const ScheduleTree& tree, const TreePtr& node, std::set<std::string>& taken) {
  TreeNode renamed = *node;
  if (node->isLoop()) {
    renamed.name = freshName(tree, node->name, taken);
    taken.insert(renamed.name);
  }
  for (TreePtr& child : renamed.children)
    child = withFreshNames(tree, child, taken);
  return std::make_shared<const TreeNode>(std::move(renamed));
}

} // namespace

TreePtr restrictTree(const TreePtr& node, const isl::union_set& domain) {
  if (node->kind == TreeNode::Kind::Leaf) {
    const isl::union_set part = node->domain.intersect(domain).coalesce();
    return part.is_empty() ? nullptr : std::make_shared<const TreeNode>(TreeNode{.domain = part});
  }
  std::vector<TreePtr> children;
  for (const TreePtr& child : node->children)
    if (TreePtr part = restrictTree(child, domain))
      children.push_back(std::move(part));
  if (children.empty())
    return nullptr;
  return node->isLoop() ? loopOver(*node, node->name, children) : makeSequence(children);
}

CutLoop cutLoop(const ScheduleTree& tree, const TreePtr& loop, const isl::union_set& first) {
  CutLoop parts{restrictTree(loop, first), restrictTree(loop, loop->domain.subtract(first))};
  std::set<std::string> taken;
  if (parts.second != nullptr)
    parts.second = withFreshNames(tree, parts.second, taken);
  return parts;
}

} // namespace polyloom
