#include "views/sweep_view.h"

#include "views/copy.h"
#include "views/elided_label.h"
#include "views/exporter.h"
#include "views/panel_export.h"
#include "views/sweep_model.h"
#include "views/sweep_plot.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPicture>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace polyloom {

namespace {

constexpr int kLeastFieldsWidth = 96, kFieldsWidth = 190;
constexpr QSize kLeastOnPaper = {420, 260};

QString valuesText(const std::vector<std::int64_t>& values) {
  QStringList words;
  for (const std::int64_t value : values)
    words << QString::number(value);
  return words.join(QLatin1Char(' '));
}

} // namespace

SweepView::SweepView(QWidget* parent)
    : QWidget(parent), choices_{new QComboBox(this), new QComboBox(this)}, values_{new QLineEdit(this), new QLineEdit(this)},
      run_(new QPushButton(this)), progress_(new QProgressBar(this)), state_(new ElidedLabel({}, this)),
      pages_(new QStackedWidget(this)), plot_(new SweepPlot), model_(new SweepModel(this)), table_(new QTableView),
      tableButton_(new QToolButton(this)) {
  setObjectName(QStringLiteral("sweepView"));
  setAccessibleName(tr("Sweep"));
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  makeFields();
  makeTable();
  auto* fields = new QVBoxLayout;
  fields->setSpacing(3);
  for (int axis : {0, 1}) {
    fields->addWidget(choices_[axis]);
    fields->addWidget(values_[axis]);
  }
  auto* run = new QHBoxLayout;
  run->addWidget(run_);
  run->addWidget(progress_, 1);
  fields->addLayout(run);
  fields->addStretch(1);
  auto* right = new QVBoxLayout;
  right->setSpacing(0);
  right->addWidget(pages_, 1);
  right->addWidget(state_);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(8, 6, 6, 4);
  layout->setSpacing(8);
  layout->addLayout(fields, 1);
  layout->addLayout(right, 2);
  connectFields();
  offerCopy(this, [this] { return clipboardForms(); });
  clear();
}

void SweepView::makeFields() {
  const QString names[] = {tr("Number to sweep"), tr("Second number to sweep")};
  const QString lists[] = {tr("Its values"), tr("The second number's values")};
  for (int axis : {0, 1}) {
    choices_[axis]->setObjectName(axis == 0 ? QStringLiteral("sweepNumber") : QStringLiteral("sweepSecondNumber"));
    choices_[axis]->setAccessibleName(names[axis]);
    choices_[axis]->setFont(codeFont());
    choices_[axis]->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choices_[axis]->setMinimumContentsLength(4);
    choices_[axis]->setMinimumWidth(kLeastFieldsWidth);
    choices_[axis]->setMaximumWidth(kFieldsWidth);
    values_[axis]->setObjectName(axis == 0 ? QStringLiteral("sweepValues") : QStringLiteral("sweepSecondValues"));
    values_[axis]->setAccessibleName(lists[axis]);
    values_[axis]->setToolTip(tr("%1, between blanks or commas").arg(lists[axis]));
    values_[axis]->setFont(codeFont());
    values_[axis]->setMinimumWidth(kLeastFieldsWidth);
    values_[axis]->setMaximumWidth(kFieldsWidth);
  }
  run_->setObjectName(QStringLiteral("runSweep"));
  progress_->setObjectName(QStringLiteral("sweepProgress"));
  progress_->setAccessibleName(tr("How far the sweep is"));
  progress_->setTextVisible(false);
  progress_->setMaximumHeight(12);
  state_->setObjectName(QStringLiteral("sweepState"));
  state_->setAccessibleName(tr("The chosen point"));
  state_->setForegroundRole(QPalette::PlaceholderText);
}

void SweepView::makeTable() {
  table_->setObjectName(QStringLiteral("sweepTable"));
  table_->setAccessibleName(tr("Sweep as a table"));
  table_->setModel(model_);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setTabKeyNavigation(false);
  table_->setShowGrid(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(20);
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  pages_->addWidget(plot_);
  pages_->addWidget(table_);
  tableButton_->setObjectName(QStringLiteral("sweepAsTable"));
  tableButton_->setText(tr("Table"));
  tableButton_->setToolTip(tr("Show the sweep as a table"));
  tableButton_->setCheckable(true);
  tableButton_->setAutoRaise(true);
  connect(tableButton_, &QToolButton::toggled, this, [this](bool on) { pages_->setCurrentIndex(on ? 1 : 0); });
}

void SweepView::connectFields() {
  for (int axis : {0, 1}) {
    connect(choices_[axis], &QComboBox::activated, this, [this, axis] {
      for (int each = axis; each < 2; ++each) // with a second number, the first one's list is shorter
        fillValues(each);
      if (axis == 1)
        fillValues(0);
      updateRun();
    });
    connect(values_[axis], &QLineEdit::textChanged, this, &SweepView::updateRun);
    connect(values_[axis], &QLineEdit::returnPressed, this, [this] {
      if (run_->isEnabled() && !isRunning_)
        runOrCancel();
    });
  }
  connect(run_, &QPushButton::clicked, this, &SweepView::runOrCancel);
  connect(plot_, &SweepPlot::taken, this, &SweepView::takePoint);
  connect(plot_, &SweepPlot::cursorMoved, this, &SweepView::describe);
  connect(table_, &QTableView::activated, this,
          [this](const QModelIndex& index) { takePoint(static_cast<std::size_t>(index.row())); });
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
    if (index.isValid() && pages_->currentWidget() == table_)
      plot_->setCursorPoint(static_cast<std::size_t>(index.row()));
  });
}

