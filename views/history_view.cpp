#include "views/history_view.h"

#include "views/history_delegate.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QPalette>
#include <QToolButton>

#include <utility>

namespace polyloom {

namespace {

/// Fewer schedules than this are seen at once.
constexpr int kFewSchedules = 8;
constexpr int kIndentation = 14;
/// What figures leave of a step, with the dot before it.
constexpr int kLeastStepCharacters = 20;

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

HistoryView::HistoryView(QWidget* parent)
    : QTreeView(parent), model_(new HistoryModel(this)), filter_(new QWidget(this)), text_(new QLineEdit(filter_)),
      starredOnly_(new QToolButton(filter_)) {
  setObjectName(QStringLiteral("historyView"));
  setAccessibleName(tr("History of schedules"));
  setModel(model_);
  setItemDelegate(new HistoryDelegate(this));
  setFrameShape(QFrame::NoFrame);
  setMinimumHeight(44);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setUniformRowHeights(true);
  setIndentation(kIndentation);
  setEditTriggers(NoEditTriggers);
  setExpandsOnDoubleClick(false);
  setAllColumnsShowFocus(true);
  setSelectionBehavior(SelectRows);
  header()->setStretchLastSection(false);
  header()->setSectionResizeMode(QHeaderView::Fixed);
  header()->setVisible(false);
  makeFilter();
  makeActions();
  connect(this, &QTreeView::clicked, this, [this](const QModelIndex& index) {
    if (const HistoryRow* row = model_->row(index))
      Q_EMIT showRequested(row->id);
  });
  connect(this, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) {
    if (const HistoryRow* row = model_->row(index))
      editStep(row->id);
  });
  connect(this, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
    if (!isRestoring_)
      closed_.insert(model_->row(index)->id);
  });
  connect(this, &QTreeView::expanded, this, [this](const QModelIndex& index) {
    if (!isRestoring_)
      closed_.erase(model_->row(index)->id);
  });
  connect(model_, &HistoryModel::stepEdited, this, &HistoryView::editRequested, Qt::QueuedConnection);
  connect(model_, &HistoryModel::nameEdited, this, &HistoryView::renameRequested, Qt::QueuedConnection);
}

void HistoryView::makeFilter() {
  auto* layout = new QHBoxLayout(filter_);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  text_->setObjectName(QStringLiteral("historyFilter"));
  text_->setAccessibleName(tr("Find schedules"));
  text_->setPlaceholderText(tr("find"));
  text_->setClearButtonEnabled(true);
  text_->setMaximumWidth(120);
  starredOnly_->setObjectName(QStringLiteral("historyStarred"));
  starredOnly_->setAccessibleName(tr("Starred schedules only"));
  starredOnly_->setToolTip(tr("Show starred schedules only"));
  starredOnly_->setText(QStringLiteral("★"));
  starredOnly_->setCheckable(true);
  starredOnly_->setAutoRaise(true);
  layout->addWidget(text_);
  layout->addWidget(starredOnly_);
  filter_->hide();
  const auto filter = [this] {
    model_->setFilter(text_->text().trimmed(), starredOnly_->isChecked());
    restoreShape();
  };
  connect(text_, &QLineEdit::textChanged, this, filter);
  connect(starredOnly_, &QToolButton::toggled, this, filter);
  connect(text_, &QLineEdit::returnPressed, this, [this] { setFocus(Qt::OtherFocusReason); });
}

void HistoryView::findText() {
  filter_->show();
  text_->setFocus(Qt::ShortcutFocusReason);
  text_->selectAll();
}

QJsonObject HistoryView::viewState() const {
  QJsonArray closed; // by recipe: ids are this window's own
  for (const int id : closed_)
    if (const HistoryRow* row = model_->row(model_->indexOf(id)))
      closed.append(row->recipe);
  return {{QStringLiteral("find"), text_->text()},
          {QStringLiteral("starredOnly"), starredOnly_->isChecked()},
          {QStringLiteral("closed"), closed}};
}

void HistoryView::restoreViewState(const QJsonObject& state) {
  const QJsonArray closed = state.value(QStringLiteral("closed")).toArray();
  closed_.clear();
  for (const HistoryRow& row : model_->rows())
    if (closed.contains(row.recipe))
      closed_.insert(row.id);
  text_->setText(state.value(QStringLiteral("find")).toString());
  starredOnly_->setChecked(state.value(QStringLiteral("starredOnly")).toBool());
  restoreShape();
}

QAction* HistoryView::addScheduleAction(const char* name, const QString& text, const QKeySequence& key,
                                        void (HistoryView::*does)(const HistoryRow&)) {
  auto* action = new QAction(text, this);
  action->setObjectName(QString::fromLatin1(name));
  action->setShortcut(key);
  // These keys mean other things elsewhere.
  action->setShortcutContext(Qt::WidgetShortcut);
  addAction(action);
  actions_ << action;
  connect(action, &QAction::triggered, this, [this, does] {
    if (const HistoryRow* row = model_->row(currentIndex()))
      (this->*does)(HistoryRow(*row));
  });
  return action;
}

