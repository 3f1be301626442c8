// How a row of the history is painted.
#pragma once

#include "views/theme.h"

#include <QStyledItemDelegate>

namespace polyloom {

struct HistoryRow;

class HistoryDelegate : public QStyledItemDelegate {
public:
  using QStyledItemDelegate::QStyledItemDelegate;

  void setTheme(const Theme& theme) { theme_ = theme; }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
  void paintRail(QPainter& painter, const QRectF& dot, const QRectF& row, const QModelIndex& index) const;
  void paintStep(QPainter& painter, const QRectF& row, const QModelIndex& index, const HistoryRow& info,
                 bool isCurrent) const;
  void paintFigure(QPainter& painter, const QRectF& row, const QModelIndex& index, const HistoryRow& info) const;

  Theme theme_ = Theme::make(Theme::Kind::Light);
};

} // namespace polyloom
