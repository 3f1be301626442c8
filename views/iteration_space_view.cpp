#include "views/iteration_space_view.h"

#include "views/elided_label.h"
#include "views/space_plot.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace polyloom {

namespace {

QComboBox* makeAxisCombo(const QString& name, const QString& accessibleName, QWidget* parent) {
  auto* combo = new QComboBox(parent);
  combo->setObjectName(name);
  combo->setAccessibleName(accessibleName);
  combo->setToolTip(accessibleName);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo->setMinimumContentsLength(3);
  combo->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  return combo;
}

void choose(QComboBox* combo, int dimension) {
  const int row = combo->findData(dimension);
  combo->setCurrentIndex(row < 0 ? 0 : row);
}

} // namespace

IterationSpaceView::IterationSpaceView(Selection& selection, QWidget* parent)
    : QWidget(parent), selection_(selection), controls_(makeControls()) {
  setObjectName(QStringLiteral("iterationSpaceView"));
  setAccessibleName(tr("Iteration space"));
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(6, 6, 6, 2);
  layout->setSpacing(6);
  layout->addWidget(makeSide(SpaceOrder::Original, tr("Original order")), 1);
  layout->addWidget(makeSide(SpaceOrder::New, tr("New order")), 1);
  connect(&selection_, &Selection::changed, this, &IterationSpaceView::applyFocus);
  connect(&selection_, &Selection::hoverChanged, this, &IterationSpaceView::applyFocus);
}

QWidget* IterationSpaceView::makeSide(SpaceOrder order, const QString& title) {
  Side& side = sides_[static_cast<std::size_t>(order)];
  const QString key = order == SpaceOrder::Original ? QStringLiteral("original") : QStringLiteral("new");
  auto* box = new QWidget(this);
  side.title = new ElidedLabel(title, box);
  QFont bold = side.title->font();
  bold.setBold(true);
  side.title->setFont(bold);
  side.title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  side.y = makeAxisCombo(key + QStringLiteral("AxisY"), tr("%1: vertical axis").arg(title), box);
  side.x = makeAxisCombo(key + QStringLiteral("AxisX"), tr("%1: horizontal axis").arg(title), box);
  side.plot = new SpacePlot(order, box);
  side.plot->setObjectName(key + QStringLiteral("Plot"));
  side.plot->setAccessibleName(tr("%1: plot of statement instances; arrow keys walk over them").arg(title));
  auto* head = new QHBoxLayout;
  head->setContentsMargins(8, 0, 4, 0);
  head->setSpacing(4);
  head->addWidget(side.title, 1);
  head->addWidget(side.y);
  head->addWidget(new QLabel(QStringLiteral("×"), box));
  head->addWidget(side.x);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  layout->addLayout(head);
  layout->addWidget(side.plot, 1);
  for (QComboBox* combo : {side.x, side.y})
    connect(combo, &QComboBox::activated, this, [this, &side] {
      side.chosen = true;
      applyAxes(side);
    });
  connect(side.plot, &SpacePlot::instanceHovered, this, &IterationSpaceView::hover);
  connect(side.plot, &SpacePlot::instanceClicked, &selection_, &Selection::selectInstance);
  return box;
}

QWidget* IterationSpaceView::makeControls() {
  auto* box = new QWidget(this);
  auto* layout = new QHBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(7);
  colorBy_ = new QComboBox(box);
  colorBy_->setObjectName(QStringLiteral("colorBy"));
  colorBy_->setAccessibleName(tr("Color of points"));
  colorBy_->setToolTip(tr("Color of points"));
  colorBy_->addItem(tr("by statement"), static_cast<int>(ColorBy::Statement));
  colorBy_->addItem(tr("by tile"), static_cast<int>(ColorBy::Tile));
  colorBy_->addItem(tr("by order"), static_cast<int>(ColorBy::Order));
  layout->addWidget(colorBy_);
  tiles_ = new QCheckBox(tr("tiles"), box);
  tiles_->setObjectName(QStringLiteral("showTiles"));
  tiles_->setChecked(style_.tiles);
  layout->addWidget(tiles_);
  const std::array<QString, 3> names = {tr("flow"), tr("anti"), tr("output")};
  const std::array<QString, 3> objects = {QStringLiteral("showFlow"), QStringLiteral("showAnti"),
                                          QStringLiteral("showOutput")};
  for (std::size_t k = 0; k < kinds_.size(); ++k) {
    kinds_[k] = new QCheckBox(names[k], box);
    kinds_[k]->setObjectName(objects[k]);
    kinds_[k]->setToolTip(tr("Show %1 dependences").arg(names[k]));
    kinds_[k]->setChecked(style_.kinds[k]);
    layout->addWidget(kinds_[k]);
    connect(kinds_[k], &QCheckBox::toggled, this, [this, k](bool on) {
      style_.kinds[k] = on;
      applyStyle();
    });
  }
  connect(tiles_, &QCheckBox::toggled, this, [this](bool on) {
    style_.tiles = on;
    applyStyle();
  });
  connect(colorBy_, &QComboBox::activated, this, [this] {
    style_.colorBy = static_cast<ColorBy>(colorBy_->currentData().toInt());
    applyStyle();
  });
  return box;
}

