#include "models/features/looper/looper_nest.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

namespace polyloom {

namespace {

bool runsTogether(const OutlineLoop& loop) {
  return loop.role == OutlineLoop::Role::Lanes || loop.role == OutlineLoop::Role::Strip;
}

/// The size of the largest tiles in a sum of tile loops.
double sizeOfSum(const LoopForm& form) {
  double size = 1;
  for (const FloorPart& part : form.floors)
    size = std::max(size, 1 / (1 - part.lost));
  return size;
}

/// Finds out what the loops of one direction are to each other.
class Finisher {
public:
  Finisher(const OutlineStatement& statement, const std::vector<OutlineLoop>& loops, const std::vector<double>& signs)
      : statement_(statement), loops_(loops), signs_(signs) {}

  void finish(LooperIterator& iterator) const {
    const std::size_t values = valuesOf(iterator);
    const StatementStep& itself = statement_.steps[values];
    iterator.isSum = itself.value.isRounded();
    iterator.own = ownOf(iterator);
    iterator.stride = itself.value.stride;
    iterator.move = itself.move;
    for (const std::size_t step : iterator.steps)
      iterator.sizes.push_back(step == values ? (iterator.isSum ? sizeOfSum(itself.value) : 1)
                                              : iterationsWithin(statement_.steps[step].value, itself.value));
    takeValues(itself.value, iterator);
    for (std::size_t m = 1; m < iterator.steps.size(); ++m)
      takeSize(iterator, m);
  }

private:
  const OutlineLoop& loopAt(std::size_t step) const { return loops_[static_cast<std::size_t>(statement_.steps[step].loop)]; }

  /// The innermost step whose values are not divided, or the innermost one.
  std::size_t valuesOf(const LooperIterator& iterator) const {
    const auto found = std::find_if(iterator.steps.rbegin(), iterator.steps.rend(),
                                    [&](std::size_t step) { return !statement_.steps[step].value.isRounded(); });
    return found == iterator.steps.rend() ? iterator.steps.back() : *found;
  }

  std::size_t ownOf(const LooperIterator& iterator) const {
    for (const bool mayBeDivided : {false, true})
      for (auto step = iterator.steps.rbegin(); step != iterator.steps.rend(); ++step)
        if (!runsTogether(loopAt(*step)) && (mayBeDivided || !statement_.steps[*step].value.isRounded()))
          return *step;
    return iterator.steps.front();
  }

  void takeValues(const LoopForm& form, LooperIterator& iterator) const {
    double largest = 0;
    for (std::size_t d = 0; d < signs_.size(); ++d) {
      iterator.row.push_back(signs_[d] * form.value.coefficients[d]);
      largest = std::max(largest, std::abs(iterator.row.back()));
    }
    iterator.shift = iterator.isSum ? 0 : form.value.constant;
    if (iterator.isSum && largest > 0)
      for (double& coefficient : iterator.row)
        coefficient /= largest;
  }

  /// What the `m`-th of the loops is to those around it.
  void takeSize(LooperIterator& iterator, std::size_t m) const {
    const double around = *std::min_element(iterator.sizes.begin(), iterator.sizes.begin() + static_cast<std::ptrdiff_t>(m));
    const double iterations = around / iterator.sizes[m];
    if (iterations <= 1)
      return; // it runs once
    if (const OutlineLoop& loop = loopAt(iterator.steps[m]); runsTogether(loop)) {
      double& together = loop.role == OutlineLoop::Role::Lanes ? iterator.lanes : iterator.jam;
      together = std::max(together, 1.0) * iterations; // jammed again
      return;
    }
    iterator.tile = iterator.tile > 0 ? std::min(iterator.tile, around) : around;
    iterator.largestTile = std::max(iterator.largestTile, around);
  }

