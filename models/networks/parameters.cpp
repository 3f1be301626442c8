#include "models/networks/parameters.h"

#include "core/base/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace polyloom {

at::Tensor Parameters::uniform(const std::string& name, std::vector<std::int64_t> shape, std::int64_t fan) {
  at::Tensor tensor = at::empty(shape, at::kFloat);
  const float bound = 1 / std::sqrt(static_cast<float>(std::max<std::int64_t>(1, fan)));
  float* const values = tensor.data_ptr<float>();
  for (std::int64_t i = 0; i < tensor.numel(); ++i) // by hand: the same numbers on every machine and library version
    values[i] = bound * (2 * static_cast<float>(random_() >> 40U) * 0x1p-24F - 1);
  return add(name, tensor, true);
}

at::Tensor Parameters::filled(const std::string& name, std::vector<std::int64_t> shape, float value) {
  return add(name, at::full(shape, value, at::kFloat), true);
}

at::Tensor Parameters::fixed(const std::string& name, std::vector<std::int64_t> shape, float value) {
  return add(name, at::full(shape, value, at::kFloat), false);
}

at::Tensor Parameters::add(const std::string& name, at::Tensor tensor, bool isLearned) {
  const bool isNew = std::ranges::find(entries_, name, &Entry::name) == entries_.end();
  POLYLOOM_CHECK(isNew);
  tensor.requires_grad_(isLearned);
  entries_.push_back({name, tensor, isLearned});
  return tensor;
}

std::vector<at::Tensor> Parameters::learned() const {
  std::vector<at::Tensor> tensors;
  for (const Entry& entry : entries_)
    if (entry.isLearned)
      tensors.push_back(entry.tensor);
  return tensors;
}

std::int64_t Parameters::learnedCount() const {
  std::int64_t count = 0;
  for (const at::Tensor& tensor : learned())
    count += tensor.numel();
  return count;
}

std::vector<NamedTensor> Parameters::values(const std::string& prefix) const {
  std::vector<NamedTensor> copies;
  for (const Entry& entry : entries_)
    copies.push_back({prefix + entry.name, entry.tensor.sizes().vec(), valuesOf(entry.tensor)});
  return copies;
}

Result<void> Parameters::take(const WeightsFile& file, const std::string& prefix) {
  const at::NoGradGuard noGradients;
  for (const Entry& entry : entries_) {
    const NamedTensor* const found = file.find(prefix + entry.name);
    if (found == nullptr || found->shape != entry.tensor.sizes().vec())
      return failure("bad-weights", fmt::format("the weights have no {}{} of the shape that the network wants", prefix,
                                                entry.name));
    at::Tensor tensor = entry.tensor;
    tensor.copy_(tensorOf(found->values, found->shape));
  }
  return {};
}

void Parameters::moveTo(const at::Device& device) {
  const at::NoGradGuard noGradients;
  for (Entry& entry : entries_)
    entry.tensor.set_data(entry.tensor.to(device)); // the handles that layers hold follow
}

at::Tensor tensorOf(const std::vector<float>& values, std::vector<std::int64_t> shape) {
  at::Tensor tensor = at::empty(shape, at::kFloat);
  POLYLOOM_CHECK(static_cast<std::size_t>(tensor.numel()) == values.size());
  if (!values.empty())
    std::memcpy(tensor.data_ptr<float>(), values.data(), values.size() * sizeof(float));
  return tensor;
}

at::Tensor tensorOf(const std::vector<std::int64_t>& values) {
  at::Tensor tensor = at::empty({static_cast<std::int64_t>(values.size())}, at::kLong);
  if (!values.empty())
    std::memcpy(tensor.data_ptr<std::int64_t>(), values.data(), values.size() * sizeof(std::int64_t));
  return tensor;
}

std::vector<float> valuesOf(const at::Tensor& tensor) {
  const at::Tensor plain = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
  const float* const begin = plain.data_ptr<float>();
  return std::vector<float>(begin, begin + plain.numel());
}

} // namespace polyloom
