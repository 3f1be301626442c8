#include "views/history_model.h"

#include <algorithm>
#include <utility>

namespace polyloom {

QString wordFor(HistoryVerdict verdict) {
  switch (verdict) {
  case HistoryVerdict::NotSeen:
    return HistoryModel::tr("not looked at yet");
  case HistoryVerdict::Legal:
    return HistoryModel::tr("legal");
  case HistoryVerdict::Illegal:
    return HistoryModel::tr("illegal");
  case HistoryVerdict::Unknown:
    return HistoryModel::tr("unknown");
  case HistoryVerdict::Refused:
    return HistoryModel::tr("refused");
  }
  return {};
}

namespace {

QString sentenceOn(PredictionVerdict verdict) {
  switch (verdict) {
  case PredictionVerdict::Agrees:
    return HistoryModel::tr("=  the prediction agrees with the measurement: their intervals overlap");
  case PredictionVerdict::ModelWrong:
    return HistoryModel::tr("≠  the model is wrong: the intervals have nothing in common");
  case PredictionVerdict::NotDistinguishable:
    return HistoryModel::tr("~  not distinguishable: both intervals hold 1, no gain and no loss");
  }
  return {};
}

} // namespace

void HistoryModel::setRows(std::vector<HistoryRow> rows, int current) {
  const bool sameShape = !isFiltered() && std::ranges::equal(rows, rows_, [](const HistoryRow& a, const HistoryRow& b) {
    return a.id == b.id && a.parent == b.parent;
  });
  if (!sameShape)
    beginResetModel();
  rows_ = std::move(rows);
  current_ = current;
  if (!sameShape) {
    build();
    endResetModel();
    return;
  }
  for (std::size_t k = 0; k < items_.size(); ++k) {
    const QModelIndex item = createIndex(items_[k].place, 0, static_cast<quintptr>(k));
    Q_EMIT dataChanged(item, item.siblingAtColumn(ColumnCount - 1));
  }
}

void HistoryModel::setFilter(const QString& text, bool starredOnly) {
  if (text == filter_ && starredOnly == starredOnly_)
    return;
  beginResetModel();
  filter_ = text;
  starredOnly_ = starredOnly;
  build();
  endResetModel();
}

bool HistoryModel::hasPredictions() const {
  return std::ranges::any_of(rows_, [](const HistoryRow& row) { return !row.predicted.isEmpty(); });
}

void HistoryModel::setMerged(bool isMerged) {
  if (std::exchange(isMerged_, isMerged) != isMerged)
    Q_EMIT headerDataChanged(Qt::Horizontal, MeasuredColumn, MeasuredColumn);
}

void HistoryModel::build() {
  items_.clear();
  top_.clear();
  itemOf_.clear();
  Children children;
  for (std::size_t k = 0; k < rows_.size(); ++k)
    children[rows_[k].parent].push_back(k);
  if (!isFiltered()) {
    for (const std::size_t root : children[-1])
      place(root, -1, children);
    return;
  }
  for (std::size_t k = 0; k < rows_.size(); ++k)
    if (matches(rows_[k]))
      add(k, -1, false);
}

void HistoryModel::place(std::size_t row, int parent, const Children& children) {
  for (bool follows = false;; follows = true) {
    const int item = add(row, parent, follows);
    const auto below = children.find(rows_[row].id);
    if (below == children.end())
      return;
    if (below->second.size() > 1) {
      for (const std::size_t child : below->second)
        place(child, item, children);
      return;
    }
    items_[static_cast<std::size_t>(item)].continues = true;
    row = below->second.front();
  }
}

int HistoryModel::add(std::size_t row, int parent, bool follows) {
  const int item = static_cast<int>(items_.size());
  std::vector<int>& beside = parent < 0 ? top_ : items_[static_cast<std::size_t>(parent)].children;
  const int place = static_cast<int>(beside.size());
  beside.push_back(item);
  itemOf_[rows_[row].id] = item;
  items_.push_back({.row = row, .parent = parent, .place = place, .follows = follows});
  return item;
}

bool HistoryModel::matches(const HistoryRow& row) const {
  if (starredOnly_ && !row.starred)
    return false;
  return row.name.contains(filter_, Qt::CaseInsensitive) || row.recipe.contains(filter_, Qt::CaseInsensitive) ||
         wordFor(row.verdict).contains(filter_, Qt::CaseInsensitive);
}

const HistoryRow* HistoryModel::row(const QModelIndex& index) const {
  return index.isValid() ? &rows_[items_[static_cast<std::size_t>(index.internalId())].row] : nullptr;
}

QModelIndex HistoryModel::indexOf(int id, int column) const {
  const auto found = itemOf_.find(id);
  if (found == itemOf_.end())
    return {};
  return createIndex(items_[static_cast<std::size_t>(found->second)].place, column, static_cast<quintptr>(found->second));
}

QModelIndex HistoryModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent))
    return {};
  const std::vector<int>& beside = parent.isValid() ? items_[static_cast<std::size_t>(parent.internalId())].children : top_;
  return createIndex(row, column, static_cast<quintptr>(beside[static_cast<std::size_t>(row)]));
}

