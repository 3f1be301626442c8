#include "views/gesture_places.h"

#include <QCoreApplication>
#include <QPolygonF>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace polyloom {

namespace {

constexpr std::size_t kMostPlaces = 2000; ///< more say nothing more, and cost more than a frame's time
constexpr double kBesideRows = 0.75; ///< loop values around points that still belong to their coordinate system

QString tr(const char* text) { return QCoreApplication::translate("Gesture", text); }

/// The dimensions on the axes that the cloud has, the outer one first.
std::vector<std::size_t> axesOf(const InstanceCloud& cloud, const Projection& projection) {
  std::set<std::size_t> axes;
  for (const int dimension : {projection.x, projection.y})
    if (dimension >= 0 && dimension < static_cast<int>(cloud.timeLoops.size()))
      axes.insert(static_cast<std::size_t>(dimension));
  return {axes.begin(), axes.end()};
}

const InstanceCloud* cloudOf(const SpaceScene& scene, int statement) {
  const auto& clouds = scene.schedule->space.clouds;
  const auto found = std::ranges::find_if(
      clouds, [&](const InstanceCloud& cloud) { return cloud.statement == statement && cloud.count > 0; });
  return found == clouds.end() ? nullptr : &*found;
}

std::size_t commonLoops(const InstanceCloud& a, const InstanceCloud& b) {
  std::size_t common = 0;
  while (common < std::min(a.timeLoops.size(), b.timeLoops.size()) && a.timeLoops[common] == b.timeLoops[common])
    ++common;
  return common;
}

std::int32_t firstRank(const InstanceCloud& cloud) {
  return cloud.rank.empty() ? std::numeric_limits<std::int32_t>::max() : *std::ranges::min_element(cloud.rank);
}

/// The statement whose points or coordinate system lie there.
int statementAt(const SpaceScene& scene, const std::vector<HullShape>& hulls, int dragged, PlanePoint at) {
  for (const PlotBand& band : scene.data.bands) {
    const double y = at.y - band.offset;
    if (y >= band.low - kBesideRows && y <= band.high + kBesideRows)
      return std::ranges::find(band.statements, dragged) == band.statements.end() ? band.statements.front() : dragged;
  }
  std::vector<HullShape> others = hulls;
  std::erase_if(others, [&](const HullShape& hull) { return hull.statement == dragged; });
  if (const auto hit = hitHull(others, at, kBesideRows, kBesideRows))
    return hit->statement;
  const auto own = std::ranges::find(hulls, dragged, &HullShape::statement);
  return own != hulls.end() && hitHull({*own}, at, kBesideRows, kBesideRows) ? dragged : -1;
}

/// All statements below a loop, as they run.
QStringList statementsIn(const ScheduleSnapshot& schedule, const std::string& loop) {
  QStringList names;
  std::set<int> below;
  for (int k = 0; k < static_cast<int>(schedule.tree.size()); ++k) {
    const LoopTreeNode& node = schedule.tree[static_cast<std::size_t>(k)];
    if ((node.kind == LoopTreeNode::Kind::Loop && node.name == loop) || below.contains(node.parent))
      below.insert(k);
    if (below.contains(k) && node.kind == LoopTreeNode::Kind::Statement)
      names << QString::fromStdString(node.name);
  }
  names.removeDuplicates();
  return names;
}

GestureMeaning meaningOfJoining(const InstanceCloud& dragged, const InstanceCloud& other, int deepest) {
  const bool isFirst = firstRank(dragged) < firstRank(other);
  const InstanceCloud &first = isFirst ? dragged : other, &second = isFirst ? other : dragged;
  const auto depth = static_cast<std::size_t>(deepest + 1);
  GestureMeaning meaning;
  const std::size_t end = std::min({depth, first.timeLoops.size(), second.timeLoops.size()});
  for (std::size_t d = commonLoops(first, second); d < end; ++d) {
    const GestureMeaning one =
        meaningOfFusing(QString::fromStdString(first.timeLoops[d]), QString::fromStdString(second.timeLoops[d]));
    meaning.lines << one.lines;
    meaning.hint += (meaning.hint.isEmpty() ? QString() : QStringLiteral("; ")) + one.hint;
  }
  if (meaning.lines.isEmpty())
    meaning.hint = tr("there is no loop to fuse with");
  return meaning;
}

} // namespace

