// Sliders that cut a space of three dimensions.
#pragma once

#include "views/space_solid.h"

#include <QWidget>

#include <array>

class QLabel;
class QSlider;

namespace polyloom {

/// For each axis its name, the values that are shown, and a slider for each end.
class SpaceClip : public QWidget {
  Q_OBJECT

public:
  explicit SpaceClip(QWidget* parent = nullptr);

  /// Offers the values of these axes; everything is shown at first.
  void setSpace(const SolidData& solid, const ClipBox& whole);
  ClipBox clip() const;

Q_SIGNALS:
  void clipChanged(const polyloom::ClipBox& clip);

private:
  struct Axis {
    QWidget* box = nullptr;
    QLabel* label = nullptr;
    QSlider *from = nullptr, *to = nullptr;
    QString name;
  };

  void makeAxis(Axis& axis, const char* name, QWidget* parent);
  void moved(Axis& axis, bool isFrom);
  void showValues(Axis& axis);

  std::array<Axis, 3> axes_;
  ClipBox whole_;
};

} // namespace polyloom
