// A trained cost model: networks that were trained alike from different starts, and what they say together.
#pragma once

#include "models/data/feature_table.h"
#include "models/evaluation/prediction.h"
#include "models/networks/input_pair.h"
#include "models/networks/spec.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

class CostNetwork;

/// The members' mean (of logarithms) is the prediction. The spread comes from two sides: what each member says about its
/// own errors, and how far the members are from each other (Lakshminarayanan, Pritzel, Blundell, arXiv 1612.01474); one
/// factor, found on validation, scales it.
class CostModel {
public:
  using Members = std::vector<std::unique_ptr<CostNetwork>>;
  static constexpr std::size_t kMostMembers = 16;

  CostModel(NetworkSpec spec, FeatureTable table, Members members);
  CostModel(CostModel&& other) noexcept;
  CostModel& operator=(CostModel&& other) noexcept;
  ~CostModel();

  /// An untrained model, with starts that follow from the seed. Fails as makeNetwork does.
  static Result<CostModel> make(const NetworkSpec& spec, const FeatureTable& table, std::size_t members, std::uint64_t seed);

  /// Fails with "bad-weights" (see weights_file.h), also where they were made for other features: "other-schema".
  static Result<CostModel> load(const std::string& path, const FeatureTable& table);
  Result<void> save(const std::string& path) const;

  /// In the order of the pairs. Fails with "bad-features" where an input is not of the model's schema.
  Result<std::vector<Prediction>> predict(std::span<const InputPair> pairs) const;
  std::vector<Prediction> predict(const TrainingSet& set, std::span<const SampleId> samples) const;

  /// Sets the factor of the spread so that the 90 % intervals hold 90 % of these labels.
  void calibrate(const TrainingSet& set, std::span<const SampleId> samples);

  const NetworkSpec& spec() const { return spec_; }
  std::int64_t parameters() const;
  std::size_t size() const { return members_.size(); }
  /// What a model card says: words and texts, for people.
  const std::map<std::string, std::string>& facts() const { return facts_; }
  void setFact(const std::string& word, std::string text) { facts_[word] = std::move(text); }
  /// For the trainer.
  CostNetwork& member(std::size_t number) { return *members_[number]; }

private:
  std::vector<Prediction> predictBatch(std::span<const InputPair> pairs) const;

  NetworkSpec spec_;
  FeatureTable table_;
  Members members_;
  double calibration_ = 1;
  std::map<std::string, std::string> facts_;
};

/// How many threads the networks compute with, in the whole process.
void setModelThreads(int threads);

} // namespace polyloom
