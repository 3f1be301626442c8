// The part of a plot that is painted anew in every frame, besides its axes: focus, the note beside a point.
#include "views/instance_text.h"
#include "views/space_painter.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace polyloom {

QStringList instanceLines(const SpaceScene& scene, const InstanceId& instance) {
  QStringList lines;
  if (!scene.program || !scene.has(instance))
    return lines;
  for (const std::string& line : describeInstance(*scene.program, scene.schedule->space, instance.cloud,
                                                  static_cast<std::size_t>(instance.index)))
    lines << QString::fromStdString(line);
  return lines;
}

void SpacePainter::paintRing(const InstanceId& instance, bool strong) {
  const PlotPoint& point = scene_.data.points[scene_.data.pointId(instance.cloud, instance.index)];
  const QPointF center = at(point);
  if (!isNear(center, 0))
    return;
  const double radius = pointRadius();
  const Theme& theme = scene_.style.theme;
  painter_.setBrush(scene_.pointColor(point));
  painter_.setPen(QPen(theme.statement(point.statement), 1.2));
  drawPointShape(painter_, center, point.statement, std::max(radius, 3.5));
  painter_.setBrush(Qt::NoBrush);
  painter_.setPen(QPen(theme.panel, 4));
  painter_.drawEllipse(center, radius + 4.5, radius + 4.5);
  painter_.setPen(QPen(strong ? theme.accent : theme.text, strong ? 2.4 : 1.6));
  painter_.drawEllipse(center, radius + 4.5, radius + 4.5);
}

void SpacePainter::paintFocus() {
  const auto isShown = [&](const InstanceId& id) { return scene_.has(id); };
  painter_.setRenderHint(QPainter::Antialiasing);
  if (scene_.showsPair())
    return paintPair();
  if (isShown(scene_.focus.selected))
    paintRing(scene_.focus.selected, true);
  if (isShown(scene_.focus.hovered) && scene_.focus.hovered != scene_.focus.selected)
    paintRing(scene_.focus.hovered, false);
  for (const InstanceId& id : {scene_.focus.selected, scene_.focus.hovered}) {
    if (!isShown(id))
      continue;
    const std::size_t point = scene_.data.pointId(id.cloud, id.index);
    int painted = 0;
    for (const PlotArrow& arrow : scene_.arrows)
      if ((arrow.from == point || arrow.to == point) && scene_.shows(arrow) && painted++ < 200)
        paintArrow(arrow, arrow.isViolated() ? 2.6 : 1.9, 1);
  }
}

void SpacePainter::paintPair() {
  const InstanceId &first = scene_.focus.selected, &second = scene_.focus.partner;
  const std::size_t from = scene_.data.pointId(first.cloud, first.index);
  const std::size_t to = scene_.data.pointId(second.cloud, second.index);
  for (const PlotArrow& arrow : scene_.arrows)
    if (arrow.from == from && arrow.to == to) {
      paintArrow(arrow, 2.6, 1);
      break;
    }
  paintRing(first, true);
  paintRing(second, true);
  const bool firstIsHigher = at(scene_.data.points[from]).y() < at(scene_.data.points[to]).y();
  paintTag(first, firstIsHigher);
  paintTag(second, !firstIsHigher);
}

void SpacePainter::paintTag(const InstanceId& instance, bool above) {
  if (!scene_.program)
    return;
  const InstanceCloud& cloud = scene_.schedule->space.clouds[static_cast<std::size_t>(instance.cloud)];
  const QString text =
      QString::fromStdString(instanceName(*scene_.program, cloud, static_cast<std::size_t>(instance.index)));
  const Theme& theme = scene_.style.theme;
  QFont font = codeFont(-1);
  font.setBold(true);
  const QFontMetricsF metrics(font);
  const QPointF center = at(scene_.data.points[scene_.data.pointId(instance.cloud, instance.index)]);
  QRectF box(0, 0, metrics.horizontalAdvance(text) + 12, metrics.height() + 4);
  const double distance = pointRadius() + 9 + box.height() / 2;
  box.moveCenter(center + QPointF(0, above ? -distance : distance));
  box.moveLeft(std::clamp(box.left(), area_.left(), std::max(area_.left(), area_.right() - box.width())));
  box.moveTop(std::clamp(box.top(), area_.top(), std::max(area_.top(), area_.bottom() - box.height())));
  painter_.setPen(QPen(theme.statement(cloud.statement), 1.2));
  painter_.setBrush(theme.panel);
  painter_.drawRoundedRect(box, 4, 4);
  painter_.setFont(font);
  painter_.setPen(theme.statement(cloud.statement));
  painter_.drawText(box, Qt::AlignCenter, text);
}

void SpacePainter::paintNote(const QStringList& lines, const QPointF& anchor) {
  const Theme& theme = scene_.style.theme;
  const QFont font = codeFont(-1);
  const QFontMetricsF metrics(font);
  double width = 0;
  for (const QString& line : lines)
    width = std::max(width, metrics.horizontalAdvance(line));
  const double lineHeight = metrics.height() + 2;
  QRectF box(0, 0, width + 16, lineHeight * static_cast<double>(lines.size()) + 10);
  const QRectF room = area_.adjusted(-40, -4, 8, 30);
  box.moveTopLeft(anchor + QPointF(14, 12));
  if (box.right() > room.right())
    box.moveRight(std::max(anchor.x() - 14, room.left() + box.width()));
  if (box.bottom() > room.bottom())
    box.moveBottom(std::max(anchor.y() - 12, room.top() + box.height()));
  painter_.setRenderHint(QPainter::Antialiasing);
  painter_.setBrush(theme.note);
  painter_.setPen(QPen(theme.noteBorder, 1));
  painter_.drawRoundedRect(box, 4, 4);
  painter_.setFont(font);
  painter_.setPen(theme.noteText);
  for (int k = 0; k < lines.size(); ++k)
    painter_.drawText(QRectF(box.left() + 8, box.top() + 5 + k * lineHeight, box.width(), lineHeight),
                      Qt::AlignLeft | Qt::AlignVCenter, lines[k]);
}

} // namespace polyloom
