#include "tests/support/color_vision.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace polyloom {

namespace {

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

constexpr Matrix kProtanopia = {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix kDeuteranopia = {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix kToXyz = {{{0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}}};
constexpr Triple kWhite = {0.95047, 1, 1.08883};

double toLinear(double value) { return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); }

double fromLinear(double value) {
  const double v = std::clamp(value, 0.0, 1.0);
  return v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

Triple linear(const QColor& color) {
  return {toLinear(color.redF()), toLinear(color.greenF()), toLinear(color.blueF())};
}

Triple times(const Matrix& matrix, const Triple& v) {
  Triple result{};
  for (std::size_t row = 0; row < 3; ++row)
    result[row] = matrix[row][0] * v[0] + matrix[row][1] * v[1] + matrix[row][2] * v[2];
  return result;
}

Triple lab(const QColor& color) {
  Triple f = times(kToXyz, linear(color));
  for (std::size_t k = 0; k < 3; ++k) {
    const double t = f[k] / kWhite[k];
    f[k] = t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116;
  }
  return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

} // namespace

double contrastRatio(const QColor& a, const QColor& b) {
  const double x = times(kToXyz, linear(a))[1], y = times(kToXyz, linear(b))[1];
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

QColor seenWith(Vision vision, const QColor& color) {
  if (vision == Vision::Full)
    return color;
  const Triple seen = times(vision == Vision::Protanopia ? kProtanopia : kDeuteranopia, linear(color));
  return QColor::fromRgbF(static_cast<float>(fromLinear(seen[0])), static_cast<float>(fromLinear(seen[1])),
                          static_cast<float>(fromLinear(seen[2])));
}

double colorDistance(const QColor& a, const QColor& b) {
  const Triple x = lab(a), y = lab(b);
  return std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

} // namespace polyloom
