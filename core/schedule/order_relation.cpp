#include "core/schedule/order_relation.h"

#include "core/isl/extra.h"

namespace polyloom {

namespace {

/// Collects the pairs that are in order, node by node.
class OrderWalk {
public:
  OrderWalk(const Statement& source, const Statement& sink) : source_(source), sink_(sink) {}

  isl::map ordered(const TreeNode& root) {
    const isl::set sources = instances(root, source_), sinks = instances(root, sink_);
    const isl::map all = sources.product(sinks).unwrap();
    ordered_ = isl::map::empty(all.space());
    walk(root, all);
    return ordered_.coalesce();
  }

private:
  static isl::set instances(const TreeNode& node, const Statement& statement) {
    return node.domain.extract_set(statement.domain.space());
  }

  void walk(const TreeNode& node, const isl::map& pending) {
    if (pending.is_empty() || node.kind == TreeNode::Kind::Leaf)
      return;
    if (node.isLoop()) {
      const isl::pw_aff &source = node.values.at(source_.name), &sink = node.values.at(sink_.name);
      ordered_ = ordered_.unite(pending.intersect(lessMap(source, sink)));
      walk(*node.children.front(), pending.intersect(equalMap(source, sink)));
      return;
    }
    for (std::size_t from = 0; from < node.children.size(); ++from) {
      const isl::map part = pending.intersect_domain(instances(*node.children[from], source_));
      if (part.is_empty())
        continue;
      walk(*node.children[from], part.intersect_range(instances(*node.children[from], sink_)));
      for (std::size_t to = from + 1; to < node.children.size(); ++to)
        ordered_ = ordered_.unite(part.intersect_range(instances(*node.children[to], sink_)));
    }
  }

  const Statement& source_;
  const Statement& sink_;
  isl::map ordered_;
};

} // namespace

isl::map orderBetween(const ScheduleTree& tree, const Statement& source, const Statement& sink) {
  return OrderWalk(source, sink).ordered(*tree.root());
}

bool haveSameOrder(const ScheduleTree& a, const ScheduleTree& b, const Scop& scop) {
  for (const Statement& source : scop.statements)
    for (const Statement& sink : scop.statements)
      if (!orderBetween(a, source, sink).is_equal(orderBetween(b, source, sink)))
        return false;
  return true;
}

} // namespace polyloom
