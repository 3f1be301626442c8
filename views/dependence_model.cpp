#include "views/dependence_model.h"

#include <QPainter>
#include <QPixmap>

#include <array>

namespace polyloom {

namespace {

/// The dependence's line, as the iteration space draws it: the kind's color and head, the dash of what becomes of it.
QPixmap kindPicture(const DependenceInfo& info, const Theme& theme) {
  QPixmap pixmap(26, 12);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor color = info.violated ? theme.violation : theme.dependence(info.kind);
  const Qt::PenStyle dash = info.violated ? Qt::DashLine : Qt::SolidLine;
  painter.setPen(QPen(color, info.violated ? 2.2 : 1.5, dash));
  painter.drawLine(QPointF(1, 6), QPointF(18, 6));
  painter.setPen(QPen(color, 1.3));
  if (info.kind == DependenceInfo::Kind::Anti) {
    painter.drawPolyline(QPolygonF({{18, 2}, {24, 6}, {18, 10}}));
  } else if (info.kind == DependenceInfo::Kind::Flow) {
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({{18, 2.5}, {24.5, 6}, {18, 9.5}}));
  } else {
    painter.drawPolygon(QPolygonF({{17, 6}, {21, 3}, {25, 6}, {21, 9}}));
  }
  if (info.violated) {
    painter.drawLine(QPointF(6, 2), QPointF(13, 10));
    painter.drawLine(QPointF(13, 2), QPointF(6, 10));
  }
  return pixmap;
}

} // namespace

std::vector<int> statementsOf(const ProgramSnapshot& program, const DependenceInfo& info) {
  std::vector<int> statements;
  for (std::size_t s = 0; s < program.statements.size(); ++s)
    if (program.statements[s].name == info.from || program.statements[s].name == info.to)
      statements.push_back(static_cast<int>(s));
  return statements;
}

QString kindName(DependenceInfo::Kind kind) {
  switch (kind) {
  case DependenceInfo::Kind::Flow:
    return DependenceModel::tr("flow");
  case DependenceInfo::Kind::Anti:
    return DependenceModel::tr("anti");
  case DependenceInfo::Kind::Output:
    return DependenceModel::tr("output");
  }
  return {};
}

void DependenceModel::setTheme(const Theme& theme) {
  theme_ = theme;
  if (rowCount() > 0)
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void DependenceModel::setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule) {
  beginResetModel();
  schedule_ = std::move(schedule);
  endResetModel();
}

const std::vector<DependenceInfo>& DependenceModel::dependences() const {
  static const std::vector<DependenceInfo> kNone;
  return schedule_ ? schedule_->dependences : kNone;
}

QString DependenceModel::summary() const {
  std::array<int, 3> counts{};
  int violated = 0;
  for (const DependenceInfo& info : dependences()) {
    ++counts[static_cast<std::size_t>(info.kind)];
    violated += info.violated;
  }
  QString text = tr("%1 flow, %2 anti, %3 output").arg(counts[0]).arg(counts[1]).arg(counts[2]);
  return violated ? text + tr(" · %1 violated").arg(violated) : text;
}

int DependenceModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(dependences().size());
}

int DependenceModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString DependenceModel::text(const DependenceInfo& info, int column) const {
  switch (column) {
  case Kind:
    return kindName(info.kind);
  case Pair:
    return QStringLiteral("%1 → %2").arg(QString::fromStdString(info.from), QString::fromStdString(info.to));
  case Array:
    return QString::fromStdString(info.array);
  case Status:
    if (info.violated)
      return tr("violated");
    return info.carriedBy.empty() ? tr("kept") : tr("kept · carried by %1").arg(QString::fromStdString(info.carriedBy));
  default:
    return {};
  }
}

QVariant DependenceModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid())
    return {};
  const DependenceInfo& info = dependences()[static_cast<std::size_t>(index.row())];
  switch (role) {
  case Qt::DisplayRole:
    return text(info, index.column());
  case Qt::ToolTipRole:
    return (index.column() == Status ? text(info, Status) + QLatin1Char('\n') : QString()) + QString::fromStdString(info.relation);
  case Qt::DecorationRole:
    return index.column() == Kind ? QVariant(kindPicture(info, theme_)) : QVariant();
  case Qt::FontRole:
    return index.column() == Pair || index.column() == Array ? QVariant(codeFont(-0.5)) : QVariant();
  case Qt::ForegroundRole:
    if (index.column() == Status)
      return info.violated ? theme_.violation : theme_.legal;
    return index.column() == Kind ? theme_.mutedText : theme_.text;
  default:
    return {};
  }
}

QVariant DependenceModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
    return {};
  static const std::array<QString, ColumnCount> kNames = {tr("Kind"), tr("From → to"), tr("Array"),
                                                          tr("New order")};
  return section >= 0 && section < ColumnCount ? QVariant(kNames[static_cast<std::size_t>(section)]) : QVariant();
}

} // namespace polyloom
