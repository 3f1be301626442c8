// The published cost model of LOOPer, as a yardstick.
#pragma once

#include "models/networks/network.h"
#include "models/networks/sequence_encoder.h"

namespace polyloom {

/// The recursive LSTM of LOOPer (arXiv 2403.11522; sizes as in the authors' code, Tiramisu-Compiler/cost_model): a
/// computation's vector, its expression's tokens and its transformations' tags become 180 numbers; a loop's 180 numbers
/// come from those of its computations, of its inner loops, and its own vector; those of all nests become a speedup.
///
/// Differs from the published one in three points: numbers are normalized by the training data's mean and spread, trees of
/// different shapes share a batch (loops of one height are computed at once), and statements outside of all loops stand in
/// a loop of zeros behind the nests.
class LooperNetwork : public CostNetwork {
public:
  LooperNetwork(const NetworkSpec& spec, std::uint64_t seed);

  NetworkOutput forward(std::span<const InputPair> pairs, bool isTraining) const override;
  void fitNormalization(std::span<const ModelInput* const> inputs, std::span<const double> seconds) override;
  Result<void> accepts(const ModelInput& input) const override;

private:
  at::Tensor computationStates(std::span<const InputPair> pairs, double dropout) const;
  at::Tensor stack(const std::vector<Linear>& layers, at::Tensor rows, double dropout) const;

  NetworkSpec spec_;
  Normalizer computation_, loop_;
  SequenceEncoder tokens_, tags_;
  Linear tag_;
  std::vector<Linear> computationLayers_, loopLayers_, endLayers_;
  SequenceEncoder loopsInside_, computationsInside_, nests_;
  Linear speedup_;
};

} // namespace polyloom