void HistoryView::setTheme(const Theme& theme) {
  theme_ = theme;
  static_cast<HistoryDelegate*>(itemDelegate())->setTheme(theme);
  QPalette colors = palette(); // left of a row the view itself paints what is selected
  for (const QPalette::ColorGroup group : {QPalette::Active, QPalette::Inactive})
    colors.setColor(group, QPalette::Highlight, theme.selection);
  setPalette(colors);
  viewport()->update();
}

void HistoryView::setRows(std::vector<HistoryRow> rows, int current) {
  const bool moved = current != model_->current();
  const HistoryRow* selected = model_->row(currentIndex());
  const int id = selected && !moved ? selected->id : current;
  model_->setRows(std::move(rows), current);
  const bool isLong = model_->scheduleCount() > kFewSchedules;
  filter_->setVisible(isLong || model_->isFiltered() || text_->hasFocus());
  header()->setVisible(model_->hasPredictions());
  restoreShape();
  if (const QModelIndex index = model_->indexOf(id); index.isValid() && index != currentIndex())
    setCurrentIndex(index);
  updateActions();
}

void HistoryView::restoreShape() {
  isRestoring_ = true;
  expandAll();
  for (const int id : closed_)
    if (const QModelIndex index = model_->indexOf(id); index.isValid())
      collapse(index);
  for (QModelIndex above = model_->indexOf(model_->current()).parent(); above.isValid(); above = above.parent())
    expand(above);
  isRestoring_ = false;
  fitColumns();
}

/// Steps come first: where there is little room the figures lose their intervals, then they share a column.
void HistoryView::fitColumns() {
  const int width = viewport()->width();
  const bool predicts = model_->hasPredictions();
  const QFontMetrics head(font()), figure(codeFont(-0.5));
  QString predicted, measured; // the longest ones
  bool hasMarks = false;
  for (const HistoryRow& row : model_->rows()) {
    predicted = row.predicted.size() > predicted.size() ? row.predicted : predicted;
    measured = row.measured.size() > measured.size() ? row.measured : measured;
    hasMarks = hasMarks || row.agreement;
  }
  const int marks = hasMarks ? HistoryDelegate::kMarkWidth : 0;
  const auto room = [&](const QString& title, const QString& text) {
    return std::max(predicts ? head.horizontalAdvance(title) + 12 : 0, figure.horizontalAdvance(text) + 14);
  };
  const auto predictedRoom = [&](const QString& text) { return predicts ? room(tr("predicted"), text) : 0; };
  const auto measuredRoom = [&](const QString& text) { return room(tr("measured"), text) + marks; };
  const int figures = width - figure.averageCharWidth() * kLeastStepCharacters;
  std::pair<int, int> widths{predictedRoom(predicted), measuredRoom(measured)};
  const auto tooWide = [&] { return predicts && widths.first + widths.second > figures; };
  if (tooWide())
    widths.first = predictedRoom(shortFigure(predicted));
  if (tooWide())
    widths.second = measuredRoom(shortFigure(measured));
  const bool isMerged = tooWide();
  if (isMerged)
    widths = {0, std::max(measuredRoom(shortFigure(measured)), room(tr("speedup"), shortFigure(predicted)))};
  widths.second = std::min(widths.second, width / (predicts && !isMerged ? 2 : 3));
  model_->setMerged(isMerged);
  setColumnHidden(HistoryModel::AgreementColumn, true);
  setColumnHidden(HistoryModel::PredictedColumn, !predicts || isMerged);
  setColumnWidth(HistoryModel::PredictedColumn, widths.first);
  setColumnWidth(HistoryModel::MeasuredColumn, widths.second);
  setColumnWidth(HistoryModel::StepColumn, width - widths.first - widths.second);
}

void HistoryView::resizeEvent(QResizeEvent* event) {
  QTreeView::resizeEvent(event);
  fitColumns();
}

void HistoryView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTreeView::currentChanged(current, previous);
  updateActions();
}

void HistoryView::editStep(int id) {
  edit(id, HistoryModel::Edited::Step);
}

void HistoryView::edit(int id, HistoryModel::Edited what) {
  model_->setEdited(what);
  const QModelIndex index = model_->indexOf(id);
  if (!index.isValid() || !(model_->flags(index) & Qt::ItemIsEditable))
    return;
  setCurrentIndex(index);
  QTreeView::edit(index);
}

void HistoryView::contextMenuEvent(QContextMenuEvent* event) {
  const QModelIndex index = event->reason() == QContextMenuEvent::Mouse ? indexAt(event->pos()) : currentIndex();
  if (!index.isValid())
    return;
  setCurrentIndex(index.siblingAtColumn(HistoryModel::StepColumn));
  auto* menu = new QMenu(this);
  menu->setObjectName(QStringLiteral("historyMenu"));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addActions(actions_);
  menu->popup(event->reason() == QContextMenuEvent::Mouse ? event->globalPos()
                                                          : viewport()->mapToGlobal(visualRect(index).bottomLeft()));
}

} // namespace polyloom
