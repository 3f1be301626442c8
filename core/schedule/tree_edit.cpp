#include "core/schedule/tree_edit.h"

#include "core/base/check.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace polyloom {

namespace {

/// "i" for "i_2": what further suffixes are counted on.
std::string withoutSuffix(const std::string& name) {
  const std::size_t end = name.find_last_not_of("0123456789");
  const bool hasSuffix = end != std::string::npos && end > 0 && end + 1 < name.size() && name[end] == '_';
  return hasSuffix ? name.substr(0, end) : name;
}

bool descend(const TreePtr& node, const std::string& name, std::vector<TreePtr>& path) {
  path.push_back(node);
  if (node->isLoop() && node->name == name)
    return true;
  for (const TreePtr& child : node->children)
    if (descend(child, name, path))
      return true;
  path.pop_back();
  return false;
}

void collectNames(const TreeNode& node, std::vector<std::string>& names) {
  if (node.isLoop())
    names.push_back(node.name);
  for (const TreePtr& child : node.children)
    collectNames(*child, names);
}

TreePtr replaceBelow(const TreePtr& node, const TreeNode* old, const TreePtr& replacement) {
  if (node.get() == old)
    return replacement;
  std::vector<TreePtr> children;
  bool changed = false;
  for (const TreePtr& child : node->children) {
    children.push_back(replaceBelow(child, old, replacement));
    changed = changed || children.back() != child;
  }
  if (!changed)
    return node;
  if (node->kind == TreeNode::Kind::Sequence)
    return makeSequence(children);
  return withChild(*node, children.front());
}

/// What stands in a node's body besides the loop `inner`, for a refusal: "S0 shares", "S0 and loop j share".
std::string othersShare(const TreeNode& node, const TreeNode* inner, const Scop& scop) {
  std::vector<std::string> others;
  for (const TreePtr& child : node.children) {
    if (child.get() == inner)
      continue;
    if (child->isLoop())
      others.push_back("loop " + child->name);
    else
      for (const std::string& statement : statementsBelow(*child, scop))
        others.push_back(statement);
  }
  return joinWords(others) + (others.size() == 1 ? " shares" : " share");
}

/// A statement that names child `place` of a body to `distribute`, which takes the first child that holds it: none
/// where copies of all its statements come before.
std::optional<std::string> nameOfPart(const TreeNode& body, std::size_t place, const Scop& scop) {
  std::optional<std::string> name;
  for (const std::string& statement : statementsBelow(*body.children[place], scop))
    if (firstHolder(body, statement) == place)
      name = statement;
  return name;
}

/// The steps that leave a child alone in the body of `loop`: "distribute i after S1, then after S0". Where copies hide
/// the place after it, the first of them: the next refusal says the other one.
std::string howToPart(const TreeNode& loop, const TreeNode& body, const TreeNode* child, const Scop& scop) {
  const auto at = std::ranges::find_if(body.children, [&](const TreePtr& node) { return node.get() == child; });
  const auto place = static_cast<std::size_t>(at - body.children.begin());
  std::vector<std::string> after;
  if (place + 1 < body.children.size())
    if (const auto name = nameOfPart(body, place, scop))
      after.push_back(*name);
  std::optional<std::string> before;
  for (std::size_t c = place; c > 0 && !before; --c)
    before = nameOfPart(body, c - 1, scop);
  if (before)
    after.push_back(*before);
  return fmt::format("distribute {} after {}", loop.name, fmt::join(after, ", then after "));
}

Result<TreePtr> requireDirectlyInside(const TreeNode& outer, const std::vector<TreePtr>& path, const Scop& scop) {
  const auto at = std::find_if(path.begin(), path.end(), [&](const TreePtr& node) { return node.get() == &outer; });
  const TreeNode* inner = path.back().get();
  const bool isReversed = !pathToLoop(ScheduleTree(path.back()), outer.name).empty();
  if (at == path.end() && isReversed)
    return failure("not-nested", fmt::format("{} is around {}; name loops from the outside in: {} {}", inner->name,
                                             outer.name, inner->name, outer.name));
  if (at == path.end())
    return failure("not-nested", fmt::format("{} is not inside {}; every loop named has to be directly inside the "
                                             "one before", inner->name, outer.name));
  const TreePtr& next = *std::next(at);
  if (next.get() == inner)
    return path.back();
  if (next->isLoop())
    return failure("not-nested", fmt::format("{} is not directly inside {}: loop {} stands between them; name it too, "
                                             "or interchange {} {} first", inner->name, outer.name, next->name,
                                             next->name, inner->name));
  const TreePtr& below = *std::next(at, 2);
  return failure("not-nested", fmt::format("{} is not alone inside {}: {} its body; {} first", below->name, outer.name,
                                           othersShare(*next, below.get(), scop),
                                           howToPart(outer, *next, below.get(), scop)));
}

} // namespace

std::vector<TreePtr> pathToLoop(const ScheduleTree& tree, const std::string& name) {
  std::vector<TreePtr> path;
  descend(tree.root(), name, path);
  return path;
}

