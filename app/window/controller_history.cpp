// What the history's intents lead to: showing, editing, naming, measuring, exporting any schedule that was tried.
#include "app/window/controller.h"

#include "app/window/history_rows.h"
#include "app/window/main_window.h"
#include "app/window/parameter_bar.h"
#include "app/window/prediction_control.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include <utility>

namespace polyloom {

void Controller::connectHistory() {
  HistoryView* history = window_.history();
  connect(&session_, &Session::historyChanged, this, &Controller::showHistory);
  connect(history, &HistoryView::showRequested, &session_, &Session::show);
  connect(history, &HistoryView::editRequested, this, &Controller::editStep);
  connect(history, &HistoryView::renameRequested, &session_, &Session::rename);
  connect(history, &HistoryView::starRequested, &session_, &Session::star);
  connect(history, &HistoryView::deleteRequested, &session_, &Session::deleteBranch);
  connect(history, &HistoryView::measureRequested, this, &Controller::measureSchedule);
  connect(history, &HistoryView::exportRequested, this, &Controller::exportSchedule);
  connect(window_.actions().saveSession, &QAction::triggered, this, &Controller::askWhereToSaveSession);
  connect(&window_, &MainWindow::closing, this, [this] {
    isClosing_ = true;
    autosave_.touch();
    autosave_.flush();
    isClosing_ = false;
  });
  connect(&autosave_, &Autosave::failed, this, [this](const QString& message) {
    window_.messages()->showMessage(MessageBar::Severity::Warning, message);
  });
  connect(window_.space(), &IterationSpaceView::stateChanged, &autosave_, &Autosave::touch);
  for (const auto change : {&ParameterBar::viewValuesChanged, &ParameterBar::measureValuesChanged})
    connect(window_.parameters(), change, &autosave_, &Autosave::touch);
  connect(window_.parameters(), &ParameterBar::threadsChanged, &autosave_, &Autosave::touch);
}

void Controller::showHistory() {
  std::vector<HistoryRow> rows = historyRows(session_.history(), measurements_, predictions_->known());
  for (HistoryRow& row : rows)
    row.isCompared = row.id == compared_;
  window_.setHistory(std::move(rows), session_.history().current());
  window_.setPredictions(predictions_->known(), session_.recipe(), predictions_->service().remark());
  autosave_.touch();
}

void Controller::showMeasurements() {
  window_.setMeasurements(measurements_, measuringNotes_);
  showHistory();
  showComparison();
}

void Controller::editStep(int id, const QString& line) {
  pendingEdit_ = line.simplified();
  session_.edit(id, line);
}

void Controller::measureSchedule(int id) {
  if (measureJob_ || !session_.history().contains(id))
    return;
  const HistoryNode& node = session_.history().node(id);
  if (node.verdict == HistoryVerdict::Legal || node.verdict == HistoryVerdict::NotSeen)
    measureRecipes({session_.history().recipe(id)});
  else
    window_.messages()->showMessage(
        MessageBar::Severity::Warning,
        tr("Only legal orders are measured; “%1” is %2").arg(historyTitle(node), wordFor(node.verdict)));
}

void Controller::exportSchedule(int id, HistoryView::Export what) {
  if (!session_.history().contains(id))
    return;
  const bool isRecipe = what == HistoryView::Export::Recipe;
  const QFileInfo source(session_.path());
  const QString proposal =
      source.dir().filePath(source.completeBaseName() + (isRecipe ? QStringLiteral(".recipe") : QStringLiteral("-new.c")));
  const QString path = QFileDialog::getSaveFileName(&window_, isRecipe ? tr("Export the recipe") : tr("Export as C"), proposal,
                                                    isRecipe ? tr("Recipes (*.recipe)") : tr("C files (*.c)"));
  if (path.isEmpty())
    return;
  const QString recipe = session_.history().recipe(id);
  if (isRecipe) {
    report(writeRecipe(path, session_.program().value(QStringLiteral("function")).toString(), recipe), path);
    return;
  }
  exportPath_ = path;
  exportJob_ = worker_.send({{QStringLiteral("job"), QStringLiteral("emit")},
                             {QStringLiteral("program"), session_.program()},
                             {QStringLiteral("recipe"), recipe},
                             {QStringLiteral("as"), QStringLiteral("c")}});
  updateWork();
}

void Controller::exported(const QString& text) {
  const QString wrong = writeWhole(exportPath_, text.toUtf8());
  report(wrong.isEmpty() ? QString() : tr("cannot write %1: %2").arg(exportPath_, wrong), exportPath_);
}

void Controller::report(const QString& wrong, const QString& path) {
  window_.messages()->showMessage(wrong.isEmpty() ? MessageBar::Severity::Information : MessageBar::Severity::Error,
                                  wrong.isEmpty() ? tr("Saved %1").arg(path) : wrong);
}

} // namespace polyloom
