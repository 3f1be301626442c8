// How a model is trained, and what is told meanwhile.
#pragma once

#include "models/networks/spec.h"
#include "models/training/curriculum.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace polyloom {

/// Weights of what the loss adds up; natural logarithms of speedups and seconds.
///
/// The mean is trained by a smooth L1 distance (Huber, The Annals of Mathematical Statistics 35(1), 1964) and, towards the
/// end, by the relative error that models are judged by. The spread is trained by a Laplace distribution's negative
/// log-likelihood of the errors, which it cannot make smaller: a hard schedule does not count less.
struct LossWeights {
  double distance = 1, relative = 1;
  double smooth = 0.1;   ///< errors below it count by their squares
  double spread = 0.2;
  double absolute = 0.1; ///< distance of the logarithms of seconds, where the network knows them
  double ranking = 0;    ///< of pairs of one program in the wrong order (Burges et al., RankNet, ICML 2005)
};

struct TrainingOptions {
  NetworkSpec network;
  std::size_t members = 1;
  int epochs = 40;
  std::size_t batch = 512;        ///< schedules per step
  std::size_t perProgram = 16;    ///< at most so many schedules of a program stand together in a batch
  double learningRate = 2e-3;     ///< the highest; see learning_rate.h
  double weightDecay = 0.01;      ///< (Loshchilov and Hutter, Decoupled weight decay regularization, arXiv 1711.05101)
  double relativeShare = 0.3;     ///< the last share of the epochs minimizes the relative error
  LossWeights loss;
  int patience = 0;               ///< epochs without a better validation error until a member is done; 0: all epochs
  Curriculum curriculum = Curriculum::Shuffled;
  std::uint64_t seed = 1;
  int threads = 2;
  bool mayUseGpu = true;
  std::string checkpoint = {};    ///< a file that lets an interrupted training go on; empty: none
};

/// As published: AdamW with weight decay 0.015, rates up to 1e-3, relative error from the start.
TrainingOptions looperOptions();

struct EpochReport {
  std::size_t member = 0;
  int epoch = 0, epochs = 0;
  double trainingLoss = 0;
  double validationLoss = 0; ///< mean |log predicted - log measured|
  double validationMape = 0; ///< percent
  double learningRate = 0;
  double secondsLeft = 0;
  bool isBest = false;       ///< of its member so far
};

/// Called after each epoch.
using TrainingProgress = std::function<void(const EpochReport&)>;

/// One report per epoch that was run.
using LearningCurve = std::vector<EpochReport>;

} // namespace polyloom
