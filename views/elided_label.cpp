#include "views/elided_label.h"

#include <QPainter>
#include <QStyle>

namespace polyloom {

void ElidedLabel::paintEvent(QPaintEvent*) {
  const QRect room = contentsRect();
  const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, room.width());
  if (shown == QStringLiteral("…"))
    return; // says nothing
  QPainter painter(this);
  style()->drawItemText(&painter, room, static_cast<int>(alignment()), palette(), isEnabled(), shown, foregroundRole());
}

} // namespace polyloom
