// Trees of many shapes as one set of tensors.
#pragma once

#include "models/networks/layers.h"
#include "models/networks/network.h"

#include <array>
#include <unordered_map>

namespace polyloom {

/// Loops from this many on share a learned position.
inline constexpr std::int64_t kPositions = 12;

/// Rows of all trees end to end, with who belongs to whom. No row is padded; RaggedGroups says where attention wants it.
struct TreeBatch {
  std::int64_t trees = 0, statements = 0;
  std::array<at::Tensor, kFeatureKinds> rows; ///< by FeatureKind
  at::Tensor pathLoops;                       ///< per statement-loop row: its loop among all
  at::Tensor fromOutside, fromInside;         ///< per statement-loop row: its position, at most kPositions - 1
  at::Tensor accessStatements;                ///< per access row: its statement among all
  at::Tensor statementTrees;                  ///< per statement: its tree
  RaggedGroups paths;                         ///< a statement and the loops around it
  RaggedGroups nests;                         ///< a tree and its statements
};

/// `lengths`: of the rows, by kind.
TreeBatch makeTreeBatch(std::span<const FlatTree* const> trees, const std::array<std::size_t, kFeatureKinds>& lengths,
                        const at::Device& device);

/// The trees of pairs, each once, and which of them each pair means.
struct PairedTrees {
  explicit PairedTrees(std::span<const InputPair> pairs);

  std::vector<const FlatTree*> trees;
  at::Tensor schedules, originals; ///< per pair: its places in `trees`

private:
  std::int64_t placeOf(const ModelInput* input);
  std::unordered_map<const ModelInput*, std::int64_t> places_;
};

} // namespace polyloom
