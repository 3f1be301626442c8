#include "models/features/looper/looper_featurizer.h"

#include "models/features/feature_table.h"
#include "models/features/looper/looper_computation.h"
#include "models/features/looper/looper_expression.h"
#include "models/features/looper/looper_nest.h"
#include "models/features/looper/looper_tags.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr int kVersion = 1; ///< to be raised where values change in the same places

using Place = LooperLoopPlace;

void enlarge(float& value, double size) {
  if (const auto wanted = static_cast<float>(signedLog(size)); std::abs(wanted) > std::abs(value))
    value = wanted;
}

/// The vectors of all loops of the outline; those of loops that are not in the tree stay empty.
class LoopVectors {
public:
  LoopVectors(const NestOutline& outline, const LooperNest& nest) : outline_(outline), nest_(nest), vectors_(outline.loops.size()) {}

  std::vector<std::vector<float>> take() {
    for (std::size_t l = 0; l < vectors_.size(); ++l)
      if (nest_.isThere(l))
        start(l);
    for (std::size_t l = 0; l < vectors_.size(); ++l)
      if (outline_.loops[l].attributes.parallel)
        vectors_[static_cast<std::size_t>(nest_.standIn[l])][Place::kParallel] = 1;
    for (std::size_t s = 0; s < nest_.iterators.size(); ++s)
      for (const LooperIterator& iterator : nest_.iterators[s])
        add(outline_.statements[s], iterator);
    return std::move(vectors_);
  }

private:
  void start(std::size_t loop) {
    std::vector<float>& vector = vectors_[loop];
    vector.resize(kLooperLoop);
    const double factor = unrollFactor(outline_.loops[loop]);
    vector[Place::kUnrolled] = factor > 0 ? 1 : 0;
    vector[Place::kFactor] = static_cast<float>(signedLog(factor));
    const LooperNest::Sharing& sharing = nest_.sharing[loop];
    vector[Place::kFused] = sharing.isFused ? 1 : 0;
    vector[Place::kDistributed] = sharing.isDistributed ? 1 : 0;
    vector[Place::kSplit] = sharing.isSplit ? 1 : 0;
  }

  void add(const OutlineStatement& statement, const LooperIterator& iterator) {
    const auto loopOf = [&](std::size_t step) { return static_cast<std::size_t>(statement.steps[step].loop); };
    for (std::size_t m = 0; m < iterator.steps.size(); ++m) {
      const std::size_t step = iterator.steps[m], loop = loopOf(step);
      if (!nest_.isThere(loop) || (step == iterator.own && !iterator.isSum))
        continue;
      vectors_[loop][Place::kIsTile] = 1;
      enlarge(vectors_[loop][Place::kTileSize], iterator.sizes[m]);
      if (iterator.isSum || statement.steps[step].value.floors.size() > 1)
        vectors_[loop][Place::kIsSum] = 1;
    }
    if (iterator.isSum)
      return;
    std::vector<float>& vector = vectors_[loopOf(iterator.own)];
    if (vector.empty())
      return; // another one stands for it
    enlarge(vector[Place::kTile], iterator.tile);
    enlarge(vector[Place::kOuterTile], iterator.largestTile > iterator.tile ? iterator.largestTile : 0);
    enlarge(vector[Place::kLanes], iterator.lanes);
    enlarge(vector[Place::kJam], iterator.jam);
    enlarge(vector[Place::kShift], iterator.shift);
    vector[Place::kTiled] = vector[Place::kTile] != 0 ? 1 : 0;
    vector[Place::kShifted] = vector[Place::kShift] != 0 ? 1 : 0;
  }

  const NestOutline& outline_;
  const LooperNest& nest_;
  std::vector<std::vector<float>> vectors_;
};

/// The loops of the tree; `numbers` gets theirs per loop of the outline, of the next one around where it is not there.
std::vector<LooperFeatures::Loop> treeOf(const NestOutline& outline, const LooperNest& nest, std::vector<int>& numbers) {
  std::vector<std::vector<float>> vectors = LoopVectors(outline, nest).take();
  std::vector<LooperFeatures::Loop> loops;
  for (std::size_t l = 0; l < outline.loops.size(); ++l) {
    const int parent = outline.loops[l].parent;
    const int around = parent < 0 ? -1 : numbers[static_cast<std::size_t>(parent)];
    numbers.push_back(nest.isThere(l) ? static_cast<int>(loops.size()) : around);
    if (nest.isThere(l))
      loops.push_back({.parent = around, .vector = std::move(vectors[l])});
  }
  return loops;
}

} // namespace

std::string looperSchema() { return fmt::format("looper-{}-{}-{}", kVersion, kLooperComputation, kLooperLoop); }

LooperFeatures looperFeatures(const Schedule& schedule, const NestOutline& outline) {
  const LooperNest nest = looperNest(schedule, outline);
  std::vector<int> numbers;
  LooperFeatures features{.computations = {}, .loops = treeOf(outline, nest, numbers)};
  for (std::size_t s = 0; s < outline.statements.size(); ++s) {
    const OutlineStatement& statement = outline.statements[s];
    LooperFeatures::Computation computation{
        .loop = statement.steps.empty() ? -1 : numbers[static_cast<std::size_t>(statement.steps.back().loop)],
        .vector = looperComputation(schedule.program(), outline, nest, s), .tokens = {},
        .tags = looperTags(statement, outline.loops, nest.iterators[s])};
    if (statement.facts->statement.value != nullptr)
      computation.tokens = looperTokens(*statement.facts->statement.value, statement.facts->type);
    features.computations.push_back(std::move(computation));
  }
  return features;
}

} // namespace polyloom
