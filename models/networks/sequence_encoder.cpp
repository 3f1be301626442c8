#include "models/networks/sequence_encoder.h"

#include <algorithm>

namespace polyloom {

namespace {

/// Sequences as LibTorch packs them: the longest first, all first rows before all second ones.
struct Packed {
  std::vector<std::int64_t> order;  ///< the sequences that have rows, the longest first
  std::vector<std::int64_t> rows;   ///< as packed
  std::vector<std::int64_t> counts; ///< per step: how many sequences go on
};

Packed packed(const Sequences& sequences) {
  Packed result;
  const auto length = [&](std::int64_t number) { return sequences.rows[static_cast<std::size_t>(number)].size(); };
  for (std::size_t number = 0; number < sequences.rows.size(); ++number)
    if (!sequences.rows[number].empty())
      result.order.push_back(static_cast<std::int64_t>(number));
  std::ranges::stable_sort(result.order, [&](std::int64_t a, std::int64_t b) { return length(a) > length(b); });
  for (std::size_t step = 0; !result.order.empty() && step < length(result.order.front()); ++step) {
    std::int64_t count = 0;
    for (const std::int64_t number : result.order) {
      if (length(number) <= step)
        break;
      result.rows.push_back(sequences.rows[static_cast<std::size_t>(number)][step]);
      ++count;
    }
    result.counts.push_back(count);
  }
  return result;
}

} // namespace

SequenceEncoder::SequenceEncoder(Parameters& parameters, const std::string& name, std::int64_t in, std::int64_t hidden,
                                 bool isBidirectional)
    : hidden_(hidden), isBidirectional_(isBidirectional) {
  addDirection(parameters, name + ".forward", in);
  if (isBidirectional)
    addDirection(parameters, name + ".backward", in);
  empty_ = parameters.uniform(name + ".empty", {1, isBidirectional ? 2 * hidden : hidden}, hidden);
}

void SequenceEncoder::addDirection(Parameters& parameters, const std::string& name, std::int64_t in) {
  weights_.push_back(parameters.uniform(name + ".input_weight", {4 * hidden_, in}, hidden_));
  weights_.push_back(parameters.uniform(name + ".state_weight", {4 * hidden_, hidden_}, hidden_));
  weights_.push_back(parameters.uniform(name + ".input_bias", {4 * hidden_}, hidden_));
  weights_.push_back(parameters.uniform(name + ".state_bias", {4 * hidden_}, hidden_));
}

at::Tensor SequenceEncoder::operator()(const at::Tensor& rows, const Sequences& sequences) const {
  const Packed pack = packed(sequences);
  const auto count = static_cast<std::int64_t>(sequences.rows.size());
  const at::Tensor states = empty_.expand({count, empty_.size(1)});
  if (pack.order.empty())
    return states;
  const at::Tensor data = rows.index_select(0, tensorOf(pack.rows).to(rows.device()));
  const at::Tensor start = at::zeros({isBidirectional_ ? 2 : 1, pack.counts.front(), hidden_}, rows.options());
  const auto [outputs, last, cells] = at::lstm(data, tensorOf(pack.counts), {start, start}, weights_, true, 1, 0.0, false,
                                               isBidirectional_);
  const at::Tensor ends = last.transpose(0, 1).reshape({pack.counts.front(), empty_.size(1)});
  return states.index_copy(0, tensorOf(pack.order).to(rows.device()), ends);
}

} // namespace polyloom
