// What colors, shapes and dashes in the iteration space mean.
#pragma once

#include "views/space_arrows.h"

#include <QWidget>

#include <vector>

namespace polyloom {

/// One sign with its meaning.
struct LegendEntry {
  enum class Sign { Point, Swatch, Ramp, Arrow, Words };
  Sign sign = Sign::Words;
  QString text;
  QColor color;       ///< of points and swatches
  int shape = 0;      ///< of points
  ArrowLook look;     ///< of arrows
};

/// The signs that the scene makes use of: colors first, then arrows. Tiles come by their colors, threads up to eight.
std::vector<LegendEntry> makeLegend(const SpaceScene& scene);

/// Shows them in at most two lines; the tool tip and the accessible description say them all.
class SpaceLegend : public QWidget {
  Q_OBJECT

public:
  explicit SpaceLegend(QWidget* parent = nullptr);

  void setEntries(std::vector<LegendEntry> entries, const Theme& theme);
  const std::vector<LegendEntry>& entries() const { return entries_; }

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  double widthOf(const LegendEntry& entry) const;
  void layOut();

  std::vector<LegendEntry> entries_;
  std::vector<QRectF> boxes_; ///< of those that fit
  Theme theme_ = Theme::make(Theme::Kind::Light);
};

} // namespace polyloom
