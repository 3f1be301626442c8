#include "app/window/sheets.h"

#include "views/theme.h"

#include <QLineEdit>
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

QLineEdit* makeLine(QWidget* parent, const char* objectName, const QString& accessibleName, const QString& hint) {
  auto* line = new QLineEdit(parent);
  line->setObjectName(QString::fromLatin1(objectName));
  line->setAccessibleName(accessibleName);
  line->setPlaceholderText(hint);
  line->setFont(codeFont(-0.5));
  return line;
}

} // namespace polyloom
