// A network that corrects a modelled time, statement by statement.
#pragma once

#include "models/networks/tree_batch.h"

namespace polyloom {

/// The time of a schedule is the sum of its statements' times, times a correction of the whole. Each statement's time is
/// the one that the features model times what the network reads from the statement, its accesses and the loops around
/// it, and from the other statements:
///
///   log time = logsumexp over statements (log modelled time + residual)
///              + log modelled time of the program - logsumexp over statements (log modelled time) + correction
///   log speedup = log time of the original - log time of the schedule
///
/// and to the log time a constant is added that says in which unit the features model, and for how fast a machine.
/// Residuals and corrections start at zero: before any training the network says what the features model. Original and
/// schedule go through the same network, so the original's speedup over itself is 1, exactly.
class LoopTreeNetwork : public CostNetwork {
public:
  /// `times`: the place of the modelled time in the program's rows and in the statements' (both log2 of seconds).
  struct Places {
    std::size_t programTime = 0, statementTime = 0;
  };

  LoopTreeNetwork(const NetworkSpec& spec, const FeatureTable& table, const Places& places, std::uint64_t seed);

  NetworkOutput forward(std::span<const InputPair> pairs, bool isTraining) const override;
  void fitNormalization(std::span<const ModelInput* const> inputs, std::span<const double> seconds) override;
  Result<void> accepts(const ModelInput& input) const override;

private:
  struct TreeOutput {
    at::Tensor logSeconds; ///< [trees]
    at::Tensor state;      ///< [trees, width]
  };

  TreeOutput forwardTrees(const TreeBatch& batch, double dropout) const;
  at::Tensor statementTokens(const TreeBatch& batch, const std::array<at::Tensor, kFeatureKinds>& rows, double dropout) const;
  at::Tensor timesOf(const TreeBatch& batch, const at::Tensor& residuals, const at::Tensor& corrections) const;
  at::Tensor column(const TreeBatch& batch, FeatureKind kind, std::size_t place) const;

  NetworkSpec spec_;
  Places places_;
  std::array<std::size_t, kFeatureKinds> lengths_;
  std::vector<Normalizer> normalizers_; ///< by FeatureKind
  std::vector<Linear> embeddings_;      ///< by FeatureKind
  at::Tensor offset_; ///< of the modelled times
  at::Tensor fromOutside_, fromInside_;
  Linear access_;
  PooledMean pooled_;
  Linear fromAccesses_;
  std::vector<AttentionLayer> pathLayers_, treeLayers_;
  LayerNorm last_, lastStatement_;
  Linear residualHidden_, residual_, correctionHidden_, correction_, scaleHidden_, scale_;
};

} // namespace polyloom
