// Where a running gesture could be let go, and what is known of each such drop.
#pragma once

#include "core/snapshot/drop_info.h"
#include "views/gesture_ruler.h"
#include "views/gesture_shape.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <vector>

class QPainter;

namespace polyloom {

/// A place to let go, and the lines (joined by line breaks) that this would append.
struct DropSpot {
  PlanePoint place; ///< in the world of the plot
  QString lines;
  Promise promise = Promise::Waiting;
};

/// What is known of drops, by their lines.
using KnownDrops = QHash<QString, DropInfo>;

/// What is known of these lines. Refused ones promise nothing.
Promise promiseOf(const QString& lines, const KnownDrops& known);

/// Points all over the shape, on the pointer's side of where a rectangle begins: at each the rectangle could end. At most 49.
std::vector<DropSpot> bandSpots(const GestureShape& shape, PlanePoint start, PlanePoint pointer);

/// In the direction that the round handle has after each quarter turn, as seen from the shape's middle.
std::vector<DropSpot> turnSpots(const GestureShape& shape, const Viewport& view, QPointF start);

/// Fills in what is known. Returns what is not, each once: `first` (empty: none), then `more`, then the spots' lines.
QStringList settleSpots(std::vector<DropSpot>& spots, const KnownDrops& known, const QString& first, const QStringList& more);

/// Small marks: a disc where a drop is legal, a cross where it is not, a ring where nobody knows yet.
void paintSpots(QPainter& painter, const std::vector<DropSpot>& spots, const Theme& theme, const Viewport& view);

} // namespace polyloom
