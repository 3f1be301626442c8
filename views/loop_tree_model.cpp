#include "views/loop_tree_model.h"

namespace polyloom {

void LoopTreeModel::setSchedule(std::shared_ptr<const ProgramSnapshot> program,
                                std::shared_ptr<const ScheduleSnapshot> schedule) {
  beginResetModel();
  program_ = std::move(program);
  schedule_ = std::move(schedule);
  items_.assign(1, Item{});
  const std::size_t count = schedule_ ? schedule_->tree.size() : 0;
  std::vector<int> itemOf(count, 0);
  for (std::size_t k = 0; k < count; ++k) {
    const LoopTreeNode& node = schedule_->tree[k];
    const int above = node.parent < 0 ? 0 : itemOf[static_cast<std::size_t>(node.parent)];
    if (node.kind == LoopTreeNode::Kind::Sequence) {
      itemOf[k] = above;
      continue;
    }
    itemOf[k] = static_cast<int>(items_.size());
    auto& siblings = items_[static_cast<std::size_t>(above)].children;
    const int statement = node.kind == LoopTreeNode::Kind::Statement ? statementIndex(node.name) : -1;
    const int row = static_cast<int>(siblings.size());
    siblings.push_back(itemOf[k]);
    items_.push_back({static_cast<int>(k), above, row, statement, {}});
  }
  endResetModel();
}

int LoopTreeModel::statementIndex(const std::string& name) const {
  for (std::size_t s = 0; program_ && s < program_->statements.size(); ++s)
    if (program_->statements[s].name == name)
      return static_cast<int>(s);
  return -1;
}

const LoopTreeModel::Item& LoopTreeModel::item(const QModelIndex& index) const {
  return items_[index.isValid() ? static_cast<std::size_t>(index.internalId()) : 0];
}

const LoopTreeNode& LoopTreeModel::node(const QModelIndex& index) const {
  return schedule_->tree[static_cast<std::size_t>(item(index).node)];
}

QModelIndex LoopTreeModel::find(const std::function<bool(const Item&)>& matches) const {
  for (std::size_t k = 1; k < items_.size(); ++k)
    if (matches(items_[k]))
      return createIndex(items_[k].row, 0, static_cast<quintptr>(k));
  return {};
}

QModelIndex LoopTreeModel::findLoop(const QString& name) const {
  return find([&](const Item& i) {
    const LoopTreeNode& n = schedule_->tree[static_cast<std::size_t>(i.node)];
    return n.kind == LoopTreeNode::Kind::Loop && QString::fromStdString(n.name) == name;
  });
}

QModelIndex LoopTreeModel::findStatement(int statement) const {
  return statement < 0 ? QModelIndex() : find([&](const Item& i) { return i.statement == statement; });
}

QModelIndex LoopTreeModel::index(int row, int column, const QModelIndex& parent) const {
  const Item& above = item(parent);
  if (column != 0 || row < 0 || row >= static_cast<int>(above.children.size()))
    return {};
  return createIndex(row, 0, static_cast<quintptr>(above.children[static_cast<std::size_t>(row)]));
}

QModelIndex LoopTreeModel::parent(const QModelIndex& child) const {
  const int above = child.isValid() ? item(child).parent : 0;
  return above <= 0 ? QModelIndex()
                    : createIndex(items_[static_cast<std::size_t>(above)].row, 0, static_cast<quintptr>(above));
}

int LoopTreeModel::rowCount(const QModelIndex& parent) const {
  return static_cast<int>(item(parent).children.size());
}

int LoopTreeModel::columnCount(const QModelIndex&) const {
  return 1;
}

QVariant LoopTreeModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid())
    return {};
  const LoopTreeNode& n = node(index);
  const QString name = QString::fromStdString(n.name);
  const bool isLoop = n.kind == LoopTreeNode::Kind::Loop;
  const int statement = item(index).statement;
  switch (role) {
  case Qt::DisplayRole:
    return isLoop ? tr("for %1").arg(name) : name;
  case Qt::AccessibleTextRole:
    return isLoop ? tr("loop %1").arg(name) : tr("statement %1").arg(name);
  case NodeRole:
    return item(index).node;
  case StatementRole:
    return statement;
  case TextRole:
    if (isLoop)
      return n.isTile ? tr("counts tiles") : QString();
    return statement < 0 ? QString()
                         : QString::fromStdString(program_->statements[static_cast<std::size_t>(statement)].text);
  case Qt::ToolTipRole:
    if (!isLoop)
      return data(index, TextRole);
    return n.parallelLegal ? tr("%1 carries no dependence: its iterations can run at the same time").arg(name)
                           : tr("%1 carries a dependence: its iterations run one after another").arg(name);
  default:
    return {};
  }
}

} // namespace polyloom
