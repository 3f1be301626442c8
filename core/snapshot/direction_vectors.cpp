#include "core/snapshot/direction_vectors.h"

#include "core/isl/context.h"
#include "core/isl/distances.h"
#include "core/isl/extra.h"

namespace polyloom {

namespace {

void collectLeaves(const TreeNode& node, std::vector<const TreeNode*>& around, const isl::set& domain,
                   std::vector<PlacedLeaf>& leaves) {
  if (node.kind == TreeNode::Kind::Leaf) {
    if (!node.domain.extract_set(domain.space()).is_empty())
      leaves.push_back({&node, around});
    return;
  }
  if (node.isLoop())
    around.push_back(&node);
  for (const TreePtr& child : node.children)
    collectLeaves(*child, around, domain, leaves);
  if (node.isLoop())
    around.pop_back();
}

/// What the distances along one dimension are.
DirectionEntry entryOf(const isl::set& distances, unsigned dimension) {
  DirectionEntry entry{.least = minimumOf(distances, dimension), .largest = maximumOf(distances, dimension)};
  entry.isLess = !entry.largest || *entry.largest > 0;
  entry.isGreater = !entry.least || *entry.least < 0;
  const isl::pw_aff value = dimensionAff(distances.space(), dimension);
  entry.isEqual = !distances.intersect(value.eq_set(constantAff(distances.space(), 0))).is_empty();
  return entry;
}

DirectionVector vectorOf(const isl::map& pairs, const std::vector<const TreeNode*>& loops, const std::string& from,
                         const std::string& to, unsigned long maxOperations) {
  DirectionVector vector;
  std::vector<SidedValue> values;
  for (const TreeNode* loop : loops) {
    vector.loops.push_back(loop->name);
    values.push_back({loop->values.at(from), loop->values.at(to)});
  }
  if (loops.empty())
    return vector;
  try {
    const IslQuota quota(pairs.ctx(), maxOperations);
    const isl::set distances = distanceSet(pairs, values);
    for (unsigned d = 0; d < loops.size(); ++d)
      vector.entries.push_back(entryOf(distances, d));
  } catch (const isl::exception_quota&) {
    vector.entries.clear();
    vector.isKnown = false;
  }
  return vector;
}

} // namespace

std::vector<PlacedLeaf> leavesOf(const ScheduleTree& tree, const Statement& statement) {
  std::vector<PlacedLeaf> leaves;
  std::vector<const TreeNode*> around;
  collectLeaves(*tree.root(), around, statement.domain, leaves);
  return leaves;
}

std::vector<DirectionVector> directionVectors(const ScheduleTree& tree, const Dependence& dependence, const Scop& scop,
                                              unsigned long maxOperations) {
  const Statement& from = scop.statements[static_cast<std::size_t>(dependence.from)];
  const Statement& to = scop.statements[static_cast<std::size_t>(dependence.to)];
  const isl::map all = dependence.relation.intersect_params(scop.context);
  std::vector<DirectionVector> vectors;
  for (const PlacedLeaf& source : leavesOf(tree, from))
    for (const PlacedLeaf& sink : leavesOf(tree, to)) {
      const isl::map pairs = all.intersect_domain(source.leaf->domain.extract_set(from.domain.space()))
                                 .intersect_range(sink.leaf->domain.extract_set(to.domain.space()));
      if (pairs.is_empty())
        continue;
      std::vector<const TreeNode*> common;
      for (std::size_t l = 0; l < source.loops.size() && l < sink.loops.size() && source.loops[l] == sink.loops[l]; ++l)
        common.push_back(source.loops[l]);
      vectors.push_back(vectorOf(pairs, common, from.name, to.name, maxOperations));
    }
  return vectors;
}

} // namespace polyloom
