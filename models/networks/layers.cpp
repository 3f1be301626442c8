#include "models/networks/layers.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

Linear::Linear(Parameters& parameters, const std::string& name, std::int64_t in, std::int64_t out, Start start, float bias)
    : weight_(start == Start::Zero ? parameters.filled(name + ".weight", {out, in}, 0)
                                   : parameters.uniform(name + ".weight", {out, in}, in)),
      bias_(start == Start::Zero ? parameters.filled(name + ".bias", {out}, bias)
                                 : parameters.uniform(name + ".bias", {out}, in)) {}

at::Tensor Linear::operator()(const at::Tensor& rows) const { return at::linear(rows, weight_, bias_); }

LayerNorm::LayerNorm(Parameters& parameters, const std::string& name, std::int64_t width)
    : weight_(parameters.filled(name + ".weight", {width}, 1)), bias_(parameters.filled(name + ".bias", {width}, 0)) {}

at::Tensor LayerNorm::operator()(const at::Tensor& rows) const {
  return at::layer_norm(rows, weight_.sizes(), weight_, bias_);
}

Normalizer::Normalizer(Parameters& parameters, const std::string& name, std::int64_t width)
    : mean_(parameters.fixed(name + ".mean", {width}, 0)), scale_(parameters.fixed(name + ".scale", {width}, 1)) {}

at::Tensor Normalizer::operator()(const at::Tensor& rows) const {
  return ((rows - mean_) * scale_).clamp(-kFar, kFar);
}

void Normalizer::fit(const std::vector<double>& sums, const std::vector<double>& squares, double count) {
  constexpr double kConstant = 1e-6; // spreads below this share of the mean are rounding
  std::vector<float> means, scales;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const double mean = sums[i] / count;
    const double spread = std::sqrt(std::max(0.0, squares[i] / count - mean * mean));
    means.push_back(static_cast<float>(mean));
    scales.push_back(spread > kConstant * (std::abs(mean) + kConstant) ? static_cast<float>(1 / spread) : 1.0F);
  }
  if (count <= 0)
    return;
  const std::vector<std::int64_t> shape = mean_.sizes().vec();
  mean_.copy_(tensorOf(means, shape));
  scale_.copy_(tensorOf(scales, shape));
}

void RowSums::add(std::span<const float> rows, std::size_t width) {
  sums.resize(width);
  squares.resize(width);
  for (std::size_t at = 0; width > 0 && at + width <= rows.size(); at += width, ++count)
    for (std::size_t i = 0; i < width; ++i) {
      sums[i] += rows[at + i];
      squares[i] += static_cast<double>(rows[at + i]) * rows[at + i];
    }
}

RaggedGroups raggedGroups(const std::vector<std::int64_t>& groupOf, std::int64_t groups) {
  constexpr float kNever = -1e9F;
  std::vector<std::int64_t> filled(static_cast<std::size_t>(groups), 1);
  std::vector<std::int64_t> places(static_cast<std::size_t>(groups));
  for (const std::int64_t group : groupOf)
    places.push_back(filled[static_cast<std::size_t>(group)]++);
  const std::int64_t width = groups == 0 ? 1 : *std::ranges::max_element(filled);
  for (std::size_t row = 0; row < places.size(); ++row) {
    const bool isHead = row < filled.size();
    places[row] += width * (isHead ? static_cast<std::int64_t>(row) : groupOf[row - filled.size()]);
  }
  std::vector<float> padding(static_cast<std::size_t>(groups * width), kNever);
  for (const std::int64_t place : places)
    padding[static_cast<std::size_t>(place)] = 0;
  return {groups, width, tensorOf(places), tensorOf(padding, {groups, 1, 1, width})};
}

AttentionLayer::AttentionLayer(Parameters& parameters, const std::string& name, std::int64_t width, std::int64_t heads)
    : width_(width), heads_(heads), before_(parameters, name + ".before", width),
      between_(parameters, name + ".between", width), query_(parameters, name + ".query", width, width),
      keyValue_(parameters, name + ".key_value", width, 2 * width), out_(parameters, name + ".out", width, width),
      up_(parameters, name + ".up", width, 2 * width), down_(parameters, name + ".down", 2 * width, width) {}

at::Tensor AttentionLayer::mix(const at::Tensor& rows, const RaggedGroups& groups, std::int64_t asking) const {
  const std::int64_t each = width_ / heads_, all = groups.groups * groups.width;
  const auto onGrid = [&](const at::Tensor& compact, std::int64_t wide) {
    return at::zeros({all, wide}, rows.options()).index_copy_(0, groups.places, compact);
  };
  const bool headsOnly = asking == groups.groups && asking != rows.size(0);
  const std::int64_t queries = headsOnly ? 1 : groups.width;
  const at::Tensor asked = query_(headsOnly ? rows.narrow(0, 0, asking) : rows);
  const at::Tensor query = (headsOnly ? asked : onGrid(asked, width_)).view({groups.groups, queries, heads_, each});
  const at::Tensor both = onGrid(keyValue_(rows), 2 * width_).view({groups.groups, groups.width, 2, heads_, each});
  const at::Tensor keys = both.select(2, 0).permute({0, 2, 3, 1}), values = both.select(2, 1).transpose(1, 2);
  const at::Tensor scores = at::matmul(query.transpose(1, 2), keys) / std::sqrt(static_cast<double>(each));
  const at::Tensor mixed = at::matmul((scores + groups.padding).softmax(-1), values);
  const at::Tensor flat = mixed.transpose(1, 2).reshape({groups.groups * queries, width_});
  return out_(headsOnly ? flat : flat.index_select(0, groups.places));
}

at::Tensor AttentionLayer::operator()(const at::Tensor& rows, const RaggedGroups& groups, bool headsOnly,
                                      double dropout) const {
  const std::int64_t asking = headsOnly ? groups.groups : rows.size(0);
  const at::Tensor mixed = at::dropout(mix(before_(rows), groups, asking), dropout, dropout > 0);
  const at::Tensor first = rows.narrow(0, 0, asking) + mixed;
  return first + at::dropout(down_(at::relu(up_(between_(first)))), dropout, dropout > 0);
}

PooledMean::PooledMean(Parameters& parameters, const std::string& name, std::int64_t width)
    : score_(parameters, name + ".score", width, 1) {}

at::Tensor PooledMean::operator()(const at::Tensor& rows, const at::Tensor& groupOf, std::int64_t groups) const {
  constexpr double kBound = 4, kNothing = 1e-12;
  const at::Tensor weights = (kBound * at::tanh(score_(rows))).exp();
  const at::Tensor sums = at::zeros({groups, rows.size(1)}, rows.options()).index_add_(0, groupOf, rows * weights);
  const at::Tensor totals = at::zeros({groups, 1}, rows.options()).index_add_(0, groupOf, weights);
  return sums / (totals + kNothing);
}

} // namespace polyloom
