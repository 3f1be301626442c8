#include "views/gesture_meaning.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace polyloom {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Gesture", text); }

GestureMeaning nothing(QString hint) { return {.lines = {}, .open = {}, .value = 0, .hint = std::move(hint)}; }

GestureMeaning plain(QStringList lines, QString hint) {
  return {.lines = std::move(lines), .open = {}, .value = 0, .hint = std::move(hint)};
}

/// A single line whose number, %1 in the form, a ruler can vary.
GestureMeaning numbered(const QString& form, std::int64_t value, QString hint) {
  return {.lines = {form.arg(value)},
          .open = form.arg(QStringLiteral("?")),
          .value = value,
          .hint = std::move(hint)};
}

bool liesAlongX(Edge edge) { return edge == Edge::Left || edge == Edge::Right; }

/// Both loops, the outer one first.
std::pair<QString, QString> inOrder(const GestureTarget& target) {
  return target.xIsOutside ? std::pair(target.x, target.y) : std::pair(target.y, target.x);
}

GestureMeaning noLoop() { return nothing(tr("this axis shows no loop")); }

struct Span {
  std::int64_t low = 0, high = 0;
};

/// The number at which a band cuts a side off; nothing where it cuts off none or both.
std::optional<std::int64_t> cutOf(Span band, Span shape) {
  const bool low = band.low <= shape.low, high = band.high >= shape.high;
  if (low == high)
    return std::nullopt;
  return low ? band.high + 1 : band.low;
}

bool covers(Span band, Span shape) { return band.low <= shape.low && band.high >= shape.high; }

std::int64_t lengthInside(Span band, Span shape) {
  return std::min(band.high, shape.high) - std::max(band.low, shape.low) + 1;
}

GestureMeaning inTiles(const QString& loop, std::int64_t size) {
  return numbered(QStringLiteral("tile %1 by %2").arg(loop, QStringLiteral("%1")), size,
                  tr("%1 runs in tiles of %2").arg(loop).arg(size));
}

/// Of a band that covers the shape across the other axis.
GestureMeaning strip(const QString& loop, Span band, Span shape) {
  if (loop.isEmpty())
    return noLoop();
  if (const std::optional<std::int64_t> cut = cutOf(band, shape))
    return numbered(QStringLiteral("split %1 at %2").arg(loop, QStringLiteral("%1")), *cut,
                    tr("%1 is split at %2").arg(loop).arg(*cut));
  const std::int64_t size = lengthInside(band, shape);
  return inTiles(loop, size);
}

} // namespace

GestureMeaning meaningOfShift(const GestureTarget& target, bool alongX, std::int64_t amount) {
  const QString& loop = alongX ? target.x : target.y;
  if (loop.isEmpty())
    return noLoop();
  if (amount == 0 || target.statements.isEmpty())
    return nothing(tr("drag along %1 to shift").arg(loop));
  const QString names = target.statements.join(QStringLiteral(", "));
  GestureMeaning meaning = nothing((amount > 0 ? tr("%1: later by %2 in %3") : tr("%1: earlier by %2 in %3"))
                                       .arg(names).arg(std::abs(amount)).arg(loop));
  const QString form = QStringLiteral("shift %1 %2 by %3");
  for (const QString& statement : target.statements)
    meaning.lines << form.arg(statement, loop).arg(amount);
  if (target.statements.size() == 1)
    meaning.open = form.arg(target.statements.front(), loop, QStringLiteral("?"));
  meaning.value = amount;
  return meaning;
}

GestureMeaning meaningOfEdge(const GestureTarget& target, Edge edge, std::int64_t delta) {
  const QString& loop = liesAlongX(edge) ? target.x : target.y;
  if (loop.isEmpty())
    return noLoop();
  const std::int64_t extent = liesAlongX(edge) ? target.box.width() : target.box.height();
  const std::int64_t inwards = edge == Edge::Left || edge == Edge::Bottom ? delta : -delta;
  if (inwards <= 0)
    return nothing(tr("pull inwards to tile %1, through the other side to reverse it").arg(loop));
  if (inwards > extent)
    return plain({QStringLiteral("reverse %1").arg(loop)}, tr("%1 runs backwards").arg(loop));
  const std::int64_t size = std::max<std::int64_t>(extent - inwards, 1);
  return inTiles(loop, size);
}

