#include "views/gesture_drops.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace polyloom {

namespace {

constexpr int kSpotsAlongAnAxis = 7;
constexpr double kTurnRadius = 70; ///< pixels

/// Values from `first` to `last`, evenly, in that direction; not more than kSpotsAlongAnAxis.
std::vector<std::int64_t> sampled(std::int64_t first, std::int64_t last) {
  const std::int64_t span = std::abs(last - first), sign = last < first ? -1 : 1;
  const std::int64_t step = std::max<std::int64_t>(1, (span + kSpotsAlongAnAxis - 1) / kSpotsAlongAnAxis);
  std::vector<std::int64_t> values;
  for (std::int64_t far = 0; far <= span && values.size() < kSpotsAlongAnAxis; far += step)
    values.push_back(first + sign * far);
  return values;
}

/// The loop values on the pointer's side of a place, within the shape.
std::vector<std::int64_t> towards(double start, double pointer, std::int64_t low, std::int64_t high) {
  if (pointer >= start) {
    const auto first = std::max(low, static_cast<std::int64_t>(std::ceil(start)));
    return first > high ? std::vector<std::int64_t>() : sampled(first, high);
  }
  const auto first = std::min(high, static_cast<std::int64_t>(std::floor(start)));
  return first < low ? std::vector<std::int64_t>() : sampled(first, low);
}

} // namespace

Promise promiseOf(const QString& lines, const KnownDrops& known) {
  const auto found = known.constFind(lines);
  if (found == known.constEnd())
    return Promise::Waiting;
  switch (found->verdict) {
  case DropInfo::Verdict::Legal: return Promise::Legal;
  case DropInfo::Verdict::Illegal: return Promise::Illegal;
  case DropInfo::Verdict::Unknown: return Promise::Unjudged;
  case DropInfo::Verdict::Refused: break;
  }
  return Promise::Refused;
}

std::vector<DropSpot> bandSpots(const GestureShape& shape, PlanePoint start, PlanePoint pointer) {
  const LatticeBox& box = shape.target.box;
  std::vector<DropSpot> spots;
  for (const std::int64_t x : towards(start.x - shape.apart.x, pointer.x - shape.apart.x, box.left, box.right))
    for (const std::int64_t y : towards(start.y - shape.apart.y, pointer.y - shape.apart.y, box.bottom, box.top)) {
      const PlanePoint place{static_cast<double>(x) + shape.apart.x, static_cast<double>(y) + shape.apart.y};
      const GestureMeaning meaning = meaningOfBand(shape.target, boxBetween(shape, start, place));
      if (!meaning.lines.isEmpty())
        spots.push_back({place, meaning.lines.join(QLatin1Char('\n'))});
    }
  return spots;
}

std::vector<DropSpot> turnSpots(const GestureShape& shape, const Viewport& view, QPointF start) {
  QPointF middle;
  const std::vector<QPointF> corners = toScreen(shape.hull, view);
  for (const QPointF& corner : corners)
    middle += corner / static_cast<double>(corners.size());
  std::vector<DropSpot> spots;
  for (const int quarters : {1, 2, 3}) {
    const GestureMeaning meaning = meaningOfTurn(shape.target, quarters);
    if (meaning.lines.isEmpty())
      continue;
    // Counter-clockwise to the eye, while the screen counts downwards.
    const double angle = quarters * std::numbers::pi / 2, cosine = std::cos(angle), sine = std::sin(angle);
    // Only the direction counts: near the middle all of them can be seen.
    const QPointF away = (start - middle) * std::min(1.0, kTurnRadius / std::max(std::hypot(start.x() - middle.x(), start.y() - middle.y()), 1.0));
    const QPointF place = middle + QPointF(cosine * away.x() + sine * away.y(), -sine * away.x() + cosine * away.y());
    spots.push_back({view.toWorld({place.x(), place.y()}), meaning.lines.join(QLatin1Char('\n'))});
  }
  return spots;
}

QStringList settleSpots(std::vector<DropSpot>& spots, const KnownDrops& known, const QString& first, const QStringList& more) {
  QStringList open;
  const auto want = [&](const QString& lines) {
    if (!lines.isEmpty() && !known.contains(lines) && !open.contains(lines))
      open << lines;
  };
  want(first);
  for (const QString& lines : more)
    want(lines);
  for (DropSpot& spot : spots) {
    spot.promise = promiseOf(spot.lines, known);
    want(spot.lines);
  }
  return open;
}

void paintSpots(QPainter& painter, const std::vector<DropSpot>& spots, const Theme& theme, const Viewport& view) {
  painter.save();
  for (const DropSpot& spot : spots) {
    const PlanePoint at = view.toScreen(spot.place);
    const QPointF place(at.x, at.y);
    const QColor color = promiseColor(spot.promise, theme);
    painter.setPen(Qt::NoPen); // apart from the points below
    painter.setBrush(theme.panel);
    painter.drawEllipse(place, 5.5, 5.5);
    painter.setPen(QPen(color, 1.6));
    painter.setBrush(spot.promise == Promise::Legal ? QBrush(color) : QBrush(theme.panel));
    if (spot.promise == Promise::Illegal || spot.promise == Promise::Refused) {
      painter.drawLine(place + QPointF(-3.5, -3.5), place + QPointF(3.5, 3.5));
      painter.drawLine(place + QPointF(-3.5, 3.5), place + QPointF(3.5, -3.5));
    } else {
      painter.drawEllipse(place, 3.5, 3.5);
    }
  }
  painter.restore();
}

} // namespace polyloom
