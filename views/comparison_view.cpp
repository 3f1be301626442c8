#include "views/comparison_view.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QPainter>

#include <algorithm>

namespace polyloom {

namespace {

using Kind = ComparisonRow::Kind;

} // namespace

void ComparisonModel::set(const ComparisonSide& a, const ComparisonSide& b, bool differencesOnly) {
  beginResetModel();
  titleA_ = a.title;
  titleB_ = b.title;
  rows_ = compareSchedules(a, b);
  if (differencesOnly)
    std::erase_if(rows_, [](const ComparisonRow& row) { return row.kind == Kind::Same; });
  endResetModel();
}

void ComparisonModel::setTheme(const Theme& theme) {
  theme_ = theme;
}

int ComparisonModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount())
    return {};
  const ComparisonRow& shown = row(index.row());
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
    return look(shown, index.column(), role);
  if (index.column() == AColumn)
    return shown.a;
  if (index.column() == BColumn)
    return shown.b;
  // Color is not the only mark.
  return shown.kind == Kind::Different ? QStringLiteral("≠ ") + shown.what : shown.what;
}

QVariant ComparisonModel::look(const ComparisonRow& row, int column, int role) const {
  const bool isHeading = row.kind == Kind::Heading;
  switch (role) {
  case Qt::BackgroundRole:
    return row.kind == Kind::Different ? QVariant(theme_.unknownTint) : isHeading ? QVariant(theme_.title) : QVariant();
  case Qt::ForegroundRole:
    return row.kind == Kind::Same && column != WhatColumn ? theme_.mutedText : theme_.text;
  case Qt::FontRole: {
    QFont font = isHeading || column == WhatColumn ? QFont() : codeFont(-0.5);
    font.setBold(isHeading);
    return font;
  }
  default:
    return {};
  }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal)
    return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
  if (role != Qt::DisplayRole || section == WhatColumn)
    return {};
  return section == AColumn ? tr("A: %1").arg(titleA_) : tr("B: %1").arg(titleB_);
}

ComparisonView::ComparisonView(QWidget* parent)
    : QTableView(parent), model_(new ComparisonModel(this)), differencesOnly_(new QCheckBox(tr("differences only"), this)) {
  setObjectName(QStringLiteral("comparisonView"));
  setAccessibleName(tr("Two schedules side by side"));
  setModel(model_);
  setFrameShape(QFrame::NoFrame);
  setShowGrid(false);
  setWordWrap(false);
  setSelectionBehavior(SelectRows);
  setEditTriggers(NoEditTriggers);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 4);
  horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->hide();
  differencesOnly_->setObjectName(QStringLiteral("differencesOnly"));
  connect(differencesOnly_, &QCheckBox::toggled, this, &ComparisonView::rebuild);
}

QWidget* ComparisonView::controls() const {
  return differencesOnly_;
}

void ComparisonView::setTheme(const Theme& theme) {
  theme_ = theme;
  model_->setTheme(theme);
  viewport()->update();
}

void ComparisonView::setSides(const ComparisonSide& a, const ComparisonSide& b) {
  a_ = a;
  b_ = b;
  rebuild();
}

void ComparisonView::rebuild() {
  model_->set(a_, b_, differencesOnly_->isChecked());
  horizontalHeader()->setVisible(model_->rowCount() > 0);
  clearSpans();
  for (int row = 0; row < model_->rowCount(); ++row)
    if (model_->row(row).kind == Kind::Heading)
      setSpan(row, 0, 1, ComparisonModel::ColumnCount);
  fitColumns();
}

void ComparisonView::fitColumns() {
  int widest = 0;
  for (int row = 0; row < model_->rowCount(); ++row)
    if (model_->row(row).kind != Kind::Heading)
      widest = std::max(widest, fontMetrics().horizontalAdvance(model_->index(row, 0).data().toString()));
  const int width = viewport()->width(), what = std::min(widest + 16, width / 3);
  setColumnWidth(ComparisonModel::WhatColumn, what);
  setColumnWidth(ComparisonModel::AColumn, (width - what) / 2);
  setColumnWidth(ComparisonModel::BColumn, width - what - (width - what) / 2);
}

void ComparisonView::paintEvent(QPaintEvent* event) {
  QTableView::paintEvent(event);
  if (model_->rowCount() > 0)
    return;
  QPainter painter(viewport());
  painter.setPen(theme_.mutedText);
  painter.drawText(viewport()->rect().adjusted(12, 8, -12, -8), Qt::AlignCenter | Qt::TextWordWrap,
                   tr("Choose “Compare with the shown one (A | B)” for a schedule of the history."));
}

void ComparisonView::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  fitColumns();
}

} // namespace polyloom