LassoedPlaces placesInside(const SpaceScene& scene, const std::vector<PlanePoint>& lasso) {
  LassoedPlaces places;
  QPolygonF polygon;
  for (const PlanePoint& p : lasso)
    polygon << QPointF(p.x, p.y);
  std::set<std::vector<std::int64_t>> rows;
  const QRectF around = polygon.boundingRect();
  for (const PlotPoint& point : scene.data.points) {
    if (!around.contains(QPointF(point.x, point.y)) || !polygon.containsPoint({point.x, point.y}, Qt::OddEvenFill))
      continue;
    if (places.marks.size() == kMostPlaces) {
      places.problem = tr("draw around fewer points");
      return places;
    }
    places.marks.push_back({point.x, point.y});
    const InstanceCloud& cloud = scene.schedule->space.clouds[static_cast<std::size_t>(point.cloud)];
    QStringList loops;
    std::vector<std::int64_t> row;
    for (const std::size_t axis : axesOf(cloud, scene.data.projection)) {
      loops << QString::fromStdString(cloud.timeLoops[axis]);
      row.push_back(cloud.time[static_cast<std::size_t>(point.index) * cloud.timeLoops.size() + axis]);
    }
    if (places.loops.isEmpty())
      places.loops = loops;
    if (places.loops != loops)
      places.problem = tr("choose points of one loop nest");
    rows.insert(std::move(row));
  }
  places.rows.assign(rows.begin(), rows.end());
  if (places.problem.isEmpty() && (places.rows.size() < 2 || places.loops.isEmpty()))
    places.problem = tr("draw around at least two places that should run at once");
  return places;
}

int statementInside(const SpaceScene& scene, PlanePoint a, PlanePoint b) {
  const auto [left, right] = std::minmax(a.x, b.x);
  const auto [low, high] = std::minmax(a.y, b.y);
  std::map<int, int> counts;
  for (const PlotPoint& point : scene.data.points)
    if (point.x >= left && point.x <= right && point.y >= low && point.y <= high)
      ++counts[point.statement];
  const auto most = std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
  return most == counts.end() ? -1 : most->first;
}

GestureMeaning meaningOfDrop(const SpaceScene& scene, const std::vector<HullShape>& hulls, int statement, PlanePoint at) {
  const InstanceCloud* dragged = cloudOf(scene, statement);
  if (!dragged)
    return {};
  const Projection& projection = scene.data.projection;
  const int deepest = std::max(projection.x, projection.y);
  const int under = statementAt(scene, hulls, statement, at);
  const auto isApart = [&](const InstanceCloud& other) {
    return commonLoops(*dragged, other) <= static_cast<std::size_t>(std::max(deepest, 0));
  };
  const InstanceCloud* other = under < 0 || under == statement ? nullptr : cloudOf(scene, under);
  if (other && isApart(*other))
    return meaningOfJoining(*dragged, *other, deepest);
  GestureMeaning stay;
  stay.hint = tr("drag onto other loops to fuse with them, beside all points to get a loop of its own");
  if (under >= 0)
    return stay;
  for (auto d = std::min(dragged->timeLoops.size(), static_cast<std::size_t>(deepest + 1)); d-- > 0;) {
    const QStringList inOrder = statementsIn(*scene.schedule, dragged->timeLoops[d]);
    if (inOrder.size() > 1)
      return meaningOfPullingOut(QString::fromStdString(dragged->timeLoops[d]), inOrder,
                                 {QString::fromStdString(scene.program->statements[static_cast<std::size_t>(statement)].name)});
  }
  stay.hint = tr("its loops hold nothing else");
  return stay;
}

} // namespace polyloom
