// Three dimensions of the iteration space: turned by drag and arrow keys, zoomed, clipped.
#pragma once

#include "core/snapshot/execution_trace.h"
#include "views/space_cube_painter.h"

#include <QImage>
#include <QTimer>
#include <QWidget>

#include <optional>

namespace polyloom {

/// Keeps the last picture while nothing turns. While it turns, large spaces lose points and arrows, and get them back
/// when the motion pauses.
class SpaceCube : public QWidget {
  Q_OBJECT

public:
  explicit SpaceCube(QWidget* parent = nullptr);

  void setSpace(std::shared_ptr<const ProgramSnapshot> program, std::shared_ptr<const ScheduleSnapshot> schedule,
                const SolidProjection& projection);
  void setStyle(const SpaceStyle& style);
  void setFocusOn(const SpaceFocus& focus);

  const SpaceScene& scene() const { return scene_; }
  const SolidData& solid() const { return solid_; }
  const SolidCamera& camera() const { return camera_; }
  void setCamera(const SolidCamera& camera);
  ClipBox wholeBox() const { return whole_; }
  const ClipBox& clip() const { return clip_; }
  void setClip(const ClipBox& clip);

  /// A run of the shown order's points, in the order `of`; null: none. Points to come are hollow.
  void setTrace(std::shared_ptr<const ExecutionTrace> trace, SpaceOrder of);
  void setDone(std::size_t steps);
  /// Whether a point is still to be executed.
  bool isPending(const InstanceId& instance) const;

  /// Where an instance is on the widget.
  QPointF positionOf(const InstanceId& instance) const;
  void turnBy(double azimuth, double elevation);
  void zoomBy(double factor);
  void fitAll();

  QSize sizeHint() const override { return {340, 300}; }
  QSize minimumSizeHint() const override { return {150, 120}; }

Q_SIGNALS:
  void instanceHovered(const polyloom::InstanceId& instance);
  void instanceClicked(const polyloom::InstanceId& instance);
  void cameraChanged();
  void spaceChanged();

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

private:
  void rebuild(const SolidProjection& projection);
  void invalidate();
  void moved();
  SolidView view() const;
  CubePicture picture() const;
  void paintNoteOn(QPainter& painter);
  std::optional<std::size_t> pointUnder(const QPointF& position) const;
  InstanceId instanceOf(std::size_t point) const;
  void hover(const InstanceId& instance);
  bool walk(int key);
  void walkAlong(std::size_t axis, int sign);
  bool isRunning() const;
  void findSteps();

  SpaceScene scene_;
  SolidData solid_;
  std::vector<Wire> wires_;
  SolidCamera camera_;
  ClipBox whole_, clip_;
  int depth_ = kNoDimension;
  QImage layer_;
  bool layerValid_ = false, moving_ = false;
  int arrowStep_ = 1;
  std::shared_ptr<const ExecutionTrace> trace_;
  SpaceOrder traced_ = SpaceOrder::New;
  std::size_t done_ = 0;
  std::vector<std::uint32_t> steps_; ///< per point; of a run
  QTimer settle_;
  QPointF pressed_, last_;
  bool dragging_ = false, hoveredHere_ = false;
};

} // namespace polyloom
