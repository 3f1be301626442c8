// Pictures for pages: the iteration space and the loop tree, always in light colors.
#pragma once

#include "views/space_scene.h"

#include <QString>

class QPainter;

namespace polyloom {

enum class PictureView { Domain, Dependences, Tree };

/// What a page shows.
struct Picture {
  std::shared_ptr<const ProgramSnapshot> program;
  std::shared_ptr<const ScheduleSnapshot> schedule;
  PictureView view = PictureView::Domain;
};

/// The size in points that the picture wants.
QSizeF pictureSize(const Picture& picture);

/// Paints the picture into a rectangle of `pictureSize`.
void renderPicture(QPainter& painter, const Picture& picture);

/// Writes the picture, or the figures behind it, as the path's suffix says (see `exportTo`). Returns what went wrong, or
/// nothing.
QString savePicture(const QString& path, const Picture& picture);

} // namespace polyloom
