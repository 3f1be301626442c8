#include "views/space_plot.h"

#include "views/space_layer.h"
#include "views/space_painter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr int kSettleMilliseconds = 90;
constexpr double kLayerMargin = 0.35; ///< of the area's size, on each side

PlaneRect toPlane(const QRectF& r) {
  return {r.left(), r.top(), r.width(), r.height()};
}

} // namespace

SpacePlot::SpacePlot(SpaceOrder order, QWidget* parent) : QWidget(parent), order_(order) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  settle_.setSingleShot(true);
  settle_.setInterval(kSettleMilliseconds);
  connect(&settle_, &QTimer::timeout, this, &SpacePlot::invalidate);
}

void SpacePlot::setSpace(std::shared_ptr<const ProgramSnapshot> program,
                         std::shared_ptr<const ScheduleSnapshot> schedule, std::optional<Projection> projection) {
  wanted_ = {std::move(program), std::move(schedule), projection.value_or(wanted_.projection)};
  place();
}

void SpacePlot::setProjection(const Projection& projection) {
  wanted_.projection = projection;
  place();
}

void SpacePlot::setStyle(const SpaceStyle& style) {
  if (style.layout != scene_.style.layout && isLarge(wanted_.schedule.get())) {
    scene_.style = style;
    return place();
  }
  if (scene_.restyle(style)) {
    grid_ = PointGrid(scene_.data);
    hulls_.clear();
    fitAll();
  }
  invalidate();
}

void SpacePlot::setFocusOn(const SpaceFocus& focus) {
  const bool layerChanges = focus.statement != scene_.focus.statement || focus.dependence != scene_.focus.dependence ||
                            focus.partner != scene_.focus.partner ||
                            (focus.partner.isValid() && focus.selected != scene_.focus.selected);
  scene_.focus = focus;
  layerChanges ? invalidate() : update();
}

bool SpacePlot::isDrawing() const {
  return isPlacing() || painting_.isRunning() || (isVisible() && !layerValid_ && !scene_.isEmpty());
}

/// Makes the scene of what is wanted.
void SpacePlot::place() {
  endGesture();
  placing_.cancel();
  const auto scene = std::make_shared<SpaceScene>();
  scene->program = wanted_.program;
  scene->schedule = wanted_.schedule;
  scene->style = scene_.style;
  if (!isLarge(wanted_.schedule.get())) {
    scene->rebuild(wanted_.projection);
    return adopt(std::move(*scene));
  }
  placing_.start([this, scene, projection = wanted_.projection](const LatestJob::Deliver& deliver) {
    scene->rebuild(projection);
    deliver([this, scene] { adopt(std::move(*scene)); });
  });
  update();
}

void SpacePlot::adopt(SpaceScene scene) {
  scene.focus = scene_.focus;
  scene.focus.hovered = {};
  scene.restyle(scene_.style); // it may have changed meanwhile
  if (scene.data.bounds != scene_.data.bounds)
    layer_ = {}; // else it stands for the new one until that is painted: the same points have got their arrows
  scene_ = std::move(scene);
  grid_ = PointGrid(scene_.data);
  hulls_.clear();
  endGesture();
  fitAll();
  Q_EMIT sceneChanged();
}

QString SpacePlot::emptyText() const {
  if (isPlacing())
    return tr("Placing the points…");
  if (!scene_.schedule)
    return tr("Open a program to see its instances");
  if (!scene_.schedule->space.refusal.empty())
    return tr("%1\nChange the “draw” values of the parameters.")
        .arg(QString::fromStdString(scene_.schedule->space.refusal));
  QStringList values;
  for (const auto& [name, value] : scene_.schedule->space.parameters)
    values << QStringLiteral("%1 = %2").arg(QString::fromStdString(name)).arg(value);
  return values.isEmpty() ? tr("No statement runs")
                          : tr("No statement runs at %1.\nChange the “draw” values of the parameters.")
                                .arg(values.join(QStringLiteral(", ")));
}

QRectF SpacePlot::plotArea() const {
  const double lineHeight = fontMetrics().height();
  return QRectF(rect()).adjusted(46, lineHeight + 10, -16, -(2 * lineHeight + 8));
}

QPointF SpacePlot::positionOf(const InstanceId& instance) const {
  const PlotPoint& point = scene_.data.points[scene_.data.pointId(instance.cloud, instance.index)];
  const PlanePoint p = view_.toScreen({point.x, point.y});
  return {p.x, p.y};
}

void SpacePlot::fitAll() {
  view_ = Viewport::fit(scene_.data.bounds, toPlane(plotArea()));
  fitted_ = true;
  invalidate();
}

void SpacePlot::zoomBy(double factor, const QPointF& anchor) {
  const double scale = std::min(view_.scaleX, view_.scaleY) * factor;
  if (scale > 400 || scale < 0.02)
    return;
  view_ = view_.zoomed(factor, {anchor.x(), anchor.y()});
  viewMoved();
}

void SpacePlot::panBy(const QPointF& delta) {
  view_ = view_.panned(delta.x(), delta.y());
  viewMoved();
}

void SpacePlot::viewMoved() {
  fitted_ = false;
  settle_.start();
  update();
}

