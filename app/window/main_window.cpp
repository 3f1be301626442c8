#include "app/window/main_window.h"

#include "app/window/execution_panels.h"
#include "app/window/parameter_bar.h"
#include "app/window/layouts.h"
#include "app/window/settings.h"
#include "app/window/shell.h"
#include "views/icons.h"
#include "views/instance_text.h"
#include "views/space_gestures.h"
#include "views/sweep_view.h"
#include "views/training_view.h"

#include <QAction>
#include <QCloseEvent>
#include <QComboBox>
#include <QCoreApplication>
#include <QDir>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

const QStringList kPrograms = {QStringLiteral("*.c"), QStringLiteral("*.poly"), QStringLiteral("*.scop")};
const QStringList kSessions = {QStringLiteral("*.json")};

/// The programs that come with Polyloom: installed, or in the source tree above the build folder.
QStringList exampleFiles() {
  const QString here = QCoreApplication::applicationDirPath();
  for (const char* folder : {"/../share/polyloom/examples", "/../../examples"}) {
    QStringList files;
    for (const char* part : {"", "/text"})
      for (const QFileInfo& info : QDir(here + QLatin1String(folder) + QLatin1String(part)).entryInfoList(kPrograms, QDir::Files, QDir::Name))
        files << info.canonicalFilePath();
    if (!files.isEmpty())
      return files;
  }
  return {};
}

/// Or a session, which holds one.
bool isProgram(const QString& path) {
  return QDir::match(kPrograms + kSessions, QFileInfo(path).fileName());
}

} // namespace

MainWindow::MainWindow(Settings& settings, std::vector<StepFormInfo> forms, QWidget* parent)
    : QMainWindow(parent), settings_(settings), actions_(makeActions(this)), source_(new SourceView(selection_)),
      code_(new CodeView(selection_)), secondCode_(new CodeView(selection_)), history_(new HistoryView),
      space_(new IterationSpaceView(selection_)), gestures_(new SpaceGestures(*space_)), measurement_(new MeasurementView), sweep_(new SweepView), training_(new TrainingView),
      instances_(new InstanceView(selection_)), execution_(new ExecutionPanels(*space_, this)),
      comparison_(new ComparisonView), tree_(new LoopTreeView(selection_)), form_(new StepForm(selection_)),
      dependences_(new DependenceView(selection_)), mathematics_(new MathematicsView(selection_)),
      messages_(new MessageBar) {
  setObjectName(QStringLiteral("mainWindow"));
  setWindowTitle(tr("Polyloom"));
  setWindowIcon(programIcon());
  setAcceptDrops(true);
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  form_->setForms(std::move(forms));
  makeCentre();
  makePanels();
  makeToolBar();
  makeStatusBar();
  shell_ = new Shell(*this, settings_);
  makeMenus();
  resize(1400, 860);
  resetLayout();
  connect(actions_.fit, &QAction::triggered, space_, &IterationSpaceView::fitAll);
  connect(actions_.findSchedule, &QAction::triggered, history_, &HistoryView::findText);
  connect(actions_.commands, &QAction::triggered, this, &MainWindow::showCommands);
  connect(actions_.shortcuts, &QAction::triggered, this, &MainWindow::showShortcuts);
  connect(actions_.manual, &QAction::triggered, this, &MainWindow::showManual);
  connect(actions_.copyPanel, &QAction::triggered, this, &MainWindow::copyPanel);
  connect(actions_.followHover, &QAction::toggled, this, [this](bool on) { selection_.setFollowsHover(on); });
  connect(actions_.resetLayout, &QAction::triggered, this, &MainWindow::resetLayout);
  connect(actions_.darkTheme, &QAction::toggled, this, [this](bool dark) {
    settings_.setTheme(dark ? Theme::Kind::Dark : Theme::Kind::Light);
    changeThemeKind(dark ? Theme::Kind::Dark : Theme::Kind::Light);
  });
  connect(regions_, &QComboBox::activated, this, &MainWindow::regionChosen);
  setThemeKind(settings_.theme().value_or(Theme::systemKind()));
}

