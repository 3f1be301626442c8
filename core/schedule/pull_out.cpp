#include "core/schedule/pull_out.h"

#include "core/isl/extra.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace polyloom {

namespace {

isl::set instancesOf(const TreeNode& node, const isl::pw_aff& value) {
  return node.domain.extract_set(value.space().domain());
}

using Children = std::vector<TreePtr>;

/// One loop of the tree, with those around it.
class LoopView {
public:
  LoopView(const TreeNode& loop, const std::vector<const TreeNode*>& around) : loop_(loop), around_(around) {}

  /// Whether the loops outside determine the value for all statements below `child`.
  bool isPlaced(const TreeNode& child) const {
    const std::set<std::string> statements = statementsIn(child.domain);
    return std::ranges::all_of(statements, [&](const std::string& statement) {
      const isl::pw_aff& value = loop_.values.at(statement);
      const isl::map pairs = together(child, statement, child, statement);
      return pairs.is_subset(equalMap(value, value));
    });
  }

  /// Whether all of one child runs before all of the other; `isFirst`: in an iteration of both, too.
  bool runsBefore(const TreeNode& a, const TreeNode& b, bool isFirst) const {
    for (const std::string& first : statementsIn(a.domain)) {
      for (const std::string& second : statementsIn(b.domain)) {
        const isl::pw_aff &left = loop_.values.at(first), &right = loop_.values.at(second);
        const isl::map pairs = together(a, first, b, second);
        if (!pairs.intersect(greaterMap(left, right)).is_empty() ||
            (!isFirst && !pairs.intersect(equalMap(left, right)).is_empty()))
          return false;
      }
    }
    return true;
  }

  /// Whether one child may run before the other: no dependence in one iteration of the loops outside leads back.
  bool mayRunBefore(const TreeNode& a, const TreeNode& b, const Scop& scop, const Dependences& dependences) const {
    const std::set<std::string> first = statementsIn(a.domain), second = statementsIn(b.domain);
    return std::ranges::none_of(dependences.all(), [&](const Dependence& dependence) {
      const std::string& source = scop.statements[static_cast<std::size_t>(dependence.from)].name;
      const std::string& sink = scop.statements[static_cast<std::size_t>(dependence.to)].name;
      return second.contains(source) && first.contains(sink) &&
             !together(b, source, a, sink).intersect(dependence.relation).is_empty();
    });
  }

private:
  /// Pairs of instances in one iteration of the loops outside.
  isl::map together(const TreeNode& a, const std::string& first, const TreeNode& b, const std::string& second) const {
    isl::map pairs =
        instancesOf(a, loop_.values.at(first)).product(instancesOf(b, loop_.values.at(second))).unwrap();
    for (const TreeNode* outer : around_)
      pairs = pairs.intersect(equalMap(outer->values.at(first), outer->values.at(second)));
    return pairs;
  }

  const TreeNode& loop_;
  const std::vector<const TreeNode*>& around_;
};

/// The loop over the given children of its body only.
TreePtr loopAround(const TreeNode& loop, const Children& children) {
  TreeNode part = loop;
  part.children = {makeSequence(children)};
  part.domain = part.children.front()->domain;
  const std::set<std::string> present = statementsIn(part.domain);
  const auto isGone = [&](const auto& entry) { return !present.contains(entry.first); };
  std::erase_if(part.values, isGone);
  std::erase_if(part.bases, isGone);
  std::erase_if(part.sums, isGone);
  return std::make_shared<const TreeNode>(std::move(part));
}

/// The tree over one statement's instances, or over all others'; null where none are left.
TreePtr partFor(const TreePtr& node, const std::string& statement, bool isOnly) {
  if (node->kind == TreeNode::Kind::Leaf)
    return statementsIn(node->domain).contains(statement) == isOnly ? node : nullptr;
  Children children;
  for (const TreePtr& child : node->children)
    if (TreePtr part = partFor(child, statement, isOnly))
      children.push_back(std::move(part));
  if (children.empty())
    return nullptr;
  return node->isLoop() ? loopAround(*node, children) : makeSequence(children);
}

class PullOut {
public:
  PullOut(const Scop& scop, const Dependences* dependences) : scop_(scop), dependences_(dependences) {}

