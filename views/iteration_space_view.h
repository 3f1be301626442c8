// The iteration space before and after, side by side.
#pragma once

#include "views/space_view_state.h"

#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QStackedWidget;

namespace polyloom {

class SpaceClip;
class SpaceControls;
class SpaceCube;
class SpaceLegend;
class SpaceMatrix;
class SpacePlot;
struct ClipboardForms;

/// "Original order" and "New order": two pictures of the same instances, with a choice of axes for each: two
/// dimensions, three, or all pairs.
class IterationSpaceView : public QWidget {
  Q_OBJECT

public:
  explicit IterationSpaceView(Selection& selection, QWidget* parent = nullptr);

  void setProgram(std::shared_ptr<const ProgramSnapshot> program);
  /// Shows the snapshot's space. Axes that still exist are kept.
  void setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule);
  /// Shows another schedule on the left, in the place of the original order; null: the original order again.
  void setReference(std::shared_ptr<const ScheduleSnapshot> reference, const QString& title);
  void setTheme(const Theme& theme);
  /// How many threads share parallel loops, where points are colored by thread.
  void setThreads(int threads);

  /// Everything that the reader has chosen. Setting it back shows the same picture of the same space.
  SpaceViewState state() const;
  void setState(const SpaceViewState& state);

  const SpaceStyle& style() const { return style_; }
  /// The controls for mode, colors and arrows, to be placed in the panel's title.
  QWidget* controls() const;
  /// Every choice as an action with a name.
  QList<QAction*> viewActions() const;
  SpacePlot* plot(SpaceOrder order) const { return sides_[static_cast<std::size_t>(order)].plot; }
  SpaceCube* cube(SpaceOrder order) const { return sides_[static_cast<std::size_t>(order)].cube; }
  SpaceMatrix* matrix(SpaceOrder order) const { return sides_[static_cast<std::size_t>(order)].matrix; }
  void fitAll();
  /// Two dimensions: both plots for a page, in light colors; else what is on the screen.
  ClipboardForms clipboardForms();
  /// A plot is not done with what it shows: see SpacePlot.
  bool isDrawing() const;

Q_SIGNALS:
  void stateChanged();

private:
  struct Side {
    QLabel* title = nullptr;
    QLabel* cross = nullptr;
    QComboBox *x = nullptr, *y = nullptr, *z = nullptr;
    QStackedWidget* pages = nullptr; ///< by SpaceMode
    SpacePlot* plot = nullptr;
    SpaceCube* cube = nullptr;
    SpaceClip* clip = nullptr;
    SpaceMatrix* matrix = nullptr;
    SpaceAxesState wanted; ///< by the reader; empty names: none
    SpaceOrder order = SpaceOrder::Original;
  };

  void makeSide(SpaceOrder order, const QString& title);
  QLayout* makeHead(Side& side, const QString& key, const QString& title, QWidget* box);
  void makePages(Side& side, const QString& key, const QString& title, QWidget* box);
  void connectSide(Side& side);
  void fillAxes(Side& side);
  void showSide(Side& side);
  Projection projectionOf(const Side& side) const;
  void choosePair(Side& side, int x, int y);
  void applyChoices();
  void applyStyle();
  void applyFocus();
  void updateLegend();
  void hover(const InstanceId& instance);
  void setFocusOfPictures();
  bool isReference(const Side& side) const { return reference_ && &side == &sides_[0]; }
  const std::shared_ptr<const ScheduleSnapshot>& scheduleOf(const Side& side) const;
  /// The same instance among the new order's points, where a side shows others; and back.
  InstanceId toShared(const Side& side, const InstanceId& instance) const;
  InstanceId fromShared(const Side& side, const InstanceId& instance) const;
  QString newOrderTitle() const;

  Selection& selection_;
  std::shared_ptr<const ProgramSnapshot> program_;
  std::shared_ptr<const ScheduleSnapshot> schedule_;
  std::shared_ptr<const ScheduleSnapshot> reference_; ///< on the left, or null
  SpaceStyle style_;
  SpaceFocus focus_;
  std::array<Side, 2> sides_;
  SpaceControls* controls_;
  SpaceLegend* legend_;
  SpaceMode shownMode_ = SpaceMode::Plane;
};

} // namespace polyloom
