#include "tests/support/well_formed.h"

#include "core/isl/extra.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <set>

namespace polyloom::test {

namespace {

void collectLeaves(const TreeNode& node, isl::union_set& all) {
  if (node.kind == TreeNode::Kind::Leaf)
    all = all.unite(node.domain);
  for (const TreePtr& child : node.children)
    collectLeaves(*child, all);
}

class TreeInspector {
public:
  explicit TreeInspector(const Scop& scop) : scop_(scop) {}

  std::string defect(const TreeNode& node) {
    switch (node.kind) {
    case TreeNode::Kind::Leaf: return leafDefect(node);
    case TreeNode::Kind::Loop: return loopDefect(node);
    case TreeNode::Kind::Sequence: return sequenceDefect(node);
    }
    return "a node of no kind";
  }

private:
  std::string leafDefect(const TreeNode& node) const {
    if (!node.children.empty())
      return "a leaf with children";
    return statementsBelow(node, scop_).size() == 1 ? "" : "a leaf of several statements, or of none";
  }

  std::string sequenceDefect(const TreeNode& node) {
    if (node.children.size() < 2)
      return "a sequence of fewer than two";
    isl::union_set all = isl::union_set::empty(scop_.ctx());
    for (const TreePtr& child : node.children) {
      if (child->kind == TreeNode::Kind::Sequence)
        return "a sequence in a sequence";
      if (!all.intersect(child->domain).is_empty())
        return "children of a sequence share instances";
      all = all.unite(child->domain);
    }
    if (!all.is_equal(node.domain))
      return "children of a sequence lack instances";
    for (const TreePtr& child : node.children)
      if (std::string found = defect(*child); !found.empty())
        return found;
    return {};
  }

  std::string loopDefect(const TreeNode& node) {
    if (node.name.empty() || !names_.insert(node.name).second)
      return "two loops called \"" + node.name + "\"";
    if (node.children.size() != 1 || !node.children.front()->domain.is_equal(node.domain))
      return node.name + " and its body have other instances";
    if (node.stride < 1)
      return node.name + " has no stride";
    if (std::string found = valuesDefect(node, node.values); !found.empty())
      return found;
    for (const auto& [statement, value] : node.values)
      if (node.countsTiles() && !equalMap(value, sumOf(node, statement)).intersect(identityOn(node, value)).is_equal(identityOn(node, value)))
        return node.name + " is not the sum of its quotients";
    return defect(*node.children.front());
  }

  std::string valuesDefect(const TreeNode& node, const LoopValues& values) const {
    const std::vector<std::string> statements = statementsBelow(node, scop_);
    if (values.size() != statements.size())
      return node.name + " has values for other statements than those below it";
    for (const std::string& statement : statements) {
      if (!values.contains(statement))
        return node.name + " has no value for " + statement;
      const isl::set domain = node.domain.extract_set(values.at(statement).domain().space());
      if (!domain.is_subset(values.at(statement).domain()))
        return node.name + " has no value for some instances of " + statement;
    }
    return {};
  }

  static isl::pw_aff sumOf(const TreeNode& node, const std::string& statement) {
    isl::pw_aff sum = node.values.at(statement).scale(0);
    for (const Quotient& quotient : quotientsOf(node, statement))
      sum = sum.add(quotient.base.scale_down(static_cast<long>(quotient.size)).floor().scale(static_cast<long>(quotient.factor)));
    return sum;
  }

  /// { x -> x : x below the node, of the value's statement }
  static isl::map identityOn(const TreeNode& node, const isl::pw_aff& value) {
    return node.domain.extract_set(value.domain().space()).identity();
  }

  const Scop& scop_;
  std::set<std::string> names_;
};

} // namespace

isl::union_set leafDomain(const ScheduleTree& tree) {
  isl::union_set all = isl::union_set::empty(tree.root()->domain.ctx());
  collectLeaves(*tree.root(), all);
  return all;
}

std::string defectOf(const ScheduleTree& tree, const Scop& scop) {
  if (!tree.root()->domain.is_equal(domainOf(scop)) || !leafDomain(tree).is_equal(domainOf(scop)))
    return "the tree holds other instances than the program";
  return TreeInspector(scop).defect(*tree.root());
}

} // namespace polyloom::test
