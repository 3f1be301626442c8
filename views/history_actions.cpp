// What can be done with a schedule of the history.
#include "views/history_view.h"

#include "views/copy.h"

#include <QAction>

namespace polyloom {

void HistoryView::makeActions() {
  addScheduleAction("historyShow", tr("Show this schedule"), Qt::Key_Return, &HistoryView::showRow);
  addScheduleAction("historyMeasure", tr("Measure this schedule"), Qt::CTRL | Qt::Key_M, &HistoryView::measureRow);
  addScheduleAction("historySweep", tr("Sweep this step's numbers…"), Qt::CTRL | Qt::SHIFT | Qt::Key_M, &HistoryView::sweepRow);
  addScheduleAction("historyCompare", tr("Compare with the shown one (A | B)"), Qt::CTRL | Qt::Key_B,
                    &HistoryView::compareRow);
  addScheduleAction("historyEdit", tr("Edit this step…"), Qt::Key_F2, &HistoryView::editRow);
  addScheduleAction("historyName", tr("Name this schedule…"), Qt::SHIFT | Qt::Key_F2, &HistoryView::nameRow);
  QAction* star = addScheduleAction("historyStar", tr("Star"), Qt::Key_Space, &HistoryView::starRow);
  star->setCheckable(true);
  actions_ << offerCopy(this, [this] {
    ClipboardForms forms = formsOfTable(*this, *model_);
    if (const HistoryRow* row = model_->row(currentIndex()))
      forms.text = row->recipe + QLatin1Char('\n');
    return forms;
  });
  setContextMenuPolicy(Qt::DefaultContextMenu); // which has more than that
  addScheduleAction("historyExportRecipe", tr("Export the recipe…"), {}, &HistoryView::exportRecipe);
  addScheduleAction("historyExportC", tr("Export as C…"), {}, &HistoryView::exportC);
  addScheduleAction("historyLeaveOut", tr("Leave out this step"), Qt::Key_Delete, &HistoryView::leaveOutRow);
  addScheduleAction("historyDelete", tr("Delete this branch"), Qt::SHIFT | Qt::Key_Delete, &HistoryView::deleteRow);
  updateActions();
}

void HistoryView::updateActions() {
  const HistoryRow* row = model_->row(currentIndex());
  for (QAction* action : actions_) {
    const QString name = action->objectName();
    const bool needsStep = name == QLatin1String("historyEdit") || name == QLatin1String("historyLeaveOut") ||
                           name == QLatin1String("historyDelete") || name == QLatin1String("historyMeasure") ||
                           name == QLatin1String("historySweep");
    const bool needsOther = name == QLatin1String("historyShow") || name == QLatin1String("historyCompare");
    action->setEnabled(row && !(needsStep && row->parent < 0) && !(needsOther && row->id == model_->current()));
    if (action->isCheckable())
      action->setChecked(row && row->starred);
  }
}

void HistoryView::showRow(const HistoryRow& row) {
  Q_EMIT showRequested(row.id);
}

void HistoryView::measureRow(const HistoryRow& row) {
  Q_EMIT measureRequested(row.id);
}

void HistoryView::sweepRow(const HistoryRow& row) {
  Q_EMIT sweepRequested(row.id);
}

void HistoryView::compareRow(const HistoryRow& row) {
  Q_EMIT compareRequested(row.id);
}

void HistoryView::editRow(const HistoryRow& row) {
  edit(row.id, HistoryModel::Edited::Step);
}

void HistoryView::nameRow(const HistoryRow& row) {
  edit(row.id, HistoryModel::Edited::Name);
}

void HistoryView::starRow(const HistoryRow& row) {
  Q_EMIT starRequested(row.id, !row.starred);
}

void HistoryView::exportRecipe(const HistoryRow& row) {
  Q_EMIT exportRequested(row.id, Export::Recipe);
}

void HistoryView::exportC(const HistoryRow& row) {
  Q_EMIT exportRequested(row.id, Export::C);
}

void HistoryView::leaveOutRow(const HistoryRow& row) {
  Q_EMIT editRequested(row.id, QString());
}

void HistoryView::deleteRow(const HistoryRow& row) {
  Q_EMIT deleteRequested(row.id);
}

} // namespace polyloom
