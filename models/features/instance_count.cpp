#include "models/features/instance_count.h"

#include "core/isl/points.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace polyloom {

namespace {

constexpr int kWalks = 256;
constexpr int kDraws = 4096;

double countConvex(const std::vector<NumericRow>& rows, const std::vector<double>& strides) {
  std::vector<LoopForm> loops;
  for (std::size_t d = 0; d < strides.size(); ++d) {
    loops.push_back({.stride = strides[d]});
    loops.back().value.coefficients[d] = 1;
  }
  const std::vector<double> counts = iterationCounts(instanceSet(rows, strides.size()), loops, kWalks);
  return counts.empty() ? 1 : counts.back();
}

/// The box's volume times the share of points drawn from it that the set has.
double countByDrawing(const isl::set& set, const NumericSet& numbers, std::size_t dimensions, const ParameterPoint& parameters) {
  const InstanceSet hull = instanceSet(numbers.hull, dimensions);
  Polyhedron space(hull.dimensions, 1e9);
  for (const LinearForm& condition : hull.conditions)
    space.add(condition);
  double volume = 1;
  std::vector<std::pair<std::int64_t, std::uint64_t>> box; // lowest, count
  for (std::size_t d = 0; d < hull.dimensions; ++d) {
    LinearForm dimension;
    dimension.coefficients[d] = 1;
    const std::optional<Polyhedron::Range> range = space.range(dimension);
    if (!range)
      return 0;
    const double first = std::ceil(range->first - 1e-6), count = std::floor(range->second + 1e-6) - first + 1;
    if (count < 1)
      return 0;
    volume *= count;
    box.emplace_back(static_cast<std::int64_t>(first), static_cast<std::uint64_t>(count));
  }
  std::vector<std::string> names;
  std::vector<std::int64_t> point;
  for (const auto& [name, value] : parameters) {
    names.push_back(name);
    point.push_back(value);
  }
  const PointSet points(set, names);
  point.resize(names.size() + box.size());
  std::mt19937_64 random(1); // the same points every time
  int inside = 0;
  for (int draw = 0; draw < kDraws; ++draw) {
    for (std::size_t d = 0; d < box.size(); ++d)
      point[names.size() + d] = box[d].first + static_cast<std::int64_t>(random() % box[d].second);
    inside += points.contains(point) ? 1 : 0;
  }
  return volume * inside / kDraws;
}

} // namespace

InstanceSet instanceSet(const std::vector<NumericRow>& rows, std::size_t dimensions) {
  InstanceSet set{.dimensions = std::min(dimensions, kMostDimensions), .conditions = {}};
  for (const NumericRow& row : rows) {
    LinearForm form{.coefficients = {}, .constant = row.constant};
    std::copy_n(row.coefficients.begin(), set.dimensions, form.coefficients.begin());
    set.conditions.push_back(form);
  }
  return set;
}

double instanceCount(const isl::set& set, const NumericSet& numbers, const std::vector<double>& strides,
                     const ParameterPoint& parameters) {
  if (numbers.hasResidues && strides.size() < kMostDimensions)
    if (const double count = countByDrawing(set, numbers, strides.size(), parameters); count > 0)
      return count;
  double count = 0;
  for (const std::vector<NumericRow>& piece : numbers.pieces)
    count += countConvex(piece, strides);
  return count;
}

} // namespace polyloom
