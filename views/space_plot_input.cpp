// A plot under the mouse and the keyboard, and the seam for gestures.
#include "views/space_plot.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>
#include <utility>

namespace polyloom {

namespace {

constexpr double kHitPixels = 9;

} // namespace

void SpacePlot::setGesture(SpaceGesture* gesture) {
  endGesture();
  gesture_ = gesture;
  update();
}

void SpacePlot::endGesture() {
  if (std::exchange(gestureRuns_, false))
    gesture_->cancel();
}

SpaceHit SpacePlot::hitAt(const QPointF& position) const {
  SpaceHit hit;
  hit.position = position;
  hit.world = view_.toWorld({position.x(), position.y()});
  hit.lattice = latticeAt(scene_.data, hit.world);
  if (const auto point = pointUnder(position))
    hit.instance = instanceOf(*point);
  hit.hull = hitHull(hulls(), hit.world, kHitPixels / view_.scaleX, kHitPixels / view_.scaleY);
  return hit;
}

const std::vector<HullShape>& SpacePlot::hulls() const {
  if (hulls_.empty())
    hulls_ = statementHulls(scene_.data);
  return hulls_;
}

SpaceHit SpacePlot::hitOf(const QMouseEvent& event) const {
  SpaceHit hit = hitAt(event.position());
  hit.modifiers = event.modifiers();
  return hit;
}

std::optional<std::size_t> SpacePlot::pointUnder(const QPointF& position) const {
  if (scene_.isEmpty() || !plotArea().adjusted(-8, -8, 8, 8).contains(position))
    return std::nullopt;
  return grid_.nearest(scene_.data, view_.toWorld({position.x(), position.y()}), kHitPixels / view_.scaleX,
                       kHitPixels / view_.scaleY);
}

InstanceId SpacePlot::instanceOf(std::size_t point) const {
  const PlotPoint& shown = scene_.data.points[point];
  return {shown.cloud, shown.index, shown.statement};
}

void SpacePlot::resizeEvent(QResizeEvent*) {
  if (fitted_)
    fitAll();
  else
    invalidate();
}

void SpacePlot::wheelEvent(QWheelEvent* event) {
  const double notches = event->angleDelta().y() / 120.0;
  if (notches != 0)
    zoomBy(std::pow(1.2, notches), event->position());
  event->accept();
}

void SpacePlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
    return;
  pressed_ = last_ = event->position();
  dragging_ = false;
  gestureRuns_ = gesture_ && event->button() == Qt::LeftButton && !spaceIsDown_ &&
                 gesture_->press(hitOf(*event), event->modifiers());
  if (gestureRuns_)
    update();
}

void SpacePlot::mouseMoveEvent(QMouseEvent* event) {
  if (gestureRuns_) {
    gesture_->move(hitOf(*event));
    return update();
  }
  if (event->buttons() & (Qt::LeftButton | Qt::MiddleButton)) {
    const bool far = (event->position() - pressed_).manhattanLength() >= QApplication::startDragDistance();
    if (dragging_ || far) {
      dragging_ = true;
      setCursor(Qt::ClosedHandCursor);
      panBy(event->position() - last_);
      last_ = event->position();
    }
    return;
  }
  if (gesture_) {
    const auto shape = gesture_->hover(hitOf(*event));
    shape ? setCursor(*shape) : unsetCursor();
  }
  const auto point = pointUnder(event->position());
  const InstanceId hovered = point ? instanceOf(*point) : InstanceId{};
  if (hovered == scene_.focus.hovered)
    return;
  scene_.focus.hovered = hovered;
  hoveredHere_ = hovered.isValid();
  update();
  Q_EMIT instanceHovered(hovered);
}

void SpacePlot::mouseReleaseEvent(QMouseEvent* event) {
  unsetCursor();
  if (std::exchange(gestureRuns_, false)) {
    update();
    if (gesture_->release(hitOf(*event)))
      return;
  }
  if (!dragging_ && event->button() == Qt::LeftButton) {
    const auto point = pointUnder(event->position());
    Q_EMIT instanceClicked(point ? instanceOf(*point) : InstanceId{});
  }
  dragging_ = false;
}

void SpacePlot::mouseDoubleClickEvent(QMouseEvent*) {
  fitAll();
}

void SpacePlot::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
    spaceIsDown_ = false;
  QWidget::keyReleaseEvent(event);
}

void SpacePlot::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
  case Qt::Key_Left:
    return walk(Direction::Left);
  case Qt::Key_Right:
    return walk(Direction::Right);
  case Qt::Key_Up:
    return walk(Direction::Up);
  case Qt::Key_Down:
    return walk(Direction::Down);
  case Qt::Key_Space:
    spaceIsDown_ = true;
    return;
  default:
    if (!zoomKey(event->key()))
      QWidget::keyPressEvent(event);
  }
}

bool SpacePlot::zoomKey(int key) {
  switch (key) {
  case Qt::Key_Plus:
  case Qt::Key_Equal:
    zoomBy(1.25, plotArea().center());
    return true;
  case Qt::Key_Minus:
    zoomBy(0.8, plotArea().center());
    return true;
  case Qt::Key_Home:
  case Qt::Key_0:
    fitAll();
    return true;
  case Qt::Key_Escape:
    if (gestureRuns_) {
      endGesture();
      update();
      return true;
    }
    Q_EMIT instanceClicked({});
    return true;
  default:
    return false;
  }
}

void SpacePlot::walk(Direction direction) {
  if (scene_.isEmpty())
    return;
  const InstanceId& current = scene_.focus.selected;
  if (!current.isValid()) {
    Q_EMIT instanceClicked(instanceOf(0));
    return;
  }
  hoveredHere_ = false;
  if (const auto next = neighbor(scene_.data, scene_.data.pointId(current.cloud, current.index), direction))
    Q_EMIT instanceClicked(instanceOf(*next));
}

void SpacePlot::leaveEvent(QEvent*) {
  scene_.focus.hovered = {};
  hoveredHere_ = false;
  spaceIsDown_ = false;
  if (gesture_)
    gesture_->leave();
  Q_EMIT instanceHovered({});
  update();
}

} // namespace polyloom
