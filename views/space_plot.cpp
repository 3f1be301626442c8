#include "views/space_plot.h"

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
  scene_.program = std::move(program);
  scene_.schedule = std::move(schedule);
  scene_.focus.hovered = {};
  rebuild(projection.value_or(scene_.data.projection));
}

void SpacePlot::setProjection(const Projection& projection) {
  rebuild(projection);
}

void SpacePlot::setStyle(const SpaceStyle& style) {
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

void SpacePlot::rebuild(const Projection& projection) {
  scene_.rebuild(projection);
  grid_ = PointGrid(scene_.data);
  hulls_.clear();
  endGesture();
  fitAll();
}

QString SpacePlot::emptyText() const {
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

void SpacePlot::renderLayer() {
  const QRectF area = plotArea();
  const double mx = area.width() * kLayerMargin, my = area.height() * kLayerMargin;
  const QRectF covered = area.adjusted(-mx, -my, mx, my);
  const double ratio = devicePixelRatioF();
  layer_ = QPixmap((covered.size() * ratio).toSize());
  layer_.setDevicePixelRatio(ratio);
  layer_.fill(scene_.style.theme.panel);
  QPainter painter(&layer_);
  painter.translate(-covered.topLeft());
  SpacePainter space(painter, scene_, view_, covered);
  space.paintGrid();
  space.paintTiles();
  space.paintHulls();
  arrowStep_ = space.paintArrows();
  space.paintPoints();
  layerView_ = view_;
  layerValid_ = true;
}

void SpacePlot::drawLayer(QPainter& painter) {
  if (!layerCovers())
    renderLayer();
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

void SpacePlot::paintOverlays(QPainter& painter) {
  SpacePainter space(painter, scene_, view_, plotArea());
  painter.save();
  painter.setClipRect(plotArea());
  space.paintFocus();
  if (gesture_)
    gesture_->paint(painter, scene_, view_, plotArea());
  painter.restore();
  space.paintAxes();
  if (arrowStep_ != 1) {
    painter.setPen(scene_.style.theme.mutedText);
    painter.setFont(font());
    painter.drawText(plotArea().adjusted(0, -fontMetrics().height() - 6, 0, 0), Qt::AlignRight | Qt::AlignTop,
                     arrowStep_ == 0 ? tr("zoom in for arrows") : tr("1 in %1 arrows").arg(arrowStep_));
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
