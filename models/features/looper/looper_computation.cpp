#include "models/features/looper/looper_computation.h"

#include "models/features/feature_table.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace polyloom {

namespace {

using Place = LooperPlace;

constexpr double kTolerance = 1e-6; ///< of linear programs

/// The condition that bounds an iterator from one side by those outside of it, with a coefficient of 1 or -1 for it: of
/// several the one that names most of them (as published), then the tightest. Where conditions bound it only together with
/// iterators inside of it, the least or the greatest value that it has anywhere.
std::optional<LinearForm> boundOf(const InstanceSet& set, std::size_t iterator, double side) {
  std::optional<LinearForm> best;
  std::ptrdiff_t mostNames = 0;
  for (const LinearForm& condition : set.conditions) {
    const auto& factors = condition.coefficients;
    const auto isThere = [](double factor) { return factor != 0; };
    if (factors[iterator] * side <= 0 || std::any_of(factors.begin() + static_cast<std::ptrdiff_t>(iterator) + 1, factors.end(), isThere))
      continue;
    LinearForm form = condition;
    for (double& factor : form.coefficients)
      factor /= std::abs(factors[iterator]);
    form.constant /= std::abs(factors[iterator]);
    const std::ptrdiff_t names = std::ranges::count_if(factors, isThere);
    if (!best || names > mostNames || (names == mostNames && form.constant < best->constant)) {
      best = form;
      mostNames = names;
    }
  }
  if (best)
    return best;
  Polyhedron space(set.dimensions, 1e9);
  for (const LinearForm& condition : set.conditions)
    space.add(condition);
  LinearForm value;
  value.coefficients[iterator] = 1;
  const std::optional<Polyhedron::Range> range = space.range(value);
  if (!range)
    return std::nullopt; // no instances
  value.coefficients[iterator] = side;
  value.constant = side > 0 ? -std::ceil(range->first - kTolerance) : std::floor(range->second + kTolerance);
  return value;
}

/// Writes one vector.
class Writer {
public:
  Writer(const Scop& program, const NestOutline& outline, const LooperNest& nest, std::size_t number)
      : program_(program), outline_(outline), nest_(nest), statement_(outline.statements[number]),
        iterators_(nest.iterators[number]), signs_(sourceSigns(program, statement_)), dimensions_(std::min(signs_.size(), kLooperDepth)),
        vector_(kLooperComputation) {}

  std::vector<float> take() {
    vector_[Place::kReduction] = statement_.facts->isReduction ? 1 : 0;
    for (const LooperIterator& iterator : iterators_)
      if (iterator.dimension >= 0 && static_cast<std::size_t>(iterator.dimension) < kLooperDepth)
        putIterator(iterator);
    putUnrolling();
    putDomain();
    putAccesses();
    putOwn();
    return std::move(vector_);
  }

private:
  void put(std::size_t place, double value) { vector_[place] = static_cast<float>(signedLog(value)); }
  void flag(std::size_t place, bool value) { vector_[place] = value ? 1 : 0; }
  const OutlineLoop& loopAt(std::size_t step) const {
    return outline_.loops[static_cast<std::size_t>(statement_.steps[step].loop)];
  }

  void putIterator(const LooperIterator& iterator) {
    const auto d = static_cast<std::size_t>(iterator.dimension);
    const std::size_t place = Place::kIterators + Place::kPerIterator * d;
    bool isFused = false;
    for (const std::size_t step : iterator.steps)
      isFused = isFused || nest_.sharing[static_cast<std::size_t>(statement_.steps[step].loop)].isFused;
    flag(place, std::ranges::any_of(iterator.steps, [&](std::size_t step) { return loopAt(step).attributes.parallel; }));
    flag(place + 1, iterator.tile > 0);
    put(place + 2, iterator.tile);
    flag(place + 3, isFused);
    flag(place + 4, iterator.shift != 0);
    put(place + 5, iterator.shift);

    const std::size_t own = Place::kOwnIterators + Place::kPerIterator * d;
    const auto sharing = nest_.sharing[static_cast<std::size_t>(statement_.steps[iterator.own].loop)];
    put(own, iterator.lanes);
    put(own + 1, iterator.jam);
    put(own + 2, iterator.largestTile > iterator.tile ? iterator.largestTile : 0);
    flag(own + 3, sharing.isDistributed);
    flag(own + 4, sharing.isSplit);
    if (const std::vector<int>& loops = statement_.facts->statement.loops; d < loops.size())
      vector_[own + 5] = static_cast<float>(logOf(std::abs(static_cast<double>(program_.loops[static_cast<std::size_t>(loops[d])].step))));
  }

  void putUnrolling() {
    if (iterators_.empty())
      return;
    const auto innermost = std::ranges::max_element(iterators_, {}, &LooperIterator::own);
    const double factor = unrollFactor(loopAt(innermost->own));
    flag(Place::kUnrolled, factor > 0);
    put(Place::kUnrolled + 1, factor);
  }

