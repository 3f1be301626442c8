#include "views/vector_model.h"

#include "views/dependence_model.h"

#include <QStringList>

#include <array>

namespace polyloom {

namespace {

/// "(t, i)": which loops a vector's entries are for.
QString loopsOf(const DirectionVector& vector) {
  QStringList names;
  for (const std::string& loop : vector.loops)
    names << QString::fromStdString(loop);
  return QStringLiteral("(%1)").arg(names.join(QStringLiteral(", ")));
}

} // namespace

void VectorModel::setMathematics(MathematicsSnapshotPtr mathematics) {
  beginResetModel();
  mathematics_ = std::move(mathematics);
  endResetModel();
}

const std::vector<DependenceMathematics>& VectorModel::dependences() const {
  static const std::vector<DependenceMathematics> kNone;
  return mathematics_ ? mathematics_->dependences : kNone;
}

int VectorModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(dependences().size());
}

int VectorModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString VectorModel::text(const DependenceMathematics& dependence, int column) {
  QStringList vectors;
  switch (column) {
  case Kind:
    return kindName(dependence.kind);
  case Pair:
    return QStringLiteral("%1 → %2").arg(QString::fromStdString(dependence.from), QString::fromStdString(dependence.to));
  case Array:
    return QString::fromStdString(dependence.array);
  case Source:
    return dependence.source ? QString::fromStdString(toText(*dependence.source)) : QStringLiteral("–");
  default:
    for (const DirectionVector& vector : dependence.reordered)
      vectors << QString::fromStdString(toText(vector));
    vectors.removeDuplicates();
    return vectors.join(QStringLiteral("  "));
  }
}

QVariant VectorModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid())
    return {};
  const DependenceMathematics& dependence = dependences()[static_cast<std::size_t>(index.row())];
  if (role == Qt::DisplayRole)
    return text(dependence, index.column());
  if (role == Qt::FontRole && index.column() != Kind)
    return codeFont(-0.5);
  if (role == Qt::ForegroundRole)
    return index.column() == Kind ? theme_.mutedText : theme_.text;
  if (role == Qt::ToolTipRole && index.column() == Source && dependence.source)
    return tr("for the loops %1").arg(loopsOf(*dependence.source));
  if (role == Qt::ToolTipRole && index.column() == Reordered && !dependence.reordered.empty())
    return tr("for the loops %1").arg(loopsOf(dependence.reordered.front()));
  return {};
}

QVariant VectorModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
    return {};
  static const std::array<QString, ColumnCount> kNames = {tr("Kind"), tr("From → to"), tr("Array"), tr("In the source"),
                                                          tr("In the new order")};
  return section >= 0 && section < ColumnCount ? QVariant(kNames[static_cast<std::size_t>(section)]) : QVariant();
}

} // namespace polyloom
