#include "core/schedule/private_storage.h"

#include "core/schedule/values.h"

#include <algorithm>
#include <set>

namespace polyloom {

namespace {

bool uses(const TreeNode& node, const std::set<std::string>& statements) {
  const std::set<std::string> present = statementsIn(node.domain);
  return std::ranges::any_of(statements, [&](const std::string& name) { return present.contains(name); });
}

} // namespace

std::vector<const TreeNode*> loopsAroundUses(const Schedule& schedule, int array) {
  std::set<std::string> statements;
  for (const Statement& statement : schedule.program().statements)
    if (touches(statement, array))
      statements.insert(statement.name);
  std::vector<const TreeNode*> loops;
  const TreeNode* node = schedule.tree().root().get();
  while (node->kind != TreeNode::Kind::Leaf) {
    if (node->isLoop())
      loops.push_back(node);
    if (node->attributes.parallel)
      break;
    const TreeNode* next = nullptr;
    for (const TreePtr& child : node->children) {
      if (!uses(*child, statements))
        continue;
      if (next != nullptr)
        return loops;
      next = child.get();
    }
    if (next == nullptr)
      break;
    node = next;
  }
  return loops;
}

const TreeNode* privateLoopOf(const Schedule& schedule, int array) {
  if (schedule.stage().bufferOf(array) == nullptr)
    return nullptr;
  const std::vector<const TreeNode*> loops = loopsAroundUses(schedule, array);
  return loops.empty() || !loops.back()->attributes.parallel ? nullptr : loops.back();
}

} // namespace polyloom
