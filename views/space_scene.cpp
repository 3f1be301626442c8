#include "views/space_scene.h"

#include "views/space_coloring.h"

#include <algorithm>

namespace polyloom {

bool SpaceScene::shows(const PlotArrow& arrow) const {
  if (focus.dependence >= 0)
    return arrow.dependence == focus.dependence;
  const auto dependence = static_cast<std::size_t>(arrow.dependence);
  if (dependence < shownDependences_.size() && !shownDependences_[dependence])
    return false;
  return style.states[static_cast<std::size_t>(arrow.state)] &&
         (arrow.isViolated() || style.kinds[static_cast<std::size_t>(arrow.kind)]);
}

bool SpaceScene::has(const InstanceId& id) const {
  return id.isValid() && static_cast<std::size_t>(id.cloud) + 1 < data.cloudBegin.size() &&
         data.pointId(id.cloud, id.index) < data.cloudBegin[static_cast<std::size_t>(id.cloud) + 1];
}

int SpaceScene::tone(const PlotPoint& point) const {
  switch (style.colorBy) {
  case ColorBy::Statement:
    return -1;
  case ColorBy::Tile:
    return point.tile < 0 ? -1 : data.tiles[static_cast<std::size_t>(point.tile)].color;
  case ColorBy::Order:
    return static_cast<int>(point.order * (kTimeSteps - 1) + 0.5F);
  case ColorBy::Thread:
  case ColorBy::Lane:
    return point.group;
  }
  return -1;
}

QColor SpaceScene::toneColor(int tone, int statement) const {
  // Where points are colored by what not all of them have, those without it step back.
  const bool isNone = tone < 0 && groups > 0;
  if (tone < 0)
    return isNone ? style.theme.border : style.theme.statementFill(statement);
  switch (style.colorBy) {
  case ColorBy::Tile:
    return style.theme.tile(tone);
  case ColorBy::Order:
    return style.theme.order(tone / static_cast<double>(kTimeSteps - 1));
  case ColorBy::Thread:
    return style.theme.thread(tone);
  case ColorBy::Lane:
    return style.theme.order(groups < 2 ? 0 : tone / static_cast<double>(groups - 1));
  case ColorBy::Statement:
    break;
  }
  return style.theme.statementFill(statement);
}

void SpaceScene::rebuild(const Projection& projection) {
  data = project(schedule ? schedule->space : SpaceSnapshot{}, projection, style.layout);
  arrows = schedule ? collectArrows(*schedule, data) : std::vector<PlotArrow>{};
  hulls = style.hulls ? statementHulls(data) : std::vector<HullShape>{};
  colorPoints();
  filterDependences();
}

bool SpaceScene::restyle(const SpaceStyle& wanted) {
  const bool moves = wanted.layout != style.layout;
  const bool recolors = wanted.colorBy != style.colorBy || wanted.threads != style.threads;
  const bool needsHulls = wanted.hulls && !style.hulls;
  style = wanted;
  if (moves) {
    rebuild(data.projection);
    return true;
  }
  if (recolors)
    colorPoints();
  if (needsHulls)
    hulls = statementHulls(data);
  filterDependences();
  return false;
}

void SpaceScene::colorPoints() {
  groups = 0;
  groupRemark.clear();
  if (!schedule || (style.colorBy != ColorBy::Thread && style.colorBy != ColorBy::Lane))
    return;
  SpaceGroups found =
      style.colorBy == ColorBy::Thread ? groupByThread(*schedule, style.threads) : groupByLane(*schedule);
  groups = found.count;
  groupRemark = std::move(found.remark);
  for (std::size_t k = 0; k < data.points.size() && k < found.of.size(); ++k)
    data.points[k].group = found.of[k];
}

void SpaceScene::filterDependences() {
  shownDependences_.clear();
  if (!schedule)
    return;
  for (const DependenceInfo& info : schedule->dependences)
    shownDependences_.push_back(!style.hiddenArrays.contains(info.array) && !style.hiddenStatements.contains(info.from) &&
                                !style.hiddenStatements.contains(info.to));
}

namespace {

/// Tells for two clouds whether instances fall into one iteration of all loops around both.
class CommonLoops {
public:
  CommonLoops(const InstanceCloud& from, const InstanceCloud& to, SpaceOrder order)
      : from_(valuesOf(from, order)), to_(valuesOf(to, order)), fromWidth_(loopsOf(from, order).size()),
        toWidth_(loopsOf(to, order).size()) {
    const auto &a = loopsOf(from, order), &b = loopsOf(to, order);
    while (common_ < std::min(a.size(), b.size()) && a[common_] == b[common_])
      ++common_;
  }
  bool isOneIteration(std::int32_t from, std::int32_t to) const {
    const std::int32_t* a = from_.data() + static_cast<std::size_t>(from) * fromWidth_;
    const std::int32_t* b = to_.data() + static_cast<std::size_t>(to) * toWidth_;
    return std::equal(a, a + common_, b);
  }

private:
  static const std::vector<std::string>& loopsOf(const InstanceCloud& cloud, SpaceOrder order) {
    return order == SpaceOrder::Original ? cloud.sourceLoops : cloud.timeLoops;
  }
  static const std::vector<std::int32_t>& valuesOf(const InstanceCloud& cloud, SpaceOrder order) {
    return order == SpaceOrder::Original ? cloud.source : cloud.time;
  }

  const std::vector<std::int32_t>&from_, &to_;
  std::size_t fromWidth_, toWidth_, common_ = 0;
};

} // namespace

std::vector<PlotArrow> collectArrows(const ScheduleSnapshot& schedule, const PlotData& data) {
  std::vector<PlotArrow> result;
  const auto clouds = static_cast<int>(data.cloudBegin.size()) - 1;
  for (const DependenceArrows& group : schedule.space.arrows) {
    const auto which = static_cast<std::size_t>(group.dependence);
    if (which >= schedule.dependences.size() || group.fromCloud >= clouds || group.toCloud >= clouds)
      continue;
    const DependenceInfo& info = schedule.dependences[which];
    const CommonLoops loops(schedule.space.clouds[static_cast<std::size_t>(group.fromCloud)],
                            schedule.space.clouds[static_cast<std::size_t>(group.toCloud)], data.projection.order);
    for (std::size_t k = 0; k < std::min(group.from.size(), group.to.size()); ++k) {
      const bool violated = k < group.violated.size() && group.violated[k];
      const ArrowState state = violated                                              ? ArrowState::Violated
                               : loops.isOneIteration(group.from[k], group.to[k]) ? ArrowState::Kept
                                                                                     : ArrowState::Carried;
      result.push_back({data.pointId(group.fromCloud, group.from[k]), data.pointId(group.toCloud, group.to[k]),
                        info.kind, group.dependence, state});
    }
  }
  return result;
}

} // namespace polyloom
