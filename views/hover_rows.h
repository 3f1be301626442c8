// Rows of a list or table that light up with what the pointer is on.
#pragma once

#include <QColor>
#include <QObject>

#include <set>

class QAbstractItemView;

namespace polyloom {

/// Tells which row of a view the pointer is on, and paints the background of the lit rows. Belongs to the view.
class HoverRows : public QObject {
  Q_OBJECT

public:
  explicit HoverRows(QAbstractItemView* view);

  void setColor(const QColor& color);
  void setLit(std::set<int> rows);
  const std::set<int>& lit() const { return lit_; }

Q_SIGNALS:
  void rowHovered(int row); ///< -1: none

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void setHovered(int row);

  QAbstractItemView* view_;
  int hovered_ = -1;
  std::set<int> lit_;
  QColor color_;
};

} // namespace polyloom