QModelIndex HistoryModel::parent(const QModelIndex& index) const {
  const int above = index.isValid() ? items_[static_cast<std::size_t>(index.internalId())].parent : -1;
  return above < 0 ? QModelIndex()
                   : createIndex(items_[static_cast<std::size_t>(above)].place, 0, static_cast<quintptr>(above));
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid())
    return static_cast<int>(top_.size());
  return parent.column() == 0 ? static_cast<int>(items_[static_cast<std::size_t>(parent.internalId())].children.size())
                              : 0;
}

int HistoryModel::columnCount(const QModelIndex&) const {
  return ColumnCount;
}

QStringList HistoryModel::figureLines(const HistoryRow& row) {
  QStringList lines;
  if (!row.predicted.isEmpty())
    lines << tr("predicted: %1, the model's 90 % interval").arg(row.predicted);
  if (!row.unpredicted.isEmpty())
    lines << tr("not predicted: %1").arg(row.unpredicted);
  if (!row.predicted.isEmpty() && !row.measured.isEmpty() && row.measuredWell)
    lines << tr("measured: %1").arg(row.measured);
  if (row.agreement)
    lines << sentenceOn(*row.agreement);
  return lines;
}

QString HistoryModel::toolTip(const HistoryRow& row) {
  QStringList lines;
  if (!row.name.isEmpty())
    lines << row.name;
  lines << (row.parent < 0           ? tr("the order of the source")
            : !row.message.isEmpty() ? row.message
            : row.verdict == HistoryVerdict::Legal ? tr("applied; no dependence is violated")
                                                   : wordFor(row.verdict));
  if (!row.twin.isEmpty())
    lines << tr("the same order as %1").arg(row.twin);
  if (!row.expands.isEmpty())
    lines << tr("stands for:");
  for (const QString& part : row.expands)
    lines << QStringLiteral("    ") + part;
  lines << figureLines(row);
  return lines.join(QLatin1Char('\n'));
}

QString HistoryModel::textOf(const HistoryRow& row, int column) {
  switch (column) {
  case PredictedColumn:
    return row.predicted;
  case AgreementColumn:
    return row.agreement ? QString::fromStdString(wordOf(*row.agreement)) : QString();
  case MeasuredColumn:
    return row.measured;
  default:
    return row.parent < 0 ? tr("original") : row.line;
  }
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
  const HistoryRow* info = row(index);
  if (!info)
    return {};
  const Item& item = items_[static_cast<std::size_t>(index.internalId())];
  switch (role) {
  case Qt::DisplayRole:
    return textOf(*info, index.column());
  case Qt::EditRole:
    return edited_ == Edited::Name ? info->name : info->line;
  case Qt::TextAlignmentRole:
    return index.column() == StepColumn ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
  case IdRole:
    return info->id;
  case ContinuesRole:
    return item.continues && !isFiltered();
  case FollowsRole:
    return item.follows;
  case Qt::ToolTipRole:
    return toolTip(*info);
  case Qt::AccessibleTextRole:
    if (index.column() == StepColumn)
      return QStringList{info->name, textOf(*info, StepColumn), wordFor(info->verdict)}.join(QStringLiteral(", "));
    return index.column() == MeasuredColumn && info->agreement
               ? info->measured + QStringLiteral(", ") + textOf(*info, AgreementColumn)
               : textOf(*info, index.column());
  default:
    return {};
  }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal)
    return {};
  if (role == Qt::TextAlignmentRole && section != StepColumn)
    return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole)
    return {};
  switch (section) {
  case PredictedColumn:
    return tr("predicted");
  case AgreementColumn:
    return tr("verdict on the model");
  case MeasuredColumn:
    return isMerged_ ? tr("speedup") : tr("measured");
  default:
    return tr("schedule");
  }
}

Qt::ItemFlags HistoryModel::flags(const QModelIndex& index) const {
  const HistoryRow* info = row(index);
  if (!info)
    return {};
  const bool canEdit = index.column() == StepColumn && (info->parent >= 0 || edited_ == Edited::Name);
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | (canEdit ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

bool HistoryModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const HistoryRow* info = row(index);
  if (!info || role != Qt::EditRole)
    return false;
  // The rows change when whoever keeps the history has changed it; it may refuse.
  const int id = info->id;
  edited_ == Edited::Name ? Q_EMIT nameEdited(id, value.toString()) : Q_EMIT stepEdited(id, value.toString());
  return true;
}

} // namespace polyloom
