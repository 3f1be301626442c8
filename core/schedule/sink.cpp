#include "core/schedule/sink.h"

#include "core/schedule/loop_range.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

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
    TreeNode strip{.kind = TreeNode::Kind::Loop, .domain = body->domain, .children = {body}};
    strip.name = names_.empty() ? loop_.name : freshName(tree_, loop_.name, names_);
    names_.insert(strip.name);
    strip.values = restrictTo(loop_.values, body->domain);
    strip.stride = loop_.stride;
    strip.attributes = strip_;
    return std::make_shared<const TreeNode>(std::move(strip));
  }

  const ScheduleTree& tree_;
  const TreeNode& loop_;
  LoopAttributes strip_;
  std::set<std::string> names_;
};

} // namespace

ScheduleTree stripAndSink(const ScheduleTree& tree, const TreeNode& loop, std::int64_t size,
                          const LoopAttributes& strip) {
  StripSinker sinker(tree, loop, strip);
  TreeNode groups = loop;
  groups.children = {sinker.sink(loop.children.front())};
  groups.name = freshName(tree, loop.name + "t", sinker.names());
  groups.tileSize = size * loop.stride;
  groups.bases = loop.values;
  groups.values = divideFloor(loop.values, groups.tileSize);
  groups.stride = 1;
  groups.sums.clear();
  return withValidStrides(replaceNode(tree, &loop, std::make_shared<const TreeNode>(std::move(groups))));
}

} // namespace polyloom
