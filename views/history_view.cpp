#include "views/history_view.h"

#include "views/copy.h"
#include "views/icons.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QRegularExpression>
#include <QStyledItemDelegate>

namespace polyloom {

namespace {

StatusIcon iconOf(StepInfo::Outcome outcome) {
  switch (outcome) {
  case StepInfo::Outcome::Applied:
    return StatusIcon::Applied;
  case StepInfo::Outcome::Illegal:
    return StatusIcon::Illegal;
  case StepInfo::Outcome::Refused:
    return StatusIcon::Refused;
  }
  return StatusIcon::Unknown;
}

class HistoryDelegate : public QStyledItemDelegate {
public:
  explicit HistoryDelegate(HistoryView* view) : QStyledItemDelegate(view), view_(view) {}

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Theme& theme = view_->theme();
    const QRectF row = option.rect;
    if (option.state & QStyle::State_Selected)
      painter->fillRect(row, theme.selection);
    const auto outcome = static_cast<StepInfo::Outcome>(index.data(HistoryModel::OutcomeRole).toInt());
    const double size = 15, left = row.left() + 8;
    painter->setPen(QPen(theme.border, 1));
    const double x = left + size / 2;
    if (index.row() > 0)
      painter->drawLine(QPointF(x, row.top()), QPointF(x, row.center().y() - size / 2 - 1));
    if (index.row() + 1 < index.model()->rowCount())
      painter->drawLine(QPointF(x, row.center().y() + size / 2 + 1), QPointF(x, row.bottom() + 1));
    paintStatus(*painter, QRectF(left, row.center().y() - size / 2, size, size), iconOf(outcome), theme);
    const QString measured = index.data(HistoryModel::MeasuredRole).toString();
    painter->setFont(codeFont(-0.5));
    const QFontMetricsF metrics(painter->font());
    const double right = row.right() - 10 - (measured.isEmpty() ? 0 : metrics.horizontalAdvance(measured) + 10);
    painter->setPen(outcome == StepInfo::Outcome::Applied   ? theme.text
                    : outcome == StepInfo::Outcome::Illegal ? theme.violation
                                                            : theme.unknown);
    const QRectF text(left + size + 10, row.top(), right - left - size - 10, row.height());
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    painter->setPen(theme.accent);
    painter->drawText(QRectF(right, row.top(), row.right() - 10 - right, row.height()),
                      Qt::AlignRight | Qt::AlignVCenter, measured);
  }

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    return {120, option.fontMetrics.height() + 9};
  }

private:
  HistoryView* view_;
};

} // namespace

QString normalizedRecipe(const QString& text) {
  QStringList lines;
  static const QRegularExpression kLineEnd(QStringLiteral("[\r\n]"));
  for (const QString& raw : text.split(kLineEnd)) {
    const QString line = raw.section(QLatin1Char('#'), 0, 0).simplified();
    if (!line.isEmpty() && !line.startsWith(QLatin1String("polyloom-recipe ")))
      lines << line;
  }
  return lines.join(QLatin1Char('\n'));
}

void HistoryModel::setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule) {
  beginResetModel();
  schedule_ = std::move(schedule);
  endResetModel();
}

void HistoryModel::setMeasurements(std::vector<MeasurementInfo> measurements) {
  measurements_ = std::move(measurements);
  if (rowCount() > 0)
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {MeasuredRole});
}

const StepInfo* HistoryModel::step(int row) const {
  return row >= 1 ? &schedule_->steps[static_cast<std::size_t>(row - 1)] : nullptr;
}

QString HistoryModel::recipeUpTo(int row) const {
  QStringList lines;
  for (int k = 1; k <= row && k < rowCount(); ++k)
    lines << QString::fromStdString(step(k)->text);
  return lines.join(QLatin1Char('\n'));
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !schedule_ ? 0 : static_cast<int>(schedule_->steps.size()) + 1;
}

