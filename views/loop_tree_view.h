// The loops of the new order, with what was asked for each.
#pragma once

#include "views/loop_tree_model.h"
#include "views/selection.h"
#include "views/theme.h"

#include <QPersistentModelIndex>
#include <QRectF>
#include <QTreeView>

#include <vector>

namespace polyloom {

/// What a badge beside a loop says.
struct LoopBadge {
  QString text;
  Theme::Badge kind = Theme::Badge::Parallel;
  bool hollow = false; ///< possible, not asked for
};

std::vector<LoopBadge> badgesOf(const LoopTreeNode& node);

/// Paints one row of the tree (also used on pages): name, remark, badges at the right end.
void paintLoopRow(QPainter& painter, const QRectF& row, const LoopTreeNode& node, const QString& label,
                  const QString& remark, int statement, const Theme& theme);
/// Where the badge lies in the row, counted from the right end.
QRectF badgeRect(const QRectF& row, const std::vector<LoopBadge>& badges, std::size_t which, const QFont& font);

/// Click selects; a click on a hollow badge (or P on its loop) asks for the loop to run in parallel. A loop dragged onto
/// one around or inside it trades places with it; onto one beside it, both become one.
class LoopTreeView : public QTreeView {
  Q_OBJECT

public:
  explicit LoopTreeView(Selection& selection, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setSchedule(std::shared_ptr<const ProgramSnapshot> program, std::shared_ptr<const ScheduleSnapshot> schedule);
  LoopTreeModel* treeModel() const { return model_; }
  const Theme& theme() const { return theme_; }
  /// Whether the pointer is on what this row stands for, here or elsewhere.
  bool isLit(const QModelIndex& index) const;
  /// What dropping one row on another asks for; empty: nothing.
  QString lineOfDrop(const QModelIndex& dragged, const QModelIndex& onto) const;

Q_SIGNALS:
  /// A line of the recipe language.
  void stepRequested(const QString& line);

protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;

private:
  void applySelection();
  void selectIndex(const QModelIndex& index);
  bool requestParallel(const QModelIndex& index);
  void endDrag();

  Selection& selection_;
  LoopTreeModel* model_;
  QPoint pressed_;
  QPersistentModelIndex dragged_, onto_; ///< of a drag under way
  bool isDragging_ = false;
  Theme theme_ = Theme::make(Theme::Kind::Light);
};

} // namespace polyloom
