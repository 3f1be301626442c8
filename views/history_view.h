// The steps of the recipe, each with what became of it and what it gained.
#pragma once

#include "core/snapshot/snapshot.h"
#include "views/theme.h"

#include <QAbstractListModel>
#include <QListView>

#include <memory>
#include <optional>
#include <vector>

namespace polyloom {

/// Row 0 is the original order; row k is the recipe's k-th step.
class HistoryModel : public QAbstractListModel {
  Q_OBJECT

public:
  enum Role { OutcomeRole = Qt::UserRole, MessageRole, MeasuredRole };

  using QAbstractListModel::QAbstractListModel;

  void setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule);
  void setMeasurements(std::vector<MeasurementInfo> measurements);
  /// The recipe's first `row` lines.
  QString recipeUpTo(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
  const StepInfo* step(int row) const;
  /// The message, and the steps that sugar stands for.
  static QString toolTip(const StepInfo* info, const QString& message);
  QString measured(int row) const;

  std::shared_ptr<const ScheduleSnapshot> schedule_;
  std::vector<MeasurementInfo> measurements_;
};

class HistoryView : public QListView {
  Q_OBJECT

public:
  explicit HistoryView(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule);
  void setMeasurements(std::vector<MeasurementInfo> measurements);
  HistoryModel* historyModel() const { return model_; }
  const Theme& theme() const { return theme_; }

Q_SIGNALS:
  /// Go back to the recipe's first `count` steps.
  void truncateRequested(int count);
  /// Leave out step number `index` (from 0).
  void removeRequested(int index);

protected:
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

private:
  HistoryModel* model_;
  Theme theme_ = Theme::make(Theme::Kind::Light);
};

/// Recipe lines without comments, blank lines and the version line, single-spaced: equal recipes compare equal.
QString normalizedRecipe(const QString& text);

} // namespace polyloom
