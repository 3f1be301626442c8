#include "core/schedule/loop_range.h"

#include "core/isl/extra.h"
#include "core/isl/sets.h"

#include <algorithm>

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

bool areCongruent(const std::vector<TreePtr>& path, std::int64_t stride) {
  const isl::set distances = distancesOf(path);
  const isl::pw_aff distance = dimensionAff(distances.space(), 0);
  const isl::pw_aff rest = distance.mod(static_cast<long>(stride));
  return distances.is_subset(rest.eq_set(constantAff(distances.space(), 0)));
}

/// `path` holds the nodes above.
TreePtr settleStrides(const TreePtr& node, std::vector<TreePtr>& path) {
  path.push_back(node);
  TreeNode settled = *node;
  settled.stride = node->stride > 1 && !areCongruent(path, node->stride) ? 1 : node->stride;
  for (TreePtr& child : settled.children)
    child = settleStrides(child, path);
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

ScheduleTree withValidStrides(const ScheduleTree& tree) {
  std::vector<TreePtr> path;
  return ScheduleTree(settleStrides(tree.root(), path));
}

} // namespace polyloom
