#include "core/schedule/sink.h"

#include "core/schedule/combine.h"
#include "core/schedule/tree_edit.h"

#include <set>
#include <string>

namespace polyloom {

namespace {

/// Puts strips of one loop around the leaves of a tree.
class StripSinker {
public:
  StripSinker(const ScheduleTree& tree, const TreeNode& loop, const LoopAttributes& strip)
      : tree_(tree), loop_(loop), strip_(strip) {}

  TreePtr sink(const TreePtr& node) {
    if (node->kind == TreeNode::Kind::Leaf || node->attributes.vectorWidth > 0)
      return stripAround(node);
    std::vector<TreePtr> children;
    for (const TreePtr& child : node->children)
      children.push_back(sink(child));
    return node->isLoop() ? withChild(*node, children.front()) : makeSequence(children);
  }

  const std::set<std::string>& names() const { return names_; }

private:
  TreePtr stripAround(const TreePtr& body) {
    const std::string name = names_.empty() ? loop_.name : freshName(tree_, loop_.name, names_);
    names_.insert(name);
    TreeNode strip = *loopOver(loop_, name, {body});
    strip.attributes = strip_;
    return std::make_shared<const TreeNode>(std::move(strip));
  }

  const ScheduleTree& tree_;
  const TreeNode& loop_;
  LoopAttributes strip_;
  std::set<std::string> names_;
};

} // namespace

Result<ScheduleTree> stripAndSink(const ScheduleTree& tree, const TreeNode& loop, std::int64_t size,
                                  const LoopAttributes& strip) {
  StripSinker sinker(tree, loop, strip);
  TreePtr body = sinker.sink(loop.children.front());
  const std::string name = freshName(tree, loop.name + "t", sinker.names());
  Result<TreeNode> groups = tileLoopOver(loop, size, name, std::move(body));
  if (!groups)
    return std::unexpected(groups.error());
  groups->attributes = loop.attributes;
  return replaceNode(tree, &loop, std::make_shared<const TreeNode>(std::move(*groups)));
}

} // namespace polyloom
