#include "views/space_cube.h"

#include "views/space_painter.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace polyloom {

namespace {

constexpr int kSettleMilliseconds = 140;
constexpr std::size_t kMovingPoints = 25000, kMovingArrows = 500;
constexpr double kHitPixels = 9;
constexpr double kTurnPerPixel = 0.008, kTurnPerKey = std::numbers::pi / 36;

} // namespace

SpaceCube::SpaceCube(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  settle_.setSingleShot(true);
  settle_.setInterval(kSettleMilliseconds);
  connect(&settle_, &QTimer::timeout, this, [this] {
    moving_ = false;
    invalidate();
  });
}

void SpaceCube::setSpace(std::shared_ptr<const ProgramSnapshot> program,
                         std::shared_ptr<const ScheduleSnapshot> schedule, const SolidProjection& projection) {
  scene_.program = std::move(program);
  scene_.schedule = std::move(schedule);
  scene_.focus.hovered = {};
  rebuild(projection);
}

void SpaceCube::rebuild(const SolidProjection& projection) {
  depth_ = projection.z;
  scene_.style.layout = SpaceLayout::Overlaid; // depth takes the place of stacking
  scene_.rebuild(projection.plane);
  static const SpaceSnapshot kNone;
  solid_ = projectSolid(scene_.schedule ? scene_.schedule->space : kNone, scene_.data, depth_);
  wires_ = scene_.style.hulls ? statementWires(scene_.data, solid_) : std::vector<Wire>{};
  whole_ = clip_ = polyloom::wholeBox(solid_);
  findSteps();
  invalidate();
  Q_EMIT spaceChanged();
}

void SpaceCube::setStyle(const SpaceStyle& style) {
  SpaceStyle wanted = style;
  wanted.layout = SpaceLayout::Overlaid;
  const bool needsWires = wanted.hulls && wires_.empty();
  scene_.restyle(wanted);
  if (needsWires)
    wires_ = statementWires(scene_.data, solid_);
  invalidate();
}

void SpaceCube::setFocusOn(const SpaceFocus& focus) {
  const bool layerChanges = focus.statement != scene_.focus.statement || focus.dependence != scene_.focus.dependence;
  scene_.focus = focus;
  layerChanges ? invalidate() : update();
}

void SpaceCube::setCamera(const SolidCamera& camera) {
  camera_ = camera;
  invalidate();
}

void SpaceCube::setClip(const ClipBox& clip) {
  if (clip == clip_)
    return;
  clip_ = clip;
  moved();
}

SolidView SpaceCube::view() const {
  const QRectF room = QRectF(rect()).adjusted(40, 26, -40, -38);
  return {solid_, camera_, {room.left(), room.top(), std::max(room.width(), 1.0), std::max(room.height(), 1.0)}};
}

CubePicture SpaceCube::picture() const {
  return {scene_, solid_, wires_, view(), whole_, clip_, isRunning() ? &steps_ : nullptr, done_};
}

QPointF SpaceCube::positionOf(const InstanceId& instance) const {
  const SolidPlace place = view().toScreen(solid_.points[scene_.data.pointId(instance.cloud, instance.index)]);
  return {place.x, place.y};
}

void SpaceCube::turnBy(double azimuth, double elevation) {
  camera_ = camera_.turned(azimuth, elevation);
  moved();
  Q_EMIT cameraChanged();
}

void SpaceCube::zoomBy(double factor) {
  camera_.zoom = std::clamp(camera_.zoom * factor, 0.2, 60.0);
  moved();
}

void SpaceCube::fitAll() {
  camera_.zoom = 1;
  camera_.panX = camera_.panY = 0;
  invalidate();
}

void SpaceCube::moved() {
  moving_ = true;
  layerValid_ = false;
  settle_.start();
  update();
}

void SpaceCube::invalidate() {
  layerValid_ = false;
  update();
}