void MainWindow::makeCentre() {
  auto* centre = new QWidget(this);
  auto* layout = new QVBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(messages_);
  auto* page = new QWidget(centre);
  auto* pageLayout = new QVBoxLayout(page);
  pageLayout->setContentsMargins(0, 0, 0, 0);
  pageLayout->setSpacing(0);
  spaceTitle_ = new PanelTitle(tr("Iteration space"), page);
  spaceTitle_->addControl(gestures_->makeButton(spaceTitle_));
  spaceTitle_->addControl(space_->controls());
  pageLayout->addWidget(spaceTitle_);
  pageLayout->addWidget(new PanelFrame(space_, page), 1);
  start_ = new StartPage(centre);
  start_->setExamples(exampleFiles());
  centre_ = new QStackedWidget(centre);
  centre_->addWidget(start_);
  centre_->addWidget(page);
  layout->addWidget(centre_, 1);
  setCentralWidget(centre);
  connect(start_, &StartPage::fileRequested, this, &MainWindow::fileRequested);
  connect(start_, &StartPage::openRequested, actions_.open, &QAction::trigger);
}

QDockWidget* MainWindow::addPanel(const char* name, const QString& title, QWidget* view, Qt::DockWidgetArea area,
                                  const QKeySequence& toggle) {
  auto* dock = new QDockWidget(title, this);
  dock->setObjectName(QString::fromLatin1(name));
  dock->setAccessibleName(title);
  dock->setTitleBarWidget(new PanelTitle(title, dock));
  dock->setWidget(new PanelFrame(view, dock));
  dock->toggleViewAction()->setObjectName(QStringLiteral("toggle_") + QString::fromLatin1(name));
  dock->toggleViewAction()->setShortcut(toggle);
  addDockWidget(area, dock);
  docks_.push_back(dock);
  return dock;
}

void MainWindow::makePanels() {
  addPanel("sourceDock", tr("Source"), source_, Qt::LeftDockWidgetArea, Qt::ALT | Qt::Key_1);
  addPanel("codeDock", tr("Generated code"), code_, Qt::LeftDockWidgetArea, Qt::ALT | Qt::Key_2);
  addPanel("historyDock", tr("History"), history_, Qt::LeftDockWidgetArea, Qt::ALT | Qt::Key_3);
  addPanel("treeDock", tr("Loop tree"), tree_, Qt::RightDockWidgetArea, Qt::ALT | Qt::Key_4);
  addPanel("formDock", tr("Step"), form_, Qt::RightDockWidgetArea, Qt::ALT | Qt::Key_5);
  addPanel("dependenceDock", tr("Dependences"), dependences_, Qt::RightDockWidgetArea, Qt::ALT | Qt::Key_6);
  addPanel("measurementDock", tr("Measurement"), measurement_, Qt::BottomDockWidgetArea, Qt::ALT | Qt::Key_7);
  addPanel("sweepDock", tr("Sweep"), sweep_, Qt::BottomDockWidgetArea, Qt::ALT | Qt::Key_W);
  titleOf(sweep_)->addControl(sweep_->tableButton());
  connect(sweep_, &SweepView::remarkChanged, titleOf(sweep_), &PanelTitle::setRemark);
  QDockWidget* training = addPanel("trainingDock", tr("Training"), training_, Qt::BottomDockWidgetArea, Qt::ALT | Qt::Key_T);
  titleOf(training_)->addControl(training_->tableButton());
  connect(training_, &TrainingView::remarkChanged, titleOf(training_), &PanelTitle::setRemark);
  connect(actions_.train, &QAction::triggered, training, [training] {
    training->show();
    training->raise();
  });
  addPanel("instanceDock", tr("Instances"), instances_, Qt::BottomDockWidgetArea, Qt::ALT | Qt::Key_8);
  execution_->watch(*addPanel("memoryDock", tr("Memory"), execution_->memory(), Qt::BottomDockWidgetArea, Qt::ALT | Qt::Key_9));
  execution_->watch(*addPanel("executionDock", tr("Execution"), execution_->scrubber(), Qt::BottomDockWidgetArea, Qt::ALT | Qt::Key_0));
  addPanel("comparisonDock", tr("Compare A | B"), comparison_, Qt::BottomDockWidgetArea, Qt::ALT | Qt::Key_B);
  titleOf(comparison_)->addControl(comparison_->controls());
  titleOf(code_)->addControl(code_->kindCombo());
  titleOf(execution_->memory())->addControl(execution_->memory()->controls());
  execution_->connectActions(actions_);
  connect(actions_.showExecution, &QAction::triggered, this, &MainWindow::showExecution);
  mathematics_->setSeen(false);
  connect(addPanel("mathematicsDock", tr("Mathematics"), mathematics_, Qt::BottomDockWidgetArea, Qt::CTRL | Qt::ALT | Qt::Key_9),
          &QDockWidget::visibilityChanged, mathematics_, &MathematicsView::setSeen);
  addPanel("secondCodeDock", tr("Generated code, second view"), secondCode_, Qt::LeftDockWidgetArea, Qt::CTRL | Qt::ALT | Qt::Key_0);
  secondCode_->setObjectName(QStringLiteral("secondCodeView"));
  secondCode_->setKind(CodeView::Kind::Assembly);
  titleOf(secondCode_)->addControl(secondCode_->kindCombo());
  connect(docks_.back()->toggleViewAction(), &QAction::triggered, this, [this](bool isShown) {
    if (isShown) // both need room beside each other
      resizeDocks({docks_[1], docks_.back()}, {width() * 21 / 100, width() * 21 / 100}, Qt::Horizontal);
  });
  titleOf(history_)->addControl(history_->filter());
}

