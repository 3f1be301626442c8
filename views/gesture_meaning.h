// What a gesture on the drawn points means, as lines of the recipe. No widget, no dependences.
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>

namespace polyloom {

/// Loop values, both ends inside.
struct LatticeBox {
  std::int64_t left = 0, right = 0, bottom = 0, top = 0;

  std::int64_t width() const { return right - left + 1; }
  std::int64_t height() const { return top - bottom + 1; }
  friend bool operator==(const LatticeBox&, const LatticeBox&) = default;
};

/// The shape that a gesture acts on: points of some statements in the plane of two loops of the new order.
struct GestureTarget {
  QStringList statements;
  QString x, y;           ///< the loops on the axes; empty where an axis shows none
  bool xIsOutside = true; ///< x is around y
  LatticeBox box;         ///< of all its points
};

/// What letting go now would append to the recipe.
struct GestureMeaning {
  QStringList lines; ///< empty: nothing
  QString open;      ///< the line with "?" in its number's place, for a ruler of legal values; empty: no single number
  std::int64_t value = 0; ///< the number
  QString hint;      ///< what would happen, or what to do for something to happen

  friend bool operator==(const GestureMeaning&, const GestureMeaning&) = default;
};

enum class Edge { Left, Right, Bottom, Top };
enum class Corner { BottomLeft, BottomRight, TopLeft, TopRight };

/// Drag the shape: its statements run `amount` later in the loop of that axis.
GestureMeaning meaningOfShift(const GestureTarget& target, bool alongX, std::int64_t amount);

/// Drag an edge by `delta` loop values: inwards tiles by what remains, through the opposite edge reverses.
GestureMeaning meaningOfEdge(const GestureTarget& target, Edge edge, std::int64_t delta);

/// Drag a corner along one axis: skews that axis' loop by the other one, so that the corner follows the pointer.
GestureMeaning meaningOfCorner(const GestureTarget& target, Corner corner, bool alongX, std::int64_t delta);

/// Turn the shape by quarters, counter-clockwise: an odd number trades the loops' places, two reverse both.
GestureMeaning meaningOfTurn(const GestureTarget& target, int quarters);

/// Draw a rectangle: one that cuts off a side splits the loop there, any other is the first tile.
GestureMeaning meaningOfBand(const GestureTarget& target, const LatticeBox& band);

/// Drag statements out of their loop; `inOrder` are all statements of the loop as they run. Those dragged must be
/// neighbors.
GestureMeaning meaningOfPullingOut(const QString& loop, const QStringList& inOrder,
                                   const QStringList& dragged);

/// Drag a loop's shape onto another loop's; the one that runs first comes first.
GestureMeaning meaningOfFusing(const QString& first, const QString& second);

} // namespace polyloom
