// Paints a scene of the iteration space: on the screen in layers, or on a page.
#pragma once

#include "views/space_scene.h"

#include <QRectF>
#include <QStringList>

class QColor;
class QPainter;

namespace polyloom {

/// What the box beside an instance says; empty where there is no such instance.
QStringList instanceLines(const SpaceScene& scene, const InstanceId& instance);

/// A statement's mark, with the painter's own pen and brush: statements differ in shape as well as in color.
void drawPointShape(QPainter& painter, const QPointF& center, int shape, double radius);

/// `amount` of the way from the color to the background.
QColor faded(const QColor& color, const QColor& background, double amount);

/// Paints one scene through one viewport. A short-lived helper: keeps references.
class SpacePainter {
public:
  /// `area` is the plot's inside, between the axes, in the painter's coordinates.
  SpacePainter(QPainter& painter, const SpaceScene& scene, const Viewport& view, const QRectF& area);

  /// For pages: shapes instead of stamped pictures of shapes.
  void setVectorOutput(bool on) { vectorOutput_ = on; }

  void paintGrid();
  void paintTiles();
  /// One polygon around each statement.
  void paintHulls();
  /// Paints at most a bounded number of arrows; returns one in how many was painted, or 0 when points lie too close
  /// together for arrows to be told apart (violated ones are painted all the same).
  int paintArrows();
  void paintPoints();
  void paintAxes();
  /// Rings and arrows of the selected and the hovered instance.
  void paintFocus();
  /// The box with an instance's description, beside its point.
  void paintNote(const QStringList& lines, const QPointF& anchor);

  /// Radius of a point in pixels at this zoom.
  double pointRadius() const;

private:
  QPointF at(const PlotPoint& point) const;
  bool isNear(const QPointF& p, double margin) const;
  void paintArrow(const PlotArrow& arrow, double width, double opacity);
  void paintPlainAxes();
  void paintBands();
  void paintBand(const PlotBand& band);
  void paintNumberLines();
  void paintNumberLine(int statement, const QRectF& room);
  void paintLoneNames();
  void paintTicksX(double top, const QRectF& room);
  void paintTicksY(const PlotBand* band);
  void paintAxisName(const std::string& text, const QRectF& box, Qt::Alignment alignment);
  void paintPair();
  /// An instance's name beside its point.
  void paintTag(const InstanceId& instance, bool above);
  void paintRing(const InstanceId& instance, bool strong);
  void stampPoints(double radius);
  void drawPoints(double radius);
  QColor fill(const PlotPoint& point) const;

  QPainter& painter_;
  const SpaceScene& scene_;
  const Viewport& view_;
  QRectF area_;
  bool vectorOutput_ = false;
};

} // namespace polyloom
