#include "views/training_view.h"

#include "views/copy.h"
#include "views/elided_label.h"
#include "views/exporter.h"
#include "views/learning_plot.h"
#include "views/panel_export.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPicture>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>
#include <QToolButton>

namespace polyloom {

namespace {

constexpr int kLeastFieldsWidth = 110, kFieldsWidth = 260;
constexpr QSize kLeastOnPaper = {420, 260};

template <typename Widget> Widget* named(Widget* widget, const char* name, const QString& accessibleName) {
  widget->setObjectName(QString::fromLatin1(name));
  widget->setAccessibleName(accessibleName);
  return widget;
}

} // namespace

TrainingView::TrainingView(QWidget* parent)
    : QWidget(parent), data_(new QLineEdit(this)), out_(new QLineEdit(this)), network_(new QComboBox(this)), epochsBox_(new QSpinBox(this)),
      membersBox_(new QSpinBox(this)), browse_(new QPushButton(tr("…"), this)), run_(new QPushButton(this)),
      use_(new QPushButton(tr("Predict with it"), this)), watch_(new QPushButton(tr("Show a curve…"), this)), state_(new ElidedLabel({}, this)),
      pages_(new QStackedWidget(this)), plot_(new LearningPlot), model_(new QStandardItemModel(this)), table_(new QTableView),
      tableButton_(new QToolButton(this)) {
  setObjectName(QStringLiteral("trainingView"));
  setAccessibleName(tr("Training"));
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  makeFields();
  makeTable();
  auto* grid = new QGridLayout;
  grid->setSpacing(3);
  grid->addWidget(data_, 0, 0, 1, 3);
  grid->addWidget(browse_, 0, 3);
  grid->addWidget(out_, 1, 0, 1, 4);
  grid->addWidget(network_, 2, 0, 1, 4);
  grid->addWidget(epochsBox_, 3, 0, 1, 2);
  grid->addWidget(membersBox_, 3, 2, 1, 2);
  grid->addWidget(run_, 4, 0, 1, 2);
  grid->addWidget(watch_, 4, 2, 1, 2);
  grid->addWidget(use_, 5, 0, 1, 4);
  grid->setRowStretch(6, 1);
  auto* right = new QVBoxLayout;
  right->setSpacing(0);
  right->addWidget(pages_, 1);
  right->addWidget(state_);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(8, 6, 6, 4);
  layout->setSpacing(8);
  layout->addLayout(grid, 1);
  layout->addLayout(right, 2);
  offerCopy(this, [this] { return clipboardForms(); });
  updateFields();
}

void TrainingView::makeFields() {
  named(data_, "trainingData", tr("What it learns from"))->setPlaceholderText(tr("a file of polyloom-cli dataset"));
  data_->setToolTip(tr("Measured schedules with their features, as “polyloom-cli dataset LABELS --out FILE” writes them"));
  named(out_, "trainingWeights", tr("Where the weights go"))->setPlaceholderText(tr("where the weights go"));
  out_->setToolTip(tr("A file of weights; a training that was stopped goes on where its checkpoint beside this file ends"));
  for (QLineEdit* line : {data_, out_}) {
    line->setFont(codeFont());
    line->setMinimumWidth(kLeastFieldsWidth);
    line->setMaximumWidth(kFieldsWidth);
    connect(line, &QLineEdit::textChanged, this, &TrainingView::updateFields);
  }
  named(browse_, "browseTrainingData", tr("Choose the file to learn from"))->setMaximumWidth(30);
  named(network_, "trainingNetwork", tr("Kind of network"));
  network_->addItem(tr("loop tree, Polyloom's own"), QStringLiteral("loop-tree"));
  network_->addItem(tr("LOOPer's, to compare with"), QStringLiteral("looper"));
  network_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  network_->setMinimumContentsLength(8);
  network_->setMaximumWidth(kFieldsWidth);
  named(epochsBox_, "trainingEpochs", tr("Epochs"))->setRange(1, 1000);
  epochsBox_->setSuffix(tr(" epochs"));
  epochsBox_->setToolTip(tr("How often all schedules are gone through"));
  named(membersBox_, "trainingMembers", tr("Members"))->setRange(1, 16);
  membersBox_->setToolTip(tr("Networks from different starts that predict together; how far they are apart is part of the spread"));
  connect(membersBox_, &QSpinBox::valueChanged, this, [this](int count) { membersBox_->setSuffix(count == 1 ? tr(" member") : tr(" members")); });
  membersBox_->setSuffix(tr(" member"));
  named(run_, "runTraining", tr("Train or stop"));
  named(watch_, "showCurve", watch_->text())->setToolTip(tr("Look at a file that “polyloom-cli train --curve” writes, while it is written"));
  named(use_, "useTrained", use_->text())->setToolTip(tr("Let these weights predict"));
  named(state_, "trainingState", tr("How far the training is"))->setForegroundRole(QPalette::PlaceholderText);
  connect(browse_, &QPushButton::clicked, this, &TrainingView::browseData);
  connect(watch_, &QPushButton::clicked, this, &TrainingView::browseCurve);
  connect(use_, &QPushButton::clicked, this, [this] { Q_EMIT useRequested(weights_); });
  connect(run_, &QPushButton::clicked, this, [this] { isRunning_ ? Q_EMIT stopRequested() : Q_EMIT trainRequested(wish()); });
}

void TrainingView::makeTable() {
  named(table_, "trainingTable", tr("Learning curves as a table"))->setModel(model_);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setTabKeyNavigation(false);
  table_->setShowGrid(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(20);
  table_->horizontalHeader()->setStretchLastSection(true);
  pages_->addWidget(plot_);
  pages_->addWidget(table_);
  named(tableButton_, "trainingAsTable", tr("Show the training as a table"))->setText(tr("Table"));
  tableButton_->setToolTip(tr("Show the training as a table"));
  tableButton_->setCheckable(true);
  tableButton_->setAutoRaise(true);
  connect(tableButton_, &QToolButton::toggled, this, [this](bool on) { pages_->setCurrentIndex(on ? 1 : 0); });
}

void TrainingView::setTheme(const Theme& theme) { plot_->setTheme(theme); }

void TrainingView::setWish(const TrainingWish& wish) {
  data_->setText(wish.data);
  out_->setText(wish.out);
  network_->setCurrentIndex(std::max(0, network_->findData(wish.network)));
  epochsBox_->setValue(wish.epochs);
  membersBox_->setValue(wish.members);
}

TrainingWish TrainingView::wish() const {
  return {data_->text().trimmed(), network_->currentData().toString(), out_->text().trimmed(), epochsBox_->value(), membersBox_->value()};
}

void TrainingView::setObstacle(const QString& why) {
  obstacle_ = why;
  updateFields();
}

void TrainingView::updateFields() {
  const bool isAsked = !data_->text().trimmed().isEmpty() && !out_->text().trimmed().isEmpty();
  run_->setText(isRunning_ ? tr("Stop") : tr("Train"));
  run_->setEnabled(isRunning_ || (isAsked && obstacle_.isEmpty()));
  run_->setToolTip(isRunning_             ? tr("End the training; what was learned up to the last epoch stays for the next time")
                   : !obstacle_.isEmpty() ? obstacle_
                   : isAsked              ? tr("Train in the background; measurements suspend it")
                                          : tr("A file to learn from and a file for the weights are needed"));
  for (QWidget* field : {static_cast<QWidget*>(data_), static_cast<QWidget*>(out_), static_cast<QWidget*>(network_), static_cast<QWidget*>(epochsBox_),
                         static_cast<QWidget*>(membersBox_), static_cast<QWidget*>(browse_), static_cast<QWidget*>(watch_)})
    field->setEnabled(!isRunning_);
  use_->setVisible(!weights_.isEmpty());
}

void TrainingView::browseData() {
  const QString path = QFileDialog::getOpenFileName(this, tr("Choose what to learn from"), QFileInfo(data_->text()).path(),
                                                    tr("Features and labels (*.jsonl);;All files (*)"));
  if (path.isEmpty())
    return;
  data_->setText(path);
  if (out_->text().trimmed().isEmpty())
    out_->setText(QFileInfo(path).path() + QLatin1Char('/') + QFileInfo(path).completeBaseName() + QStringLiteral(".weights"));
}

void TrainingView::browseCurve() {
  const QString path = QFileDialog::getOpenFileName(this, tr("Choose a learning curve"), QFileInfo(data_->text()).path(),
                                                    tr("Learning curves (*.csv);;All files (*)"));
  if (!path.isEmpty())
    Q_EMIT curveRequested(path);
}

void TrainingView::begin(bool isOurs, int epochs) {
  isRunning_ = isOurs;
  weights_.clear();
  setCurve({}, epochs);
  updateFields();
}

void TrainingView::add(const LearningEpoch& epoch) {
  curve_.push_back(epoch);
  appendRow(epoch);
  showCurve();
}

void TrainingView::setCurve(std::vector<LearningEpoch> curve, int epochs) {
  curve_ = std::move(curve);
  epochs_ = epochs;
  model_->clear();
  model_->setHorizontalHeaderLabels({tr("Member"), tr("Epoch"), tr("Error, %"), tr("Mean |log error|"), tr("Loss"), tr("Learning rate"), tr("Best so far")});
  for (const LearningEpoch& epoch : curve_)
    appendRow(epoch);
  showCurve();
}

void TrainingView::appendRow(const LearningEpoch& epoch) {
  QList<QStandardItem*> row;
  for (const QString& text : {QString::number(epoch.member), QString::number(epoch.epoch), QString::number(epoch.validationMape, 'f', 2),
                              QString::number(epoch.validationError, 'f', 4), QString::number(epoch.trainingLoss, 'f', 4),
                              QString::number(epoch.learningRate, 'g', 3), epoch.isBest ? tr("yes") : QString()})
    row << new QStandardItem(text);
  model_->appendRow(row);
}

void TrainingView::showCurve() {
  plot_->setCurve(curve_, epochs_);
  const LearningEpoch* best = nullptr;
  for (const LearningEpoch& epoch : curve_)
    if (epoch.isBest && (!best || epoch.member != best->member || epoch.epoch > best->epoch))
      best = &epoch;
  Q_EMIT remarkChanged(best ? tr("error %1 % after epoch %2").arg(best->validationMape, 0, 'f', 1).arg(best->epoch) : QString());
}

void TrainingView::setState(const QString& sentence) {
  state_->setText(sentence);
  state_->setToolTip(sentence);
}

void TrainingView::finish(const QString& sentence, const QString& weights) {
  isRunning_ = false;
  weights_ = weights;
  setState(sentence);
  updateFields();
}

ClipboardForms TrainingView::clipboardForms() const {
  ClipboardForms forms = formsOfPicture(plot_->size(), [this](QPaintDevice& device) { plot_->paintTo(device, plot_->size()); });
  const std::vector<QStringList> rows = tableOf(*model_);
  addTable(QList<QStringList>(rows.begin(), rows.end()), forms);
  return forms;
}

Exportable TrainingView::exportable(const QString& title) const {
  const QSize size = plot_->size().expandedTo(kLeastOnPaper);
  return {title, QString(), size, [this, size](QPainter& painter) {
            QPicture picture;
            plot_->paintTo(picture, size);
            painter.drawPicture(0, 0, picture);
          }, [this] { return tableOf(*model_); }};
}

} // namespace polyloom