GestureMeaning meaningOfCorner(const GestureTarget& target, Corner corner, bool alongX, std::int64_t delta) {
  const QString& loop = alongX ? target.x : target.y;
  const QString& along = alongX ? target.y : target.x;
  if (loop.isEmpty() || along.isEmpty())
    return noLoop();
  const std::int64_t reach = (alongX ? target.box.height() : target.box.width()) - 1;
  const bool isFar = alongX ? corner == Corner::TopLeft || corner == Corner::TopRight
                            : corner == Corner::BottomRight || corner == Corner::TopRight;
  const auto factor = reach == 0 ? 0
                                 : static_cast<std::int64_t>(std::lround(static_cast<double>(isFar ? delta : -delta) /
                                                                         static_cast<double>(reach)));
  if (factor == 0)
    return nothing(tr("drag further to skew %1 by %2").arg(loop, along));
  const QString multiple = std::abs(factor) == 1 ? along : QStringLiteral("%1·%2").arg(std::abs(factor)).arg(along);
  const QString hint = (factor > 0 ? tr("%1 becomes %1 + %2") : tr("%1 becomes %1 - %2")).arg(loop, multiple);
  const bool alongIsOutside = alongX != target.xIsOutside;
  return alongIsOutside ? numbered(QStringLiteral("skew %1 by %3 %2").arg(loop, along, QStringLiteral("%1")), factor, hint)
                        : numbered(QStringLiteral("unimodular %1 %2 by 1 %3; 0 1").arg(loop, along, QStringLiteral("%1")),
                                   factor, hint);
}

GestureMeaning meaningOfTurn(const GestureTarget& target, int quarters) {
  if (target.x.isEmpty() || target.y.isEmpty())
    return noLoop();
  const auto [outer, inner] = inOrder(target);
  switch (((quarters % 4) + 4) % 4) {
  case 0: return nothing(tr("turn further: a quarter trades the loops’ places, a half reverses both"));
  case 2:
    return plain({QStringLiteral("reverse %1").arg(outer), QStringLiteral("reverse %1").arg(inner)},
                 tr("%1 and %2 run backwards").arg(outer, inner));
  default:
    return plain({QStringLiteral("interchange %1 %2").arg(outer, inner)}, tr("%1 and %2 trade places").arg(outer, inner));
  }
}

GestureMeaning meaningOfBand(const GestureTarget& target, const LatticeBox& band) {
  const Span x{band.left, band.right}, y{band.bottom, band.top};
  const Span shapeX{target.box.left, target.box.right}, shapeY{target.box.bottom, target.box.top};
  if (lengthInside(x, shapeX) <= 0 || lengthInside(y, shapeY) <= 0)
    return nothing(tr("the rectangle holds no point of the shape"));
  if (covers(x, shapeX) && covers(y, shapeY))
    return nothing(tr("draw a part of the shape: a side to split it off, or the first tile"));
  if (covers(y, shapeY) || target.y.isEmpty())
    return strip(target.x, x, shapeX);
  if (covers(x, shapeX) || target.x.isEmpty())
    return strip(target.y, y, shapeY);
  const std::int64_t width = lengthInside(x, shapeX), height = lengthInside(y, shapeY);
  const auto [outer, inner] = inOrder(target);
  return plain({QStringLiteral("tile %1 %2 by %3 %4")
                    .arg(outer, inner)
                    .arg(target.xIsOutside ? width : height)
                    .arg(target.xIsOutside ? height : width)},
               tr("%1 and %2 run in tiles of this size").arg(outer, inner));
}

GestureMeaning meaningOfPullingOut(const QString& loop, const QStringList& inOrder,
                                   const QStringList& dragged) {
  const auto isDragged = [&](const QString& statement) { return dragged.contains(statement); };
  const auto first = std::ranges::find_if(inOrder, isDragged);
  const auto last = std::find_if_not(first, inOrder.end(), isDragged);
  if (first == inOrder.end() || (first == inOrder.begin() && last == inOrder.end()))
    return nothing(tr("%1 holds nothing else").arg(loop));
  if (std::find_if(last, inOrder.end(), isDragged) != inOrder.end())
    return nothing(tr("drag statements that run one after the other"));
  GestureMeaning meaning = nothing(tr("%1: a loop of its own").arg(dragged.join(QStringLiteral(", "))));
  const QString form = QStringLiteral("distribute %1 after %2");
  // The part behind first: the part up to the named statement keeps the loop's name.
  if (last != inOrder.end())
    meaning.lines << form.arg(loop, *(last - 1));
  if (first != inOrder.begin())
    meaning.lines << form.arg(loop, *(first - 1));
  return meaning;
}

GestureMeaning meaningOfFusing(const QString& first, const QString& second) {
  return plain({QStringLiteral("fuse %1 %2").arg(first, second)}, tr("%1 and %2 become one loop").arg(first, second));
}

} // namespace polyloom
