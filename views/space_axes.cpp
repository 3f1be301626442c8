// Grid and axes of a plot: one coordinate system, several above each other, number lines, or names of lone points.
#include "views/space_painter.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

void drawAxisHead(QPainter& painter, const QPointF& tip, const QPointF& along) {
  const QPointF side(-along.y() * 3.5, along.x() * 3.5), back = tip - along * 8;
  painter.drawPolygon(QPolygonF({tip, back + side, back - side}));
}

bool labelNames(const std::string& label, const QString& loop) {
  return !loop.isEmpty() && QString::fromStdString(label).split(QStringLiteral(" / ")).contains(loop);
}

QFont axisFont(const QFont& base, bool bold) {
  QFont font = codeFont(-1);
  font.setBold(bold);
  font.setPointSizeF(base.pointSizeF() > 0 ? base.pointSizeF() - (bold ? 0 : 1) : font.pointSizeF());
  return font;
}

/// How many labels of this size fit.
int most(double room, double each) {
  return std::max(2, static_cast<int>(room / each));
}

/// Values that no instance has would only be noise on an axis.
bool isUsed(double value, double least, double extent) {
  return value >= least && value <= least + extent;
}

QString labelOf(std::int64_t value, std::optional<double> absent) {
  return absent && static_cast<double>(value) < *absent + 1.4 ? QString() : QString::number(value);
}

} // namespace

void SpacePainter::paintGrid() {
  painter_.setPen(QPen(scene_.style.theme.gridLine, 1));
  const PlanePoint low = view_.toWorld({area_.left(), area_.bottom()});
  const PlanePoint high = view_.toWorld({area_.right(), area_.top()});
  if (scene_.data.projection.x == kNoDimension)
    return;
  for (const auto x : ticks(low.x, high.x, static_cast<int>(area_.width() / 26) + 1)) {
    const double sx = view_.toScreen({static_cast<double>(x), 0}).x;
    painter_.drawLine(QPointF(sx, area_.top()), QPointF(sx, area_.bottom()));
  }
  const bool isPlain = scene_.data.bands.empty() && scene_.data.projection.y != kNoDimension;
  for (const auto y : ticks(low.y, high.y, static_cast<int>(area_.height() / 20) + 1)) {
    const double sy = view_.toScreen({0, static_cast<double>(y)}).y;
    if (isPlain)
      painter_.drawLine(QPointF(area_.left(), sy), QPointF(area_.right(), sy));
  }
}

void SpacePainter::paintAxes() {
  painter_.setRenderHint(QPainter::Antialiasing);
  if (scene_.data.projection.x == kNoDimension && scene_.data.projection.y == kNoDimension)
    paintLoneNames();
  else if (scene_.data.projection.y == kNoDimension)
    paintNumberLines();
  else if (!scene_.data.bands.empty())
    paintBands();
  else
    paintPlainAxes();
}

void SpacePainter::paintTicksX(double top, const QRectF& room) {
  const QFont small = axisFont(painter_.font(), false);
  const QFontMetricsF metrics(small);
  painter_.save();
  painter_.setFont(small);
  painter_.setPen(scene_.style.theme.mutedText);
  const PlaneRect& bounds = scene_.data.bounds;
  const double low = view_.toWorld({room.left(), 0}).x, high = view_.toWorld({room.right(), 0}).x;
  for (const auto x : ticks(low, high, most(room.width(), metrics.horizontalAdvance(QStringLiteral("-000")) + 6)))
    if (isUsed(static_cast<double>(x), bounds.left, bounds.width))
      painter_.drawText(QRectF(view_.toScreen({static_cast<double>(x), 0}).x - 30, top, 60, metrics.height()),
                        Qt::AlignHCenter | Qt::AlignTop, labelOf(x, scene_.data.absentX));
  painter_.restore();
}