void SpaceCube::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (scene_.isEmpty()) {
    painter.fillRect(rect(), scene_.style.theme.panel);
    painter.setPen(scene_.style.theme.faintText);
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("No instances to show"));
    return;
  }
  if (!layerValid_) {
    const double ratio = devicePixelRatioF();
    const QSize size = (QSizeF(rect().size()) * ratio).toSize();
    if (layer_.size() != size)
      layer_ = QImage(size, QImage::Format_ARGB32_Premultiplied);
    layer_.setDevicePixelRatio(ratio);
    CubeQuality quality;
    if (moving_)
      quality = {kMovingPoints, kMovingArrows, false};
    arrowStep_ = paintCube(layer_, picture(), quality);
    layerValid_ = true;
  }
  painter.drawImage(QPointF(0, 0), layer_);
  if (isRunning() && done_ > 0)
    if (const InstanceId last{trace_->steps[done_ - 1].cloud, trace_->steps[done_ - 1].index}; scene_.has(last))
      paintCubeRing(painter, picture(), last);
  paintCubeFocus(painter, picture(), scene_.focus.selected, true);
  if (!(scene_.focus.hovered == scene_.focus.selected))
    paintCubeFocus(painter, picture(), scene_.focus.hovered, false);
  if (arrowStep_ > 1 && !moving_) {
    painter.setPen(scene_.style.theme.mutedText);
    painter.drawText(rect().adjusted(0, 4, -8, 0), Qt::AlignRight | Qt::AlignTop, tr("1 in %1 arrows").arg(arrowStep_));
  }
  paintNoteOn(painter);
  if (hasFocus()) {
    painter.setPen(QPen(scene_.style.theme.accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
  }
}

void SpaceCube::paintNoteOn(QPainter& painter) {
  const bool isHovered = hoveredHere_ && scene_.focus.hovered.isValid();
  const InstanceId shown = isHovered ? scene_.focus.hovered : scene_.focus.selected;
  if (!isHovered && !hasFocus())
    return;
  const QStringList lines = instanceLines(scene_, shown);
  if (lines.isEmpty())
    return;
  const Viewport none;
  SpacePainter(painter, scene_, none, QRectF(rect()).adjusted(44, 8, -12, -34)).paintNote(lines, positionOf(shown));
}

std::optional<std::size_t> SpaceCube::pointUnder(const QPointF& position) const {
  const SolidView where = view();
  std::optional<std::size_t> best;
  double bestDistance = kHitPixels * kHitPixels, bestDepth = -std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < solid_.points.size(); ++k) {
    const SolidPlace place = where.toScreen(solid_.points[k]);
    const double dx = place.x - position.x(), dy = place.y - position.y(), distance = dx * dx + dy * dy;
    // Points on one line of sight: the nearest one to the reader.
    const bool isCloser = distance < bestDistance - 1 || (distance < bestDistance + 1 && place.depth > bestDepth);
    if (distance > kHitPixels * kHitPixels || !isCloser || !clip_.contains(solid_.points[k]))
      continue;
    bestDistance = std::min(distance, bestDistance);
    bestDepth = place.depth;
    best = k;
  }
  return best;
}

InstanceId SpaceCube::instanceOf(std::size_t point) const {
  const PlotPoint& shown = scene_.data.points[point];
  return {shown.cloud, shown.index, shown.statement};
}

void SpaceCube::setTrace(std::shared_ptr<const ExecutionTrace> trace, SpaceOrder of) {
  if (!trace && !trace_)
    return;
  trace_ = std::move(trace);
  traced_ = of;
  done_ = trace_ ? trace_->steps.size() : 0;
  findSteps();
  invalidate();
}

void SpaceCube::setDone(std::size_t steps) {
  done_ = steps;
  invalidate();
}

/// At the end of a run the picture looks as ever; so it does where another schedule stands in the place of the run's order.
bool SpaceCube::isRunning() const {
  return trace_ && done_ < trace_->steps.size() && steps_.size() == solid_.points.size() && scene_.data.projection.order == traced_;
}

/// Points that the run does not have are never to come.
void SpaceCube::findSteps() {
  steps_.assign(trace_ ? solid_.points.size() : 0, 0);
  for (std::size_t step = 0; trace_ && step < trace_->steps.size(); ++step)
    if (const InstanceId instance{trace_->steps[step].cloud, trace_->steps[step].index}; scene_.has(instance))
      steps_[scene_.data.pointId(instance.cloud, instance.index)] = static_cast<std::uint32_t>(step);
}

bool SpaceCube::isPending(const InstanceId& instance) const {
  return isRunning() && scene_.has(instance) && steps_[scene_.data.pointId(instance.cloud, instance.index)] >= done_;
}

void SpaceCube::resizeEvent(QResizeEvent*) {
  invalidate();
}

void SpaceCube::wheelEvent(QWheelEvent* event) {
  if (const double notches = event->angleDelta().y() / 120.0; notches != 0)
    zoomBy(std::pow(1.2, notches));
  event->accept();
}

