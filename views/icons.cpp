#include "views/icons.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <numbers>

namespace polyloom {

namespace {

QColor statusColor(StatusIcon icon, const Theme& theme) {
  switch (icon) {
  case StatusIcon::Applied:
    return theme.legal;
  case StatusIcon::Illegal:
    return theme.violation;
  case StatusIcon::Refused:
  case StatusIcon::Unknown:
  case StatusIcon::Warning:
    return theme.unknown;
  case StatusIcon::Info:
    return theme.accent;
  }
  return theme.text;
}

void paintLetter(QPainter& painter, const QRectF& rect, QChar letter) {
  QFont font = painter.font();
  font.setPixelSize(std::max(6, static_cast<int>(rect.height() * 0.72)));
  font.setBold(true);
  painter.setFont(font);
  painter.drawText(rect, Qt::AlignCenter, QString(letter));
}

void paintBody(QPainter& painter, const QRectF& r, StatusIcon icon, const QColor& color) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  if (icon == StatusIcon::Illegal) {
    QPolygonF octagon;
    for (int k = 0; k < 8; ++k) {
      const double angle = std::numbers::pi * (2 * k + 1) / 8;
      octagon << r.center() + QPointF(std::cos(angle), std::sin(angle)) * r.width() * 0.54;
    }
    painter.drawPolygon(octagon);
  } else if (icon == StatusIcon::Warning || icon == StatusIcon::Refused) {
    painter.drawPolygon(QPolygonF({{r.center().x(), r.top()}, r.bottomRight(), r.bottomLeft()}));
  } else {
    painter.drawEllipse(r);
  }
}

} // namespace

void paintStatus(QPainter& painter, const QRectF& rect, StatusIcon icon, const Theme& theme) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF r = rect.adjusted(1, 1, -1, -1);
  paintBody(painter, r, icon, statusColor(icon, theme));
  QPen pen(theme.panel, std::max(1.4, r.width() / 9), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
  painter.setPen(pen);
  painter.setBrush(Qt::NoBrush);
  const auto at = [&](double x, double y) { return QPointF(r.left() + x * r.width(), r.top() + y * r.height()); };
  switch (icon) {
  case StatusIcon::Applied:
    painter.drawPolyline(QPolygonF({at(.26, .53), at(.44, .70), at(.75, .33)}));
    break;
  case StatusIcon::Illegal:
    painter.drawLine(at(.32, .32), at(.68, .68));
    painter.drawLine(at(.68, .32), at(.32, .68));
    break;
  case StatusIcon::Unknown:
    paintLetter(painter, r, '?');
    break;
  case StatusIcon::Info:
    paintLetter(painter, r, 'i');
    break;
  case StatusIcon::Warning:
  case StatusIcon::Refused:
    paintLetter(painter, r.adjusted(0, r.height() * 0.22, 0, 0), '!');
    break;
  }
  painter.restore();
}

QPixmap statusPixmap(StatusIcon icon, const Theme& theme, int size, qreal devicePixelRatio) {
  QPixmap pixmap(QSize(size, size) * devicePixelRatio);
  pixmap.setDevicePixelRatio(devicePixelRatio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  paintStatus(painter, QRectF(0, 0, size, size), icon, theme);
  return pixmap;
}

QIcon programIcon() {
  const Theme theme = Theme::make(Theme::Kind::Light);
  QPixmap pixmap(64, 64);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.accent);
  painter.drawRoundedRect(QRectF(2, 2, 60, 60), 12, 12);
  painter.setPen(QPen(QColor(255, 255, 255, 115), 1.6));
  for (int column = 0; column < 3; ++column)
    painter.drawLine(QPointF(14 + column * 13, 48), QPointF(24 + column * 13, 16));
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.accentText);
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column)
      painter.drawEllipse(QPointF(14 + column * 13 + row * 5, 48 - row * 16), 4.2, 4.2);
  return QIcon(pixmap);
}

} // namespace polyloom