void IterationSpaceView::setProgram(std::shared_ptr<const ProgramSnapshot> program) {
  program_ = std::move(program);
  schedule_.reset();
  for (Side& side : sides_) {
    side.chosen = false;
    side.plot->setSpace(program_, nullptr);
  }
}

void IterationSpaceView::setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule) {
  schedule_ = std::move(schedule);
  sides_[1].title->setText(newOrderTitle());
  sides_[1].title->setToolTip(sides_[1].title->text());
  for (Side& side : sides_) {
    fillAxes(side);
    side.plot->setSpace(program_, schedule_);
    applyAxes(side);
  }
  applyFocus();
}

QString IterationSpaceView::newOrderTitle() const {
  QStringList words;
  for (const StepInfo& step : schedule_ ? schedule_->steps : std::vector<StepInfo>{})
    if (step.outcome != StepInfo::Outcome::Refused)
      words << QString::fromStdString(step.text).section(QLatin1Char(' '), 0, 0);
  words.removeDuplicates();
  return words.isEmpty() ? tr("New order") : tr("New order (%1)").arg(words.join(QStringLiteral(", ")));
}

void IterationSpaceView::fillAxes(Side& side) {
  if (!schedule_)
    return;
  const SpaceOrder order = side.plot->order();
  const auto labels = dimensionLabels(schedule_->space, order);
  const QString oldX = side.x->currentText(), oldY = side.y->currentText();
  for (QComboBox* combo : {side.x, side.y}) {
    const QSignalBlocker blocker(combo);
    combo->clear();
    for (std::size_t d = 0; d < labels.size(); ++d)
      combo->addItem(QString::fromStdString(labels[d]), static_cast<int>(d));
    combo->addItem(tr("statements"), kNoDimension);
    combo->view()->setMinimumWidth(combo->view()->sizeHintForColumn(0) + 16);
  }
  const Projection initial = defaultProjection(schedule_->space, order);
  choose(side.x, initial.x);
  choose(side.y, initial.y);
  if (side.chosen && side.x->findText(oldX) >= 0 && side.y->findText(oldY) >= 0) {
    side.x->setCurrentText(oldX);
    side.y->setCurrentText(oldY);
  }
}

void IterationSpaceView::applyAxes(Side& side) {
  side.plot->setProjection({side.plot->order(), side.x->currentData().toInt(), side.y->currentData().toInt()});
}

void IterationSpaceView::setTheme(const Theme& theme) {
  style_.theme = theme;
  applyStyle();
}

void IterationSpaceView::setStyle(const SpaceStyle& style) {
  style_ = style;
  const QSignalBlocker blockers[] = {QSignalBlocker(tiles_), QSignalBlocker(kinds_[0]), QSignalBlocker(kinds_[1]),
                                     QSignalBlocker(kinds_[2])};
  tiles_->setChecked(style.tiles);
  for (std::size_t k = 0; k < kinds_.size(); ++k)
    kinds_[k]->setChecked(style.kinds[k]);
  colorBy_->setCurrentIndex(colorBy_->findData(static_cast<int>(style.colorBy)));
  applyStyle();
}

void IterationSpaceView::applyStyle() {
  for (Side& side : sides_)
    side.plot->setStyle(style_);
}

void IterationSpaceView::applyFocus() {
  focus_.statement = selection_.hoveredStatement() >= 0 && !focus_.hovered.isValid() ? selection_.hoveredStatement()
                                                                                     : selection_.statement();
  if (selection_.instance().isValid())
    focus_.statement = -1;
  focus_.dependence = selection_.dependence();
  focus_.loop = selection_.loop();
  focus_.selected = selection_.instance();
  focus_.partner = selection_.partner();
  for (Side& side : sides_)
    side.plot->setFocusOn(focus_);
}

void IterationSpaceView::hover(const InstanceId& instance) {
  focus_.hovered = instance;
  for (Side& side : sides_)
    side.plot->setFocusOn(focus_);
}

void IterationSpaceView::fitAll() {
  for (Side& side : sides_)
    side.plot->fitAll();
}

} // namespace polyloom