  TreePtr simplified(const TreePtr& node) {
    if (node->kind == TreeNode::Kind::Leaf)
      return node;
    if (node->isLoop())
      return loop(*node);
    Children children;
    for (const TreePtr& child : node->children)
      children.push_back(simplified(child));
    return makeSequence(children);
  }

private:
  enum class Side { Before, After };

  TreePtr loop(const TreeNode& node) {
    around_.push_back(&node);
    const TreePtr body = simplified(node.children.front());
    around_.pop_back();
    Children inside = body->kind == TreeNode::Kind::Sequence ? body->children : Children{body};
    Children before, after;
    const LoopView view(node, around_);
    for (const bool isExact : {true, false}) {
      while (const std::optional<std::size_t> at = movable(view, inside, Side::Before, isExact))
        before.push_back(takeOut(inside, *at));
      while (const std::optional<std::size_t> at = movable(view, inside, Side::After, isExact))
        after.insert(after.begin(), takeOut(inside, *at));
    }
    takeStatements(view, inside, before, after);
    if (!inside.empty())
      before.push_back(loopAround(node, inside));
    before.insert(before.end(), after.begin(), after.end());
    return makeSequence(before);
  }

  /// Parts single statements from the children that they share with others, where the dependences allow.
  void takeStatements(const LoopView& view, Children& inside, Children& before, Children& after) {
    for (const std::string& statement : inside.empty() ? std::set<std::string>{} : statementsIn(makeSequence(inside)->domain)) {
      const TreePtr body = makeSequence(inside);
      const TreePtr only = partFor(body, statement, true), others = partFor(body, statement, false);
      if (dependences_ == nullptr || others == nullptr || !view.isPlaced(*only))
        continue;
      if (view.mayRunBefore(*only, *others, scop_, *dependences_))
        before.push_back(simplified(only));
      else if (view.mayRunBefore(*others, *only, scop_, *dependences_))
        after.insert(after.begin(), simplified(only));
      else
        continue;
      inside = others->kind == TreeNode::Kind::Sequence ? others->children : Children{others};
    }
  }

  static TreePtr takeOut(Children& children, std::size_t at) {
    TreePtr child = children[at];
    children.erase(children.begin() + static_cast<std::ptrdiff_t>(at));
    return child;
  }

  /// The child, of those left in the loop, that can stand on this side of all others; nothing where none can.
  std::optional<std::size_t> movable(const LoopView& view, const Children& children, Side side, bool isExact) const {
    for (std::size_t c = 0; c < children.size(); ++c) {
      bool canMove = view.isPlaced(*children[c]);
      for (std::size_t other = 0; canMove && other < children.size(); ++other)
        canMove = other == c || (side == Side::Before ? isBefore(view, children, c, other, isExact)
                                                      : isBefore(view, children, other, c, isExact));
      if (canMove)
        return c;
    }
    return std::nullopt;
  }

  bool isBefore(const LoopView& view, const Children& children, std::size_t a, std::size_t b, bool isExact) const {
    if (isExact)
      return view.runsBefore(*children[a], *children[b], a < b);
    return dependences_ != nullptr && view.mayRunBefore(*children[a], *children[b], scop_, *dependences_);
  }

  const Scop& scop_;
  const Dependences* dependences_;
  std::vector<const TreeNode*> around_;
};

} // namespace

ScheduleTree withoutPlacingLoops(const ScheduleTree& tree, const Scop& scop, const Dependences* dependences) {
  return ScheduleTree(PullOut(scop, dependences).simplified(tree.root()));
}

} // namespace polyloom
