// The schedules of the history as a tree of items.
#pragma once

#include "views/history_row.h"

#include <QAbstractItemModel>

#include <map>
#include <vector>

namespace polyloom {

/// A step stands below the one before it, not inside it, as long as there is only one way on; where there are several, they stand inside.
/// So long recipes stay narrow, and closing an item hides the ways that start there. With a filter, what matches is a flat list.
class HistoryModel : public QAbstractItemModel {
  Q_OBJECT

public:
  /// What the measurement says about the prediction is a column for tables; the view marks it before the measured figure.
  enum Column { StepColumn, PredictedColumn, AgreementColumn, MeasuredColumn, ColumnCount };
  enum Role { IdRole = Qt::UserRole, ContinuesRole, FollowsRole };
  /// What the editor in a row changes.
  enum class Edited { Step, Name };

  using QAbstractItemModel::QAbstractItemModel;

  /// `current`: the id of the schedule that the window shows.
  void setRows(std::vector<HistoryRow> rows, int current);
  /// Only rows that contain the text in their name, their recipe or their verdict, and, if wanted, are starred.
  void setFilter(const QString& text, bool starredOnly);
  bool isFiltered() const { return !filter_.isEmpty() || starredOnly_; }
  void setEdited(Edited edited) { edited_ = edited; }

  int current() const { return current_; }
  int scheduleCount() const { return static_cast<int>(rows_.size()); }
  const std::vector<HistoryRow>& rows() const { return rows_; }
  bool hasPredictions() const;
  /// One column for both figures, where there is little room: the measured one, else the predicted one.
  void setMerged(bool isMerged);
  bool isMerged() const { return isMerged_; }
  /// The row behind an item; none for an invalid index.
  const HistoryRow* row(const QModelIndex& index) const;
  QModelIndex indexOf(int id, int column = StepColumn) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

Q_SIGNALS:
  void stepEdited(int id, const QString& line);
  void nameEdited(int id, const QString& name);

private:
  struct Item {
    std::size_t row = 0;
    int parent = -1; ///< an item; -1: none
    int place = 0;   ///< among the parent's children
    bool follows = false, continues = false; ///< drawn as one chain with the item above, below
    std::vector<int> children;
  };
  using Children = std::map<int, std::vector<std::size_t>>;
  void build();
  void place(std::size_t row, int parent, const Children& children);
  int add(std::size_t row, int parent, bool follows);
  bool matches(const HistoryRow& row) const;
  static QString textOf(const HistoryRow& row, int column);
  static QString toolTip(const HistoryRow& row);
  static QStringList figureLines(const HistoryRow& row);

  std::vector<HistoryRow> rows_;
  std::vector<Item> items_;
  std::vector<int> top_;       ///< items without a parent
  std::map<int, int> itemOf_; ///< by id
  int current_ = 0;
  QString filter_;
  bool starredOnly_ = false;
  bool isMerged_ = false;
  Edited edited_ = Edited::Step;
};

/// In words: "legal", "illegal", …
QString wordFor(HistoryVerdict verdict);

} // namespace polyloom