QDockWidget* MainWindow::dockOf(const QWidget* view) const {
  const auto found = std::ranges::find_if(docks_, [&](const QDockWidget* dock) { return dock->isAncestorOf(view); });
  return found == docks_.end() ? nullptr : *found;
}

PanelTitle* MainWindow::titleOf(const QWidget* view) const {
  const QDockWidget* dock = dockOf(view);
  return dock ? static_cast<PanelTitle*>(dock->titleBarWidget()) : spaceTitle_;
}

void MainWindow::setProgram(std::shared_ptr<const ProgramSnapshot> program) {
  program_ = std::move(program);
  schedule_.reset();
  shownSpace_.reset();
  selection_.clear();
  showsRefused_ = false;
  source_->setProgram(program_);
  space_->setProgram(program_);
  instances_->setSpace(program_, nullptr);
  execution_->setTraces(nullptr);
  dependences_->setProgram(program_);
  mathematics_->setProgram(program_);
  centre_->setCurrentIndex(program_ ? 1 : 0);
  form_->setReady(program_ != nullptr);
  if (!program_)
    return;
  const QString name = QFileInfo(QString::fromStdString(program_->path)).fileName();
  setWindowTitle(tr("%1 — Polyloom").arg(name));
  describeSource();
  parameters_->setProgram(*program_);
}

void MainWindow::describeSource() {
  if (!program_) {
    titleOf(source_)->setRemark({});
    return;
  }
  const QString name = QFileInfo(QString::fromStdString(program_->path)).fileName();
  QString remark = name;
  if (!program_->assumptions.empty())
    remark = tr("%1 · assumes %2").arg(name, QString::fromStdString(program_->assumptions.front()));
  titleOf(source_)->setRemark(remark);
  QStringList all;
  for (const std::string& assumption : program_->assumptions)
    all << QString::fromStdString(assumption);
  titleOf(source_)->setToolTip(all.isEmpty() ? tr("Distinct array arguments are taken not to overlap")
                                             : all.join(QLatin1Char('\n')));
}

void MainWindow::showRefusedSource(const QString& path, const QString& text, int line) {
  showsRefused_ = true;
  source_->showRefused(text, line);
  titleOf(source_)->setRemark(tr("%1 · refused at line %2").arg(QFileInfo(path).fileName()).arg(line));
}

void MainWindow::showProgramSource() {
  if (!std::exchange(showsRefused_, false))
    return;
  source_->setProgram(program_);
  describeSource();
}

void MainWindow::setRegions(const QStringList& names, int current) {
  const QSignalBlocker blocker(regions_);
  regions_->clear();
  regions_->addItems(names);
  regions_->setCurrentIndex(current);
  for (QAction* action : regionActions_)
    action->setVisible(names.size() > 1);
}