  const OutlineStatement& statement_;
  const std::vector<OutlineLoop>& loops_;
  const std::vector<double>& signs_;
};

/// Loops that follow one iterator have it; the others get what is left over, from the outside in: by what they depend on,
/// and then in order. After skewing so the outer loop keeps its place, and whoever made an order does not matter.
void giveDimensions(std::vector<LooperIterator>& iterators) {
  std::set<std::size_t> taken;
  const auto give = [&](const auto& isFitting) {
    for (LooperIterator& iterator : iterators) {
      const bool isNothing = std::ranges::all_of(iterator.row, [](double coefficient) { return coefficient == 0; });
      for (std::size_t d = 0; d < iterator.row.size() && iterator.dimension < 0 && !iterator.isSum && !isNothing; ++d)
        if (!taken.contains(d) && isFitting(iterator.row, d)) {
          iterator.dimension = static_cast<int>(d);
          taken.insert(d);
        }
    }
  };
  give([](const std::vector<double>& row, std::size_t d) {
    return row[d] != 0 && std::ranges::count(row, 0.0) + 1 == std::ssize(row);
  });
  give([](const std::vector<double>& row, std::size_t d) { return row[d] != 0; });
  give([](const std::vector<double>&, std::size_t) { return true; });
}

std::vector<LooperIterator> iteratorsOf(const OutlineStatement& statement, const std::vector<OutlineLoop>& loops,
                                        const std::vector<double>& signs) {
  std::vector<LooperIterator> iterators;
  for (std::size_t k = 0; k < statement.steps.size(); ++k) {
    const LoopForm& form = statement.steps[k].value;
    const auto found = std::ranges::find_if(iterators, [&](const LooperIterator& each) {
      const LoopForm& other = statement.steps[each.steps.front()].value;
      return (form.isRounded() || other.isRounded()) && iterationsWithin(other, form) > 0;
    });
    (found == iterators.end() ? iterators.emplace_back() : *found).steps.push_back(k);
  }
  const Finisher finisher(statement, loops, signs);
  for (LooperIterator& iterator : iterators)
    finisher.finish(iterator);
  std::ranges::sort(iterators, {}, &LooperIterator::own);
  giveDimensions(iterators);
  return iterators;
}

/// The loop that stands for each of the outline's.
std::vector<int> standIns(const NestOutline& outline, const std::vector<std::vector<LooperIterator>>& iterators) {
  constexpr int kNobody = -2, kSeveral = -1;
  std::vector<int> own(outline.loops.size(), kNobody), below(outline.loops.size());
  for (std::size_t s = 0; s < iterators.size(); ++s)
    for (const LooperIterator& iterator : iterators[s])
      for (const std::size_t step : iterator.steps) {
        const std::vector<StatementStep>& steps = outline.statements[s].steps;
        const auto loop = static_cast<std::size_t>(steps[step].loop);
        const int wanted = steps[iterator.own].loop;
        own[loop] = own[loop] == kNobody || own[loop] == wanted ? wanted : kSeveral;
        ++below[loop];
      }
  std::vector<int> result;
  for (std::size_t l = 0; l < own.size(); ++l) {
    const bool isCovered = own[l] >= 0 && (runsTogether(outline.loops[l]) || below[l] == below[static_cast<std::size_t>(own[l])]);
    result.push_back(isCovered ? own[l] : static_cast<int>(l));
  }
  return result;
}

/// Which loops of the source run where. Those of copies that steps made are none.
class Carriers {
public:
  Carriers(const Scop& source, const NestOutline& outline, const LooperNest& nest) : sources_(std::ssize(source.loops)) {
    for (const Statement& statement : source.statements)
      for (const int loop : statement.loops)
        ++statements_[loop];
    for (std::size_t s = 0; s < nest.iterators.size(); ++s)
      for (const LooperIterator& iterator : nest.iterators[s])
        add(outline.statements[s], iterator, nest.standIn);
  }

  LooperNest::Sharing sharingOf(int loop) const {
    LooperNest::Sharing sharing;
    const auto found = carried_.find(loop);
    if (found == carried_.end())
      return sharing;
    std::map<int, int> held; // statements per loop of the source
    for (const auto& [source, statement] : found->second) {
      ++held[source];
      sharing.isSplit = sharing.isSplit || places_.at({source, statement}).size() > 1;
    }
    sharing.isFused = held.size() > 1;
    for (const auto& [source, count] : held)
      sharing.isDistributed = sharing.isDistributed || count < statements_.at(source);
    return sharing;
  }

private:
  using Carried = std::pair<int, std::string_view>; ///< a loop of the source, a statement below it

  void add(const OutlineStatement& statement, const LooperIterator& iterator, const std::vector<int>& standIn) {
    const Statement& source = statement.facts->statement;
    if (iterator.dimension < 0 || iterator.dimension >= std::ssize(source.loops))
      return;
    const Carried carried{source.loops[static_cast<std::size_t>(iterator.dimension)], source.name};
    if (carried.first >= sources_)
      return;
    const auto standInOf = [&](std::size_t step) { return standIn[static_cast<std::size_t>(statement.steps[step].loop)]; };
    for (const std::size_t step : iterator.steps)
      carried_[standInOf(step)].insert(carried);
    places_[carried].insert(standInOf(iterator.own));
  }

  std::ptrdiff_t sources_;
  std::map<int, int> statements_; ///< per loop of the source
  std::map<int, std::set<Carried>> carried_;
  std::map<Carried, std::set<int>> places_;
};

} // namespace

std::vector<double> sourceSigns(const Scop& program, const OutlineStatement& statement) {
  std::vector<double> signs(statement.set->dimensions, 1);
  const std::vector<int>& loops = statement.facts->statement.loops;
  for (std::size_t d = 0; d < std::min(signs.size(), loops.size()); ++d)
    signs[d] = program.loops[static_cast<std::size_t>(loops[d])].step < 0 ? -1 : 1;
  return signs;
}

double unrollFactor(const OutlineLoop& loop) {
  return loop.attributes.unroll == kUnrollFull ? loop.trips() : loop.attributes.unroll > 1 ? loop.attributes.unroll : 0;
}

LooperNest looperNest(const Schedule& schedule, const NestOutline& outline) {
  LooperNest nest;
  for (const OutlineStatement& statement : outline.statements)
    nest.iterators.push_back(iteratorsOf(statement, outline.loops, sourceSigns(schedule.program(), statement)));
  nest.standIn = standIns(outline, nest.iterators);
  const Carriers carriers(*schedule.source(), outline, nest);
  for (std::size_t l = 0; l < outline.loops.size(); ++l)
    nest.sharing.push_back(carriers.sharingOf(static_cast<int>(l)));
  return nest;
}

} // namespace polyloom
