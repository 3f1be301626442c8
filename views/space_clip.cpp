#include "views/space_clip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>

namespace polyloom {

SpaceClip::SpaceClip(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("spaceClip"));
  setAccessibleName(tr("Clip planes"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(8, 0, 8, 2);
  layout->setSpacing(12);
  static constexpr std::array kNames = {"X", "Y", "Z"};
  for (std::size_t a = 0; a < axes_.size(); ++a) {
    makeAxis(axes_[a], kNames[a], this);
    layout->addWidget(axes_[a].box, 1);
  }
}

void SpaceClip::makeAxis(Axis& axis, const char* name, QWidget* parent) {
  axis.box = new QWidget(parent);
  axis.label = new QLabel(axis.box);
  axis.label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  auto* layout = new QVBoxLayout(axis.box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(axis.label);
  for (QSlider** slider : {&axis.from, &axis.to}) {
    *slider = new QSlider(Qt::Horizontal, axis.box);
    (*slider)->setObjectName((slider == &axis.from ? QStringLiteral("clipFrom") : QStringLiteral("clipTo")) +
                             QString::fromLatin1(name));
    (*slider)->setAccessibleName(tr("Clip plane of axis %1").arg(QString::fromLatin1(name))); // until there is a space
    layout->addWidget(*slider);
    connect(*slider, &QSlider::valueChanged, this, [this, &axis, isFrom = slider == &axis.from] { moved(axis, isFrom); });
  }
}

void SpaceClip::setSpace(const SolidData& solid, const ClipBox& whole) {
  whole_ = whole;
  for (std::size_t a = 0; a < axes_.size(); ++a) {
    Axis& axis = axes_[a];
    axis.name = solid.labels[a].empty() ? tr("statements") : QString::fromStdString(solid.labels[a]);
    const int low = static_cast<int>(std::floor(solid.low[a])), high = static_cast<int>(std::floor(solid.high[a]));
    for (QSlider* slider : {axis.from, axis.to}) {
      const QSignalBlocker blocker(slider);
      slider->setRange(low, high);
      slider->setPageStep(std::max(1, (high - low) / 10));
      slider->setValue(slider == axis.from ? low : high);
      const QString words = slider == axis.from ? tr("Smallest value of %1 that is shown") : tr("Largest value of %1 that is shown");
      slider->setAccessibleName(words.arg(axis.name));
      slider->setToolTip(words.arg(axis.name));
    }
    axis.box->setEnabled(high > low);
    showValues(axis);
  }
}

void SpaceClip::showValues(Axis& axis) {
  axis.label->setText(QStringLiteral("%1  %2 … %3").arg(axis.name).arg(axis.from->value()).arg(axis.to->value()));
}

void SpaceClip::moved(Axis& axis, bool isFrom) {
  // One end pushes the other along.
  if (axis.from->value() > axis.to->value())
    isFrom ? axis.to->setValue(axis.from->value()) : axis.from->setValue(axis.to->value());
  showValues(axis);
  Q_EMIT clipChanged(clip());
}

ClipBox SpaceClip::clip() const {
  ClipBox box = whole_;
  for (std::size_t a = 0; a < axes_.size(); ++a) {
    const Axis& axis = axes_[a];
    // Half a unit beyond a value: statements that are set apart belong to it. The ends leave nothing out.
    if (axis.from->value() > axis.from->minimum())
      box.low[a] = static_cast<float>(axis.from->value()) - 0.25F;
    if (axis.to->value() < axis.to->maximum())
      box.high[a] = static_cast<float>(axis.to->value()) + 0.5F;
  }
  return box;
}

} // namespace polyloom
