#include "views/hover_rows.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QMouseEvent>
#include <QStyledItemDelegate>

#include <utility>

namespace polyloom {

namespace {

class LitDelegate : public QStyledItemDelegate {
public:
  LitDelegate(QObject* parent, const std::set<int>& lit, const QColor& color)
      : QStyledItemDelegate(parent), lit_(lit), color_(color) {}

protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    if (lit_.contains(index.row()) && color_.isValid())
      option->backgroundBrush = color_;
  }

private:
  const std::set<int>& lit_;
  const QColor& color_;
};

} // namespace

HoverRows::HoverRows(QAbstractItemView* view) : QObject(view), view_(view) {
  view->setMouseTracking(true);
  view->viewport()->setMouseTracking(true);
  view->viewport()->installEventFilter(this);
  view->setItemDelegate(new LitDelegate(view, lit_, color_));
}

void HoverRows::setColor(const QColor& color) {
  color_ = color;
  view_->viewport()->update();
}

void HoverRows::setLit(std::set<int> rows) {
  if (rows == lit_)
    return;
  lit_ = std::move(rows);
  view_->viewport()->update();
}

void HoverRows::setHovered(int row) {
  if (std::exchange(hovered_, row) != row)
    Q_EMIT rowHovered(row);
}

bool HoverRows::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::MouseMove)
    setHovered(view_->indexAt(static_cast<QMouseEvent*>(event)->position().toPoint()).row());
  else if (event->type() == QEvent::Leave)
    setHovered(-1);
  return QObject::eventFilter(watched, event);
}

} // namespace polyloom
