#include "models/networks/looper_network.h"

#include "models/networks/looper_trees.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr double kLeastSpeedup = 0.01, kLeak = 0.01; // as published
constexpr double kLogScale = -1.5;                   // the network knows no spread: one for all, scaled by validation

template <std::size_t length>
void append(std::vector<float>& to, Sequences& sequences, const std::vector<std::array<float, length>>& rows) {
  std::vector<std::int64_t>& numbers = sequences.rows.emplace_back();
  for (const std::array<float, length>& row : rows) {
    numbers.push_back(static_cast<std::int64_t>(to.size() / length));
    to.insert(to.end(), row.begin(), row.end());
  }
}

at::Tensor rowsOf(const std::vector<float>& values, std::int64_t length, const at::Device& device) {
  return tensorOf(values, {static_cast<std::int64_t>(values.size()) / length, length}).to(device);
}

} // namespace

LooperNetwork::LooperNetwork(const NetworkSpec& spec, std::uint64_t seed)
    : CostNetwork(seed), spec_(spec), computation_(parameters_, "normalization.computation", spec.computation),
      loop_(parameters_, "normalization.loop", spec.loop),
      tokens_(parameters_, "tokens", static_cast<std::int64_t>(kExpressionToken), spec.sequence),
      tags_(parameters_, "tags", static_cast<std::int64_t>(kTransformationTag), spec.sequence, true),
      tag_(parameters_, "tag", static_cast<std::int64_t>(kTransformationTag), static_cast<std::int64_t>(kTransformationTag)),
      loopsInside_(parameters_, "loops_inside", spec.layers.back(), spec.layers.back()),
      computationsInside_(parameters_, "computations_inside", spec.layers.back(), spec.layers.back()),
      nests_(parameters_, "nests", spec.layers.back(), spec.layers.back()),
      speedup_(parameters_, "speedup", spec.layers.back(), 1) {
  const auto addLayers = [&](const char* name, std::vector<Linear>& layers, std::int64_t in, std::size_t first) {
    for (std::size_t l = first; l < spec.layers.size(); in = spec.layers[l], ++l)
      layers.emplace_back(parameters_, fmt::format("{}.{}", name, l - first), in, spec.layers[l]);
  };
  const std::size_t lastTwo = spec.layers.size() - 2;
  addLayers("computation", computationLayers_, spec.computation + 3 * spec.sequence, 0);
  addLayers("loop", loopLayers_, 2 * spec.layers.back() + spec.loop, lastTwo);
  addLayers("end", endLayers_, spec.layers.back(), lastTwo);
}

at::Tensor LooperNetwork::stack(const std::vector<Linear>& layers, at::Tensor rows, double dropout) const {
  for (const Linear& layer : layers)
    rows = at::dropout(at::elu(layer(rows)), dropout, dropout > 0);
  return rows;
}

at::Tensor LooperNetwork::computationStates(std::span<const InputPair> pairs, double dropout) const {
  std::vector<float> vectors, tokens, tags;
  Sequences expressions, transformations;
  for (const InputPair& pair : pairs)
    for (const LooperFeatures::Computation& computation : pair.schedule->looper.computations) {
      vectors.insert(vectors.end(), computation.vector.begin(), computation.vector.end());
      append(tokens, expressions, computation.tokens);
      append(tags, transformations, computation.tags);
    }
  const at::Tensor own = computation_(rowsOf(vectors, spec_.computation, device()));
  const at::Tensor expression = tokens_(rowsOf(tokens, static_cast<std::int64_t>(kExpressionToken), device()), expressions);
  const at::Tensor steps = tags_(tag_(rowsOf(tags, static_cast<std::int64_t>(kTransformationTag), device())), transformations);
  return stack(computationLayers_, at::cat({own, steps, expression}, 1), dropout);
}

NetworkOutput LooperNetwork::forward(std::span<const InputPair> pairs, bool isTraining) const {
  const double dropout = isTraining ? spec_.dropout : 0;
  const LooperTrees trees(pairs, static_cast<std::size_t>(spec_.loop));
  const at::Tensor computations = computationStates(pairs, dropout);
  const at::Tensor vectors = loop_(rowsOf(trees.vectors, spec_.loop, device()));
  at::Tensor known = at::zeros({0, spec_.layers.back()}, vectors.options());
  for (const LooperTrees::Level& level : trees.levels) {
    const at::Tensor inside = at::cat({loopsInside_(known, level.loopsInside),
                                       computationsInside_(computations, level.computationsInside),
                                       vectors.index_select(0, tensorOf(level.loops).to(device()))}, 1);
    known = at::cat({known, stack(loopLayers_, inside, dropout)});
  }
  const at::Tensor ends = stack(endLayers_, nests_(known, trees.nests), dropout);
  const at::Tensor speedup = at::leaky_relu(speedup_(ends), kLeak).squeeze(1);
  return {.logSpeedup = speedup.clamp_min(kLeastSpeedup).log(), .logScale = at::full_like(speedup, kLogScale),
          .logSeconds = {}, .logOriginalSeconds = {}, .rawSpeedup = speedup};
}

void LooperNetwork::fitNormalization(std::span<const ModelInput* const> inputs, std::span<const double>) {
  RowSums computations, loops;
  for (const ModelInput* input : inputs) {
    for (const LooperFeatures::Computation& computation : input->looper.computations)
      computations.add(computation.vector, static_cast<std::size_t>(spec_.computation));
    for (const LooperFeatures::Loop& loop : input->looper.loops)
      loops.add(loop.vector, static_cast<std::size_t>(spec_.loop));
  }
  if (computations.count > 0)
    computations.fit(computation_);
  if (loops.count > 0)
    loops.fit(loop_);
}

Result<void> LooperNetwork::accepts(const ModelInput& input) const {
  const LooperFeatures& tree = input.looper;
  const auto loops = static_cast<int>(tree.loops.size());
  const auto isFinite = [](const auto& row) { return std::ranges::all_of(row, [](float v) { return std::isfinite(v); }); };
  if (tree.computations.empty())
    return failure("bad-features", "the features have no vectors of LOOPer's, which this network reads");
  bool isFine = true;
  for (const LooperFeatures::Computation& c : tree.computations)
    isFine = isFine && c.vector.size() == static_cast<std::size_t>(spec_.computation) && c.loop >= -1 && c.loop < loops &&
             isFinite(c.vector) && std::ranges::all_of(c.tokens, isFinite) && std::ranges::all_of(c.tags, isFinite);
  for (int l = 0; l < loops; ++l) {
    const LooperFeatures::Loop& loop = tree.loops[static_cast<std::size_t>(l)];
    isFine = isFine && loop.vector.size() == static_cast<std::size_t>(spec_.loop) && loop.parent >= -1 && loop.parent < l &&
             isFinite(loop.vector);
  }
  return isFine ? Result<void>() : failure("bad-features", "the vectors are not those that the network was made for");
}

} // namespace polyloom
