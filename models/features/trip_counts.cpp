#include "models/features/trip_counts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace polyloom {

namespace {

constexpr double kTolerance = 1e-6;
constexpr double kFar = 1e9; ///< no iterator gets there

/// The integers of a range that a loop takes.
struct Values {
  double first = 0, count = 0;

  static Values of(const LoopForm& loop, const Polyhedron::Range& range) {
    const double first = std::ceil(range.first - loop.above - kTolerance);
    const double last = std::floor(range.second + loop.below + kTolerance);
    return {first, last < first ? 0 : std::floor((last - first) / loop.stride + kTolerance) + 1};
  }
};

/// Dimensions that conditions or values tie together.
class Components {
public:
  explicit Components(std::size_t dimensions) : of_(dimensions) { std::iota(of_.begin(), of_.end(), std::size_t{0}); }

  void tie(const LinearForm& form) {
    std::size_t first = of_.size();
    for (std::size_t d = 0; d < of_.size(); ++d) {
      if (form.coefficients[d] == 0)
        continue;
      if (first == of_.size())
        first = d;
      const std::size_t from = of_[d], to = of_[first];
      std::ranges::replace(of_, from, to);
    }
  }

  bool holds(std::size_t component, const LinearForm& form) const {
    for (std::size_t d = 0; d < of_.size(); ++d)
      if (form.coefficients[d] != 0)
        return of_[d] == component;
    return false;
  }
  std::size_t sizeOf(std::size_t component) const { return static_cast<std::size_t>(std::ranges::count(of_, component)); }

private:
  std::vector<std::size_t> of_;
};

/// One way through the loops from the outside in.
class Walk {
public:
  explicit Walk(const Polyhedron& space) : space_(space) {}

  /// How many values the loop has; one of them is chosen.
  double step(const LoopForm& loop, double place) {
    const std::optional<Polyhedron::Range> range = space_.range(loop.value);
    if (!range)
      return 0;
    Values values = Values::of(loop, *range);
    if (!open_.empty() && loop.isRounded())
      trim(loop, values);
    if (values.count <= 0)
      return 0;
    choose(loop, values.first + loop.stride * std::floor(place * values.count));
    return values.count;
  }

private:
  void choose(const LoopForm& loop, double chosen) {
    if (!loop.isRounded())
      return space_.fix(loop.value, chosen);
    keepBetween(loop.value, chosen - loop.below, chosen + loop.above);
    open_.emplace_back(&loop, chosen);
    while (closeOne()) {
    }
  }

  /// Takes off the first and the last value where nothing lies in it: sums of floors are only known roughly.
  void trim(const LoopForm& loop, Values& values) const {
    const auto isEmpty = [&](double value) {
      Walk walk = *this;
      walk.choose(loop, value);
      return !walk.space_.range(loop.value);
    };
    if (values.count > 0 && isEmpty(values.first)) {
      values.first += loop.stride;
      --values.count;
    }
    if (values.count > 0 && isEmpty(values.first + loop.stride * (values.count - 1)))
      --values.count;
  }

  void keepBetween(const LinearForm& form, double least, double most) {
    LinearForm above = form, below{.coefficients = {}, .constant = most - form.constant};
    above.constant -= least;
    for (std::size_t d = 0; d < kMostDimensions; ++d)
      below.coefficients[d] = -form.coefficients[d];
    space_.add(above);
    space_.add(below);
  }

  const double* valueOf(const FloorPart& part) const {
    for (const auto& [known, value] : floors_)
      if (known->form.coefficients == part.form.coefficients && known->form.constant == part.form.constant)
        return &value;
    return nullptr;
  }

  /// A sum of which all floors but one are known tells that one.
  bool closeOne() {
    for (std::size_t o = 0; o < open_.size(); ++o) {
      const auto& [loop, chosen] = open_[o];
      const FloorPart* unknown = nullptr;
      std::size_t unknowns = 0;
      double rest = chosen;
      for (const FloorPart& part : loop->floors) {
        const double* value = valueOf(part);
        rest -= value == nullptr ? 0 : part.factor * *value;
        unknown = value == nullptr ? &part : unknown;
        unknowns += value == nullptr ? 1 : 0;
      }
      if (unknowns > 1)
        continue;
      const bool tells = unknowns == 1 && isSumOfFloors(*loop), isSum = loop->floors.size() > 1;
      open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(o));
      if (!tells)
        return true;
      const double value = rest / unknown->factor;
      floors_.emplace_back(unknown, value);
      if (isSum)
        keepBetween(unknown->form, value, value + unknown->lost);
      return true;
    }
    return false;
  }

  /// Whether nothing in the value stands outside of its floors.
  static bool isSumOfFloors(const LoopForm& loop) {
    LinearForm rest = loop.value;
    for (const FloorPart& part : loop.floors) {
      rest.constant -= part.factor * part.form.constant;
      for (std::size_t d = 0; d < kMostDimensions; ++d)
        rest.coefficients[d] -= part.factor * part.form.coefficients[d];
    }
    return std::abs(rest.constant) < kTolerance &&
           std::ranges::all_of(rest.coefficients, [](double factor) { return std::abs(factor) < kTolerance; });
  }