QString HistoryModel::measured(int row) const {
  const QString recipe = normalizedRecipe(recipeUpTo(row));
  for (const MeasurementInfo& info : measurements_)
    if (info.outcome == MeasurementInfo::Outcome::Measured &&
        normalizedRecipe(QString::fromStdString(info.recipe)) == recipe)
      return row == 0 ? QStringLiteral("1.00×")
                      : QStringLiteral("%1× ± %2")
                            .arg(info.speedup, 0, 'f', 2)
                            .arg((info.speedupHigh - info.speedupLow) / 2, 0, 'f', 2);
  return {};
}

QString HistoryModel::toolTip(const StepInfo* info, const QString& message) {
  QStringList lines{message};
  if (info != nullptr && !info->expands.empty())
    lines << tr("stands for:");
  for (const std::string& part : info != nullptr ? info->expands : std::vector<std::string>{})
    lines << QStringLiteral("    ") + QString::fromStdString(part);
  return lines.join(QLatin1Char('\n'));
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount())
    return {};
  const StepInfo* info = step(index.row());
  const QString message = info ? QString::fromStdString(info->message) : tr("the order of the source");
  switch (role) {
  case Qt::DisplayRole:
    return info ? QString::fromStdString(info->text) : tr("original");
  case OutcomeRole:
    return static_cast<int>(info ? info->outcome : StepInfo::Outcome::Applied);
  case MessageRole:
    return message;
  case MeasuredRole:
    return measured(index.row());
  case Qt::ToolTipRole:
    return toolTip(info, message.isEmpty() ? tr("applied; no dependence is violated") : message);
  case Qt::AccessibleTextRole: {
    static const QString kWords[] = {tr("applied"), tr("refused"), tr("illegal")};
    return info ? QStringLiteral("%1, %2").arg(QString::fromStdString(info->text),
                                               kWords[static_cast<int>(info->outcome)])
                : tr("original");
  }
  default:
    return {};
  }
}

HistoryView::HistoryView(QWidget* parent) : QListView(parent), model_(new HistoryModel(this)) {
  setObjectName(QStringLiteral("historyView"));
  setAccessibleName(tr("History of steps"));
  setModel(model_);
  setItemDelegate(new HistoryDelegate(this));
  setFrameShape(QFrame::NoFrame);
  setMinimumHeight(44);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(this, &QListView::doubleClicked, this,
          [this](const QModelIndex& index) { Q_EMIT truncateRequested(index.row()); });
  offerCopy(this, [this] {
    ClipboardForms forms = formsOfTable(*this, *model_);
    forms.text = model_->recipeUpTo(model_->rowCount() - 1);
    return forms;
  });
  setContextMenuPolicy(Qt::DefaultContextMenu); // which has more than that
}

void HistoryView::setTheme(const Theme& theme) {
  theme_ = theme;
  viewport()->update();
}

void HistoryView::setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule) {
  model_->setSchedule(std::move(schedule));
  if (model_->rowCount() > 0) {
    setCurrentIndex(model_->index(model_->rowCount() - 1));
    scrollToBottom();
  }
}

void HistoryView::setMeasurements(std::vector<MeasurementInfo> measurements) {
  model_->setMeasurements(std::move(measurements));
}

void HistoryView::contextMenuEvent(QContextMenuEvent* event) {
  const QModelIndex index = indexAt(event->pos());
  if (!index.isValid())
    return;
  QMenu menu(this);
  QAction* back = menu.addAction(tr("Go back to here"));
  back->setEnabled(index.row() + 1 < model_->rowCount());
  QAction* remove = menu.addAction(tr("Leave out this step"));
  remove->setEnabled(index.row() > 0);
  menu.addSeparator();
  menu.addActions(actions()); // Copy
  const QAction* chosen = menu.exec(event->globalPos());
  if (chosen == back)
    Q_EMIT truncateRequested(index.row());
  else if (chosen == remove)
    Q_EMIT removeRequested(index.row() - 1);
}

void HistoryView::keyPressEvent(QKeyEvent* event) {
  const QModelIndex index = currentIndex();
  if (event->key() == Qt::Key_Delete && index.row() > 0)
    Q_EMIT removeRequested(index.row() - 1);
  else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && index.isValid())
    Q_EMIT truncateRequested(index.row());
  else
    QListView::keyPressEvent(event);
}

} // namespace polyloom
