// What a running gesture shows above the points: ghost, ruler, the lines that letting go would append.
#pragma once

#include "views/gesture_drops.h"
#include "views/gesture_ruler.h"
#include "views/gesture_shape.h"

#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace polyloom {

struct GestureGhost {
  std::vector<PlanePoint> outline;                      ///< of the shape to come
  std::vector<std::pair<PlanePoint, PlanePoint>> cuts;  ///< where tiles or parts meet
  std::vector<PlanePoint> area;                         ///< that is being drawn: a rectangle or a lasso
  std::vector<PlanePoint> marks;                        ///< points that were chosen
  std::optional<GestureRuler> ruler;
  std::vector<DropSpot> spots; ///< other places to let go, with what is known of them
  QStringList tried;           ///< the lines of the ruler's numbers, where each is judged by itself
  Promise promise = Promise::Nothing;
  QStringList lines; ///< of the recipe
  QString hint;
  QPointF pointer;
};

/// Borders of tiles of this size across a shape, aligned to 0; nothing where they would lie too close to be seen.
std::vector<std::pair<PlanePoint, PlanePoint>> tileCuts(const GestureShape& shape, bool alongX, std::int64_t size);
/// The one place where a loop is split.
std::vector<std::pair<PlanePoint, PlanePoint>> splitCut(const GestureShape& shape, bool alongX, std::int64_t at);

void paintGhost(QPainter& painter, const GestureGhost& ghost, const Theme& theme, const Viewport& view,
                const QRectF& area);
/// `hot`: the one under the pointer.
void paintHandles(QPainter& painter, const GestureShape& shape, const std::optional<GestureHandle>& hot,
                  const Theme& theme, const Viewport& view, const QRectF& area);
/// A frame and a word around an order that is only looked at.
void paintWhatIf(QPainter& painter, const Theme& theme, const QRectF& area);

} // namespace polyloom
