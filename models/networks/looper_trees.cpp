#include "models/networks/looper_trees.h"

#include <algorithm>

namespace polyloom {

namespace {

/// A tree whose loops know what is inside them.
struct Linked {
  struct Node {
    std::size_t height = 0;
    std::vector<std::size_t> loops;
    std::vector<std::int64_t> computations;
  };
  std::vector<Node> nodes; ///< the last one holds what is in no loop, where anything is
  std::vector<std::size_t> roots;
};

Linked linked(const LooperFeatures& tree, std::int64_t firstComputation) {
  Linked result;
  result.nodes.resize(tree.loops.size());
  for (std::size_t loop = 0; loop < tree.loops.size(); ++loop) {
    const int parent = tree.loops[loop].parent;
    (parent < 0 ? result.roots : result.nodes[static_cast<std::size_t>(parent)].loops).push_back(loop);
  }
  for (std::size_t loop = tree.loops.size(); loop-- > 0;) // children stand behind their parents
    if (const int parent = tree.loops[loop].parent; parent >= 0) {
      std::size_t& height = result.nodes[static_cast<std::size_t>(parent)].height;
      height = std::max(height, result.nodes[loop].height + 1);
    }
  for (std::size_t c = 0; c < tree.computations.size(); ++c) {
    const int loop = tree.computations[c].loop;
    if (loop < 0 && result.nodes.size() == tree.loops.size()) {
      result.roots.push_back(result.nodes.size());
      result.nodes.emplace_back();
    }
    Linked::Node& node = loop < 0 ? result.nodes.back() : result.nodes[static_cast<std::size_t>(loop)];
    node.computations.push_back(firstComputation + static_cast<std::int64_t>(c));
  }
  return result;
}

} // namespace

LooperTrees::LooperTrees(std::span<const InputPair> pairs, std::size_t loopLength) {
  std::vector<Linked> trees;
  std::vector<std::vector<std::int64_t>> rowOf, placeOf; // per tree and loop
  std::int64_t computations = 0;
  std::size_t highest = 0;
  for (const InputPair& pair : pairs) {
    const LooperFeatures& tree = pair.schedule->looper;
    trees.push_back(linked(tree, computations));
    computations += static_cast<std::int64_t>(tree.computations.size());
    rowOf.emplace_back();
    for (std::size_t node = 0; node < trees.back().nodes.size(); ++node) {
      rowOf.back().push_back(loops++);
      highest = std::max(highest, trees.back().nodes[node].height);
      if (node < tree.loops.size())
        vectors.insert(vectors.end(), tree.loops[node].vector.begin(), tree.loops[node].vector.end());
      else
        vectors.resize(vectors.size() + loopLength);
    }
    placeOf.emplace_back(trees.back().nodes.size());
  }
  std::int64_t place = 0;
  for (std::size_t height = 0; height <= highest && loops > 0; ++height) {
    Level& level = levels.emplace_back();
    for (std::size_t t = 0; t < trees.size(); ++t)
      for (std::size_t n = 0; n < trees[t].nodes.size(); ++n) {
        const Linked::Node& node = trees[t].nodes[n];
        if (node.height != height)
          continue;
        placeOf[t][n] = place++;
        level.loops.push_back(rowOf[t][n]);
        level.computationsInside.rows.push_back(node.computations);
        std::vector<std::int64_t>& inside = level.loopsInside.rows.emplace_back();
        for (const std::size_t loop : node.loops)
          inside.push_back(placeOf[t][loop]);
      }
  }
  for (std::size_t t = 0; t < trees.size(); ++t) {
    std::vector<std::int64_t>& roots = nests.rows.emplace_back();
    for (const std::size_t root : trees[t].roots)
      roots.push_back(placeOf[t][root]);
  }
}

} // namespace polyloom
