#include "models/networks/loop_tree_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace polyloom {

namespace {

constexpr float kStartLogScale = -1.5F;             // before training a prediction may be off by some 20 %
constexpr double kLeastLogScale = -6, kMostLogScale = 3;
constexpr double kMostResidual = 12;                // exp(12) of a modelled time: beyond it only overflows lie

std::size_t at(FeatureKind kind) { return static_cast<std::size_t>(kind); }

/// Soft bounds: linear where it matters, never beyond ±most.
at::Tensor bounded(const at::Tensor& value, double most) { return most * at::tanh(value / most); }

std::array<std::size_t, kFeatureKinds> lengthsOf(const FeatureTable& table) {
  std::array<std::size_t, kFeatureKinds> lengths{};
  for (const FeatureKind kind : kAllFeatureKinds)
    lengths[at(kind)] = table.length(kind);
  return lengths;
}

} // namespace

LoopTreeNetwork::LoopTreeNetwork(const NetworkSpec& spec, const FeatureTable& table, const Places& places,
                                 std::uint64_t seed)
    : CostNetwork(seed), spec_(spec), places_(places), lengths_(lengthsOf(table)),
      offset_(parameters_.fixed("offset", {1}, 0)), fromOutside_(parameters_.uniform("from_outside", {kPositions, spec.width}, spec.width)),
      fromInside_(parameters_.uniform("from_inside", {kPositions, spec.width}, spec.width)),
      access_(parameters_, "access", spec.width, spec.width), pooled_(parameters_, "pooled", spec.width),
      fromAccesses_(parameters_, "from_accesses", spec.width, spec.width), last_(parameters_, "last", spec.width),
      lastStatement_(parameters_, "last_statement", spec.width),
      residualHidden_(parameters_, "residual_hidden", spec.width, spec.width),
      residual_(parameters_, "residual", spec.width, 1, Linear::Start::Zero),
      correctionHidden_(parameters_, "correction_hidden", spec.width, spec.width),
      correction_(parameters_, "correction", spec.width, 1, Linear::Start::Zero),
      scaleHidden_(parameters_, "scale_hidden", 2 * spec.width, spec.width),
      scale_(parameters_, "scale", spec.width, 1, Linear::Start::Zero, kStartLogScale) {
  for (const FeatureKind kind : kAllFeatureKinds) {
    const auto length = static_cast<std::int64_t>(table.length(kind));
    normalizers_.emplace_back(parameters_, "normalization." + nameOf(kind), length);
    embeddings_.emplace_back(parameters_, "embedding." + nameOf(kind), length, spec.width);
  }
  for (std::int64_t layer = 0; layer < spec.pathLayers; ++layer)
    pathLayers_.emplace_back(parameters_, fmt::format("path.{}", layer), spec.width, spec.heads);
  for (std::int64_t layer = 0; layer < spec.treeLayers; ++layer)
    treeLayers_.emplace_back(parameters_, fmt::format("tree.{}", layer), spec.width, spec.heads);
}

NetworkOutput LoopTreeNetwork::forward(std::span<const InputPair> pairs, bool isTraining) const {
  const PairedTrees paired(pairs);
  const TreeOutput output = forwardTrees(makeTreeBatch(paired.trees, lengths_, device()), isTraining ? spec_.dropout : 0);
  const at::Tensor schedules = paired.schedules.to(device()), originals = paired.originals.to(device());
  const at::Tensor seconds = output.logSeconds.index_select(0, schedules);
  const at::Tensor originalSeconds = output.logSeconds.index_select(0, originals);
  const at::Tensor state = output.state.index_select(0, schedules);
  const at::Tensor change = state - output.state.index_select(0, originals);
  const at::Tensor scale = scale_(at::relu(scaleHidden_(at::cat({state, change}, 1)))).squeeze(1);
  return {.logSpeedup = originalSeconds - seconds, .logScale = scale.clamp(kLeastLogScale, kMostLogScale),
          .logSeconds = seconds, .logOriginalSeconds = originalSeconds, .rawSpeedup = {}};
}

