#include "views/iteration_space_view.h"

#include "views/copy.h"
#include "views/elided_label.h"
#include "views/instance_text.h"
#include "views/picture.h"
#include "views/space_clip.h"
#include "views/space_controls.h"
#include "views/space_cube.h"
#include "views/space_legend.h"
#include "views/space_matrix.h"
#include "views/space_plot.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

void choose(QComboBox* combo, int dimension) {
  const int row = combo->findData(dimension);
  combo->setCurrentIndex(row < 0 ? 0 : row);
}

void chooseNamed(QComboBox* combo, const std::string& name) {
  if (const int row = combo->findText(QString::fromStdString(name)); !name.empty() && row >= 0)
    combo->setCurrentIndex(row);
}

} // namespace

IterationSpaceView::IterationSpaceView(Selection& selection, QWidget* parent)
    : QWidget(parent), selection_(selection), controls_(new SpaceControls(this)), legend_(new SpaceLegend(this)) {
  setObjectName(QStringLiteral("iterationSpaceView"));
  setAccessibleName(tr("Iteration space"));
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  makeSide(SpaceOrder::Original, tr("Original order"));
  makeSide(SpaceOrder::New, tr("New order"));
  auto* sides = new QHBoxLayout;
  sides->setSpacing(6);
  for (const Side& side : sides_)
    sides->addWidget(side.pages->parentWidget(), 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 6, 6, 2);
  layout->setSpacing(2);
  layout->addLayout(sides, 1);
  layout->addWidget(legend_);
  addActions(controls_->viewActions());
  connect(controls_, &SpaceControls::changed, this, &IterationSpaceView::applyChoices);
  offerCopy(this, [this] { return clipboardForms(); });
  connect(&selection_, &Selection::changed, this, &IterationSpaceView::applyFocus);
  connect(&selection_, &Selection::hoverChanged, this, &IterationSpaceView::applyFocus);
}

void IterationSpaceView::setProgram(std::shared_ptr<const ProgramSnapshot> program) {
  program_ = std::move(program);
  schedule_.reset();
  setReference(nullptr, {});
  controls_->setProgram(program_.get());
  for (Side& side : sides_) {
    side.wanted = {};
    fillAxes(side);
    showSide(side);
  }
  updateLegend();
}

void IterationSpaceView::setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule) {
  schedule_ = std::move(schedule);
  sides_[1].title->setText(newOrderTitle());
  sides_[1].title->setToolTip(sides_[1].title->text());
  for (Side& side : sides_) {
    fillAxes(side);
    showSide(side);
  }
  applyFocus();
  updateLegend();
}

void IterationSpaceView::setReference(std::shared_ptr<const ScheduleSnapshot> reference, const QString& title) {
  Side& left = sides_[0];
  const bool same = reference == reference_;
  reference_ = std::move(reference);
  left.title->setText(reference_ ? title : tr("Original order"));
  left.title->setToolTip(left.title->text());
  if (same)
    return;
  left.order = reference_ ? SpaceOrder::New : SpaceOrder::Original;
  left.matrix->setOrder(left.order);
  fillAxes(left);
  showSide(left);
  applyFocus();
}

const std::shared_ptr<const ScheduleSnapshot>& IterationSpaceView::scheduleOf(const Side& side) const {
  return isReference(side) ? reference_ : schedule_;
}

InstanceId IterationSpaceView::toShared(const Side& side, const InstanceId& instance) const {
  return isReference(side) && schedule_ ? followInstance(reference_->space, instance, schedule_->space) : instance;
}

InstanceId IterationSpaceView::fromShared(const Side& side, const InstanceId& instance) const {
  return isReference(side) && schedule_ ? followInstance(schedule_->space, instance, reference_->space) : instance;
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
  static const SpaceSnapshot kNone;
  const auto& schedule = scheduleOf(side);
  const SpaceSnapshot& space = schedule ? schedule->space : kNone;
  const auto labels = dimensionLabels(space, side.order);
  for (QComboBox* combo : {side.x, side.y, side.z}) {
    const QSignalBlocker blocker(combo);
    combo->clear();
    for (std::size_t d = 0; d < labels.size(); ++d)
      combo->addItem(QString::fromStdString(labels[d]), static_cast<int>(d));
    combo->addItem(tr("statements"), kNoDimension);
    combo->view()->setMinimumWidth(combo->view()->sizeHintForColumn(0) + 16);
  }
  const Projection initial = defaultProjection(space, side.order);
  choose(side.x, initial.x);
  choose(side.y, initial.y);
  const auto has = [&](const std::string& name) { return side.x->findText(QString::fromStdString(name)) >= 0; };
  if (has(side.wanted.x) && has(side.wanted.y)) {
    chooseNamed(side.x, side.wanted.x);
    chooseNamed(side.y, side.wanted.y);
  }
  choose(side.z, defaultDepth(space, projectionOf(side)));
  chooseNamed(side.z, side.wanted.z);
}

Projection IterationSpaceView::projectionOf(const Side& side) const {
  return {side.order, side.x->currentData().toInt(), side.y->currentData().toInt()};
}

void IterationSpaceView::showSide(Side& side) {
  for (QComboBox* combo : {side.x, side.y, side.z})
    combo->setMinimumContentsLength(std::max(1, static_cast<int>(combo->currentText().size()) - 2));
  const SpaceMode mode = controls_->choices().mode;
  const bool isMatrix = mode == SpaceMode::Matrix;
  for (QWidget* part : {static_cast<QWidget*>(side.x), static_cast<QWidget*>(side.y), static_cast<QWidget*>(side.cross)})
    part->setVisible(!isMatrix);
  side.z->setVisible(mode == SpaceMode::Solid);
  // The plane is kept up to date in every mode: it is small, and tells others what is drawn. What costs more waits.
  side.plot->setSpace(program_, scheduleOf(side), projectionOf(side));
  if (mode == SpaceMode::Solid) {
    side.cube->setStyle(style_);
    side.cube->setSpace(program_, scheduleOf(side), {projectionOf(side), side.z->currentData().toInt()});
  }
  if (isMatrix) {
    side.matrix->setStyle(style_);
    side.matrix->setSpace(program_, scheduleOf(side));
    side.matrix->setCurrent(projectionOf(side));
  }
  side.pages->setCurrentIndex(static_cast<int>(mode));
}