void SpacePainter::paintTicksY(const PlotBand* band) {
  const QFont small = axisFont(painter_.font(), false);
  const QFontMetricsF metrics(small);
  const PlaneRect& bounds = scene_.data.bounds;
  const double offset = band ? band->offset : 0;
  // Half a unit more than the points, which statements may be set apart in.
  const double least = band ? band->low - 0.5 : bounds.top;
  const double extent = band ? band->high - band->low + 0.5 : bounds.height;
  const double low = std::max(view_.toWorld({0, area_.bottom()}).y - offset, least);
  const double high = std::min(view_.toWorld({0, area_.top()}).y - offset, least + extent);
  if (!(high >= low))
    return;
  painter_.save();
  painter_.setFont(small);
  painter_.setPen(scene_.style.theme.mutedText);
  for (const auto y : ticks(low, high, most((high - low) * view_.scaleY, metrics.height() + 6)))
    painter_.drawText(
        QRectF(area_.left() - 44, view_.toScreen({0, static_cast<double>(y) + offset}).y - 10, 39, 20),
        Qt::AlignRight | Qt::AlignVCenter, labelOf(y, band ? std::nullopt : scene_.data.absentY));
  painter_.restore();
}

void SpacePainter::paintAxisName(const std::string& text, const QRectF& box, Qt::Alignment alignment) {
  const Theme& theme = scene_.style.theme;
  painter_.save();
  painter_.setFont(axisFont(painter_.font(), true));
  painter_.setPen(labelNames(text, scene_.focus.loop) ? theme.accent : theme.text);
  painter_.drawText(box, static_cast<int>(alignment), QString::fromStdString(text));
  painter_.restore();
}

void SpacePainter::paintPlainAxes() {
  const Theme& theme = scene_.style.theme;
  painter_.setPen(QPen(theme.axis, 1.2));
  painter_.setBrush(theme.axis);
  const QPointF corner = area_.bottomLeft();
  const QPointF right = area_.bottomRight() + QPointF(8, 0), top = area_.topLeft() - QPointF(0, 6);
  painter_.drawLine(corner, right);
  painter_.drawLine(corner, top);
  drawAxisHead(painter_, right, {1, 0});
  drawAxisHead(painter_, top, {0, -1});
  paintTicksX(area_.bottom() + 3, area_);
  paintTicksY(nullptr);
  const double line = QFontMetricsF(axisFont(painter_.font(), false)).height();
  paintAxisName(scene_.data.xLabel, QRectF(area_.right() - 160, area_.bottom() + line + 3, 166, line + 4),
                Qt::AlignRight | Qt::AlignTop);
  paintAxisName(scene_.data.yLabel, QRectF(area_.left() + 7, area_.top() - line - 8, 160, line + 4),
                Qt::AlignLeft | Qt::AlignVCenter);
}

void SpacePainter::paintBands() {
  for (const PlotBand& band : scene_.data.bands)
    paintBand(band);
}

void SpacePainter::paintBand(const PlotBand& band) {
  const Theme& theme = scene_.style.theme;
  const double baseline = view_.toScreen({0, band.low + band.offset - 0.5}).y;
  const double top = view_.toScreen({0, band.high + band.offset + 0.5}).y;
  const double line = QFontMetricsF(axisFont(painter_.font(), false)).height();
  painter_.setPen(QPen(theme.axis, 1.2));
  painter_.setBrush(theme.axis);
  if (baseline > area_.top() && top < area_.bottom()) {
    const double low = std::min(baseline, area_.bottom()), high = std::max(top, area_.top());
    painter_.drawLine(QPointF(area_.left(), low), QPointF(area_.left(), high));
  }
  const bool showsName = top >= area_.top() - 2 && top <= area_.bottom();
  if (showsName && band.hasY)
    drawAxisHead(painter_, QPointF(area_.left(), top - 3), {0, -1});
  if (baseline >= area_.top() && baseline <= area_.bottom() + 1) {
    const QPointF end(area_.right() + 8, baseline);
    painter_.drawLine(QPointF(area_.left(), baseline), end);
    if (!band.xLabel.empty()) {
      drawAxisHead(painter_, end, {1, 0});
      paintTicksX(baseline + 2, area_.adjusted(0, 0, -40, 0));
      paintAxisName(band.xLabel, QRectF(area_.right() - 60, baseline + 1, 66, line + 2), Qt::AlignRight | Qt::AlignTop);
    }
  }
  if (band.hasY)
    paintTicksY(&band);
  QStringList names;
  for (const int statement : band.statements)
    if (scene_.program && static_cast<std::size_t>(statement) < scene_.program->statements.size())
      names << QString::fromStdString(scene_.program->statements[static_cast<std::size_t>(statement)].name);
  const std::string title = (band.hasY ? band.yLabel + "   " : std::string()) + names.join(QStringLiteral(", ")).toStdString();
  if (showsName)
    paintAxisName(title, QRectF(area_.left() + 7, top - line - 6, area_.width() - 10, line + 4),
                  Qt::AlignLeft | Qt::AlignVCenter);
}

