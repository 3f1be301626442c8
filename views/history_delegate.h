// How a row of the history is painted.
#pragma once

#include "core/snapshot/prediction.h"
#include "views/theme.h"

#include <QStyledItemDelegate>

namespace polyloom {

struct HistoryRow;

/// A speedup in words without its interval: "2.41×" of "2.41× ± 0.05". Other words stay whole.
QString shortFigure(const QString& figure);

class HistoryDelegate : public QStyledItemDelegate {
public:
  using QStyledItemDelegate::QStyledItemDelegate;

  /// Pixels before a measured figure for the mark that compares it with the prediction.
  static constexpr int kMarkWidth = 15;

  void setTheme(const Theme& theme) { theme_ = theme; }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
  void paintRail(QPainter& painter, const QRectF& dot, const QRectF& row, const QModelIndex& index) const;
  void paintStep(QPainter& painter, const QRectF& row, const QModelIndex& index, const HistoryRow& info,
                 bool isCurrent) const;
  void paintFigure(QPainter& painter, const QRectF& row, const QModelIndex& index, const HistoryRow& info) const;
  void paintMark(QPainter& painter, const QRectF& row, PredictionVerdict verdict) const;

  Theme theme_ = Theme::make(Theme::Kind::Light);
};

} // namespace polyloom