void SpacePlot::invalidate() {
  settle_.stop();
  painting_.cancel();
  layerValid_ = false;
  update();
}

bool SpacePlot::layerCovers() const {
  const double ratio = view_.scaleX / layerView_.scaleX;
  if (!layerValid_ || ratio > 1.6 || ratio < 0.62)
    return false;
  const QRectF area = plotArea();
  const double mx = area.width() * kLayerMargin, my = area.height() * kLayerMargin;
  const PlanePoint low = view_.toScreen(layerView_.toWorld({area.left() - mx, area.top() - my}));
  const PlanePoint high = view_.toScreen(layerView_.toWorld({area.right() + mx, area.bottom() + my}));
  return QRectF(QPointF(low.x, low.y), QPointF(high.x, high.y)).adjusted(-1, -1, 1, 1).contains(area);
}

/// The plot area with a margin on each side.
QRectF SpacePlot::layerArea() const {
  const QRectF area = plotArea();
  const double mx = area.width() * kLayerMargin, my = area.height() * kLayerMargin;
  return area.adjusted(-mx, -my, mx, my);
}

/// A picture that is under way is awaited first: while the view moves, each would be too late.
void SpacePlot::paintLater() {
  if (painting_.isRunning())
    return;
  const bool showsNothing = layer_.isNull() && !scene_.arrows.empty();
  painting_.start([this, scene = std::make_shared<const SpaceScene>(scene_), view = view_, area = layerArea(),
                   ratio = devicePixelRatioF(), showsNothing](const LatestJob::Deliver& deliver) {
    for (const bool isWhole : {false, true})
      if (isWhole || showsNothing)
        deliver([this, isWhole, layer = paintLayer(*scene, view, area, ratio, isWhole)] {
          takeLayer(layer, isWhole);
          update();
        });
  });
}

void SpacePlot::takeLayer(SpaceLayer layer, bool isWhole) {
  layer_ = QPixmap::fromImage(std::move(layer.picture));
  layerView_ = layer.view;
  arrowStep_ = layer.arrowStep;
  layerValid_ = isWhole;
}

void SpacePlot::drawLayer(QPainter& painter) {
  if (!layerCovers())
    isLarge(scene_.schedule.get()) ? paintLater() : takeLayer(paintLayer(scene_, view_, layerArea(), devicePixelRatioF()), true);
  if (layer_.isNull())
    return;
  const QRectF area = plotArea();
  const PlanePoint corner =
      layerView_.toWorld({area.left() - area.width() * kLayerMargin, area.top() - area.height() * kLayerMargin});
  const PlanePoint place = view_.toScreen(corner);
  const double ratio = view_.scaleX / layerView_.scaleX;
  painter.save();
  painter.setClipRect(area);
  const QSizeF size = layer_.deviceIndependentSize();
  if (std::abs(ratio - 1) < 1e-9)
    painter.drawPixmap(QPointF(std::round(place.x), std::round(place.y)), layer_);
  else
    painter.drawPixmap(QRectF(place.x, place.y, size.width() * ratio, size.height() * ratio), layer_,
                       QRectF(layer_.rect()));
  painter.restore();
}

void SpacePlot::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), scene_.style.theme.panel);
  if (scene_.isEmpty()) {
    painter.setPen(scene_.style.theme.faintText);
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, emptyText());
    return;
  }
  drawLayer(painter);
  paintOverlays(painter);
  if (hasFocus()) {
    painter.setPen(QPen(scene_.style.theme.accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
  }
}

/// What the picture lacks.
QString SpacePlot::hintText() const {
  if (isPlacing())
    return tr("placing the points…");
  if (painting_.isRunning() && !layerValid_)
    return layer_.isNull() ? tr("drawing…") : tr("drawing arrows…");
  return arrowStep_ == 1 ? QString() : arrowStep_ == 0 ? tr("zoom in for arrows") : tr("1 in %1 arrows").arg(arrowStep_);
}

void SpacePlot::paintOverlays(QPainter& painter) {
  SpacePainter space(painter, scene_, view_, plotArea());
  painter.save();
  painter.setClipRect(plotArea());
  space.paintFocus();
  if (gesture_)
    gesture_->paint(painter, scene_, view_, plotArea());
  painter.restore();
  space.paintAxes();
  if (const QString hint = hintText(); !hint.isEmpty()) {
    painter.setPen(scene_.style.theme.mutedText);
    painter.setFont(font());
    painter.drawText(plotArea().adjusted(0, -fontMetrics().height() - 6, 0, 0), Qt::AlignRight | Qt::AlignTop, hint);
  }
  const bool isHovered = hoveredHere_ && scene_.focus.hovered.isValid();
  const InstanceId shown = isHovered ? scene_.focus.hovered : scene_.focus.selected;
  if (!shown.isValid() || !scene_.program || !(isHovered || (hasFocus() && !scene_.showsPair())))
    return;
  QStringList lines = instanceLines(scene_, shown);
  if (lines.isEmpty())
    return;
  const std::size_t point = scene_.data.pointId(shown.cloud, shown.index);
  if (const std::size_t here = grid_.countAt(scene_.data, point); here > 1)
    lines << tr("%1 instances on this spot").arg(here);
  space.paintNote(lines, positionOf(shown));
}

} // namespace polyloom
