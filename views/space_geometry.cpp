#include "views/space_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace polyloom {

namespace {

const std::vector<std::string>& loopNames(const InstanceCloud& cloud, SpaceOrder order) {
  return order == SpaceOrder::Original ? cloud.sourceLoops : cloud.timeLoops;
}

bool countsTiles(const SpaceSnapshot& space, std::size_t dimension) {
  return std::any_of(space.clouds.begin(), space.clouds.end(), [&](const InstanceCloud& cloud) {
    return dimension < cloud.timeIsTile.size() && cloud.timeIsTile[dimension];
  });
}

} // namespace

Viewport Viewport::zoomed(double factor, PlanePoint anchor) const {
  return {scaleX * factor, scaleY * factor, anchor.x + (originX - anchor.x) * factor,
          anchor.y + (originY - anchor.y) * factor};
}

Viewport Viewport::panned(double dx, double dy) const {
  return {scaleX, scaleY, originX + dx, originY + dy};
}

Viewport Viewport::fit(const PlaneRect& world, const PlaneRect& screen, double maxStretch) {
  Viewport view;
  view.scaleX = std::max(screen.width, 1.0) / std::max(world.width, 1e-9);
  view.scaleY = std::max(screen.height, 1.0) / std::max(world.height, 1e-9);
  view.scaleX = std::min(view.scaleX, view.scaleY * maxStretch);
  view.scaleY = std::min(view.scaleY, view.scaleX * maxStretch);
  const double centerX = world.left + world.width / 2, centerY = world.top + world.height / 2;
  view.originX = screen.left + screen.width / 2 - centerX * view.scaleX;
  view.originY = screen.top + screen.height / 2 + centerY * view.scaleY;
  return view;
}

std::vector<std::int64_t> ticks(double low, double high, int most) {
  std::vector<std::int64_t> result;
  if (!(high >= low) || most < 1)
    return result;
  const auto first = [&](std::int64_t step) {
    return static_cast<std::int64_t>(std::ceil(low / static_cast<double>(step))) * step;
  };
  std::int64_t step = 1;
  for (int k = 0; (high - low) / static_cast<double>(step) + 1 > most; ++k)
    step = k % 3 == 1 ? step / 2 * 5 : step * 2;
  for (std::int64_t at = first(step); static_cast<double>(at) <= high; at += step)
    result.push_back(at);
  return result;
}

std::vector<std::string> dimensionLabels(const SpaceSnapshot& space, SpaceOrder order) {
  std::vector<std::vector<std::string>> names;
  for (const InstanceCloud& cloud : space.clouds) {
    const auto& loops = loopNames(cloud, order);
    if (loops.size() > names.size())
      names.resize(loops.size());
    for (std::size_t d = 0; d < loops.size(); ++d)
      if (std::find(names[d].begin(), names[d].end(), loops[d]) == names[d].end())
        names[d].push_back(loops[d]);
  }
  std::vector<std::string> labels;
  for (const auto& parts : names) {
    std::string label;
    for (std::size_t k = 0; k < parts.size() && k < 3; ++k)
      label += (k ? " / " : "") + parts[k];
    labels.push_back(parts.size() > 3 ? label + " / …" : label);
  }
  return labels;
}

namespace {

/// How many values the loops at this depth take.
std::size_t distinctValues(const SpaceSnapshot& space, SpaceOrder order, std::size_t depth) {
  std::set<std::int32_t> values;
  for (const InstanceCloud& cloud : space.clouds) {
    const auto& rows = order == SpaceOrder::Original ? cloud.source : cloud.time;
    const std::size_t width = order == SpaceOrder::Original ? cloud.sourceLoops.size() : cloud.timeLoops.size();
    for (std::size_t row = 0; depth < width && row < cloud.count; ++row)
      values.insert(rows[row * width + depth]);
  }
  return values.size();
}

/// Loops that show little come last: those with one value, and those around tile loops that take fewer values than the
/// loops inside: they order tiles, whatever steps made of them.
void preferTellingLoops(const SpaceSnapshot& space, SpaceOrder order, std::vector<int>& candidates) {
  int innermostTile = -1;
  for (int d = 0; d <= candidates.back(); ++d)
    if (order == SpaceOrder::New && countsTiles(space, static_cast<std::size_t>(d)))
      innermostTile = d;
  std::map<int, std::size_t> values;
  std::size_t inside = std::numeric_limits<std::size_t>::max();
  for (const int d : candidates) {
    values[d] = distinctValues(space, order, static_cast<std::size_t>(d));
    if (d > innermostTile && values[d] > 1)
      inside = std::min(inside, values[d]);
  }
  std::ranges::stable_partition(
      candidates, [&](int d) { return values[d] > 1 && (d > innermostTile || values[d] >= inside); });
  if (candidates.size() > 1 && candidates[0] > candidates[1])
    std::swap(candidates[0], candidates[1]);
}

} // namespace

Projection defaultProjection(const SpaceSnapshot& space, SpaceOrder order) {
  const int count = static_cast<int>(dimensionLabels(space, order).size());
  std::vector<int> candidates;
  for (int d = 0; d < count; ++d)
    if (order == SpaceOrder::Original || !countsTiles(space, static_cast<std::size_t>(d)))
      candidates.push_back(d);
  if (candidates.empty())
    for (int d = 0; d < count; ++d)
      candidates.push_back(d);
  if (candidates.empty())
    return {order, kNoDimension, kNoDimension};
  if (candidates.size() == 1)
    return {order, candidates[0], kNoDimension};
  preferTellingLoops(space, order, candidates);
  return {order, candidates[1], candidates[0]};
}

std::optional<std::size_t> neighbor(const PlotData& data, std::size_t from, Direction direction) {
  if (from >= data.points.size())
    return std::nullopt;
  const PlotPoint& start = data.points[from];
  const bool horizontal = direction == Direction::Left || direction == Direction::Right;
  const double sign = direction == Direction::Left || direction == Direction::Down ? -1 : 1;
  std::optional<std::size_t> best;
  double bestCost = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < data.points.size(); ++k) {
    const double dx = data.points[k].x - start.x, dy = data.points[k].y - start.y;
    const double along = sign * (horizontal ? dx : dy), across = std::abs(horizontal ? dy : dx);
    if (along < 1e-4)
      continue;
    // Straight on comes first: a point off the line counts as if it were three times as far.
    const double cost = along + 3 * across;
    if (cost < bestCost) {
      bestCost = cost;
      best = k;
    }
  }
  return best;
}

} // namespace polyloom