void IterationSpaceView::choosePair(Side& side, int x, int y) {
  choose(side.x, x);
  choose(side.y, y);
  side.wanted.x = side.x->currentText().toStdString();
  side.wanted.y = side.y->currentText().toStdString();
  SpaceViewState choices = controls_->choices();
  choices.mode = SpaceMode::Plane;
  controls_->setChoices(choices);
  applyChoices();
  side.plot->setFocus();
}

void IterationSpaceView::setTheme(const Theme& theme) {
  style_.theme = theme;
  applyStyle();
}

void IterationSpaceView::setThreads(int threads) {
  style_.threads = threads;
  applyStyle();
}

void IterationSpaceView::applyChoices() {
  const SpaceViewState& choices = controls_->choices();
  style_.colorBy = choices.colorBy;
  style_.layout = choices.layout;
  style_.kinds = choices.kinds;
  style_.states = choices.states;
  style_.hiddenArrays = choices.hiddenArrays;
  style_.hiddenStatements = choices.hiddenStatements;
  style_.tiles = choices.tiles;
  style_.hulls = choices.hulls;
  applyStyle();
  if (std::exchange(shownMode_, choices.mode) != choices.mode)
    for (Side& side : sides_)
      showSide(side);
  Q_EMIT stateChanged();
}

void IterationSpaceView::applyStyle() {
  for (Side& side : sides_) {
    side.plot->setStyle(style_);
    if (shownMode_ == SpaceMode::Solid)
      side.cube->setStyle(style_);
    if (shownMode_ == SpaceMode::Matrix)
      side.matrix->setStyle(style_);
  }
  updateLegend();
}

void IterationSpaceView::updateLegend() {
  legend_->setVisible(controls_->choices().legend && schedule_ != nullptr);
  legend_->setEntries(makeLegend(sides_[1].plot->scene()), style_.theme);
}

void IterationSpaceView::applyFocus() {
  const Hover& hover = selection_.hover();
  focus_.hovered = hover.instance;
  focus_.statement = selection_.hoveredStatement() >= 0 && !focus_.hovered.isValid() ? selection_.hoveredStatement()
                                                                                     : selection_.statement();
  if (selection_.instance().isValid())
    focus_.statement = -1;
  const int dependence = hover.dependence >= 0 ? hover.dependence : selection_.dependence();
  const bool arrowsChange = std::exchange(focus_.dependence, dependence) != dependence;
  focus_.loop = hover.loop.isEmpty() ? selection_.loop() : hover.loop;
  focus_.selected = selection_.instance();
  focus_.partner = selection_.partner();
  setFocusOfPictures();
  if (arrowsChange)
    updateLegend();
}

void IterationSpaceView::hover(const InstanceId& instance) {
  selection_.hoverInstance(instance);
}

void IterationSpaceView::setFocusOfPictures() {
  for (Side& side : sides_) {
    SpaceFocus focus = focus_;
    focus.selected = fromShared(side, focus_.selected);
    focus.hovered = fromShared(side, focus_.hovered);
    focus.partner = fromShared(side, focus_.partner);
    if (isReference(side))
      focus.dependence = -1; // the numbers of dependences are the new order's
    side.plot->setFocusOn(focus);
    side.cube->setFocusOn(focus);
  }
}

SpaceViewState IterationSpaceView::state() const {
  SpaceViewState state = controls_->choices();
  for (std::size_t s = 0; s < sides_.size(); ++s)
    state.axes[s] = sides_[s].wanted;
  state.azimuth = sides_[0].cube->camera().azimuth;
  state.elevation = sides_[0].cube->camera().elevation;
  return state;
}

void IterationSpaceView::setState(const SpaceViewState& state) {
  controls_->setChoices(state);
  for (std::size_t s = 0; s < sides_.size(); ++s) {
    sides_[s].wanted = state.axes[s];
    SolidCamera camera = sides_[s].cube->camera();
    camera.azimuth = state.azimuth;
    camera.elevation = state.elevation;
    sides_[s].cube->setCamera(camera);
    fillAxes(sides_[s]);
    showSide(sides_[s]);
  }
  shownMode_ = state.mode;
  applyChoices();
}

QWidget* IterationSpaceView::controls() const {
  return controls_;
}

QList<QAction*> IterationSpaceView::viewActions() const {
  return controls_->viewActions();
}

ClipboardForms IterationSpaceView::clipboardForms() {
  const Picture picture{program_, schedule_, PictureView::Dependences};
  if (!program_ || !schedule_)
    return {};
  if (shownMode_ != SpaceMode::Plane)
    return formsOfWidget(*this);
  ClipboardForms forms;
  forms.size = pictureSize(picture);
  forms.picture = [picture](QPainter& painter) { renderPicture(painter, picture); };
  return forms;
}

bool IterationSpaceView::isDrawing() const {
  return std::ranges::any_of(sides_, [](const Side& side) { return side.plot->isDrawing(); });
}

void IterationSpaceView::fitAll() {
  for (Side& side : sides_) {
    side.plot->fitAll();
    side.cube->fitAll();
  }
}

} // namespace polyloom
