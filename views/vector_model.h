// Distance and direction vectors as a table.
#pragma once

#include "core/snapshot/mathematics.h"
#include "views/theme.h"

#include <QAbstractTableModel>

namespace polyloom {

/// One row per dependence, in the order of the schedule's dependences.
class VectorModel : public QAbstractTableModel {
  Q_OBJECT

public:
  enum Column { Kind, Pair, Array, Source, Reordered, ColumnCount };

  using QAbstractTableModel::QAbstractTableModel;

  void setTheme(const Theme& theme) { theme_ = theme; }
  void setMathematics(MathematicsSnapshotPtr mathematics);
  const std::vector<DependenceMathematics>& dependences() const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
  static QString text(const DependenceMathematics& dependence, int column);

  Theme theme_ = Theme::make(Theme::Kind::Light);
  MathematicsSnapshotPtr mathematics_;
};

} // namespace polyloom
