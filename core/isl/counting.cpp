#include "core/isl/counting.h"

namespace polyloom {

namespace {

/// Thrown in this file only, to end a visit of points.
struct EnoughPoints {};

} // namespace

std::int64_t countPointsUpTo(const isl::set& set, std::int64_t most) {
  std::int64_t count = 0;
  if (most <= 0)
    return count;
  try {
    set.foreach_point([&](const isl::point&) {
      if (++count == most)
        throw EnoughPoints{};
    });
  } catch (const EnoughPoints&) {
  }
  return count;
}

double boxVolume(const isl::set& set) {
  if (set.is_empty())
    return 0;
  double volume = 1;
  const auto dimensions = static_cast<int>(set.tuple_dim());
  for (int d = 0; d < dimensions; ++d) {
    volume *= static_cast<double>(set.dim_max_val(d).sub(set.dim_min_val(d)).num_si() + 1);
  }
  return volume;
}

} // namespace polyloom
