#include "views/fitted_scroll_area.h"

#include <QEvent>
#include <QLayout>
#include <QResizeEvent>

#include <algorithm>

namespace polyloom {

FittedScrollArea::FittedScrollArea(QWidget* content, int leastLines, QWidget* parent)
    : QScrollArea(parent), leastLines_(leastLines) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setWidgetResizable(true);
  setWidget(content);
  content->setAutoFillBackground(false);
  viewport()->setAutoFillBackground(false);
  content->installEventFilter(this);
  fit();
  setAccessibleName(content->accessibleName().isEmpty() ? tr("Contents that scroll") : content->accessibleName());
}

QSize FittedScrollArea::sizeHint() const {
  return {widget()->sizeHint().width(), maximumHeight()};
}

QSize FittedScrollArea::minimumSizeHint() const {
  return {widget()->minimumSizeHint().width(), std::min(maximumHeight(), leastLines_ * fontMetrics().lineSpacing())};
}

bool FittedScrollArea::eventFilter(QObject* watched, QEvent* event) {
  if (watched == widget() && (event->type() == QEvent::LayoutRequest || event->type() == QEvent::ShowToParent ||
                              event->type() == QEvent::HideToParent))
    fit();
  return QScrollArea::eventFilter(watched, event);
}

void FittedScrollArea::resizeEvent(QResizeEvent* event) {
  QScrollArea::resizeEvent(event);
  if (event->size().width() != event->oldSize().width())
    fit();
}

void FittedScrollArea::fit() {
  const QLayout* layout = widget()->layout();
  const bool wraps = layout && layout->hasHeightForWidth();
  const int height = widget()->isHidden() ? 0
                     : wraps              ? layout->totalHeightForWidth(viewport()->width())
                                          : widget()->sizeHint().height();
  if (height == maximumHeight())
    return;
  setMaximumHeight(height);
  updateGeometry();
}

} // namespace polyloom
