#include "views/point_stamps.h"

#include "views/space_painter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

/// Both channels of a pair at once: 8 bits each with 8 bits of room.
std::uint32_t scaled(std::uint32_t pair, std::uint32_t by) {
  return (pair * by >> 8) & 0x00ff00ffU;
}

/// `over` is premultiplied; `under` is opaque and stays so.
QRgb blend(QRgb over, QRgb under) {
  const std::uint32_t rest = 256 - qAlpha(over);
  const std::uint32_t even = (over & 0x00ff00ffU) + scaled(under & 0x00ff00ffU, rest);
  const std::uint32_t odd = (over >> 8 & 0x00ff00ffU) + scaled(under >> 8 & 0x00ff00ffU, rest);
  // Rounding may add one too many to a full channel.
  const auto capped = [](std::uint32_t pair) {
    const std::uint32_t low = std::min<std::uint32_t>(pair & 0xffffU, 255), high = std::min<std::uint32_t>(pair >> 16, 255);
    return high << 16 | low;
  };
  return capped(even) | capped(odd) << 8 | 0xff000000U;
}

} // namespace

PointStamps::PointStamps(double radius, double ratio)
    : radius_(radius), ratio_(ratio), half_(static_cast<int>(std::ceil((radius * 1.2 + 1.5) * ratio))) {}

QImage PointStamps::draw(int shape, const Paint& paint) const {
  QImage mark(2 * half_, 2 * half_, QImage::Format_ARGB32_Premultiplied);
  mark.fill(Qt::transparent);
  QPainter painter(&mark);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(paint.fill);
  painter.setPen(radius_ < 1.6 ? QPen(Qt::NoPen) : QPen(paint.outline, (radius_ < 2.5 ? 0.5 : 1) * ratio_));
  drawPointShape(painter, QPointF(half_, half_), shape, radius_ * ratio_);
  return mark;
}

void PointStamps::copy(QImage& image, double x, double y) const {
  const int left = static_cast<int>(std::lround(x * ratio_)) - half_, top = static_cast<int>(std::lround(y * ratio_)) - half_;
  const int firstX = std::max(0, -left), lastX = std::min(2 * half_, image.width() - left);
  const int firstY = std::max(0, -top), lastY = std::min(2 * half_, image.height() - top);
  for (int row = firstY; row < lastY; ++row) {
    const QRgb* from = reinterpret_cast<const QRgb*>(last_->constScanLine(row));
    QRgb* to = reinterpret_cast<QRgb*>(image.scanLine(top + row)) + left;
    for (int column = firstX; column < lastX; ++column)
      if (const QRgb over = from[column]; over != 0)
        to[column] = blend(over, to[column]);
  }
}

} // namespace polyloom