void SpaceCube::mousePressEvent(QMouseEvent* event) {
  pressed_ = last_ = event->position();
  dragging_ = false;
}

void SpaceCube::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() == Qt::NoButton) {
    const auto point = pointUnder(event->position());
    return hover(point ? instanceOf(*point) : InstanceId{});
  }
  const bool far = (event->position() - pressed_).manhattanLength() >= QApplication::startDragDistance();
  if (!dragging_ && !far)
    return;
  dragging_ = true;
  setCursor(Qt::ClosedHandCursor);
  const QPointF by = event->position() - last_;
  last_ = event->position();
  if (event->buttons() & Qt::MiddleButton || event->modifiers() & Qt::ShiftModifier) {
    camera_.panX += by.x();
    camera_.panY += by.y();
    moved();
  } else {
    turnBy(-by.x() * kTurnPerPixel, by.y() * kTurnPerPixel);
  }
}

void SpaceCube::hover(const InstanceId& instance) {
  if (instance == scene_.focus.hovered)
    return;
  scene_.focus.hovered = instance;
  hoveredHere_ = instance.isValid();
  update();
  Q_EMIT instanceHovered(instance);
}

void SpaceCube::mouseReleaseEvent(QMouseEvent* event) {
  unsetCursor();
  if (!dragging_ && event->button() == Qt::LeftButton) {
    const auto point = pointUnder(event->position());
    Q_EMIT instanceClicked(point ? instanceOf(*point) : InstanceId{});
  }
  dragging_ = false;
}

void SpaceCube::mouseDoubleClickEvent(QMouseEvent*) {
  fitAll();
}

void SpaceCube::keyPressEvent(QKeyEvent* event) {
  const bool walks = event->modifiers() & Qt::ShiftModifier;
  switch (event->key()) {
  case Qt::Key_Left:
  case Qt::Key_Right:
    if (!walks)
      return turnBy(event->key() == Qt::Key_Left ? kTurnPerKey : -kTurnPerKey, 0);
    break;
  case Qt::Key_Up:
  case Qt::Key_Down:
    if (!walks)
      return turnBy(0, event->key() == Qt::Key_Up ? kTurnPerKey : -kTurnPerKey);
    break;
  case Qt::Key_Plus:
  case Qt::Key_Equal:
    return zoomBy(1.25);
  case Qt::Key_Minus:
    return zoomBy(0.8);
  case Qt::Key_Home:
  case Qt::Key_0:
    return fitAll();
  case Qt::Key_Escape:
    Q_EMIT instanceClicked({});
    return;
  default:
    break;
  }
  if (!walk(event->key()))
    QWidget::keyPressEvent(event);
}

bool SpaceCube::walk(int key) {
  static constexpr std::array kKeys = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Down, Qt::Key_Up, Qt::Key_PageDown, Qt::Key_PageUp};
  const auto found = std::ranges::find(kKeys, static_cast<Qt::Key>(key));
  if (found == kKeys.end())
    return false;
  const auto which = static_cast<std::size_t>(found - kKeys.begin());
  walkAlong(which / 2, which % 2 == 0 ? -1 : 1);
  return true;
}

void SpaceCube::walkAlong(std::size_t axis, int sign) {
  if (scene_.isEmpty())
    return;
  const InstanceId current = scene_.focus.selected;
  if (!scene_.has(current)) {
    Q_EMIT instanceClicked(instanceOf(0));
    return;
  }
  const SolidPoint start = solid_.points[scene_.data.pointId(current.cloud, current.index)];
  std::optional<std::size_t> best;
  double bestCost = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < solid_.points.size(); ++k) {
    double cost = 0;
    for (std::size_t a = 0; a < 3; ++a) // straight on comes first, as on the plane
      cost += (a == axis ? 1 : 3) * std::abs(double{solid_.points[k][a]} - start[a]);
    const double along = sign * (double{solid_.points[k][axis]} - start[axis]);
    if (along > 1e-4 && cost < bestCost && clip_.contains(solid_.points[k])) {
      bestCost = cost;
      best = k;
    }
  }
  hoveredHere_ = false;
  if (best)
    Q_EMIT instanceClicked(instanceOf(*best));
}

void SpaceCube::leaveEvent(QEvent*) {
  hover({});
}

} // namespace polyloom