Result<std::vector<TreePtr>> requireLoop(const ScheduleTree& tree, const std::string& name) {
  std::vector<TreePtr> path = pathToLoop(tree, name);
  if (!path.empty())
    return path;
  const std::vector<std::string> names = loopNames(tree);
  if (names.empty())
    return failure("unknown-loop", fmt::format("no loop is called {}; the program has no loops", name));
  return failure("unknown-loop", fmt::format("no loop is called {}; the loops are {}", name, joinWords(names)));
}

std::optional<Diagnostic> refuseUnknownStatement(const Scop& scop, const std::string& name) {
  if (findStatement(scop, name))
    return std::nullopt;
  constexpr std::size_t kMostNames = 20;
  std::vector<std::string> names;
  for (const Statement& statement : scop.statements)
    names.push_back(statement.name);
  const bool isShort = names.size() <= kMostNames;
  return Diagnostic{"unknown-statement",
                    fmt::format("no statement is called {}; {}", name,
                                names.size() == 1 ? "the only one is " + names.front()
                                : isShort         ? "the statements are " + joinWords(names)
                                : fmt::format("there are {}, from {} to {}", names.size(), names.front(), names.back()))};
}

std::vector<std::string> loopNames(const ScheduleTree& tree) {
  std::vector<std::string> names;
  collectNames(*tree.root(), names);
  return names;
}

std::vector<std::string> statementsBelow(const TreeNode& node, const Scop& scop) {
  const std::set<std::string> present = statementsIn(node.domain);
  std::vector<std::string> names;
  for (const Statement& statement : scop.statements)
    if (present.contains(statement.name))
      names.push_back(statement.name);
  return names;
}

std::size_t firstHolder(const TreeNode& sequence, const std::string& statement) {
  const auto holds = [&](const TreePtr& child) { return statementsIn(child->domain).contains(statement); };
  return static_cast<std::size_t>(std::ranges::find_if(sequence.children, holds) - sequence.children.begin());
}

ScheduleTree replaceNode(const ScheduleTree& tree, const TreeNode* old, const TreePtr& replacement) {
  return ScheduleTree(replaceBelow(tree.root(), old, replacement));
}

TreePtr withChild(const TreeNode& loop, TreePtr child) {
  TreeNode copy = loop;
  copy.children = {std::move(child)};
  return std::make_shared<const TreeNode>(std::move(copy));
}

TreePtr loopOver(const TreeNode& loop, const std::string& name, const std::vector<TreePtr>& children) {
  TreeNode part = loop;
  part.name = name;
  part.children = {makeSequence(children)};
  part.domain = part.children.front()->domain;
  part.values = restrictTo(loop.values, part.domain);
  const auto isGone = [&](const auto& entry) { return !part.values.contains(entry.first); };
  std::erase_if(part.bases, isGone);
  std::erase_if(part.sums, isGone);
  return std::make_shared<const TreeNode>(std::move(part));
}

TreePtr makeSequence(const std::vector<TreePtr>& children) {
  POLYLOOM_CHECK(!children.empty());
  if (children.size() == 1)
    return children.front();
  TreeNode result{.kind = TreeNode::Kind::Sequence, .domain = children.front()->domain};
  for (const TreePtr& child : children) {
    result.domain = result.domain.unite(child->domain);
    if (child->kind == TreeNode::Kind::Sequence)
      result.children.insert(result.children.end(), child->children.begin(), child->children.end());
    else
      result.children.push_back(child);
  }
  return std::make_shared<const TreeNode>(std::move(result));
}

std::string freshName(const ScheduleTree& tree, const std::string& wanted, const std::set<std::string>& taken) {
  const std::vector<std::string> names = loopNames(tree);
  const auto isTaken = [&](const std::string& name) {
    return taken.contains(name) || std::find(names.begin(), names.end(), name) != names.end();
  };
  if (!isTaken(wanted))
    return wanted;
  const std::string base = withoutSuffix(wanted);
  int suffix = 2;
  while (isTaken(fmt::format("{}_{}", base, suffix)))
    ++suffix;
  return fmt::format("{}_{}", base, suffix);
}

std::string joinWords(const std::vector<std::string>& words, const std::string& last) {
  if (words.size() < 2)
    return words.empty() ? "" : words.front();
  return fmt::format("{} {} {}", fmt::join(words.begin(), words.end() - 1, ", "), last, words.back());
}

Result<std::vector<TreePtr>> requireDirectNest(const ScheduleTree& tree, const std::vector<std::string>& names,
                                               const Scop& scop) {
  std::vector<TreePtr> nest;
  for (const std::string& name : names) {
    const Result<std::vector<TreePtr>> path = requireLoop(tree, name);
    if (!path)
      return std::unexpected(path.error());
    if (std::any_of(nest.begin(), nest.end(), [&](const TreePtr& node) { return node->name == name; }))
      return failure("repeated-loop", fmt::format("{} is named twice", name));
    if (!nest.empty()) {
      const Result<TreePtr> inner = requireDirectlyInside(*nest.back(), *path, scop);
      if (!inner)
        return std::unexpected(inner.error());
    }
    nest.push_back(path->back());
  }
  return nest;
}

} // namespace polyloom
