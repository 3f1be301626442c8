#include "app/window/sheets.h"

#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace polyloom {

void showBelow(QWidget& sheet, const QWidget& anchor) {
  constexpr int kGap = 2;
  const QRect screen = anchor.screen()->availableGeometry();
  const QPoint below = anchor.mapToGlobal(QPoint(0, anchor.height() + kGap));
  const auto place = [&] {
    sheet.move(std::max(screen.left(), std::min(below.x(), screen.right() + 1 - sheet.width())), below.y());
  };
  sheet.adjustSize();
  place();
  sheet.show();
  place(); // only what is shown has its final width
}

} // namespace polyloom
