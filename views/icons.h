// Small drawn icons in the theme's colors. Shape carries the meaning; color only repeats it.
#pragma once

#include "views/theme.h"

#include <QIcon>
#include <QPixmap>

class QPainter;

namespace polyloom {

/// States that the views mark with an icon.
enum class StatusIcon { Applied, Illegal, Refused, Unknown, Info, Warning };

/// Paints the icon into `rect`.
void paintStatus(QPainter& painter, const QRectF& rect, StatusIcon icon, const Theme& theme);

/// The icon as a picture of `size` logical pixels.
QPixmap statusPixmap(StatusIcon icon, const Theme& theme, int size = 16, qreal devicePixelRatio = 1);

/// The program's own icon.
QIcon programIcon();

} // namespace polyloom