  void putDomain() {
    for (std::size_t d = 0; d < dimensions_; ++d)
      for (const bool isUpper : {false, true}) {
        const std::optional<LinearForm> bound = boundOf(*statement_.set, d, (isUpper ? -1 : 1) * signs_[d]);
        if (!bound)
          continue;
        const std::size_t row = 2 * d + (isUpper ? 1 : 0);
        for (std::size_t e = 0; e <= d; ++e)
          put(Place::kDomain + row * Place::kDomainRow + e, -bound->coefficients[e] * signs_[e]);
        put(Place::kConstants + row, bound->constant);
        putTransformed(row, *bound);
      }
  }

  void putTransformed(std::size_t row, const LinearForm& bound) {
    std::size_t column = 0;
    for (const LooperIterator& iterator : iterators_) {
      if (iterator.dimension < 0)
        continue;
      double change = 0;
      for (std::size_t d = 0; d < iterator.move.size(); ++d)
        change -= bound.coefficients[d] * iterator.move[d];
      put(Place::kTransformed + row * Place::kDomainRow + column, change / iterator.stride);
      if (++column == kLooperDepth)
        return;
    }
  }

  void putAccesses() {
    const std::vector<AccessFacts>& accesses = statement_.facts->accesses;
    if (!accesses.empty()) {
      vector_[Place::kWrite] = static_cast<float>(accesses.front().array + 1);
      putAccess(Place::kWrite + 1, accesses.front());
    }
    std::size_t reads = 0;
    for (const AccessFacts& access : accesses) {
      if (access.isWrite || reads++ >= kLooperReads)
        continue;
      const std::size_t place = Place::kReads + (reads - 1) * Place::kPerRead;
      flag(place, access.isUpdated);
      vector_[place + 1] = static_cast<float>(access.array + 1);
      putAccess(place + 2, access);
    }
    vector_[Place::kOwn + 4] = static_cast<float>(reads - std::min(reads, kLooperReads));
  }

  void putAccess(std::size_t place, const AccessFacts& access) {
    const std::size_t rank = std::min(access.subscripts.size(), kLooperDepth);
    for (std::size_t row = 0; row <= rank; ++row)
      vector_[place + row * Place::kAccessRow] = 1;
    for (std::size_t d = 0; d < dimensions_; ++d)
      vector_[place + 1 + d] = 1;
    vector_[place + Place::kAccessRow - 1] = 1;
    for (std::size_t r = 0; r < rank; ++r) {
      const NumericForm& subscript = access.subscripts[r];
      const std::size_t row = place + (r + 1) * Place::kAccessRow;
      for (std::size_t d = 0; d < dimensions_; ++d)
        put(row + 1 + d, slope(subscript, d) * signs_[d]);
      double constant = subscript.constant;
      for (const NumericForm::Floor& floor : subscript.floors)
        constant += floor.factor * floor.constant / floor.denominator;
      put(row + Place::kAccessRow - 1, constant);
    }
  }

  /// Divisions count by their slopes.
  static double slope(const NumericForm& form, std::size_t dimension) {
    const auto at = [dimension](const std::vector<double>& factors) { return dimension < factors.size() ? factors[dimension] : 0; };
    double slope = at(form.coefficients);
    for (const NumericForm::Floor& floor : form.floors)
      slope += floor.factor * at(floor.coefficients) / floor.denominator;
    return slope;
  }

  void putOwn() {
    double all = 0;
    for (const OutlineStatement& other : outline_.statements)
      all += other.facts == statement_.facts ? other.instances : 0;
    vector_[Place::kOwn] = static_cast<float>(std::max(0.0, logRatio(all, statement_.instances)));
    const std::vector<AccessFacts>& accesses = statement_.facts->accesses;
    const auto isGenerated = [&](const AccessFacts& access) {
      return outline_.arrays[static_cast<std::size_t>(access.array)]->isPrivate;
    };
    const auto generated = std::ranges::count_if(accesses, isGenerated);
    flag(Place::kOwn + 1, generated > 0 && isCopy(*statement_.facts));
    vector_[Place::kOwn + 2] = static_cast<float>(generated);
    vector_[Place::kOwn + 3] = static_cast<float>(signs_.size() - dimensions_);
  }

  const Scop& program_;
  const NestOutline& outline_;
  const LooperNest& nest_;
  const OutlineStatement& statement_;
  const std::vector<LooperIterator>& iterators_;
  std::vector<double> signs_;
  std::size_t dimensions_; ///< those with a place
  std::vector<float> vector_;
};

} // namespace

std::vector<float> looperComputation(const Scop& program, const NestOutline& outline, const LooperNest& nest, std::size_t number) {
  return Writer(program, outline, nest, number).take();
}

} // namespace polyloom