void SpacePainter::paintNumberLines() {
  const std::size_t rows = std::max<std::size_t>(scene_.program ? scene_.program->statements.size() : 1, 1);
  std::vector<bool> present(rows, false);
  for (const PlotPoint& point : scene_.data.points)
    if (static_cast<std::size_t>(point.statement) < rows)
      present[static_cast<std::size_t>(point.statement)] = true;
  for (std::size_t s = 0; s < rows; ++s)
    if (present[s])
      paintNumberLine(static_cast<int>(s), area_);
  const double line = QFontMetricsF(axisFont(painter_.font(), false)).height();
  paintAxisName(scene_.data.xLabel, QRectF(area_.right() - 160, area_.bottom() + line + 3, 166, line + 4),
                Qt::AlignRight | Qt::AlignTop);
}

void SpacePainter::paintNumberLine(int statement, const QRectF& room) {
  const double y = view_.toScreen({0, -static_cast<double>(statement)}).y;
  if (y < room.top() || y > room.bottom())
    return;
  const Theme& theme = scene_.style.theme;
  const PlaneRect& bounds = scene_.data.bounds;
  painter_.setPen(QPen(theme.axis, 1.1));
  painter_.setBrush(theme.axis);
  const QPointF end(room.right() + 8, y);
  painter_.drawLine(QPointF(room.left(), y), end);
  drawAxisHead(painter_, end, {1, 0});
  const double least = view_.toWorld({room.left(), 0}).x, greatest = view_.toWorld({room.right(), 0}).x;
  for (const auto x : ticks(least, greatest, static_cast<int>(room.width() / 26) + 1)) {
    const double sx = view_.toScreen({static_cast<double>(x), 0}).x;
    if (isUsed(static_cast<double>(x), bounds.left, bounds.width))
      painter_.drawLine(QPointF(sx, y - 3), QPointF(sx, y + 3));
  }
  paintTicksX(y + std::max(pointRadius() + 3, 8.0), room);
  if (!scene_.program)
    return;
  const QString name = QString::fromStdString(scene_.program->statements[static_cast<std::size_t>(statement)].name);
  painter_.save();
  painter_.setFont(axisFont(painter_.font(), true));
  painter_.setPen(theme.statement(statement));
  painter_.drawText(QRectF(room.left() - 45, y - 10, 40, 20), Qt::AlignRight | Qt::AlignVCenter,
                    QFontMetricsF(painter_.font()).elidedText(name, Qt::ElideRight, 40));
  painter_.restore();
}

void SpacePainter::paintLoneNames() {
  if (!scene_.program)
    return;
  const Theme& theme = scene_.style.theme;
  painter_.save();
  int last = -1;
  for (const PlotPoint& point : scene_.data.points) {
    const QPointF center = at(point);
    if (!isNear(center, 0) || std::exchange(last, point.statement) == point.statement)
      continue;
    const auto& statement = scene_.program->statements[static_cast<std::size_t>(point.statement)];
    const QString name = QString::fromStdString(statement.name) + QStringLiteral("   ");
    QRectF room(center.x() + pointRadius() + 8, center.y() - 12, 0, 24);
    room.setRight(std::max(area_.right(), room.left()));
    painter_.setFont(axisFont(painter_.font(), true));
    painter_.setPen(theme.statement(point.statement));
    painter_.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, name);
    room.setLeft(room.left() + QFontMetricsF(painter_.font()).horizontalAdvance(name));
    painter_.setFont(codeFont(-1));
    painter_.setPen(theme.mutedText);
    painter_.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetricsF(painter_.font())
                          .elidedText(QString::fromStdString(statement.text), Qt::ElideRight, std::max(room.width(), 0.0)));
  }
  painter_.restore();
}

} // namespace polyloom
