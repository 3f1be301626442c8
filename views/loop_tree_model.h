// The transformed loop tree as a Qt model.
#pragma once

#include "core/snapshot/snapshot.h"

#include <QAbstractItemModel>

#include <functional>
#include <memory>
#include <vector>

namespace polyloom {

/// Loops and statements; sequences are left out, their children belong to the loop around.
class LoopTreeModel : public QAbstractItemModel {
  Q_OBJECT

public:
  enum Role { NodeRole = Qt::UserRole, StatementRole, TextRole }; ///< index into the tree; statement's index; its text

  using QAbstractItemModel::QAbstractItemModel;

  void setSchedule(std::shared_ptr<const ProgramSnapshot> program, std::shared_ptr<const ScheduleSnapshot> schedule);
  const LoopTreeNode& node(const QModelIndex& index) const;
  QModelIndex findLoop(const QString& name) const;
  QModelIndex findStatement(int statement) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& child) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
  struct Item {
    int node = -1, parent = -1, row = 0, statement = -1;
    std::vector<int> children;
  };
  const Item& item(const QModelIndex& index) const;
  int statementIndex(const std::string& name) const;
  QModelIndex find(const std::function<bool(const Item&)>& matches) const;

  std::shared_ptr<const ProgramSnapshot> program_;
  std::shared_ptr<const ScheduleSnapshot> schedule_;
  std::vector<Item> items_{{}}; ///< items_[0] is the invisible root
};

} // namespace polyloom
