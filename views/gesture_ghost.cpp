#include "views/gesture_ghost.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr std::int64_t kMostCuts = 60;

QString tr(const char* text) { return QCoreApplication::translate("Gesture", text); }

QPolygonF polygonOf(const std::vector<PlanePoint>& world, const Viewport& view) {
  const std::vector<QPointF> corners = toScreen(world, view);
  return QPolygonF(QList<QPointF>(corners.begin(), corners.end()));
}

QColor translucent(QColor color, float alpha) {
  color.setAlphaF(alpha);
  return color;
}

/// From one side of the shape to the other at a place along one axis, a little beyond both.
std::pair<PlanePoint, PlanePoint> cutAt(const GestureShape& shape, bool alongX, double at) {
  const LatticeBox& box = shape.target.box;
  if (alongX)
    return {{at + shape.apart.x, static_cast<double>(box.bottom) + shape.apart.y - 0.5},
            {at + shape.apart.x, static_cast<double>(box.top) + shape.apart.y + 0.5}};
  return {{static_cast<double>(box.left) + shape.apart.x - 0.5, at + shape.apart.y},
          {static_cast<double>(box.right) + shape.apart.x + 0.5, at + shape.apart.y}};
}

struct CaptionLine {
  QString text;
  QFont font;
  QColor color;
};

std::vector<CaptionLine> captionOf(const GestureGhost& ghost, const Theme& theme) {
  std::vector<CaptionLine> caption;
  QFont code = codeFont(-1);
  code.setBold(true);
  for (const QString& line : ghost.lines)
    caption.push_back({line, code, theme.noteText});
  const QFont plain = QGuiApplication::font();
  for (const QString& line : ghost.hint.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
    caption.push_back({line, plain, theme.noteText});
  if (const QString word = promiseText(ghost.promise); !word.isEmpty()) {
    QFont bold = plain;
    bold.setBold(true);
    caption.push_back({word, bold, promiseColor(ghost.promise, theme)});
  }
  return caption;
}

/// Beside the pointer, inside the area.
void paintCaption(QPainter& painter, const GestureGhost& ghost, const Theme& theme, const QRectF& area) {
  const std::vector<CaptionLine> caption = captionOf(ghost, theme);
  if (caption.empty())
    return;
  double width = 0, height = 10;
  for (const CaptionLine& line : caption) {
    width = std::max(width, QFontMetricsF(line.font).horizontalAdvance(line.text));
    height += QFontMetricsF(line.font).height() + 2;
  }
  const QRectF room = area.adjusted(2, 2, -2, -24); // the ruler is below
  QRectF box(ghost.pointer + QPointF(16, 16), QSizeF(std::min(width + 18, room.width()), height));
  if (box.right() > room.right())
    box.moveRight(std::max(room.right(), room.left() + box.width()));
  if (box.bottom() > room.bottom())
    box.moveBottom(std::max(ghost.pointer.y() - 12, room.top() + box.height()));
  painter.setBrush(theme.note);
  painter.setPen(QPen(ghost.promise == Promise::Nothing ? theme.noteBorder : promiseColor(ghost.promise, theme), 1.4));
  painter.drawRoundedRect(box, 4, 4);
  double top = box.top() + 5;
  for (const CaptionLine& line : caption) {
    const QFontMetricsF metrics(line.font);
    painter.setFont(line.font);
    painter.setPen(line.color);
    painter.drawText(QRectF(box.left() + 9, top, box.width() - 18, metrics.height() + 2), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(line.text, Qt::ElideRight, box.width() - 18));
    top += metrics.height() + 2;
  }
}

void paintTurn(QPainter& painter, const QPointF& center, const QColor& ink) {
  const double r = 4.5;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(ink, 1.5));
  painter.drawArc(QRectF(center.x() - r, center.y() - r, 2 * r, 2 * r), 30 * 16, 270 * 16);
  const QPointF tip = center + QPointF(r * 0.87, -r * 0.5);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ink);
  painter.drawPolygon(QPolygonF({tip + QPointF(-3.4, 0.6), tip + QPointF(2.4, 1.6), tip + QPointF(1.2, -3.8)}));
}

void paintHandle(QPainter& painter, const GestureHandle& handle, bool isHot, const Theme& theme) {
  const QColor ink = isHot ? theme.accentText : theme.accent;
  painter.setBrush(isHot ? theme.accent : theme.panel);
  painter.setPen(QPen(theme.accent, 1.3));
  const double more = isHot ? 1 : 0;
  switch (handle.kind) {
  case GestureHandle::Kind::Corner: {
    const double half = 4 + more;
    painter.drawRect(QRectF(handle.place.x() - half, handle.place.y() - half, 2 * half, 2 * half));
    break;
  }
  case GestureHandle::Kind::Edge: {
    painter.save();
    painter.translate(handle.place);
    painter.rotate(std::atan2(handle.along.y(), handle.along.x()) * 180 / 3.141592653589793);
    painter.drawRoundedRect(QRectF(-11 - more, -3 - more, 22 + 2 * more, 6 + 2 * more), 3, 3);
    painter.restore();
    break;
  }
  case GestureHandle::Kind::Turn:
    painter.drawEllipse(handle.place, 8 + more, 8 + more);
    paintTurn(painter, handle.place, ink);
    break;
  case GestureHandle::Kind::Inside: break;
  }
}

} // namespace

