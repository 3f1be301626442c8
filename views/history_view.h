// The schedules that were tried, as a tree: each with its verdict and what it gains, to be shown, edited, named, compared.
#pragma once

#include "views/history_model.h"
#include "views/theme.h"

#include <QJsonObject>
#include <QTreeView>

#include <set>
#include <vector>

class QAction;
class QLineEdit;
class QToolButton;

namespace polyloom {

class HistoryView : public QTreeView {
  Q_OBJECT

public:
  enum class Export { Recipe, C };

  explicit HistoryView(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// `current`: the id of the schedule that the window shows.
  void setRows(std::vector<HistoryRow> rows, int current);
  HistoryModel* historyModel() const { return model_; }
  const Theme& theme() const { return theme_; }
  /// The filter, to be placed in the panel's title; hidden while there is little to look through.
  QWidget* filter() const { return filter_; }
  /// What can be done with the selected schedule: for a menu of the window, and for the one at the mouse.
  const QList<QAction*>& scheduleActions() const { return actions_; }
  void findText();
  /// The filter and the closed branches; for a session's file.
  QJsonObject viewState() const;
  void restoreViewState(const QJsonObject& state);
  /// The row's own editor, for the step that led there.
  void editStep(int id);

Q_SIGNALS:
  void showRequested(int id);
  /// Another step in the place of this one; empty: none.
  void editRequested(int id, const QString& line);
  void renameRequested(int id, const QString& name);
  void starRequested(int id, bool starred);
  void measureRequested(int id);
  /// Other numbers in the step that led there.
  void sweepRequested(int id);
  void compareRequested(int id);
  void exportRequested(int id, polyloom::HistoryView::Export what);
  void deleteRequested(int id);

protected:
  void contextMenuEvent(QContextMenuEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
  void makeFilter();
  void makeActions();
  QAction* addScheduleAction(const char* name, const QString& text, const QKeySequence& key,
                             void (HistoryView::*does)(const HistoryRow&));
  void showRow(const HistoryRow& row);
  void measureRow(const HistoryRow& row);
  void sweepRow(const HistoryRow& row);
  void compareRow(const HistoryRow& row);
  void editRow(const HistoryRow& row);
  void nameRow(const HistoryRow& row);
  void starRow(const HistoryRow& row);
  void exportRecipe(const HistoryRow& row);
  void exportC(const HistoryRow& row);
  void leaveOutRow(const HistoryRow& row);
  void deleteRow(const HistoryRow& row);
  void edit(int id, HistoryModel::Edited what);
  void restoreShape();
  void fitColumns();
  void updateActions();

  HistoryModel* model_;
  QWidget* filter_;
  QLineEdit* text_;
  QToolButton* starredOnly_;
  QList<QAction*> actions_;
  std::set<int> closed_; ///< ids whose branches are not shown
  bool isRestoring_ = false;
  Theme theme_ = Theme::make(Theme::Kind::Light);
};

/// Recipe lines without comments, blank lines and the version line, single-spaced: equal recipes compare equal.
QString normalizedRecipe(const QString& text);

} // namespace polyloom
