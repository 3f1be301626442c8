// What LOOPer's cost model sees of one schedule: vectors of computations and loops, and the tree that holds them.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace polyloom {

/// Lengths of the published model's vectors (the authors' code: Tiramisu-Compiler/cost_model, utils/data_utils.py).
/// A featurizer that appends numbers of its own makes longer vectors; all schedules of a set have the same lengths.
inline constexpr std::size_t kLooperComputation = 846, kLooperLoop = 8, kExpressionToken = 11, kTransformationTag = 16;

struct LooperFeatures {
  using Token = std::array<float, kExpressionToken>;
  using Tag = std::array<float, kTransformationTag>;

  struct Computation {
    int loop = -1;             ///< index into `loops` of the innermost loop around it; -1: none
    std::vector<float> vector;
    std::vector<Token> tokens; ///< of its expression, in post-order; may be empty
    std::vector<Tag> tags;     ///< of its transformations, in the order in which they are applied; may be empty
  };
  struct Loop {
    int parent = -1; ///< index into `loops`; -1: none
    std::vector<float> vector;
  };

  std::vector<Computation> computations; ///< in textual order
  std::vector<Loop> loops;               ///< parents stand before their children, siblings in textual order
};

} // namespace polyloom
