#include "models/features/looper/looper_tags.h"

#include "models/features/feature_table.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

using Tag = LooperFeatures::Tag;

Tag tagOf(LooperTag kind) { return {static_cast<float>(kind)}; }
float size(double value) { return static_cast<float>(signedLog(value)); }

/// The loops' matrix beyond the order and the directions of the iterators.
class AffineTags {
public:
  explicit AffineTags(const std::vector<LooperIterator>& iterators) {
    for (const LooperIterator& iterator : iterators)
      if (iterator.dimension >= 0)
        loops_.push_back(&iterator);
  }

  std::vector<Tag> take() {
    addReversals();
    addInterchanges();
    addSkews();
    return std::move(tags_);
  }

private:
  static std::size_t dimensionOf(const LooperIterator& loop) { return static_cast<std::size_t>(loop.dimension); }
  static double signOf(const LooperIterator& loop) { return loop.row[dimensionOf(loop)] < 0 ? -1 : 1; }

  void addReversals() {
    for (const LooperIterator* loop : loops_)
      if (signOf(*loop) < 0) {
        tags_.push_back(tagOf(LooperTag::Reverse));
        tags_.back()[3] = static_cast<float>(loop->dimension);
      }
    std::ranges::sort(tags_);
  }

  void addInterchanges() {
    std::vector<int> order, wanted;
    for (const LooperIterator* loop : loops_)
      wanted.push_back(loop->dimension);
    order = wanted;
    std::ranges::sort(order);
    for (std::size_t place = 0; place < order.size(); ++place) {
      const auto other = std::find(order.begin() + static_cast<std::ptrdiff_t>(place), order.end(), wanted[place]);
      if (order[place] == wanted[place])
        continue;
      std::swap(order[place], *other);
      Tag tag = tagOf(LooperTag::Interchange);
      tag[1] = static_cast<float>(place);
      tag[2] = static_cast<float>(other - order.begin());
      tags_.push_back(tag);
    }
  }

  /// Of a loop's values, per loop with its iterator in its direction.
  double factor(std::size_t row, std::size_t column) const {
    return loops_[row]->row[dimensionOf(*loops_[column])] * signOf(*loops_[column]);
  }

  void addSkews() {
    std::vector<std::size_t> skewed;
    for (std::size_t a = 0; a < loops_.size(); ++a) {
      bool isItself = factor(a, a) == 1;
      for (std::size_t b = 0; b < loops_.size(); ++b)
        isItself = isItself && (a == b || (factor(a, b) == 0 && factor(b, a) == 0));
      if (!isItself)
        skewed.push_back(a);
    }
    if (skewed.size() == 2 || skewed.size() == 3)
      return addSkew(skewed);
    for (const std::size_t row : skewed)
      addRow(row);
  }

  void addSkew(const std::vector<std::size_t>& skewed) {
    Tag tag = tagOf(LooperTag::Skew);
    std::size_t next = 7;
    for (std::size_t a = 0; a < skewed.size(); ++a) {
      tag[4 + a] = static_cast<float>(skewed[a]);
      for (const std::size_t b : skewed)
        tag[next++] = size(factor(skewed[a], b));
    }
    tags_.push_back(tag);
  }

  void addRow(std::size_t row) {
    Tag tag = tagOf(LooperTag::Row);
    tag[4] = static_cast<float>(row);
    for (std::size_t b = 0; b < std::min(loops_.size(), tag.size() - 7); ++b)
      tag[7 + b] = size(factor(row, b));
    tags_.push_back(tag);
  }

  std::vector<const LooperIterator*> loops_; ///< from the outside in
  std::vector<Tag> tags_;
};

/// The loops around a computation one by one.
class LoopTags {
public:
  LoopTags(const OutlineStatement& statement, const std::vector<OutlineLoop>& loops, std::vector<Tag>& tags)
      : statement_(statement), loops_(loops), tags_(tags) {}

  /// The loop at a step, which is the `m`-th of an iterator's; `number` counts iterators that carry one of the source's.
  void add(std::size_t step, const LooperIterator& iterator, std::size_t m, int number) {
    const OutlineLoop& loop = loops_[static_cast<std::size_t>(statement_.steps[step].loop)];
    const LoopForm& form = statement_.steps[step].value;
    if (loop.role == OutlineLoop::Role::Lanes)
      put(LooperTag::Lanes, step, number, std::max(iterator.lanes, 1.0));
    else if (loop.role == OutlineLoop::Role::Strip)
      put(m == 0 ? LooperTag::Unroll : LooperTag::Jam, step, number, m == 0 ? unrollFactor(loop) : iterator.jam);
    else if (iterator.isSum || form.floors.size() > 1)
      putSum(step, iterator, iterator.sizes[m]);
    else if (form.isRounded() && step != iterator.own)
      put(LooperTag::Tile, step, number, iterator.sizes[m]);
    if (loop.attributes.parallel)
      put(LooperTag::Parallel, step, number, 0);
    if (loop.attributes.unroll > 1)
      put(LooperTag::Unroll, step, number, loop.attributes.unroll);
  }

private:
  void put(LooperTag kind, std::size_t step, int number, double iterations) {
    Tag tag = tagOf(kind);
    tag[1] = static_cast<float>(step + 1);
    tag[2] = static_cast<float>(number);
    tag[3] = size(iterations);
    tags_.push_back(tag);
  }

  void putSum(std::size_t step, const LooperIterator& iterator, double iterations) {
    put(LooperTag::Sum, step, 0, iterations);
    for (std::size_t d = 0; d < std::min(iterator.row.size(), kLooperDepth); ++d)
      tags_.back()[4 + d] = static_cast<float>(iterator.row[d]);
  }

  const OutlineStatement& statement_;
  const std::vector<OutlineLoop>& loops_;
  std::vector<Tag>& tags_;
};

} // namespace

std::vector<Tag> looperTags(const OutlineStatement& statement, const std::vector<OutlineLoop>& loops,
                            const std::vector<LooperIterator>& iterators) {
  std::vector<Tag> tags = AffineTags(iterators).take();
  LoopTags others(statement, loops, tags);
  for (std::size_t step = 0; step < statement.steps.size(); ++step) {
    int number = 0;
    for (const LooperIterator& iterator : iterators) {
      number += iterator.dimension >= 0 ? 1 : 0;
      if (const auto found = std::ranges::find(iterator.steps, step); found != iterator.steps.end())
        others.add(step, iterator, static_cast<std::size_t>(found - iterator.steps.begin()), iterator.dimension >= 0 ? number : 0);
    }
  }
  return tags;
}

} // namespace polyloom
