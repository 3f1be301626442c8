// The named tensors of a network.
#pragma once

#include "models/weights_file.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace polyloom {

/// Learned tensors, and fixed ones (normalization), by name, in the order in which they were made. A tensor is a handle:
/// layers keep copies of the handles, so values are only ever changed in place.
class Parameters {
public:
  struct Entry {
    std::string name;
    at::Tensor tensor;
    bool isLearned = true;
  };

  /// Starting values depend on the seed alone.
  explicit Parameters(std::uint64_t seed) : random_(seed) {}

  /// Uniform in ±1/√fan (He et al.'s bound with the slope that LibTorch's linear layers use).
  at::Tensor uniform(const std::string& name, std::vector<std::int64_t> shape, std::int64_t fan);
  at::Tensor filled(const std::string& name, std::vector<std::int64_t> shape, float value);
  at::Tensor fixed(const std::string& name, std::vector<std::int64_t> shape, float value);

  const std::vector<Entry>& all() const { return entries_; }
  std::vector<at::Tensor> learned() const;
  std::int64_t learnedCount() const;

  /// Copies of all values; names begin with `prefix`.
  std::vector<NamedTensor> values(const std::string& prefix) const;
  /// Takes values by name. Fails with "bad-weights" where one is missing or has another shape.
  Result<void> take(const WeightsFile& file, const std::string& prefix);
  void moveTo(const at::Device& device);

private:
  at::Tensor add(const std::string& name, at::Tensor tensor, bool isLearned);

  std::mt19937_64 random_;
  std::vector<Entry> entries_;
};

/// Rows of numbers as a tensor of its own.
at::Tensor tensorOf(const std::vector<float>& values, std::vector<std::int64_t> shape);
at::Tensor tensorOf(const std::vector<std::int64_t>& values);
std::vector<float> valuesOf(const at::Tensor& tensor);

} // namespace polyloom
