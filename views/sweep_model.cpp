#include "views/sweep_model.h"

#include <QFont>

namespace polyloom {

namespace {

/// Per source: its speedup and its time.
constexpr int kColumnsPerSource = 2;

} // namespace

void SweepModel::setData(const SweepData& data) {
  // Figures trickle in: as long as the rows stay, whoever walks through them stays where they are.
  std::vector<std::string> sources = data.sources();
  if (sources.empty())
    sources = {"measured"};
  const bool isSameShape = data.points.size() == data_.points.size() && data.axes.size() == data_.axes.size() && sources == sources_;
  if (!isSameShape)
    beginResetModel();
  data_ = data;
  sources_ = std::move(sources);
  if (!isSameShape)
    endResetModel();
  else if (rowCount() > 0)
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void SweepModel::setTheme(const Theme& theme) {
  theme_ = theme;
  if (rowCount() > 0)
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void SweepModel::setCurrent(std::optional<std::size_t> point) {
  current_ = point;
  if (rowCount() > 0)
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int SweepModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(data_.points.size());
}

int SweepModel::columnCount(const QModelIndex& parent) const {
  if (parent.isValid() || data_.isEmpty())
    return 0;
  return static_cast<int>(data_.axes.size()) + kColumnsPerSource * static_cast<int>(sources_.size()) + 1;
}

QString SweepModel::text(std::size_t point, int column) const {
  const int axes = static_cast<int>(data_.axes.size());
  if (column < axes)
    return QString::number(data_.points[point].values[static_cast<std::size_t>(column)]);
  if (column == columnCount() - 1)
    return stateOf(data_, point, sources_.front());
  const SweepFigure* figure = figureOf(data_.points[point], sources_[static_cast<std::size_t>((column - axes) / kColumnsPerSource)]);
  return (column - axes) % kColumnsPerSource == 0 ? speedupText(figure) : secondsText(figure);
}

QColor SweepModel::inkOf(std::size_t point) const {
  switch (data_.points[point].verdict) {
  case SweepVerdict::Waiting: return theme_.faintText;
  case SweepVerdict::Illegal: return theme_.violation;
  case SweepVerdict::Unknown:
  case SweepVerdict::Refused: return theme_.unknown;
  case SweepVerdict::Legal: break;
  }
  return markOf(data_, point, sources_.front()) == SweepMark::None ? theme_.text : theme_.legal;
}

QVariant SweepModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount())
    return {};
  const auto point = static_cast<std::size_t>(index.row());
  const bool isLast = index.column() == columnCount() - 1;
  switch (role) {
  case Qt::DisplayRole: return text(point, index.column());
  case Qt::ToolTipRole: return pointText(data_, point);
  case Qt::ForegroundRole: return isLast ? inkOf(point) : theme_.text;
  case Qt::TextAlignmentRole: return QVariant(isLast ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
  case Qt::FontRole:
    if (point == current_) {
      QFont bold;
      bold.setBold(true);
      return bold;
    }
    return {};
  default: return {};
  }
}

QVariant SweepModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
    return {};
  const int axes = static_cast<int>(data_.axes.size());
  if (section < axes)
    return QString::fromStdString(data_.numbers[static_cast<std::size_t>(section)].open);
  if (section == columnCount() - 1)
    return tr("remark");
  const QString source = QString::fromStdString(sources_[static_cast<std::size_t>((section - axes) / kColumnsPerSource)]);
  return (section - axes) % kColumnsPerSource == 0 ? tr("%1 speedup").arg(source) : tr("%1 time").arg(source);
}

} // namespace polyloom
