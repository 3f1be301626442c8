// Kinds and sizes of networks.
#pragma once

#include "core/base/diagnostic.h"
#include "models/data/training_set.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <vector>

namespace polyloom {

enum class NetworkKind {
  LoopTree, ///< attention over loops and statements that corrects a modelled time
  Looper,   ///< the published recursive LSTM, as a yardstick
};

/// What such a network reads.
InputKinds inputsOf(NetworkKind kind);

/// Everything that decides which tensors a network has.
struct NetworkSpec {
  NetworkKind kind = NetworkKind::LoopTree;

  // LoopTree
  std::int64_t width = 64, heads = 4, pathLayers = 2, treeLayers = 1;
  double dropout = 0.05; ///< both kinds

  // Looper: lengths of its vectors and of its hidden ones, as published
  std::int64_t computation = 0, loop = 0; ///< taken from the data
  std::int64_t sequence = 100;            ///< hidden size of the LSTMs over tokens and tags
  std::vector<std::int64_t> layers = {600, 350, 200, 180};
};

nlohmann::json toJson(const NetworkSpec& spec);

/// Fails with "bad-weights" for an unknown kind and for sizes that are not positive, do not fit or are absurd.
Result<NetworkSpec> specFrom(const nlohmann::json& object);

/// Fails with "bad-network" as specFrom does.
Result<void> checkSpec(const NetworkSpec& spec);

} // namespace polyloom
