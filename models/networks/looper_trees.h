// The loop trees of a batch, by height.
#pragma once

#include "models/networks/network.h"
#include "models/networks/sequence_encoder.h"

namespace polyloom {

/// Numbers of loops, computations and trees count through the whole batch.
struct LooperTrees {
  /// Loops of one height: those inside them are lower.
  struct Level {
    std::vector<std::int64_t> loops; ///< rows of `vectors`
    Sequences loopsInside;           ///< per loop: places in the order of computation (all loops of the levels before)
    Sequences computationsInside;    ///< per loop: numbers of computations
  };

  std::vector<float> vectors; ///< of all loops
  std::int64_t loops = 0;
  std::vector<Level> levels; ///< the lowest first
  Sequences nests;           ///< per tree: places of its outermost loops

  LooperTrees(std::span<const InputPair> pairs, std::size_t loopLength);
};

} // namespace polyloom
