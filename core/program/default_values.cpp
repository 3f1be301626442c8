#include "core/program/default_values.h"

#include "core/isl/counting.h"
#include "core/isl/sets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace polyloom {

namespace {

constexpr double kMaxInstances = 1.7e7;
constexpr double kMaxBytes = 128.0 * 1024 * 1024;
constexpr std::array<std::int64_t, 31> kSizes = {
    4000000, 2000000, 1000000, 500000, 200000, 100000, 50000, 20000, 10000, 5000, 4000, 2000, 1000, 512, 500, 256,
    200,     128,     100,     64,     50,     32,     24,    16,    12,    10,   8,    4,    2,    1,   0};
constexpr std::array<std::int64_t, 11> kCountedSizes = {12, 24, 48, 100, 2, 3, 6, 200, 400, 1000, 2000};
constexpr double kMaxCounted = 1e6;
constexpr std::int64_t kRepetitions = 50;

/// Whether some array's size depends on the parameter.
bool isExtent(const Scop& scop, const Parameter& parameter) {
  for (const Array& array : scop.arrays)
    for (const isl::pw_aff& extent : array.extents)
      if (extent.involves_param(parameter.name))
        return true;
  return false;
}

/// This value for all parameters. Where some of them size arrays, the others count repetitions (time steps): these
/// stay few, as they are in use, so that the arrays can grow.
ParameterPoint allEqual(const Scop& scop, std::int64_t value) {
  const auto sizes = [&](const Parameter& parameter) { return isExtent(scop, parameter); };
  const bool someAreExtents = std::ranges::any_of(scop.parameters, sizes);
  ParameterPoint values;
  for (const Parameter& parameter : scop.parameters)
    values.emplace_back(parameter.name, someAreExtents && !sizes(parameter) ? kRepetitions : value);
  return values;
}

bool isAdmissible(const Scop& scop, const ParameterPoint& values) {
  return !atParameters(scop.context, values).is_empty();
}

/// Where bounds that no parameter decides are large, nothing is counted but the box around the instances.
double countInstances(const Scop& scop, std::int64_t size) {
  double count = 0;
  for (const Statement& statement : scop.statements) {
    const isl::set domain = atParameters(statement.domain, allEqual(scop, size));
    const double volume = boxVolume(domain);
    count += volume <= 10 * kMaxCounted ? countPoints(domain) : volume;
  }
  return count;
}

/// Loops around the most deeply nested statement: counting takes time with the size to this power.
std::size_t depthOf(const Scop& scop) {
  std::size_t depth = 0;
  for (const Statement& statement : scop.statements)
    depth = std::max(depth, statement.loops.size());
  return depth;
}

double bytesOf(const Array& array, const ParameterPoint& values) {
  double bytes = sizeOf(array.element);
  for (const isl::pw_aff& extent : array.extents)
    bytes *= std::max(0.0, valueAt(extent, values));
  return bytes;
}

bool fitsMemory(const Scop& scop, std::int64_t size) {
  // Arrays whose size no parameter decides are there anyway.
  double bytes = 0, least = 0;
  for (const Array& array : scop.arrays) {
    bytes += bytesOf(array, allEqual(scop, size));
    least += bytesOf(array, allEqual(scop, 1));
  }
  return bytes <= std::max(kMaxBytes, least);
}

/// The number of instances as a power of the size, from countings at two sizes.
class Growth {
public:
  explicit Growth(const Scop& scop) : degree_(static_cast<double>(depthOf(scop))) {
    std::optional<std::int64_t> first;
    for (const std::int64_t size : kCountedSizes) {
      const bool isCheap = std::pow(static_cast<double>(size), static_cast<double>(depthOf(scop))) <= kMaxCounted;
      if (!isCheap || !isAdmissible(scop, allEqual(scop, size)))
        continue;
      const double count = countInstances(scop, size);
      if (first && size > *first && count_ > 0) {
        degree_ = std::round(std::log(count / count_) / std::log(static_cast<double>(size) / size_));
        set(size, count);
        return;
      }
      first = size;
      set(size, count);
    }
  }

  double at(std::int64_t size) const { return count_ * std::pow(static_cast<double>(size) / size_, degree_); }

private:
  void set(std::int64_t size, double count) {
    size_ = static_cast<double>(size);
    count_ = count;
  }

  double size_ = 1, count_ = 0;
  double degree_; ///< the depth of the nest where only one size could be counted
};

void setAll(Scop& scop, const ParameterPoint& values) {
  for (std::size_t p = 0; p < values.size(); ++p)
    scop.parameters[p].value = values[p].second;
}

/// Some point of the context, with values of at least `least` where there is one.
bool samplePoint(Scop& scop, std::int64_t least) {
  isl::set context = scop.context;
  const isl::set all = isl::set::universe(isl::space::unit(scop.ctx()));
  for (const Parameter& parameter : scop.parameters) {
    const auto value = isl::pw_aff::param_on_domain(all, isl::id(scop.ctx(), parameter.name));
    context = context.intersect(value.ge_set(all.pw_aff_on_domain(static_cast<long>(least))));
  }
  if (context.is_empty())
    return false;
  const isl::point point = context.sample_point();
  for (Parameter& parameter : scop.parameters)
    parameter.value = parameterOf(point, parameter.name, least);
  return true;
}

} // namespace

void chooseDefaults(Scop& scop) {
  if (scop.parameters.empty())
    return;
  const Growth growth(scop);
  for (const std::int64_t size : kSizes) {
    if (growth.at(size) > kMaxInstances || !fitsMemory(scop, size) || !isAdmissible(scop, allEqual(scop, size)))
      continue;
    setAll(scop, allEqual(scop, size));
    return;
  }
  for (const std::int64_t least : {64L, 8L, 1L, 0L, -1000000L})
    if (samplePoint(scop, least))
      return;
}

} // namespace polyloom
