#include "views/gesture_ruler.h"

#include "views/space_geometry.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr double kThickness = 20;

QString tr(const char* text) { return QCoreApplication::translate("Gesture", text); }

bool contains(const RangeInfo& range, std::int64_t value) {
  return !range.isEmpty && (!range.minimum || value >= *range.minimum) && (!range.maximum || value <= *range.maximum);
}

/// Lays the ruler out along one axis and paints in terms of it.
class RulerPainter {
public:
  RulerPainter(QPainter& painter, const GestureRuler& ruler, const Theme& theme, const QRectF& area)
      : painter_(painter), ruler_(ruler), theme_(theme),
        box_(ruler.alongX ? QRectF(area.left(), area.bottom() - kThickness, area.width(), kThickness)
                          : QRectF(area.left(), area.top(), kThickness * 1.5, area.height())) {}

  void paint() {
    painter_.setPen(Qt::NoPen);
    QColor ground = theme_.panel;
    ground.setAlphaF(0.88F);
    painter_.fillRect(box_, ground);
    paintSpans();
    paintNumbers();
    paintValue();
  }

private:
  double low() const { return ruler_.alongX ? box_.left() : box_.top(); }
  double high() const { return ruler_.alongX ? box_.right() : box_.bottom(); }
  double at(double value) const { return ruler_.origin + value * ruler_.unit; }
  /// The strip from one place to another, on the side of the plot.
  QRectF strip(double from, double to, double width) const {
    const double a = std::clamp(std::min(from, to), low(), high()), b = std::clamp(std::max(from, to), low(), high());
    return ruler_.alongX ? QRectF(a, box_.top(), b - a, width) : QRectF(box_.right() - width, a, width, b - a);
  }

  void paintSpans() {
    if (!ruler_.range || !ruler_.range->isKnown) {
      painter_.fillRect(strip(low(), high(), 4), theme_.faintText);
      for (const auto& [number, promise] : ruler_.tried)
        paintTried(static_cast<double>(number), promise);
      return;
    }
    painter_.fillRect(strip(low(), high(), 3), theme_.violation);
    if (ruler_.range->isEmpty)
      return;
    const bool grows = ruler_.unit > 0;
    const double first = ruler_.range->minimum ? at(static_cast<double>(*ruler_.range->minimum) - 0.5) : grows ? low() : high();
    const double last = ruler_.range->maximum ? at(static_cast<double>(*ruler_.range->maximum) + 0.5) : grows ? high() : low();
    painter_.fillRect(strip(first, last, 6), theme_.legal);
  }

  /// One number alone: legal ones stand out by their height, too.
  void paintTried(double number, Promise promise) {
    if (promise != Promise::Waiting)
      painter_.fillRect(strip(at(number - 0.5), at(number + 0.5), promise == Promise::Legal ? 6 : 3), promiseColor(promise, theme_));
  }

  void paintNumbers() {
    const QFont font = codeFont(-2);
    const QFontMetricsF metrics(font);
    painter_.setFont(font);
    painter_.setPen(theme_.mutedText);
    const double a = (low() - ruler_.origin) / ruler_.unit, b = (high() - ruler_.origin) / ruler_.unit;
    const int most = std::max(2, static_cast<int>((high() - low()) / (ruler_.alongX ? 34 : 24)));
    for (const std::int64_t number : ticks(std::min(a, b), std::max(a, b), most)) {
      const QString text = QString::number(number);
      const double place = at(static_cast<double>(number)), half = metrics.horizontalAdvance(text) / 2;
      if (number == ruler_.value || place < low() + half || place > high() - half)
        continue;
      painter_.drawText(room(place, half), ruler_.alongX ? Qt::AlignCenter : Qt::AlignRight | Qt::AlignVCenter, text);
    }
  }

  QRectF room(double place, double half) const {
    return ruler_.alongX ? QRectF(place - half - 2, box_.top() + 6, 2 * half + 4, box_.height() - 6)
                         : QRectF(box_.left(), place - 8, box_.width() - 8, 16);
  }

  void paintValue() {
    const QString text = QString::number(ruler_.value);
    QFont font = codeFont(-1);
    font.setBold(true);
    const double half = QFontMetricsF(font).horizontalAdvance(text) / 2 + 3;
    const double place = std::clamp(at(static_cast<double>(ruler_.value)), low() + half, high() - half);
    const QRectF tag = room(place, half);
    const auto tried = ruler_.tried.find(ruler_.value);
    const Promise promise = tried == ruler_.tried.end() ? promiseOf(ruler_.value, ruler_.range) : tried->second;
    const QColor color = promiseColor(promise, theme_);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(color);
    painter_.drawRoundedRect(tag, 3, 3);
    painter_.setFont(font);
    painter_.setPen(theme_.panel);
    painter_.drawText(tag, Qt::AlignCenter, text);
  }

  QPainter& painter_;
  const GestureRuler& ruler_;
  const Theme& theme_;
  QRectF box_;
};

} // namespace

Promise promiseOf(std::int64_t value, const std::optional<RangeInfo>& range) {
  if (!range)
    return Promise::Waiting;
  if (!range->isKnown)
    return Promise::Unjudged;
  return contains(*range, value) ? Promise::Legal : Promise::Illegal;
}

QString promiseText(Promise promise) {
  switch (promise) {
  case Promise::Nothing: return {};
  case Promise::Waiting: return tr("legality unknown yet");
  case Promise::Legal: return tr("legal");
  case Promise::Illegal: return tr("illegal: dropped here, it stays as a what-if");
  case Promise::Unjudged: return tr("judged when it is dropped");
  case Promise::Refused: return tr("refused: dropped here, nothing changes");
  }
  return {};
}

QColor promiseColor(Promise promise, const Theme& theme) {
  switch (promise) {
  case Promise::Legal: return theme.legal;
  case Promise::Illegal: return theme.violation;
  case Promise::Unjudged: return theme.accent;
  case Promise::Refused: return theme.unknown;
  case Promise::Nothing:
  case Promise::Waiting: break;
  }
  return theme.mutedText;
}

std::int64_t snapped(std::int64_t value, const RangeInfo& range) {
  if (!range.isKnown || range.isEmpty || contains(range, value))
    return value;
  for (const std::optional<std::int64_t>& end : {range.minimum, range.maximum})
    if (end && std::abs(value - *end) == 1)
      return *end;
  return value;
}

void paintRuler(QPainter& painter, const GestureRuler& ruler, const Theme& theme, const QRectF& area) {
  if (std::abs(ruler.unit) < 1e-6)
    return;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  RulerPainter(painter, ruler, theme, area).paint();
  painter.restore();
}

} // namespace polyloom
