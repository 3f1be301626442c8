#include "app/cli/sweep_text.h"

#include "app/jobs/sweep_json.h"
#include "core/base/csv.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace polyloom {

namespace {

const std::string kSource = "measured";
constexpr int kCellWidth = 9;

/// the ? of "tile i j by ? 64".
std::string titleOf(std::span<const SweepNumber> numbers, const SweepAxis& axis) {
  return fmt::format("the ? of \"{}\"", std::ranges::find(numbers, axis.place, &SweepNumber::place)->open);
}

std::string oneLine(std::string recipe) {
  for (std::size_t at = 0; (at = recipe.find('\n', at)) != std::string::npos;)
    recipe.replace(at, 1, "; ");
  return recipe;
}

/// "*" for the best, "~" for what cannot be told apart from it.
const char* markOf(std::span<const SweepPoint> points, std::size_t p) {
  const auto best = bestPoint(points, kSource);
  const SweepFigure* figure = figureOf(points[p], kSource);
  if (!best || !figure || !figure->isKnown())
    return "";
  return p == *best ? "*" : isTie(*figure, *figureOf(points[*best], kSource)) ? "~" : "";
}

/// What a cell of the grid shows.
std::string cellOf(std::span<const SweepPoint> points, std::size_t p) {
  const SweepPoint& point = points[p];
  if (point.verdict != SweepVerdict::Legal)
    return wordOf(point.verdict);
  const SweepFigure* figure = figureOf(point, kSource);
  return !figure || !figure->isKnown() ? "failed" : fmt::format("{:.2f}{}", figure->speedup, markOf(points, p));
}

std::string lineOf(std::span<const SweepPoint> points, std::size_t p) {
  const SweepPoint& point = points[p];
  std::string text = fmt::format("{:>8}  ", fmt::join(point.values, " "));
  if (point.verdict != SweepVerdict::Legal)
    return text + (point.message.starts_with(wordOf(point.verdict)) ? "" : fmt::format("{}: ", wordOf(point.verdict))) +
           point.message + "\n";
  const SweepFigure* figure = figureOf(point, kSource);
  if (!figure || !figure->isKnown())
    return text + (figure ? figure->message : "no figure") + "\n";
  text += fmt::format("{:.2f} [{:.2f} … {:.2f}]  {:.3f} ms", figure->speedup, figure->low, figure->high, figure->seconds * 1e3);
  const std::string mark = markOf(points, p);
  text += mark == "*" ? "  best" : mark == "~" ? "  not distinguishable from the best" : "";
  if (point.sameAs >= 0)
    text += fmt::format("  the same code as {}", fmt::join(points[static_cast<std::size_t>(point.sameAs)].values, " "));
  return text + "\n";
}

std::string gridOf(std::span<const SweepAxis> axes, std::span<const SweepPoint> points) {
  std::string text = fmt::format("{:>8}", "");
  for (const std::int64_t value : axes[1].values)
    text += fmt::format("{:>{}}", value, kCellWidth);
  for (std::size_t row = 0; row < axes[0].values.size(); ++row) {
    text += fmt::format("\n{:>8}", axes[0].values[row]);
    for (std::size_t column = 0; column < axes[1].values.size(); ++column)
      text += fmt::format("{:>{}}", cellOf(points, row * axes[1].values.size() + column), kCellWidth);
  }
  return text + "\n";
}

} // namespace

std::string sweepName(std::span<const SweepNumber> numbers, const SweepPlace& place) {
  int index = 1;
  for (const SweepNumber& number : numbers)
    if (number.place == place)
      break;
    else if (number.place.step == place.step)
      ++index;
  return fmt::format("{}.{}", place.step + 1, index);
}

std::string sweepNumbersText(std::span<const SweepNumber> numbers) {
  std::string text;
  for (const SweepNumber& number : numbers)
    text += fmt::format("{}  {}: {}\n", sweepName(numbers, number.place), number.open, fmt::join(number.candidates, ","));
  return text.empty() ? "the recipe has no number to sweep\n" : text;
}

std::string sweepText(std::span<const SweepNumber> numbers, std::span<const SweepAxis> axes,
                      std::span<const SweepPoint> points) {
  std::string text = axes.size() == 1
                         ? fmt::format("speedups over the original order by {}\n", titleOf(numbers, axes[0]))
                         : fmt::format("speedups over the original order; rows: {}, columns: {}\n", titleOf(numbers, axes[0]),
                                       titleOf(numbers, axes[1]));
  if (axes.size() == 2)
    text += gridOf(axes, points) + "* the best, ~ not distinguishable from it\n";
  for (std::size_t p = 0; p < points.size(); ++p)
    if (axes.size() == 1)
      text += lineOf(points, p);
  if (const auto best = bestPoint(points, kSource))
    text += fmt::format("best: {}\n", oneLine(points[*best].recipe));
  return text;
}

std::string sweepCsv(std::span<const SweepNumber> numbers, std::span<const SweepAxis> axes,
                     std::span<const SweepPoint> points) {
  std::string text;
  for (const SweepAxis& axis : axes)
    text += sweepName(numbers, axis.place) + ",";
  text += "verdict,speedup,low,high,median_s,mark,message,recipe\r\n";
  for (std::size_t p = 0; p < points.size(); ++p) {
    const SweepPoint& point = points[p];
    const SweepFigure* figure = figureOf(point, kSource);
    text += fmt::format("{},{},", fmt::join(point.values, ","), wordOf(point.verdict));
    if (figure && figure->isKnown())
      text += fmt::format("{:.6g},{:.6g},{:.6g},{:.6g},", figure->speedup, figure->low, figure->high, figure->seconds);
    else
      text += ",,,,";
    text += fmt::format("{},{},{}\r\n", markOf(points, p), csvField(figure ? figure->message : point.message),
                        csvField(oneLine(point.recipe)));
  }
  return text;
}

} // namespace polyloom
