// The training of one network. For the trainer's files: LibTorch stands in it.
#pragma once

#include "models/networks/network.h"
#include "models/training/checkpoint.h"
#include "models/training/optimizer.h"

#include <stop_token>

namespace polyloom {

class MemberTrainer {
public:
  /// Starts, or goes on where `state` ended.
  MemberTrainer(const TrainingSet& set, const Split& parts, const TrainingOptions& options, CostNetwork& network);

  Result<void> resume(const TrainingState& state);

  struct Loss {
    double training = 0, learningRate = 0;
  };
  /// None where it was stopped.
  std::optional<Loss> runEpoch(int epoch, std::uint64_t seed, const std::stop_token& stop);

  struct Error {
    double distance = 0, mape = 0; ///< mean |log predicted - log measured|; percent
  };
  Error validate() const;

  /// Fills in what the checkpoint keeps of this member.
  void keep(TrainingState& state) const;
  void keepBest() { best_ = network_.parameters().values(""); }
  void takeBest();

private:
  bool isRelative(int epoch) const;

  const TrainingSet& set_;
  const Split& parts_;
  const TrainingOptions& options_;
  CostNetwork& network_;
  Optimizer optimizer_;
  std::vector<SampleId> validation_;
  std::vector<NamedTensor> best_;
};

} // namespace polyloom
