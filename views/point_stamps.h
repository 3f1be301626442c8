// Many small marks on an image: each look is painted once and then copied.
#pragma once

#include <QColor>
#include <QImage>

#include <map>

namespace polyloom {

/// Copies marks straight into the pixels, a hundred thousand in some ten milliseconds. No painter may be open on the image.
class PointStamps {
public:
  /// Points of one look are copies of each other. `variant` tells apart what color and statement do not.
  struct Look {
    int statement = 0, tone = -1, variant = 0;
    friend auto operator<=>(const Look&, const Look&) = default;
  };
  struct Paint {
    QColor fill, outline;
  };

  /// `radius` in logical pixels, `ratio` device pixels each.
  PointStamps(double radius, double ratio);

  /// Puts a mark at a logical place; what lies outside the image is left out. Asks `paint` for a look's first mark only.
  template <typename MakePaint>
  void stamp(QImage& image, double x, double y, const Look& look, const MakePaint& paint) {
    if (!last_ || lastLook_ != look) {
      QImage& mark = marks_[look];
      if (mark.isNull())
        mark = draw(look.statement, paint());
      last_ = &mark;
      lastLook_ = look;
    }
    copy(image, x, y);
  }

private:
  QImage draw(int shape, const Paint& paint) const;
  void copy(QImage& image, double x, double y) const;

  double radius_, ratio_;
  int half_; ///< of a mark's size, in device pixels
  std::map<Look, QImage> marks_;
  const QImage* last_ = nullptr;
  Look lastLook_;
};

} // namespace polyloom
