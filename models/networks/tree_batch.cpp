#include "models/networks/tree_batch.h"

#include <algorithm>
#include <cstring>

namespace polyloom {

namespace {

/// All trees' rows of one kind, copied into one tensor.
at::Tensor gathered(std::span<const FlatTree* const> trees, std::size_t kind, std::size_t length) {
  std::size_t total = 0;
  for (const FlatTree* tree : trees)
    total += tree->rows[kind].size();
  const std::size_t count = length == 0 ? 0 : total / length;
  at::Tensor rows = at::empty({static_cast<std::int64_t>(count), static_cast<std::int64_t>(length)}, at::kFloat);
  float* to = rows.data_ptr<float>();
  for (const FlatTree* tree : trees) {
    const std::vector<float>& from = tree->rows[kind];
    if (!from.empty())
      std::memcpy(to, from.data(), from.size() * sizeof(float));
    to += from.size();
  }
  return rows;
}

struct Indexes {
  std::vector<std::int64_t> pathLoops, pathStatements, fromOutside, fromInside, accessStatements, statementTrees;

  void add(const FlatTree& tree, std::int64_t number) {
    std::size_t path = 0;
    for (std::size_t s = 0; s < tree.statements(); ++s) {
      const auto statement = static_cast<std::int64_t>(statementTrees.size());
      statementTrees.push_back(number);
      for (std::int32_t at = 0; at < tree.pathLengths[s]; ++at) {
        pathLoops.push_back(loops + tree.pathLoops[path++]);
        pathStatements.push_back(statement);
        fromOutside.push_back(std::min<std::int64_t>(at, kPositions - 1));
        fromInside.push_back(std::min<std::int64_t>(tree.pathLengths[s] - 1 - at, kPositions - 1));
      }
      accessStatements.insert(accessStatements.end(), static_cast<std::size_t>(tree.accessCounts[s]), statement);
    }
    loops += static_cast<std::int64_t>(tree.loopParents.size());
  }

  std::int64_t loops = 0;
};

void moveTo(RaggedGroups& groups, const at::Device& device) {
  groups.places = groups.places.to(device);
  groups.padding = groups.padding.to(device);
}

} // namespace

TreeBatch makeTreeBatch(std::span<const FlatTree* const> trees, const std::array<std::size_t, kFeatureKinds>& lengths,
                        const at::Device& device) {
  Indexes indexes;
  for (std::size_t t = 0; t < trees.size(); ++t)
    indexes.add(*trees[t], static_cast<std::int64_t>(t));
  TreeBatch batch{.trees = static_cast<std::int64_t>(trees.size()),
                  .statements = static_cast<std::int64_t>(indexes.statementTrees.size())};
  for (std::size_t kind = 0; kind < kFeatureKinds; ++kind)
    batch.rows[kind] = gathered(trees, kind, lengths[kind]).to(device);
  batch.pathLoops = tensorOf(indexes.pathLoops).to(device);
  batch.fromOutside = tensorOf(indexes.fromOutside).to(device);
  batch.fromInside = tensorOf(indexes.fromInside).to(device);
  batch.accessStatements = tensorOf(indexes.accessStatements).to(device);
  batch.statementTrees = tensorOf(indexes.statementTrees).to(device);
  batch.paths = raggedGroups(indexes.pathStatements, batch.statements);
  batch.nests = raggedGroups(indexes.statementTrees, batch.trees);
  moveTo(batch.paths, device);
  moveTo(batch.nests, device);
  return batch;
}

PairedTrees::PairedTrees(std::span<const InputPair> pairs) {
  std::vector<std::int64_t> scheduleOf, originalOf;
  for (const InputPair& pair : pairs) {
    scheduleOf.push_back(placeOf(pair.schedule));
    originalOf.push_back(placeOf(pair.original));
  }
  schedules = tensorOf(scheduleOf);
  originals = tensorOf(originalOf);
}

std::int64_t PairedTrees::placeOf(const ModelInput* input) {
  const auto [found, isNew] = places_.try_emplace(input, static_cast<std::int64_t>(trees.size()));
  if (isNew)
    trees.push_back(&input->tree);
  return found->second;
}

} // namespace polyloom
