// The statement instances as a table, in the new order: the iteration space for those who do not see it.
#pragma once

#include "core/snapshot/snapshot.h"
#include "views/hover_rows.h"
#include "views/selection.h"
#include "views/theme.h"

#include <QAbstractTableModel>
#include <QTableView>

#include <memory>
#include <vector>

namespace polyloom {

/// Row k is the instance that runs k-th. A row's texts are made when they are asked for.
class InstanceModel : public QAbstractTableModel {
  Q_OBJECT

public:
  enum Column { Step, Instance, Time, Accesses, ColumnCount };

  using QAbstractTableModel::QAbstractTableModel;

  /// `schedule` is one whose space has been drawn.
  void setSpace(std::shared_ptr<const ProgramSnapshot> program, std::shared_ptr<const ScheduleSnapshot> schedule);
  InstanceId instanceAt(int row) const;
  /// The row of an instance, or -1.
  int rowOf(const InstanceId& instance) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
  QString text(const InstanceId& instance, int column) const;

  std::shared_ptr<const ProgramSnapshot> program_;
  std::shared_ptr<const ScheduleSnapshot> schedule_;
  std::vector<InstanceId> order_;
};

/// Selecting a row selects the instance everywhere, and the other way around.
class InstanceView : public QTableView {
  Q_OBJECT

public:
  explicit InstanceView(Selection& selection, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setSpace(std::shared_ptr<const ProgramSnapshot> program, std::shared_ptr<const ScheduleSnapshot> schedule);
  InstanceModel* instanceModel() const { return model_; }
  HoverRows* hoverRows() const { return hoverRows_; }

private:
  void applySelection();
  void applyHover();

  Selection& selection_;
  HoverRows* hoverRows_;
  InstanceModel* model_;
  bool applying_ = false;
};

} // namespace polyloom
