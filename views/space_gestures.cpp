#include "views/space_gestures.h"

#include "views/gesture_meaning.h"
#include "views/iteration_space_view.h"
#include "views/schedule_gesture.h"
#include "views/space_plot.h"

#include <QAction>
#include <QToolButton>

namespace polyloom {

SpaceGestures::SpaceGestures(IterationSpaceView& space)
    : QObject(&space), space_(space),
      changes_(new ScheduleGesture(*space.plot(SpaceOrder::New), ScheduleGesture::Role::Changes, this)) {
  new ScheduleGesture(*space.plot(SpaceOrder::Original), ScheduleGesture::Role::Refuses, this);
  connect(changes_, &ScheduleGesture::stepsRequested, this, &SpaceGestures::stepsRequested);
  connect(changes_, &ScheduleGesture::rangeRequested, this, &SpaceGestures::rangeRequested);
  connect(changes_, &ScheduleGesture::dropsRequested, this, &SpaceGestures::dropsRequested);
  connect(changes_, &ScheduleGesture::atOnceRequested, this, &SpaceGestures::atOnceRequested);
  connect(changes_, &ScheduleGesture::hintGiven, this, &SpaceGestures::hintGiven);
  lasso_ = addAction("runAtOnce", tr("Run at once…"), Qt::Key_A);
  lasso_->setCheckable(true);
  lasso_->setIconText(tr("At once…")); // for the button, where room is short
  lasso_->setToolTip(tr("Draw around points of the new order that should run at the same time (A, or drag with Alt)"));
  connect(lasso_, &QAction::toggled, changes_, &ScheduleGesture::armLasso);
  connect(changes_, &ScheduleGesture::lassoEnded, lasso_, [this] { lasso_->setChecked(false); });
  const auto shift = [](bool alongX, int by) {
    return [=](const GestureTarget& target) { return meaningOfShift(target, alongX, by); };
  };
  const auto key = [](Qt::Key arrow) { return QKeySequence(Qt::CTRL | Qt::SHIFT | arrow); };
  addKey("shiftRight", tr("Shift the statement later, horizontal axis"), key(Qt::Key_Right), shift(true, 1));
  addKey("shiftLeft", tr("Shift the statement earlier, horizontal axis"), key(Qt::Key_Left), shift(true, -1));
  addKey("shiftUp", tr("Shift the statement later, vertical axis"), key(Qt::Key_Up), shift(false, 1));
  addKey("shiftDown", tr("Shift the statement earlier, vertical axis"), key(Qt::Key_Down), shift(false, -1));
  addKey("turnShape", tr("Turn: the axes’ loops trade places"), Qt::Key_R,
         [](const GestureTarget& target) { return meaningOfTurn(target, 1); });
  addKey("turnHalf", tr("Turn by a half: the axes’ loops run backwards"), Qt::SHIFT | Qt::Key_R,
         [](const GestureTarget& target) { return meaningOfTurn(target, 2); });
  space_.addActions(actions_);
}

QAction* SpaceGestures::addAction(const char* name, const QString& text, const QKeySequence& key) {
  auto* action = new QAction(text, this);
  action->setObjectName(QString::fromLatin1(name));
  action->setShortcut(key);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut); // single keys belong to the space alone
  action->setStatusTip(tr("Iteration space: %1").arg(text));
  actions_ << action;
  return action;
}

template <typename Meaning>
void SpaceGestures::addKey(const char* name, const QString& text, const QKeySequence& key, Meaning meaning) {
  connect(addAction(name, text, key), &QAction::triggered, this, [this, meaning] {
    if (const std::optional<GestureTarget> target = selectedTarget())
      apply(meaning(*target));
    else
      Q_EMIT hintGiven(tr("Select a statement or one of its points first"));
  });
}

std::optional<GestureTarget> SpaceGestures::selectedTarget() const {
  const SpacePlot& plot = *space_.plot(SpaceOrder::New);
  const SpaceFocus& focus = plot.scene().focus;
  int statement = focus.selected.isValid() ? focus.selected.statement : focus.statement;
  if (statement < 0 && plot.hulls().size() == 1)
    statement = plot.hulls().front().statement;
  const auto shape = statement < 0 ? std::nullopt : shapeOf(plot.scene(), plot.hulls(), statement);
  return shape ? std::optional(shape->target) : std::nullopt;
}

void SpaceGestures::apply(const GestureMeaning& meaning) {
  if (meaning.lines.isEmpty())
    Q_EMIT hintGiven(meaning.hint);
  else
    Q_EMIT stepsRequested(meaning.lines);
}

QToolButton* SpaceGestures::makeButton(QWidget* parent) const {
  auto* button = new QToolButton(parent);
  button->setObjectName(QStringLiteral("runAtOnceButton"));
  button->setDefaultAction(lasso_);
  button->setAccessibleName(lasso_->text());
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

void SpaceGestures::setRange(const RangeInfo& range) {
  changes_->setRange(range);
}

void SpaceGestures::setDrop(const DropInfo& drop) {
  changes_->setDrop(drop);
}

void SpaceGestures::endQuestion() {
  changes_->endQuestion();
}

} // namespace polyloom
