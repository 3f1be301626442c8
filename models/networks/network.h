// What all networks do. For the networks' own files: LibTorch stands in it.
#pragma once

#include "models/data/feature_table.h"
#include "models/networks/input_pair.h"
#include "models/networks/parameters.h"
#include "models/networks/spec.h"

#include <memory>
#include <span>

namespace polyloom {

/// For n pairs; natural logarithms.
struct NetworkOutput {
  at::Tensor logSpeedup;         ///< [n]
  at::Tensor logScale;           ///< [n]: of the spread of logSpeedup, read as a Laplace distribution's
  at::Tensor logSeconds;         ///< [n] of the schedules; undefined where the network knows speedups only
  at::Tensor logOriginalSeconds; ///< [n]; undefined likewise
  at::Tensor rawSpeedup;         ///< [n], which may be below zero; defined where the network's own output is no logarithm
};

class CostNetwork {
public:
  explicit CostNetwork(std::uint64_t seed) : parameters_(seed) {}
  virtual ~CostNetwork() = default;
  CostNetwork(const CostNetwork&) = delete;
  CostNetwork& operator=(const CostNetwork&) = delete;

  /// Trees of all shapes may stand in one batch; no pair's numbers depend on another's. Training drops units out.
  virtual NetworkOutput forward(std::span<const InputPair> pairs, bool isTraining) const = 0;

  /// Takes means and spreads of the inputs from these, and from their times by how much the modelled ones are off on the
  /// whole (units and the machine's speed; speedups know neither); before training.
  virtual void fitNormalization(std::span<const ModelInput* const> inputs, std::span<const double> seconds) = 0;

  /// Whether the input is one that the network can read. Fails with "bad-features".
  virtual Result<void> accepts(const ModelInput& input) const = 0;

  Parameters& parameters() { return parameters_; }
  const Parameters& parameters() const { return parameters_; }
  at::Device device() const { return parameters_.all().front().tensor.device(); }

protected:
  Parameters parameters_;
};

/// Fails with "bad-network" for impossible sizes, and with "no-such-feature" where the table lacks what the network
/// builds on.
Result<std::unique_ptr<CostNetwork>> makeNetwork(const NetworkSpec& spec, const FeatureTable& table, std::uint64_t seed);

} // namespace polyloom
