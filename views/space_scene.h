// What a plot of the iteration space shows, and how.
#pragma once

#include "views/selection.h"
#include "views/space_geometry.h"
#include "views/theme.h"

#include <array>
#include <memory>
#include <vector>

namespace polyloom {

enum class ColorBy { Statement, Tile, Order };

/// The reader's choices.
struct SpaceStyle {
  Theme theme = Theme::make(Theme::Kind::Light);
  ColorBy colorBy = ColorBy::Statement;
  std::array<bool, 3> kinds = {true, false, false}; ///< flow, anti, output
  bool tiles = true;                                ///< outlines
};

/// What is emphasized.
struct SpaceFocus {
  int statement = -1;
  int dependence = -1;
  QString loop;
  InstanceId selected, hovered;
  InstanceId partner; ///< of a selected pair: what `selected` must come before
};

/// One dependence instance, between two points of the plot.
struct PlotArrow {
  std::size_t from = 0, to = 0; ///< ids of points
  DependenceInfo::Kind kind = DependenceInfo::Kind::Flow;
  int dependence = 0;
  bool violated = false;
};

/// Everything one plot paints from.
struct SpaceScene {
  std::shared_ptr<const ProgramSnapshot> program;
  std::shared_ptr<const ScheduleSnapshot> schedule;
  PlotData data;
  std::vector<PlotArrow> arrows;
  SpaceStyle style;
  SpaceFocus focus;

  bool isEmpty() const { return data.points.empty(); }
  bool shows(const PlotArrow& arrow) const;
  bool has(const InstanceId& instance) const;
  /// A selected pair stands out; all else steps back.
  bool showsPair() const { return has(focus.selected) && has(focus.partner); }
  QColor pointColor(const PlotPoint& point) const;
};

/// Arrows of all dependences. Ids of points do not depend on the projection.
std::vector<PlotArrow> collectArrows(const ScheduleSnapshot& schedule, const PlotData& data);

} // namespace polyloom
