// What a plot of the iteration space shows, and how.
#pragma once

#include "views/selection.h"
#include "views/space_geometry.h"
#include "views/space_hull.h"
#include "views/theme.h"

#include <array>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace polyloom {

enum class ColorBy { Statement, Tile, Order, Thread, Lane };

/// What the order that a plot shows does with a dependence: an outer loop carries it, both ends fall into one iteration
/// of all their common loops, or the new order breaks it.
enum class ArrowState { Carried, Kept, Violated };

/// The reader's choices.
struct SpaceStyle {
  Theme theme = Theme::make(Theme::Kind::Light);
  ColorBy colorBy = ColorBy::Statement;
  SpaceLayout layout = SpaceLayout::Overlaid;
  std::array<bool, 3> kinds = {true, false, false}; ///< flow, anti, output
  std::array<bool, 3> states = {true, true, true};  ///< by ArrowState
  std::set<std::string> hiddenArrays;               ///< their arrows are left out
  std::set<std::string> hiddenStatements;           ///< arrows from or to them are left out
  bool tiles = true;                                ///< outlines
  bool hulls = false;                               ///< one polygon around each statement
  int threads = 4;                                  ///< that share parallel loops, where these are colored
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
  ArrowState state = ArrowState::Carried;
  bool isViolated() const { return state == ArrowState::Violated; }
};

/// How many shades the ramp of time has.
inline constexpr int kTimeSteps = 24;

/// Everything one plot paints from.
struct SpaceScene {
  std::shared_ptr<const ProgramSnapshot> program;
  std::shared_ptr<const ScheduleSnapshot> schedule;
  PlotData data;
  std::vector<HullShape> hulls; ///< only where the style wants them
  std::vector<PlotArrow> arrows;
  SpaceStyle style;
  SpaceFocus focus;
  int groups = 0;          ///< of PlotPoint::group
  std::string groupRemark; ///< what the legend says of them

  bool isEmpty() const { return data.points.empty(); }
  bool shows(const PlotArrow& arrow) const;
  bool has(const InstanceId& instance) const;
  /// A selected pair stands out; all else steps back.
  bool showsPair() const { return has(focus.selected) && has(focus.partner); }
  /// Points of one tone and statement look alike; -1: the statement's own color.
  int tone(const PlotPoint& point) const;
  QColor toneColor(int tone, int statement) const;
  QColor pointColor(const PlotPoint& point) const { return toneColor(tone(point), point.statement); }

  /// Projects anew, or gives an empty plot without a schedule. Cost: some 30 ms for 100 000 points.
  void rebuild(const Projection& projection);
  /// Takes another style; does again what depends on what has changed. Returns whether points have moved.
  bool restyle(const SpaceStyle& wanted);

private:
  void colorPoints();
  void filterDependences();

  std::vector<char> shownDependences_; ///< by the filters of arrays and statements
};

/// Arrows of all dependences, judged by the loops of the plot's order.
std::vector<PlotArrow> collectArrows(const ScheduleSnapshot& schedule, const PlotData& data);

} // namespace polyloom