  Polyhedron space_;
  std::vector<std::pair<const FloorPart*, double>> floors_; ///< that have a value
  std::vector<std::pair<const LoopForm*, double>> open_;    ///< sums that may tell more
};

/// Counts within one component.
class ComponentCounter {
public:
  ComponentCounter(const InstanceSet& set, std::span<const LoopForm> loops, const Components& components,
                   std::size_t component)
      : loops_(loops), space_(set.dimensions, kFar), first_(component) {
    for (const LinearForm& condition : set.conditions)
      if (components.holds(component, condition))
        space_.add(condition);
    for (std::size_t l = 0; l < loops.size(); ++l)
      if (components.holds(component, loops[l].value))
        own_.push_back(l);
    // what belongs to other components is nothing to this one
    for (std::size_t d = 0; d < set.dimensions; ++d) {
      LinearForm other;
      other.coefficients[d] = 1;
      if (!components.holds(component, other))
        space_.fix(other, 0);
    }
  }

  /// Multiplies the counts of all loops from the component's own on.
  void multiply(std::vector<double>& counts, std::size_t size, int samples) {
    if (own_.empty())
      return;
    const std::vector<double> found = size == 1 ? onLine() : walked(samples);
    for (std::size_t k = 0; k < own_.size(); ++k)
      for (std::size_t l = own_[k]; l < (k + 1 < own_.size() ? own_[k + 1] : counts.size()); ++l)
        counts[l] *= found[k];
  }

private:
  /// One dimension: how often a value changes on the way.
  std::vector<double> onLine() const {
    std::vector<double> found;
    double known = 1, finest = 0; // the largest count of values so far, and the finest period
    for (const std::size_t l : own_) {
      const LoopForm& loop = loops_[l];
      const std::optional<Polyhedron::Range> range = space_.range(loop.value);
      const double count = range ? Values::of(loop, *range).count : 0;
      const double period = loop.stride / std::abs(loop.value.coefficients[first_]);
      const double ratio = finest > 0 ? std::max(period, finest) / std::min(period, finest) : 1;
      const bool isNested = std::abs(ratio - std::round(ratio)) < 1e-9;
      known = isNested || !loop.isRounded() ? std::max(known, count) : known + count - 1;
      finest = finest > 0 ? std::min(period, finest) : period;
      found.push_back(count == 0 ? 0 : known);
    }
    if (!loops_[own_.back()].isRounded()) // no more iterations than there are points
      for (double& count : found)
        count = std::min(count, found.back());
    return found;
  }

  std::vector<double> walked(int samples) {
    space_.tighten();
    std::vector<double> found(own_.size(), 0);
    for (int s = 0; s < samples; ++s) {
      Walk walk(space_);
      double weight = 1;
      for (std::size_t k = 0; k < own_.size() && weight > 0; ++k) {
        weight *= walk.step(loops_[own_[k]], place(s, samples, k));
        found[k] += weight / samples;
      }
    }
    return found;
  }

  /// In [0, 1), evenly spread over all walks, for each loop in another order.
  static double place(int sample, int samples, std::size_t loop) {
    constexpr double kGolden = 0.6180339887498949;
    if (loop == 0)
      return (sample + 0.5) / samples;
    const double place = 0.5 + sample * std::pow(kGolden, static_cast<double>(loop));
    return place - std::floor(place);
  }

  std::span<const LoopForm> loops_;
  Polyhedron space_;
  std::size_t first_;
  std::vector<std::size_t> own_;
};

} // namespace

double iterationsWithin(const LoopForm& outer, const LoopForm& inner) {
  double ratio = 0;
  for (std::size_t d = 0; d < kMostDimensions; ++d) {
    const double out = outer.value.coefficients[d], in = inner.value.coefficients[d];
    if ((out == 0) != (in == 0))
      return 0;
    if (out != 0 && ratio == 0)
      ratio = in / out;
    if (out != 0 && std::abs(in / out - ratio) > 1e-9 * std::abs(ratio))
      return 0;
  }
  return std::abs(ratio) / inner.stride;
}

std::vector<double> iterationCounts(const InstanceSet& set, std::span<const LoopForm> loops, int samples) {
  const auto isNever = [](const LinearForm& condition) {
    return condition.constant < 0 && std::ranges::all_of(condition.coefficients, [](double factor) { return factor == 0; });
  };
  if (std::ranges::any_of(set.conditions, isNever))
    return std::vector<double>(loops.size(), 0.0);
  Components components(set.dimensions);
  for (const LinearForm& condition : set.conditions)
    components.tie(condition);
  for (const LoopForm& loop : loops)
    components.tie(loop.value);
  std::vector<double> counts(loops.size(), 1);
  for (std::size_t component = 0; component < set.dimensions; ++component)
    if (const std::size_t size = components.sizeOf(component); size > 0)
      ComponentCounter(set, loops, components, component).multiply(counts, size, samples);
  return counts;
}

} // namespace polyloom
