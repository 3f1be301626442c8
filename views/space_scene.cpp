#include "views/space_scene.h"

#include <algorithm>

namespace polyloom {

bool SpaceScene::shows(const PlotArrow& arrow) const {
  if (focus.dependence >= 0)
    return arrow.dependence == focus.dependence;
  return arrow.violated || style.kinds[static_cast<std::size_t>(arrow.kind)];
}

bool SpaceScene::has(const InstanceId& id) const {
  return id.isValid() && static_cast<std::size_t>(id.cloud) + 1 < data.cloudBegin.size() &&
         data.pointId(id.cloud, id.index) < data.cloudBegin[static_cast<std::size_t>(id.cloud) + 1];
}

QColor SpaceScene::pointColor(const PlotPoint& point) const {
  switch (style.colorBy) {
  case ColorBy::Statement:
    return style.theme.statementFill(point.statement);
  case ColorBy::Tile:
    return point.tile < 0 ? style.theme.statementFill(point.statement)
                          : style.theme.tile(data.tiles[static_cast<std::size_t>(point.tile)].color);
  case ColorBy::Order:
    return style.theme.order(point.order);
  }
  return style.theme.text;
}

std::vector<PlotArrow> collectArrows(const ScheduleSnapshot& schedule, const PlotData& data) {
  std::vector<PlotArrow> result;
  const auto clouds = static_cast<int>(data.cloudBegin.size()) - 1;
  for (const DependenceArrows& group : schedule.space.arrows) {
    const auto which = static_cast<std::size_t>(group.dependence);
    if (which >= schedule.dependences.size() || group.fromCloud >= clouds || group.toCloud >= clouds)
      continue;
    const DependenceInfo& info = schedule.dependences[which];
    for (std::size_t k = 0; k < std::min(group.from.size(), group.to.size()); ++k)
      result.push_back({data.pointId(group.fromCloud, group.from[k]), data.pointId(group.toCloud, group.to[k]),
                        info.kind, group.dependence, k < group.violated.size() && group.violated[k]});
  }
  return result;
}

} // namespace polyloom
