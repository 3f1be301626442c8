#include "views/schedule_gesture.h"

#include "views/gesture_places.h"
#include "views/space_plot.h"

#include <QApplication>

#include <utility>

namespace polyloom {

namespace {

const QLatin1String kUnimodular("unimodular"); ///< its numbers stand in a matrix, and are judged one by one

Qt::CursorShape cursorOf(const GestureHandle& handle) {
  switch (handle.kind) {
  case GestureHandle::Kind::Turn: return Qt::PointingHandCursor;
  case GestureHandle::Kind::Edge:
    return handle.edge == Edge::Left || handle.edge == Edge::Right ? Qt::SizeHorCursor : Qt::SizeVerCursor;
  case GestureHandle::Kind::Corner:
    return handle.corner == Corner::TopLeft || handle.corner == Corner::BottomRight ? Qt::SizeFDiagCursor
                                                                                    : Qt::SizeBDiagCursor;
  case GestureHandle::Kind::Inside: break;
  }
  return Qt::SizeAllCursor;
}

} // namespace

ScheduleGesture::ScheduleGesture(SpacePlot& plot, Role role, QObject* parent)
    : QObject(parent), plot_(plot), role_(role) {
  plot_.setGesture(this);
}

ScheduleGesture::~ScheduleGesture() = default;

void ScheduleGesture::setRange(const RangeInfo& range) {
  const QString line = QString::fromStdString(range.line);
  if (line != asked_)
    return;
  ranges_.insert(line, range);
  asked_.clear();
  askNext();
  if (drag_ && drag_->isMoving)
    update(SpaceHit(drag_->last)); // the pointer may rest while the answer comes
  plot_.update();
}

void ScheduleGesture::setDrop(const DropInfo& drop) {
  const QString lines = QString::fromStdString(drop.lines);
  if (!dropsAsked_.contains(lines))
    return;
  drops_.insert(lines, drop);
  if (drag_ && drag_->isMoving)
    update(SpaceHit(drag_->last));
  plot_.update();
}

void ScheduleGesture::armLasso(bool armed) {
  lassoIsArmed_ = armed;
}

void ScheduleGesture::endQuestion() {
  if (std::exchange(hasQuestion_, false))
    ghost_ = {};
  plot_.update();
}

const GestureGhost* ScheduleGesture::ghost() const {
  const bool isShown = hasQuestion_ || (drag_ && drag_->isMoving);
  return isShown ? &ghost_ : nullptr;
}

int ScheduleGesture::statementUnder(const SpaceHit& hit) const {
  if (hit.instance.isValid())
    return hit.instance.statement;
  // Shapes often lie on each other: the selected one goes first, then the one that has its handles already.
  const SpaceFocus& focus = plot_.scene().focus;
  for (const int wanted : {focus.selected.isValid() ? focus.selected.statement : focus.statement,
                           shape_ ? shape_->statement : -1})
    if (const auto shape = wanted < 0 ? std::nullopt : shapeOf(plot_.scene(), plot_.hulls(), wanted);
        shape && handleAt(*shape, plot_.viewport(), plot_.plotArea(), hit.position))
      return wanted;
  return hit.hull ? hit.hull->statement : -1;
}

std::optional<GestureShape> ScheduleGesture::shapeUnder(const SpaceHit& hit) const {
  // The handle beside the shape that has its handles belongs to it, whatever lies below.
  if (shape_ && known_ == plot_.scene().schedule)
    if (const auto handle = handleAt(*shape_, plot_.viewport(), plot_.plotArea(), hit.position);
        handle && handle->kind == GestureHandle::Kind::Turn)
      return shape_;
  const int statement = statementUnder(hit);
  return statement < 0 ? std::nullopt : shapeOf(plot_.scene(), plot_.hulls(), statement);
}

std::optional<Qt::CursorShape> ScheduleGesture::hover(const SpaceHit& hit) {
  if (role_ == Role::Refuses)
    return std::nullopt;
  shape_ = shapeUnder(hit);
  known_ = plot_.scene().schedule;
  const auto handle = shape_ ? handleAt(*shape_, plot_.viewport(), plot_.plotArea(), hit.position) : std::nullopt;
  if (handle_ != handle)
    plot_.setToolTip(tipOf(handle));
  handle_ = handle;
  plot_.update();
  if (lassoIsArmed_)
    return Qt::CrossCursor;
  return handle_ ? std::optional(cursorOf(*handle_)) : std::nullopt;
}

void ScheduleGesture::leave() {
  shape_.reset();
  handle_.reset();
}

QString ScheduleGesture::tipOf(const std::optional<GestureHandle>& handle) const {
  if (!handle || !shape_)
    return {};
  const GestureTarget& target = shape_->target;
  switch (handle->kind) {
  case GestureHandle::Kind::Inside: return {}; // the note beside points says enough
  case GestureHandle::Kind::Turn:
    return tr("Turn by a quarter: %1 and %2 trade places; by a half: both run backwards").arg(target.x, target.y);
  case GestureHandle::Kind::Corner: return tr("Drag along an axis to skew its loop by the other one");
  case GestureHandle::Kind::Edge: {
    const bool alongX = handle->edge == Edge::Left || handle->edge == Edge::Right;
    return tr("Drag inwards to tile %1, through the other side to reverse it").arg(alongX ? target.x : target.y);
  }
  }
  return {};
}

bool ScheduleGesture::press(const SpaceHit& hit, Qt::KeyboardModifiers modifiers) {
  drag_.reset();
  endQuestion();
  if (std::exchange(known_, plot_.scene().schedule) != plot_.scene().schedule)
    ranges_.clear(), drops_.clear();
  dropsAsked_.clear();
  toAsk_.clear();
  asked_.clear();
  if (plot_.scene().isEmpty())
    return false;
  shape_ = shapeUnder(hit);
  handle_ = shape_ ? handleAt(*shape_, plot_.viewport(), plot_.plotArea(), hit.position) : std::nullopt;
  if (role_ == Role::Refuses) {
    const bool wants = handle_ || lassoIsArmed_ || modifiers & (Qt::AltModifier | Qt::ControlModifier);
    if (wants)
      begin(Act::Refuse, hit);
    return wants;
  }
  if (lassoIsArmed_ || modifiers & Qt::AltModifier)
    begin(Act::Lasso, hit);
  else if (modifiers & Qt::ControlModifier)
    begin(Act::Band, hit);
  else if (!handle_)
    return false;
  else if (modifiers & Qt::ShiftModifier)
    begin(Act::Drop, hit);
  else
    begin(handle_->kind == GestureHandle::Kind::Edge     ? Act::Edge
          : handle_->kind == GestureHandle::Kind::Corner ? Act::Corner
          : handle_->kind == GestureHandle::Kind::Turn   ? Act::Turn
                                                         : Act::Shift,
          hit);
  return true;
}

void ScheduleGesture::begin(Act act, const SpaceHit& hit) {
  drag_ = Drag{.act = act,
               .start = hit,
               .last = hit,
               .shape = shape_.value_or(GestureShape{}),
               .handle = handle_.value_or(GestureHandle{}),
               .isMoving = false,
               .lines = {}};
  ghost_ = {};
  askRanges(*drag_);
}

void ScheduleGesture::askRanges(const Drag& drag) {
  const GestureTarget& target = drag.shape.target;
  QStringList open;
  if (drag.act == Act::Shift)
    open = {meaningOfShift(target, true, 1).open, meaningOfShift(target, false, 1).open};
  if (drag.act == Act::Edge)
    open = {meaningOfEdge(target, drag.handle.edge, scaleOfEdge(target, drag.handle.edge).distance(1)).open};
  if (drag.act == Act::Corner)
    for (const bool alongX : {true, false})
      open << meaningOfCorner(target, drag.handle.corner, alongX,
                              scaleOfCorner(target, drag.handle.corner, alongX).distance(1)).open;
  for (const QString& line : std::as_const(open))
    if (!line.isEmpty() && !line.startsWith(kUnimodular) && !ranges_.contains(line))
      toAsk_ << line;
  askNext();
}

/// One after the other: a newer question ends an older one.
void ScheduleGesture::askNext() {
  if (!asked_.isEmpty() || toAsk_.isEmpty())
    return;
  asked_ = toAsk_.takeFirst();
  Q_EMIT rangeRequested(asked_);
}

std::optional<RangeInfo> ScheduleGesture::rangeOf(const QString& open) const {
  const auto found = ranges_.constFind(open);
  return found == ranges_.constEnd() ? std::nullopt : std::optional(*found);
}

void ScheduleGesture::move(const SpaceHit& hit) {
  if (!drag_)
    return;
  drag_->isMoving |= (hit.position - drag_->start.position).manhattanLength() >= QApplication::startDragDistance();
  if (drag_->isMoving)
    update(hit);
}

bool ScheduleGesture::release(const SpaceHit& hit) {
  if (!drag_)
    return true;
  if (!drag_->isMoving) {
    drag_.reset();
    return false;
  }
  update(hit);
  const Drag done = *std::exchange(drag_, std::nullopt);
  shape_.reset();
  handle_.reset();
  if (done.act == Act::Lasso)
    releaseLasso();
  else if (!done.lines.isEmpty())
    Q_EMIT stepsRequested(done.lines);
  return true;
}

void ScheduleGesture::releaseLasso() {
  const LassoedPlaces places = placesInside(plot_.scene(), ghost_.area);
  Q_EMIT lassoEnded();
  if (!places.problem.isEmpty()) {
    Q_EMIT hintGiven(places.problem);
    return;
  }
  hasQuestion_ = true;
  ghost_.area.clear();
  ghost_.hint = tr("looking for an order in which these run at once");
  Q_EMIT atOnceRequested(places.loops, places.rows);
}

void ScheduleGesture::cancel() {
  const bool wasLasso = drag_ && drag_->act == Act::Lasso;
  drag_.reset();
  endQuestion();
  shape_.reset();
  handle_.reset();
  if (wasLasso)
    Q_EMIT lassoEnded();
}

void ScheduleGesture::paint(QPainter& painter, const SpaceScene& scene, const Viewport& view, const QRectF& area) const {
  const Theme& theme = scene.style.theme;
  if (role_ == Role::Changes && scene.schedule && scene.schedule->verdict.kind == VerdictInfo::Kind::Illegal)
    paintWhatIf(painter, theme, area);
  if (const GestureGhost* shown = ghost(); shown && known_ == scene.schedule)
    paintGhost(painter, *shown, theme, view, area);
  else if (shape_ && known_ == scene.schedule && role_ == Role::Changes && !lassoIsArmed_)
    paintHandles(painter, *shape_, handle_, theme, view, area);
}

} // namespace polyloom
