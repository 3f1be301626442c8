// The numbers that a gesture can take: which are legal, where the pointer is, what it snaps to.
#pragma once

#include "core/snapshot/answers.h"
#include "views/theme.h"

#include <QRectF>

#include <cstdint>
#include <map>
#include <optional>

class QPainter;

namespace polyloom {

/// What is known of the schedule that letting go would lead to.
enum class Promise {
  Nothing,  ///< nothing would happen
  Waiting,  ///< the engine is at it
  Legal,
  Illegal,
  Unjudged, ///< nobody asks before the drop, or it is too much work to tell
  Refused,  ///< the steps do not apply: letting go changes nothing
};

/// `range`: absent while it is being computed.
Promise promiseOf(std::int64_t value, const std::optional<RangeInfo>& range);
/// A few words for it; empty where nothing would happen.
QString promiseText(Promise promise);
QColor promiseColor(Promise promise, const Theme& theme);

/// The legal number beside an illegal one; any other number stays.
std::int64_t snapped(std::int64_t value, const RangeInfo& range);

struct GestureRuler {
  bool alongX = true;
  double origin = 0; ///< where 0 is on the screen, along the axis
  double unit = 1;   ///< pixels from one number to the next, signed
  std::int64_t value = 0;
  std::optional<RangeInfo> range; ///< absent: not known yet
  std::map<std::int64_t, Promise> tried; ///< where there is no range: numbers that have been judged one by one
};

/// At the bottom of the area, or along its left side.
void paintRuler(QPainter& painter, const GestureRuler& ruler, const Theme& theme, const QRectF& area);

} // namespace polyloom
