// LOOPer's features of small programs, by their places.
#pragma once

#include "models/features/looper/looper_featurizer.h"
#include "tests/support/named_programs.h"

#include <cmath>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace polyloom::test {

/// At these values of all parameters.
inline LooperFeatures looperOf(const Schedule& schedule, std::int64_t value) {
  ParameterPoint parameters;
  for (const Parameter& parameter : schedule.program().parameters)
    parameters.emplace_back(parameter.name, value);
  OutlineReader reader(parameters);
  return looperFeatures(schedule, reader.read(schedule));
}

inline LooperFeatures looperOf(const ScopPtr& program, const std::vector<std::string>& lines, std::int64_t value = 100) {
  return looperOf(scheduled(program, lines), value);
}

/// A size as vectors hold it.
inline float sized(double value) { return static_cast<float>(std::copysign(std::log2(1 + std::abs(value)), value)); }

inline std::vector<float> numbersAt(const std::vector<float>& vector, std::size_t place, std::size_t count) {
  return {vector.begin() + static_cast<std::ptrdiff_t>(place), vector.begin() + static_cast<std::ptrdiff_t>(place + count)};
}

/// The published numbers of an iterator: parallel, tiled, tile size, fused, shifted, shift.
inline std::vector<float> iteratorAt(const LooperFeatures::Computation& computation, std::size_t iterator) {
  return numbersAt(computation.vector, LooperPlace::kIterators + LooperPlace::kPerIterator * iterator, LooperPlace::kPerIterator);
}

/// Ours: lanes, jam, largest tile, distributed, split, step.
inline std::vector<float> ownAt(const LooperFeatures::Computation& computation, std::size_t iterator) {
  return numbersAt(computation.vector, LooperPlace::kOwnIterators + LooperPlace::kPerIterator * iterator, LooperPlace::kPerIterator);
}

/// Row of a matrix of the domain.
inline std::vector<float> rowAt(const LooperFeatures::Computation& computation, std::size_t matrix, std::size_t row) {
  return numbersAt(computation.vector, matrix + row * LooperPlace::kDomainRow, LooperPlace::kDomainRow);
}

inline LooperFeatures::Tag tag(LooperTag kind, const std::map<std::size_t, float>& numbers) {
  LooperFeatures::Tag made{static_cast<float>(kind)};
  for (const auto& [place, number] : numbers)
    made[place] = number;
  return made;
}

/// Per loop of the tree its parent.
inline std::vector<int> parentsOf(const LooperFeatures& features) {
  std::vector<int> parents;
  for (const LooperFeatures::Loop& loop : features.loops)
    parents.push_back(loop.parent);
  return parents;
}

/// Per computation its loop.
inline std::vector<int> loopsOf(const LooperFeatures& features) {
  std::vector<int> loops;
  for (const LooperFeatures::Computation& computation : features.computations)
    loops.push_back(computation.loop);
  return loops;
}

} // namespace polyloom::test
