// Instances on the plane: their places, one coordinate system or several above each other.
#include "views/space_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace polyloom {

void groupTiles(const SpaceSnapshot& space, PlotData& data); // space_tiles.cpp

namespace {

const std::vector<std::string>& loopNames(const InstanceCloud& cloud, SpaceOrder order) {
  return order == SpaceOrder::Original ? cloud.sourceLoops : cloud.timeLoops;
}

std::string labelOf(const std::vector<std::string>& labels, int dimension) {
  if (dimension < 0 || dimension >= static_cast<int>(labels.size()))
    return {};
  return labels[static_cast<std::size_t>(dimension)];
}

double setApart(int statement, int statements, double most) {
  return statements < 2 ? 0 : most * statement / (statements - 1);
}

std::int32_t lastRank(const SpaceSnapshot& space) {
  std::int32_t last = 1;
  for (const InstanceCloud& cloud : space.clouds)
    for (const std::int32_t rank : cloud.rank)
      last = std::max(last, rank);
  return last;
}

void addPoints(const SpaceSnapshot& space, const SpaceAxis& x, const SpaceAxis& y, PlotData& data) {
  const std::int32_t last = lastRank(space);
  const int statements = space.clouds.empty() ? 0 : space.clouds.back().statement + 1;
  std::size_t total = 0;
  for (const InstanceCloud& cloud : space.clouds)
    total += cloud.count;
  data.points.reserve(total);
  for (std::size_t c = 0; c < space.clouds.size(); ++c) {
    const InstanceCloud& cloud = space.clouds[c];
    data.cloudBegin.push_back(data.points.size());
    // Statements on lines of their own need not be set apart; the first one is on top, as in the source.
    const bool onLines = y.dimension == kNoDimension;
    const double dx = onLines ? 0 : setApart(cloud.statement, statements, 0.18);
    const double dy = onLines ? -cloud.statement : setApart(cloud.statement, statements, 0.34);
    for (std::size_t row = 0; row < cloud.count; ++row) {
      PlotPoint point;
      point.x = static_cast<float>(x.value(cloud, row) + dx);
      point.y = static_cast<float>(y.value(cloud, row) + dy);
      point.cloud = static_cast<std::int32_t>(c);
      point.statement = cloud.statement;
      point.index = static_cast<std::int32_t>(row);
      if (row < cloud.rank.size())
        point.order = static_cast<float>(cloud.rank[row]) / static_cast<float>(last);
      data.points.push_back(point);
    }
  }
  data.cloudBegin.push_back(data.points.size());
}

PlaneRect boundsOf(const std::vector<PlotPoint>& points) {
  if (points.empty())
    return {-0.5, -0.5, 1, 1};
  const auto [left, right] =
      std::minmax_element(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
  const auto [low, high] =
      std::minmax_element(points.begin(), points.end(), [](const auto& a, const auto& b) { return a.y < b.y; });
  return {left->x - 0.5, low->y - 0.5, static_cast<double>(right->x - left->x) + 1.0,
          static_cast<double>(high->y - low->y) + 1.0};
}

/// Clouds that share a coordinate system: the same loops around them down to the deeper axis.
struct Nest {
  std::vector<std::size_t> clouds;
  std::int32_t first = std::numeric_limits<std::int32_t>::max(); ///< what is to come earlier has the smaller number
};

std::vector<Nest> nestsOf(const SpaceSnapshot& space, const Projection& projection) {
  std::map<std::vector<std::string>, Nest> found;
  const auto depth = static_cast<std::size_t>(std::max({projection.x, projection.y, kNoDimension}) + 1);
  for (std::size_t c = 0; c < space.clouds.size(); ++c) {
    const InstanceCloud& cloud = space.clouds[c];
    if (cloud.count == 0)
      continue;
    std::vector<std::string> key = loopNames(cloud, projection.order);
    key.resize(std::min(key.size(), depth));
    if (key.empty()) // without loops nothing is shared
      key = {"", std::to_string(c)};
    Nest& nest = found[key];
    nest.clouds.push_back(c);
    const bool isRanked = projection.order == SpaceOrder::New && !cloud.rank.empty();
    nest.first = std::min(nest.first, isRanked ? *std::ranges::min_element(cloud.rank) : cloud.statement);
  }
  std::vector<Nest> nests;
  for (auto& [key, nest] : found)
    nests.push_back(std::move(nest));
  std::ranges::stable_sort(nests, {}, &Nest::first);
  return nests;
}

std::string loopAt(const InstanceCloud& cloud, const Projection& projection, int dimension) {
  const SpaceAxis axis{projection.order, dimension};
  return axis.has(cloud) ? loopNames(cloud, projection.order)[static_cast<std::size_t>(dimension)] : std::string();
}

PlotBand bandOf(const SpaceSnapshot& space, const Nest& nest, const PlotData& data) {
  PlotBand band;
  const InstanceCloud& first = space.clouds[nest.clouds.front()];
  band.xLabel = loopAt(first, data.projection, data.projection.x);
  band.yLabel = loopAt(first, data.projection, data.projection.y);
  band.hasY = !band.yLabel.empty();
  band.low = std::numeric_limits<double>::infinity(), band.high = -band.low;
  for (const std::size_t c : nest.clouds) {
    const auto same = std::ranges::find(band.statements, space.clouds[c].statement);
    if (same == band.statements.end())
      band.statements.push_back(space.clouds[c].statement);
    for (std::size_t k = data.cloudBegin[c]; k < data.cloudBegin[c + 1]; ++k) {
      band.low = std::min<double>(band.low, data.points[k].y);
      band.high = std::max<double>(band.high, data.points[k].y);
    }
  }
  return band;
}

/// Moves each loop nest into a coordinate system of its own, below the one before it.
void stack(const SpaceSnapshot& space, PlotData& data) {
  const std::vector<Nest> nests = nestsOf(space, data.projection);
  if (nests.size() < 2)
    return;
  for (const Nest& nest : nests)
    data.bands.push_back(bandOf(space, nest, data));
  double total = 0;
  for (const PlotBand& band : data.bands)
    total += band.high - band.low + 1;
  // Room for a line of text between them, however many values there are.
  const double gap = std::max(1.2, 0.16 * total / static_cast<double>(nests.size()));
  double top = 0;
  for (std::size_t n = 0; n < nests.size(); ++n) {
    PlotBand& band = data.bands[n];
    band.offset = std::round(top - band.high);
    top = band.low + band.offset - 1 - gap;
    for (const std::size_t c : nests[n].clouds)
      for (std::size_t k = data.cloudBegin[c]; k < data.cloudBegin[c + 1]; ++k)
        data.points[k].y += static_cast<float>(band.offset);
  }
}

} // namespace

bool SpaceAxis::has(const InstanceCloud& cloud) const {
  return dimension >= 0 && dimension < static_cast<int>(loopNames(cloud, order).size());
}

double SpaceAxis::value(const InstanceCloud& cloud, std::size_t row) const {
  if (dimension < 0)
    return 0;
  if (!has(cloud))
    return absent;
  const auto& values = order == SpaceOrder::Original ? cloud.source : cloud.time;
  return values[row * loopNames(cloud, order).size() + static_cast<std::size_t>(dimension)];
}

std::optional<double> SpaceAxis::placeAbsent(const SpaceSnapshot& space) {
  if (dimension < 0)
    return std::nullopt;
  double smallest = std::numeric_limits<double>::infinity();
  bool missing = false;
  for (const InstanceCloud& cloud : space.clouds) {
    missing |= !has(cloud) && cloud.count > 0;
    for (std::size_t row = 0; has(cloud) && row < cloud.count; ++row)
      smallest = std::min(smallest, value(cloud, row));
  }
  absent = std::isfinite(smallest) ? smallest - 1.5 : 0;
  return missing ? std::optional(absent) : std::nullopt;
}

PlotData project(const SpaceSnapshot& space, const Projection& projection, SpaceLayout layout) {
  PlotData data;
  data.projection = projection;
  const auto labels = dimensionLabels(space, projection.order);
  data.xLabel = labelOf(labels, projection.x);
  data.yLabel = projection.y < 0 ? std::string() : labelOf(labels, projection.y);
  SpaceAxis x{projection.order, projection.x}, y{projection.order, projection.y};
  data.absentX = x.placeAbsent(space);
  data.absentY = y.placeAbsent(space);
  addPoints(space, x, y, data);
  if (layout == SpaceLayout::Stacked && projection.y != kNoDimension)
    stack(space, data);
  data.bounds = boundsOf(data.points);
  groupTiles(space, data);
  return data;
}

LatticePoint latticeAt(const PlotData& data, PlanePoint world) {
  LatticePoint found{std::llround(world.x), std::llround(world.y), -1};
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t b = 0; b < data.bands.size(); ++b) {
    const PlotBand& band = data.bands[b];
    const double y = world.y - band.offset;
    const double away = std::max({band.low - y, y - band.high, 0.0});
    if (away >= nearest)
      continue;
    nearest = away;
    found.y = std::llround(y);
    found.band = static_cast<int>(b);
  }
  return found;
}

} // namespace polyloom
