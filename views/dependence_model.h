// The dependences as a table.
#pragma once

#include "core/snapshot/snapshot.h"
#include "views/theme.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace polyloom {

class DependenceModel : public QAbstractTableModel {
  Q_OBJECT

public:
  enum Column { Kind, Pair, Array, Status, ColumnCount };

  using QAbstractTableModel::QAbstractTableModel;

  void setTheme(const Theme& theme);
  void setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule);
  /// "12 flow, 4 anti, 2 output".
  QString summary() const;
  const std::vector<DependenceInfo>& dependences() const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
  QString text(const DependenceInfo& info, int column) const;

  Theme theme_ = Theme::make(Theme::Kind::Light);
  std::shared_ptr<const ScheduleSnapshot> schedule_;
};

/// Indices of the statements that the dependence is between; steps' own ones are left out.
std::vector<int> statementsOf(const ProgramSnapshot& program, const DependenceInfo& info);

/// "flow", "anti", "output".
QString kindName(DependenceInfo::Kind kind);

} // namespace polyloom