void SweepView::setTheme(const Theme& theme) {
  plot_->setTheme(theme);
  model_->setTheme(theme);
}

void SweepView::setNumbers(std::vector<SweepNumber> numbers, int step) {
  const auto openOf = [&](int axis) { return chosen(axis) ? std::optional(numbers_[*chosen(axis)].place) : std::nullopt; };
  std::optional<SweepPlace> first = openOf(0), second = openOf(1);
  const QString oldValues[] = {values_[0]->text(), values_[1]->text()};
  numbers_ = std::move(numbers);
  if (step >= 0 && !(first && first->step == step)) {
    const auto of = std::ranges::find_if(numbers_, [&](const SweepNumber& number) { return number.place.step == step; });
    first = of == numbers_.end() ? std::nullopt : std::optional(of->place);
    second.reset();
  }
  fillChoices();
  const auto indexOf = [&](const std::optional<SweepPlace>& place) {
    const auto found = place ? std::ranges::find(numbers_, *place, &SweepNumber::place) : numbers_.end();
    return found == numbers_.end() ? -1 : static_cast<int>(found - numbers_.begin());
  };
  const int kept = indexOf(first), last = static_cast<int>(numbers_.size()) - 1;
  choices_[0]->setCurrentIndex(kept < 0 ? last : kept);
  choices_[1]->setCurrentIndex(kept < 0 || kept == indexOf(second) ? 0 : indexOf(second) + 1);
  for (int axis : {0, 1}) {
    const bool isSame = kept >= 0 && step < 0 && !oldValues[axis].isEmpty();
    isSame ? values_[axis]->setText(oldValues[axis]) : fillValues(axis);
  }
  updateRun();
}

void SweepView::fillChoices() {
  const QSignalBlocker first(choices_[0]), second(choices_[1]);
  for (QComboBox* choice : choices_)
    choice->clear();
  choices_[1]->addItem(tr("and no other"));
  for (const SweepNumber& number : numbers_)
    for (QComboBox* choice : choices_) {
      choice->addItem(QString::fromStdString(number.open));
      choice->setItemData(choice->count() - 1, tr("Step %1: “%2”").arg(number.place.step + 1).arg(QString::fromStdString(number.line)),
                          Qt::ToolTipRole);
    }
}

std::optional<std::size_t> SweepView::chosen(int axis) const {
  const int index = choices_[axis]->currentIndex() - axis; // the second one's first entry is "none"
  return index >= 0 && index < static_cast<int>(numbers_.size()) ? std::optional(static_cast<std::size_t>(index)) : std::nullopt;
}

/// What is proposed: fewer values where two numbers take theirs together.
void SweepView::fillValues(int axis) {
  const auto number = chosen(axis);
  const bool isPair = chosen(1).has_value() && chosen(0) != chosen(1);
  values_[axis]->setText(!number ? QString() : valuesText(isPair ? numbers_[*number].coarse : numbers_[*number].candidates));
  values_[axis]->home(false);
}

std::vector<SweepAxis> SweepView::axes() const {
  std::vector<SweepAxis> all;
  for (int axis : {0, 1})
    if (const auto number = chosen(axis); number && (axis == 0 || number != chosen(0)))
      all.push_back({numbers_[*number].place, sweepValues(values_[axis]->text().toStdString())});
  return all;
}

void SweepView::updateRun() {
  std::size_t points = 1;
  const std::vector<SweepAxis> wanted = axes();
  for (const SweepAxis& axis : wanted)
    points *= axis.values.size();
  const bool isPossible = !wanted.empty() && points > 0 && points <= kMostSweepPoints;
  run_->setText(isRunning_ ? tr("Cancel") : tr("Sweep"));
  run_->setEnabled(isRunning_ || isPossible);
  run_->setToolTip(isRunning_                  ? tr("End the sweep; what has been measured stays")
                   : isPossible                ? tr("Judge %1 choices and measure those that are legal").arg(points)
                   : points > kMostSweepPoints ? tr("%1 choices are too many; %2 at most").arg(points).arg(kMostSweepPoints)
                                               : tr("A step with a number and some values are needed"));
  for (int axis : {0, 1}) {
    choices_[axis]->setEnabled(!isRunning_ && !numbers_.empty());
    values_[axis]->setEnabled(!isRunning_ && chosen(axis).has_value());
  }
  values_[1]->setVisible(chosen(1).has_value());
  progress_->setVisible(isRunning_);
}

