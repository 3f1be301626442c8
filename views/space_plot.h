// One plot of the iteration space: painted in cached layers, with zoom, pan, hover, click and arrow keys.
#pragma once

#include "views/latest_job.h"
#include "views/point_grid.h"
#include "views/space_gesture.h"
#include "views/space_layer.h"

#include <QPixmap>
#include <QPointF>
#include <QTimer>
#include <QWidget>

namespace polyloom {

/// Shows one projection of all instances. While the view moves, the last picture of grid, tiles, arrows and points is
/// moved and scaled; it is painted anew when the motion pauses or uncovers what the picture does not hold.
/// A large space is placed and painted on other threads: until it is there, the plot shows what it has, at first the points
/// without arrows, and says so.
class SpacePlot : public QWidget {
  Q_OBJECT

public:
  explicit SpacePlot(SpaceOrder order, QWidget* parent = nullptr);

  /// Shows another space; without a projection the axes stay. The scene is this space's at once, or, where it is large, when
  /// sceneChanged says so.
  void setSpace(std::shared_ptr<const ProgramSnapshot> program, std::shared_ptr<const ScheduleSnapshot> schedule,
                std::optional<Projection> projection = {});
  void setProjection(const Projection& projection);
  void setStyle(const SpaceStyle& style);
  void setFocusOn(const SpaceFocus& focus);
  /// Lets gestures take part, or nothing with null. Not owned.
  void setGesture(SpaceGesture* gesture);

  const SpaceScene& scene() const { return scene_; }
  const Viewport& viewport() const { return view_; }
  SpaceOrder order() const { return order_; }
  /// The scene is still an earlier space's.
  bool isPlacing() const { return placing_.isRunning(); }
  /// What is shown is not all there is to show yet.
  bool isDrawing() const;
  /// All points are there to be seen, if not their arrows.
  bool showsPoints() const { return !isPlacing() && !layer_.isNull(); }
  /// The plot's inside, between the axes.
  QRectF plotArea() const;
  /// Where an instance is on the widget.
  QPointF positionOf(const InstanceId& instance) const;

  /// What lies at a place of the widget.
  SpaceHit hitAt(const QPointF& position) const;
  /// One per statement, whether or not hulls are painted.
  const std::vector<HullShape>& hulls() const;

  /// What the plot says in place of points.
  QString emptyText() const;

  void fitAll();
  void zoomBy(double factor, const QPointF& anchor);
  void panBy(const QPointF& delta);

  QSize sizeHint() const override { return {340, 300}; }
  QSize minimumSizeHint() const override { return {150, 120}; }

Q_SIGNALS:
  void instanceHovered(const polyloom::InstanceId& instance);
  void instanceClicked(const polyloom::InstanceId& instance);
  void sceneChanged();

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

private:
  void place();
  void adopt(SpaceScene scene);
  void viewMoved();
  void invalidate();
  bool layerCovers() const;
  QRectF layerArea() const;
  QString hintText() const;
  void paintLater();
  void takeLayer(SpaceLayer layer, bool isWhole);
  void drawLayer(QPainter& painter);
  void paintOverlays(QPainter& painter);
  SpaceHit hitOf(const QMouseEvent& event) const;
  std::optional<std::size_t> pointUnder(const QPointF& position) const;
  InstanceId instanceOf(std::size_t point) const;
  void walk(Direction direction);
  bool zoomKey(int key);
  void endGesture();

  SpaceOrder order_;
  SpaceScene scene_;
  struct {
    std::shared_ptr<const ProgramSnapshot> program;
    std::shared_ptr<const ScheduleSnapshot> schedule;
    Projection projection;
  } wanted_; ///< what the scene is made of, or will be
  PointGrid grid_;
  Viewport view_;
  bool fitted_ = true; ///< the view shows all; a resize fits again
  QPixmap layer_;      ///< the plot area plus a margin on each side
  Viewport layerView_; ///< what `layer_` was painted through
  bool layerValid_ = false;
  int arrowStep_ = 1;
  QTimer settle_;
  QPointF pressed_, last_;
  bool dragging_ = false;
  SpaceGesture* gesture_ = nullptr;
  bool gestureRuns_ = false;
  bool spaceIsDown_ = false; ///< the key: the left button pans, whatever lies under it
  mutable std::vector<HullShape> hulls_; ///< for gestures; made when first asked for
  bool hoveredHere_ = false; ///< the hovered instance is under this plot's own pointer
  LatestJob placing_, painting_;
};

} // namespace polyloom