std::vector<std::pair<PlanePoint, PlanePoint>> tileCuts(const GestureShape& shape, bool alongX, std::int64_t size) {
  const std::int64_t low = alongX ? shape.target.box.left : shape.target.box.bottom;
  const std::int64_t high = alongX ? shape.target.box.right : shape.target.box.top;
  std::vector<std::pair<PlanePoint, PlanePoint>> cuts;
  if (size < 1 || (high - low) / size > kMostCuts)
    return cuts;
  const auto number = static_cast<std::int64_t>(std::floor(static_cast<double>(low) / static_cast<double>(size)));
  for (std::int64_t at = (number + 1) * size; at <= high; at += size)
    cuts.push_back(cutAt(shape, alongX, static_cast<double>(at) - 0.5));
  return cuts;
}

std::vector<std::pair<PlanePoint, PlanePoint>> splitCut(const GestureShape& shape, bool alongX, std::int64_t at) {
  return {cutAt(shape, alongX, static_cast<double>(at) - 0.5)};
}

void paintGhost(QPainter& painter, const GestureGhost& ghost, const Theme& theme, const Viewport& view,
                const QRectF& area) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor color = promiseColor(ghost.promise, theme);
  // What would be illegal is dashed as well as of another color.
  const Qt::PenStyle style = ghost.promise == Promise::Legal ? Qt::SolidLine : Qt::DashLine;
  painter.setBrush(translucent(color, 0.14F));
  painter.setPen(QPen(color, 2, style));
  const QPolygonF outline = polygonOf(ghost.outline, view);
  if (outline.size() == 1)
    painter.drawEllipse(outline.front(), 8, 8);
  else
    outline.size() == 2 ? painter.drawPolyline(outline) : painter.drawPolygon(outline);
  painter.setPen(QPen(color, 1.4, Qt::DashLine));
  for (const auto& [from, to] : ghost.cuts) {
    const std::vector<QPointF> ends = toScreen({from, to}, view);
    painter.drawLine(ends[0], ends[1]);
  }
  painter.setBrush(translucent(theme.accent, 0.10F));
  painter.setPen(QPen(theme.accent, 1.4, Qt::DashLine));
  if (!ghost.area.empty())
    painter.drawPolygon(polygonOf(ghost.area, view));
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme.accent, 2));
  for (const QPointF& mark : toScreen(ghost.marks, view))
    if (area.contains(mark))
      painter.drawEllipse(mark, 6.5, 6.5);
  paintSpots(painter, ghost.spots, theme, view);
  if (ghost.ruler)
    paintRuler(painter, *ghost.ruler, theme, area);
  paintCaption(painter, ghost, theme, area);
  painter.restore();
}

void paintHandles(QPainter& painter, const GestureShape& shape, const std::optional<GestureHandle>& hot,
                  const Theme& theme, const Viewport& view, const QRectF& area) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme.statement(shape.statement), 1.2, Qt::DotLine));
  const QPolygonF outline = polygonOf(shape.hull, view);
  outline.size() < 3 ? painter.drawPolyline(outline) : painter.drawPolygon(outline);
  const std::vector<GestureHandle> handles = handlesOf(shape, view, area);
  // Those that go first under the pointer are painted last.
  for (auto handle = handles.rbegin(); handle != handles.rend(); ++handle)
    paintHandle(painter, *handle, hot == *handle, theme);
  painter.restore();
}

void paintWhatIf(QPainter& painter, const Theme& theme, const QRectF& area) {
  painter.save();
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme.violation, 2, Qt::DashLine));
  painter.drawRect(area.adjusted(1, 1, -1, -1));
  QFont bold = QGuiApplication::font();
  bold.setBold(true);
  const QFontMetricsF metrics(bold);
  const QString text = tr("What if: an illegal order");
  const QRectF tag(area.topLeft() + QPointF(1, 1), QSizeF(metrics.horizontalAdvance(text) + 16, metrics.height() + 4));
  painter.fillRect(tag, theme.violationTint);
  painter.setFont(bold);
  painter.setPen(theme.violation);
  painter.drawText(tag, Qt::AlignCenter, text);
  painter.restore();
}

} // namespace polyloom
