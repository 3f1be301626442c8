#include "core/snapshot/sweep.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace polyloom {

const SweepFigure* figureOf(const SweepPoint& point, const std::string& source) {
  const auto found = std::ranges::find(point.figures, source, &SweepFigure::source);
  return found == point.figures.end() ? nullptr : &*found;
}

std::optional<std::size_t> bestPoint(std::span<const SweepPoint> points, const std::string& source) {
  std::optional<std::size_t> best;
  for (std::size_t p = 0; p < points.size(); ++p) {
    const SweepFigure* figure = figureOf(points[p], source);
    if (figure && figure->isKnown() && (!best || figure->speedup > figureOf(points[*best], source)->speedup))
      best = p;
  }
  return best;
}

bool isTie(const SweepFigure& a, const SweepFigure& b) { return a.low <= b.high && b.low <= a.high; }

std::vector<std::int64_t> sweepValues(const std::string& text) {
  std::vector<std::int64_t> values;
  const auto isPart = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-'; };
  for (std::size_t at = 0; at < text.size();) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
    if (isPart(text[at]) && error == std::errc()) {
      values.push_back(value);
      at = static_cast<std::size_t>(end - text.data());
    } else {
      ++at;
    }
  }
  std::ranges::sort(values);
  const auto [first, last] = std::ranges::unique(values);
  values.erase(first, last);
  return values;
}

} // namespace polyloom
