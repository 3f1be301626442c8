// Names, meanings and values of features in one table, so that they cannot drift apart.
#pragma once

#include "models/features/schedule_features.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace polyloom {

/// One feature: what it is called, and how it is got from what a row belongs to.
template <typename View> struct Feature {
  FeatureInfo info;
  double (*value)(const View&);
};

/// log2, where counts below one and nothing at all are 0.
inline double logOf(double count) { return count > 1 ? std::log2(count) : 0; }

/// log2 of nanoseconds as seconds; what takes less than a nanosecond takes one.
inline double logSeconds(double nanoseconds) { return std::log2(std::max(nanoseconds, 1.0) * 1e-9); }

/// log2 of a ratio, within 2^-16 and 2^16.
inline double logRatio(double numerator, double denominator) {
  if (numerator <= 0 || denominator <= 0)
    return numerator > 0 ? 16 : denominator > 0 ? -16 : 0;
  return std::clamp(std::log2(numerator / denominator), -16.0, 16.0);
}

/// log2(1 + size) with the sign kept.
inline double signedLog(double value) { return std::copysign(std::log2(1 + std::abs(value)), value); }

/// The table's values: finite, and within a range that single precision and networks bear.
template <typename View> ScheduleFeatures::Row rowOf(const std::vector<Feature<View>>& table, const View& view) {
  constexpr double kFar = 64;
  ScheduleFeatures::Row row;
  row.reserve(table.size());
  for (const Feature<View>& feature : table) {
    const double value = feature.value(view);
    row.push_back(std::isfinite(value) ? static_cast<float>(std::clamp(value, -kFar, kFar)) : 0.0F);
  }
  return row;
}

template <typename View> std::vector<FeatureInfo> infosOf(const std::vector<Feature<View>>& table) {
  std::vector<FeatureInfo> infos;
  for (const Feature<View>& feature : table)
    infos.push_back(feature.info);
  return infos;
}

} // namespace polyloom