LoopTreeNetwork::TreeOutput LoopTreeNetwork::forwardTrees(const TreeBatch& batch, double dropout) const {
  std::array<at::Tensor, kFeatureKinds> rows;
  for (std::size_t kind = 0; kind < kFeatureKinds; ++kind)
    rows[kind] = embeddings_[kind](normalizers_[kind](batch.rows[kind]));
  at::Tensor tokens = at::cat({rows[at(FeatureKind::Program)], statementTokens(batch, rows, dropout)});
  for (const AttentionLayer& layer : treeLayers_)
    tokens = layer(tokens, batch.nests, false, dropout);
  const at::Tensor trees = last_(tokens.narrow(0, 0, batch.trees));
  const at::Tensor statements = lastStatement_(tokens.narrow(0, batch.trees, batch.statements));
  const at::Tensor residuals = residual_(at::relu(residualHidden_(statements))).squeeze(1);
  const at::Tensor corrections = correction_(at::relu(correctionHidden_(trees))).squeeze(1);
  return {timesOf(batch, bounded(residuals, kMostResidual), bounded(corrections, kMostResidual)), trees};
}

at::Tensor LoopTreeNetwork::statementTokens(const TreeBatch& batch, const std::array<at::Tensor, kFeatureKinds>& rows,
                                            double dropout) const {
  const at::Tensor program = rows[at(FeatureKind::Program)].index_select(0, batch.statementTrees);
  const at::Tensor accesses = access_(at::relu(rows[at(FeatureKind::Access)]));
  const at::Tensor accessed = pooled_(accesses, batch.accessStatements, batch.statements);
  const at::Tensor statements = rows[at(FeatureKind::Statement)] + program + fromAccesses_(accessed);
  const at::Tensor path = rows[at(FeatureKind::StatementLoop)] +
                          rows[at(FeatureKind::Loop)].index_select(0, batch.pathLoops) +
                          fromOutside_.index_select(0, batch.fromOutside) + fromInside_.index_select(0, batch.fromInside);
  at::Tensor tokens = at::cat({statements, path});
  for (const AttentionLayer& layer : pathLayers_)
    tokens = layer(tokens, batch.paths, &layer == &pathLayers_.back(), dropout);
  return tokens;
}

at::Tensor LoopTreeNetwork::column(const TreeBatch& batch, FeatureKind kind, std::size_t place) const {
  return batch.rows[at(kind)].select(1, static_cast<std::int64_t>(place)) * std::numbers::ln2;
}

at::Tensor LoopTreeNetwork::timesOf(const TreeBatch& batch, const at::Tensor& residuals,
                                    const at::Tensor& corrections) const {
  const at::Tensor modelled = column(batch, FeatureKind::Statement, places_.statementTime);
  const at::Tensor whole = column(batch, FeatureKind::Program, places_.programTime);
  const at::Tensor places = batch.nests.places.narrow(0, batch.trees, batch.statements);
  const auto summed = [&](const at::Tensor& logs) {
    constexpr double kNothing = -1e9; // of a place without a statement; a head's place is one
    const at::Tensor grid = at::full({batch.trees * batch.nests.width}, kNothing, logs.options()).index_copy_(0, places, logs);
    return grid.view({batch.trees, batch.nests.width}).logsumexp(1);
  };
  return summed(modelled + residuals) + whole - summed(modelled) + corrections + offset_;
}

void LoopTreeNetwork::fitNormalization(std::span<const ModelInput* const> inputs, std::span<const double> seconds) {
  for (std::size_t kind = 0; kind < kFeatureKinds; ++kind) {
    RowSums sums;
    for (const ModelInput* input : inputs)
      sums.add(input->tree.rows[kind], lengths_[kind]);
    if (sums.count > 0)
      sums.fit(normalizers_[kind]);
  }
  double offset = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    offset += std::log(seconds[i]) - inputs[i]->tree.rows[at(FeatureKind::Program)][places_.programTime] * std::numbers::ln2;
  offset_.fill_(offset / std::max(1.0, static_cast<double>(inputs.size())));
}

Result<void> LoopTreeNetwork::accepts(const ModelInput& input) const {
  const FlatTree& tree = input.tree;
  std::size_t accesses = 0;
  for (const std::int32_t count : tree.accessCounts)
    accesses += static_cast<std::size_t>(count);
  const std::array<std::size_t, kFeatureKinds> counts = {1, tree.loopParents.size(), tree.statements(),
                                                         tree.pathLoops.size(), accesses};
  for (const FeatureKind kind : kAllFeatureKinds)
    if (tree.rows[at(kind)].size() != counts[at(kind)] * lengths_[at(kind)])
      return failure("bad-features", fmt::format("the {} rows are not those that the network was made for", nameOf(kind)));
  return {};
}

} // namespace polyloom