void SweepView::runOrCancel() {
  if (isRunning_)
    Q_EMIT cancelRequested();
  else
    Q_EMIT sweepRequested(axes());
}

void SweepView::setRecipe(const QString& recipe) {
  recipe_ = recipe;
  const auto current = data_.find(recipe_);
  plot_->setCurrent(current);
  model_->setCurrent(current);
}

void SweepView::start(std::vector<SweepAxis> axes) {
  std::vector<SweepNumber> swept;
  for (const SweepAxis& axis : axes)
    swept.push_back(*std::ranges::find(numbers_, axis.place, &SweepNumber::place));
  data_ = SweepData::of(std::move(swept), std::move(axes));
  isRunning_ = true;
  sentence_.clear();
  plot_->setCursorPoint(std::nullopt);
  progress_->setRange(0, 0);
  showSweep(true);
  updateRun();
}

void SweepView::setPoints(const std::vector<std::pair<std::size_t, SweepPoint>>& points) {
  for (const auto& [index, point] : points)
    if (index < data_.points.size())
      data_.points[index] = point;
  showSweep(false);
}

void SweepView::setProgress(const QString& what, int done, int of) {
  progress_->setRange(0, of);
  progress_->setValue(done);
  progress_->setToolTip(what);
  sentence_ = what;
  describe();
}

void SweepView::finish(const QString& sentence) {
  isRunning_ = false;
  sentence_ = sentence;
  updateRun();
  describe();
}

void SweepView::restore(SweepData sweep) {
  numbers_ = sweep.numbers;
  data_ = std::move(sweep);
  fillChoices();
  for (std::size_t axis = 0; axis < data_.axes.size(); ++axis) {
    const int first = axis == 0 ? 0 : 2; // the second list begins with "and no other" and the first number
    choices_[axis]->setCurrentIndex(first);
    values_[axis]->setText(valuesText(data_.axes[axis].values));
    values_[axis]->home(false);
  }
  showSweep(true);
  updateRun();
}

void SweepView::clear() {
  numbers_.clear();
  data_ = {};
  sentence_.clear();
  isRunning_ = false;
  fillChoices();
  for (QLineEdit* values : values_)
    values->clear();
  showSweep(true);
  updateRun();
}

void SweepView::showSweep(bool isOtherShape) {
  plot_->setData(data_);
  model_->setData(data_);
  if (isOtherShape)
    table_->resizeColumnsToContents();
  setRecipe(recipe_);
  describe();
}

/// Under the picture: the point that the pointer or the keys are at, else the running work, else what the signs mean.
void SweepView::describe() {
  const std::optional<std::size_t> at = plot_->cursor();
  const QString best = [&] {
    const std::vector<std::string> sources = data_.sources();
    const auto point = sources.empty() ? std::nullopt : bestPoint(data_.points, sources.front());
    return point ? tr("best: %1, %2").arg(linesOf(data_, *point), speedupText(figureOf(data_.points[*point], sources.front()))) : QString();
  }();
  const QString signs = data_.isEmpty()  ? QString()
                        : data_.isMap() ? tr("★ best   ≈ not distinguishable from it   hatched: not legal   frame: now")
                                        : tr("✱ best   ○ not distinguishable from it   hatched: not legal   dotted: now");
  const QString text = at && *at < data_.points.size() ? pointText(data_, *at) : !sentence_.isEmpty() ? sentence_ : signs;
  state_->setText(text);
  state_->setToolTip(text);
  Q_EMIT remarkChanged(best);
}

void SweepView::takePoint(std::size_t point) {
  if (point >= data_.points.size())
    return;
  const QString lines = linesOf(data_, point);
  if (data_.points[point].verdict == SweepVerdict::Legal)
    Q_EMIT taken(QString::fromStdString(data_.points[point].recipe), lines);
  else
    Q_EMIT hintGiven(tr("“%1” is not taken: %2").arg(lines, stateOf(data_, point, "measured")));
}

ClipboardForms SweepView::clipboardForms() const {
  ClipboardForms forms = formsOfPicture(plot_->size(), [this](QPaintDevice& device) { plot_->paintTo(device, plot_->size()); });
  const std::vector<QStringList> rows = tableOf(*model_);
  addTable(QList<QStringList>(rows.begin(), rows.end()), forms);
  return forms;
}

Exportable SweepView::exportable(const QString& title) const {
  const QSize size = plot_->size().expandedTo(kLeastOnPaper);
  return {title, QString(), size, [this, size](QPainter& painter) {
            QPicture picture;
            plot_->paintTo(picture, size);
            painter.drawPicture(0, 0, picture);
          }, [this] { return tableOf(*model_); }};
}

} // namespace polyloom
