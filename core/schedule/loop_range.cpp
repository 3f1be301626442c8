#include "core/schedule/loop_range.h"

#include "core/isl/extra.h"
#include "core/isl/relations.h"
#include "core/isl/sets.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <algorithm>
#include <set>

namespace polyloom {

namespace {

isl::map valueOf(const TreeNode& loop, const isl::set& instances) {
  return mapToVector(instances, isl::pw_aff_list(loop.values.at(tupleName(instances))));
}

/// All differences between two values that the loop takes at the same values around it.
isl::set distancesOf(const std::vector<TreePtr>& path) {
  const isl::map range = rangeOf(path);
  return range.reverse().apply_range(range).deltas();
}

/// Whether two instances at the same values of the loops around have values of the loop that differ by no multiple of
/// the stride. Asked of the instances: to project them onto the loops' values costs isl far more.
bool haveOtherRest(const std::vector<TreePtr>& path, const isl::set& first, const isl::set& second) {
  isl::map pairs = allPairs(first, second);
  const TreeNode& loop = *path.back();
  for (const TreePtr& node : path)
    if (node->isLoop() && node.get() != &loop)
      pairs = both(pairs, equalMap(node->values.at(tupleName(first)), node->values.at(tupleName(second))));
  const isl::pw_aff one = loop.values.at(tupleName(first)).mod(static_cast<long>(loop.stride));
  const isl::pw_aff other = loop.values.at(tupleName(second)).mod(static_cast<long>(loop.stride));
  return haveAny(pairs, lessMap(one, other)) || haveAny(pairs, greaterMap(one, other));
}

bool areCongruent(const std::vector<TreePtr>& path) {
  std::vector<isl::set> parts;
  path.back()->domain.foreach_set([&](const isl::set& instances) { parts.push_back(instances); });
  for (std::size_t a = 0; a < parts.size(); ++a)
    for (std::size_t b = a; b < parts.size(); ++b)
      if (haveOtherRest(path, parts[a], parts[b]))
        return false;
  return true;
}

/// Whether two loops have the same values for some statements, by the look of them.
bool haveSameValues(const TreeNode& a, const TreeNode& b, const std::set<std::string>& statements) {
  return std::ranges::all_of(statements, [&](const std::string& statement) {
    const auto other = b.values.find(statement);
    return other != b.values.end() && a.values.at(statement).plain_is_equal(other->second);
  });
}

/// Whether the last loop of a path had this stride before, with no loop around it that is now gone, for all of its
/// instances: then its values are as congruent as they were.
bool isAsBefore(const std::vector<TreePtr>& path, const ScheduleTree& before) {
  const TreeNode& loop = *path.back();
  const std::vector<TreePtr> old = pathToLoop(before, loop.name);
  if (old.empty() || old.back()->stride != loop.stride)
    return false;
  const std::set<std::string> statements = statementsIn(loop.domain);
  const auto remains = [&](const TreePtr& outer) {
    return !outer->isLoop() ||
           std::ranges::any_of(path, [&](const TreePtr& node) {
             return node->isLoop() && (node == path.back()) == (outer == old.back()) &&
                    haveSameValues(*node, *outer, statements);
           });
  };
  return std::ranges::all_of(old, remains) && loop.domain.is_subset(old.back()->domain);
}

/// `path` holds the nodes above.
TreePtr settleStrides(const TreePtr& node, const ScheduleTree& before, std::vector<TreePtr>& path) {
  path.push_back(node);
  TreeNode settled = *node;
  if (node->stride > 1 && !isAsBefore(path, before) && !areCongruent(path))
    settled.stride = 1;
  for (TreePtr& child : settled.children)
    child = settleStrides(child, before, path);
  path.pop_back();
  const bool isChanged = settled.stride != node->stride || settled.children != node->children;
  return isChanged ? std::make_shared<const TreeNode>(std::move(settled)) : node;
}

} // namespace

isl::map aroundOf(const std::vector<TreePtr>& path, const isl::set& instances) {
  isl::pw_aff_list around(instances.ctx(), 0);
  for (const TreePtr& node : path)
    if (node->isLoop() && node != path.back())
      around = around.add(node->values.at(tupleName(instances)));
  return mapToVector(instances, around);
}

isl::map rangeOf(const std::vector<TreePtr>& path) {
  const TreeNode& loop = *path.back();
  std::vector<isl::map> parts;
  loop.domain.foreach_set([&](const isl::set& instances) {
    parts.push_back(aroundOf(path, instances).reverse().apply_range(valueOf(loop, instances)));
  });
  isl::map range = parts.front();
  for (const isl::map& part : parts)
    range = range.unite(part);
  return range.coalesce();
}

std::string rangeText(const std::vector<TreePtr>& path, const Scop& scop) {
  std::vector<std::string> names;
  for (const TreePtr& node : path)
    if (node->isLoop())
      names.push_back(node->name);
  const isl::set values = nameDimensions(rangeOf(path).wrap().flatten(), names);
  const std::string text = islText(values.gist_params(scop.context));
  const std::size_t begin = text.find(" : ");
  const std::size_t end = text.rfind(" }");
  return begin == std::string::npos || end < begin ? "all numbers" : text.substr(begin + 3, end - begin - 3);
}

bool hasConstantLength(const std::vector<TreePtr>& path) {
  return isBounded(distancesOf(path).project_out_all_params());
}

ScheduleTree withValidStrides(const ScheduleTree& tree, const ScheduleTree& before) {
  std::vector<TreePtr> path;
  return ScheduleTree(settleStrides(tree.root(), before, path));
}

} // namespace polyloom
