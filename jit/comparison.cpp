#include "jit/comparison.h"

#include "core/base/check.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace polyloom {

namespace {

template <typename T> std::span<const T> cellsOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
}

/// The mean of the finite cells' absolute values: differences below this scale do not matter to anyone.
template <typename T> double magnitudeOf(std::span<const T> cells) {
  double sum = 0;
  double count = 0;
  for (const T cell : cells)
    if (std::isfinite(cell)) {
      sum += std::abs(static_cast<double>(cell));
      ++count;
    }
  return count > 0 ? sum / count : 0;
}

template <typename T> Agreement compareFloating(std::span<const T> expected, std::span<const T> actual) {
  constexpr double kTolerance = sizeof(T) == sizeof(double) ? 1e-9 : 1e-4;
  const double magnitude = magnitudeOf(expected);
  Agreement agreement;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i] == actual[i])
      continue;
    agreement.isIdentical = false;
    const double wanted = static_cast<double>(expected[i]);
    const double error = std::abs(static_cast<double>(actual[i]) - wanted) / std::max(std::abs(wanted), magnitude);
    const bool isNumber = std::isfinite(error);
    agreement.maxRelativeError =
        std::max(agreement.maxRelativeError, isNumber ? error : std::numeric_limits<double>::infinity());
  }
  agreement.isWithinTolerance = agreement.maxRelativeError <= kTolerance;
  return agreement;
}

template <typename T> Agreement compareIntegers(std::span<const T> expected, std::span<const T> actual) {
  Agreement agreement;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i] == actual[i])
      continue;
    const double wanted = static_cast<double>(expected[i]);
    const double error = std::abs(static_cast<double>(actual[i]) - wanted) / std::max(std::abs(wanted), 1.0);
    agreement.maxRelativeError = std::max(agreement.maxRelativeError, error);
    agreement.isIdentical = agreement.isWithinTolerance = false;
  }
  return agreement;
}

} // namespace

Agreement compareArrays(ElementType element, std::span<const std::byte> expected, std::span<const std::byte> actual) {
  POLYLOOM_CHECK(expected.size() == actual.size());
  switch (element) {
  case ElementType::Int8: return compareIntegers(cellsOf<std::int8_t>(expected), cellsOf<std::int8_t>(actual));
  case ElementType::Int16: return compareIntegers(cellsOf<std::int16_t>(expected), cellsOf<std::int16_t>(actual));
  case ElementType::Int32: return compareIntegers(cellsOf<std::int32_t>(expected), cellsOf<std::int32_t>(actual));
  case ElementType::Int64: return compareIntegers(cellsOf<std::int64_t>(expected), cellsOf<std::int64_t>(actual));
  case ElementType::Float32: return compareFloating(cellsOf<float>(expected), cellsOf<float>(actual));
  case ElementType::Float64: return compareFloating(cellsOf<double>(expected), cellsOf<double>(actual));
  }
  return {};
}

Agreement combine(const Agreement& left, const Agreement& right) {
  return {left.isIdentical && right.isIdentical, left.isWithinTolerance && right.isWithinTolerance,
          std::max(left.maxRelativeError, right.maxRelativeError)};
}

} // namespace polyloom