void MainWindow::setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule) {
  schedule_ = std::move(schedule);
  code_->setSchedule(schedule_);
  secondCode_->setSchedule(schedule_);
  tree_->setSchedule(program_, schedule_);
  form_->setSchedule(program_, schedule_);
  dependences_->setSchedule(schedule_);
  mathematics_->setSchedule(schedule_);
  titleOf(dependences_)->setRemark(dependences_->dependenceModel()->summary());
  titleOf(tree_)->setRemark(tr("click a dashed badge to use it"));
  const auto steps = schedule_ ? schedule_->steps.size() : 0;
  titleOf(history_)->setRemark(steps == 0   ? tr("no steps yet")
                                : steps == 1 ? tr("1 step")
                                             : tr("%1 steps").arg(steps));
  showVerdict();
}

void MainWindow::setSpace(std::shared_ptr<const ScheduleSnapshot> schedule) {
  const InstanceId selected = selection_.instance(), partner = selection_.partner();
  const auto shown = std::exchange(shownSpace_, schedule);
  schedule_ = std::move(schedule);
  execution_->setTraces(nullptr); // its clouds are another space's
  space_->setSchedule(schedule_);
  instances_->setSpace(program_, schedule_);
  if (selected.isValid() && shown) {
    const InstanceId here = followInstance(shown->space, selected, schedule_->space);
    const InstanceId there = followInstance(shown->space, partner, schedule_->space);
    partner.isValid() && here.isValid() && there.isValid() ? selection_.selectPair(here, there)
                                                           : selection_.selectInstance(here);
  }
  parameters_->setDrawnValues(schedule_->space.parameters);
  spaceTitle_->setRemark(schedule_->space.truncated ? tr("more points than are drawn") : QString());
}

void MainWindow::setMeasurements(const std::vector<MeasurementInfo>& measurements, const QStringList& notes) {
  measurement_->setMeasurements(measurements, notes);
}

void MainWindow::setPredictions(const Predictions& predictions, const QString& shown, const QString& remark) {
  measurement_->setPredictions(predictions, shown);
  titleOf(measurement_)->setRemark(remark);
}

void MainWindow::showComparisonPanel() {
  dockOf(comparison_)->show();
  dockOf(comparison_)->raise();
}

void MainWindow::setHistory(std::vector<HistoryRow> rows, int current) {
  history_->setRows(std::move(rows), current);
}

void MainWindow::showVerdict() {
  if (!verdict_)
    return;
  verdictIcon_->setVisible(schedule_ != nullptr);
  if (!schedule_) {
    verdict_->setText(tr("Open a C file with a #pragma scop region, a .poly text or OpenScop, or drop one here"));
    return;
  }
  const VerdictInfo& info = schedule_->verdict;
  const StatusIcon icon = info.kind == VerdictInfo::Kind::Legal     ? StatusIcon::Applied
                          : info.kind == VerdictInfo::Kind::Illegal ? StatusIcon::Illegal
                                                                    : StatusIcon::Unknown;
  const QString word = info.kind == VerdictInfo::Kind::Legal     ? tr("Legal")
                       : info.kind == VerdictInfo::Kind::Illegal ? tr("Illegal")
                                                                 : tr("Unknown");
  verdictIcon_->setPixmap(statusPixmap(icon, theme_, 15, devicePixelRatioF()));
  QString sentence = QString::fromStdString(info.sentence);
  if (!sentence.startsWith(word, Qt::CaseInsensitive))
    sentence = sentence.isEmpty() ? word : word + QStringLiteral(": ") + sentence;
  sentence[0] = sentence[0].toUpper();
  verdict_->setText(sentence);
  verdict_->setToolTip(sentence);
}

void MainWindow::setWork(const QString& what, int done, int of) {
  work_->setText(what.isEmpty() ? tr("worker idle") : what);
  progress_->setVisible(!what.isEmpty());
  progress_->setRange(0, of);
  progress_->setValue(done);
  actions_.cancel->setEnabled(!what.isEmpty());
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  for (const QUrl& url : event->mimeData()->urls())
    if (url.isLocalFile() && (isProgram(url.path()) || url.path().endsWith(QLatin1String(".recipe"))))
      event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls()) {
    const QString path = url.toLocalFile();
    if (path.endsWith(QLatin1String(".recipe")))
      Q_EMIT recipeFileRequested(path);
    else if (isProgram(path))
      Q_EMIT fileRequested(path);
  }
  event->acceptProposedAction();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  shell_->rememberWindow();
  Q_EMIT closing();
  event->accept();
}

} // namespace polyloom
