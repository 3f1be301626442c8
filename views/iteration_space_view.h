// The iteration space before and after, side by side.
#pragma once

#include "views/space_scene.h"

#include <QWidget>

#include <array>

class QCheckBox;
class QComboBox;
class QLabel;

namespace polyloom {

class SpacePlot;

/// "Original order" and "New order": two plots of the same instances, with a choice of axes for each.
class IterationSpaceView : public QWidget {
  Q_OBJECT

public:
  explicit IterationSpaceView(Selection& selection, QWidget* parent = nullptr);

  void setProgram(std::shared_ptr<const ProgramSnapshot> program);
  /// Shows the snapshot's space. Axes that still exist are kept.
  void setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule);
  void setTheme(const Theme& theme);

  const SpaceStyle& style() const { return style_; }
  void setStyle(const SpaceStyle& style);
  /// The controls for colors, tiles and arrows, to be placed in the panel's title.
  QWidget* controls() const { return controls_; }
  SpacePlot* plot(SpaceOrder order) const { return sides_[static_cast<std::size_t>(order)].plot; }
  void fitAll();

private:
  struct Side {
    QLabel* title = nullptr;
    QComboBox* x = nullptr;
    QComboBox* y = nullptr;
    SpacePlot* plot = nullptr;
    bool chosen = false; ///< the reader picked the axes
  };

  QWidget* makeSide(SpaceOrder order, const QString& title);
  QWidget* makeControls();
  void fillAxes(Side& side);
  void applyAxes(Side& side);
  void applyStyle();
  void applyFocus();
  void hover(const InstanceId& instance);
  QString newOrderTitle() const;

  Selection& selection_;
  std::shared_ptr<const ProgramSnapshot> program_;
  std::shared_ptr<const ScheduleSnapshot> schedule_;
  SpaceStyle style_;
  SpaceFocus focus_;
  std::array<Side, 2> sides_;
  QWidget* controls_;
  QComboBox* colorBy_ = nullptr;
  QCheckBox* tiles_ = nullptr;
  std::array<QCheckBox*, 3> kinds_{};
};

} // namespace polyloom
