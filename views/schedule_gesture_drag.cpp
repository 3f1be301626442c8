// A gesture under way: what letting go at the pointer would do, and the ghost of it.
#include "views/gesture_places.h"
#include "views/schedule_gesture.h"
#include "views/space_plot.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace polyloom {

namespace {

constexpr std::int64_t kTriedNumbers = 4; ///< on both sides of none

std::vector<PlanePoint> rectangle(PlanePoint a, PlanePoint b) {
  return {a, {b.x, a.y}, b, {a.x, b.y}};
}

bool isAlongX(Edge edge) { return edge == Edge::Left || edge == Edge::Right; }

double angleOf(QPointF place, QPointF middle) { return std::atan2(middle.y() - place.y(), place.x() - middle.x()); }

} // namespace

void ScheduleGesture::update(const SpaceHit& hit) {
  drag_->last = hit;
  GestureGhost ghost;
  ghost.pointer = hit.position;
  GestureMeaning meaning;
  switch (drag_->act) {
  case Act::Refuse:
    meaning.hint = plot_.scene().data.projection.order == SpaceOrder::Original
                       ? tr("the original order stays as it is; drag in the new order")
                       : tr("this order stays as it is; drag in the new order");
    break;
  case Act::Shift:
  case Act::Edge:
  case Act::Corner: meaning = updateNumbered(hit, ghost); break;
  case Act::Turn: meaning = updateTurn(hit, ghost); break;
  case Act::Band: meaning = updateBand(hit, ghost); break;
  case Act::Drop: {
    const PlanePoint from = drag_->start.world;
    ghost.outline = movedOutline(drag_->shape, {hit.world.x - from.x, hit.world.y - from.y});
    meaning = meaningOfDrop(plot_.scene(), plot_.hulls(), drag_->shape.statement, hit.world);
    break;
  }
  case Act::Lasso: ghost.area = ghost_.area; updateLasso(hit, ghost); break;
  }
  if (drag_->act == Act::Turn)
    ghost.spots = turnSpots(drag_->shape, plot_.viewport(), drag_->start.position);
  drag_->lines = ghost.lines = meaning.lines;
  if (!meaning.hint.isEmpty())
    ghost.hint = meaning.hint;
  judgeDrop(ghost);
  ghost_ = std::move(ghost);
}

/// What no range tells is asked for: the lines under the pointer first, then the other places to let go.
void ScheduleGesture::judgeDrop(GestureGhost& ghost) {
  const bool isTold = ghost.ruler && ghost.ruler->tried.empty();
  const QString lines = isTold || drag_->act == Act::Lasso ? QString() : ghost.lines.join(QLatin1Char('\n'));
  QStringList open = settleSpots(ghost.spots, drops_, lines, ghost.tried);
  if (!lines.isEmpty())
    ghost.promise = promiseOf(lines, drops_);
  const bool isFirst = lines.isEmpty() || drops_.contains(lines) || dropsAsked_.value(0) == lines;
  const bool isAsked = std::ranges::all_of(open, [this](const QString& each) { return dropsAsked_.contains(each); });
  if (open.isEmpty() || (isFirst && isAsked))
    return;
  dropsAsked_ = std::move(open);
  Q_EMIT dropsRequested(dropsAsked_);
}

/// Numbers around none, for a ruler: judged as any other drop.
void ScheduleGesture::tryNumbers(GestureGhost& ghost, const std::function<QStringList(std::int64_t number)>& linesAt) {
  for (std::int64_t number = -kTriedNumbers; number <= kTriedNumbers; ++number) {
    const QStringList lines = linesAt(number);
    if (lines.isEmpty())
      continue;
    const QString joined = lines.join(QLatin1Char('\n'));
    ghost.ruler->tried[number] = promiseOf(joined, drops_);
    ghost.tried << joined;
  }
}

GestureMeaning ScheduleGesture::updateNumbered(const SpaceHit& hit, GestureGhost& ghost) {
  const GestureShape& shape = drag_->shape;
  const GestureTarget& target = shape.target;
  const GestureHandle& handle = drag_->handle;
  const QPointF away = hit.position - drag_->start.position;
  // The dominant direction decides; where only one axis shows a loop, that one does.
  const bool alongX = drag_->act == Act::Edge ? isAlongX(handle.edge)
                      : target.x.isEmpty() || target.y.isEmpty() ? target.y.isEmpty()
                                                                 : std::abs(away.x()) >= std::abs(away.y());
  const GestureScale scale = drag_->act == Act::Edge     ? scaleOfEdge(target, handle.edge)
                             : drag_->act == Act::Corner ? scaleOfCorner(target, handle.corner, alongX)
                                                         : GestureScale{};
  const auto meaningAt = [&](std::int64_t distance) {
    return drag_->act == Act::Edge     ? meaningOfEdge(target, handle.edge, distance)
           : drag_->act == Act::Corner ? meaningOfCorner(target, handle.corner, alongX, distance)
                                       : meaningOfShift(target, alongX, distance);
  };
  const PlanePoint from = drag_->start.world;
  GestureMeaning meaning = meaningAt(std::llround(alongX ? hit.world.x - from.x : hit.world.y - from.y));
  const QString open = meaningAt(scale.distance(1)).open;
  const bool isNumber = !open.isEmpty() && (meaning.lines.isEmpty() || !meaning.open.isEmpty());
  const std::optional<RangeInfo> range = rangeOf(open);
  if (isNumber && range && !(hit.modifiers & Qt::ControlModifier))
    if (const std::int64_t value = snapped(meaning.value, *range); value != meaning.value && !meaning.lines.isEmpty()) {
      meaning = meaningAt(scale.distance(value));
      meaning.hint += QLatin1Char('\n') + tr("the last legal number; Ctrl goes on");
    }
  const bool hasNumber = drag_->act != Act::Edge || !meaning.lines.isEmpty();
  if (isNumber && hasNumber) {
    const double unit = alongX ? plot_.viewport().scaleX : -plot_.viewport().scaleY;
    const double pressed = alongX ? drag_->start.position.x() : drag_->start.position.y();
    ghost.ruler = GestureRuler{.alongX = alongX, .origin = pressed + unit * static_cast<double>(scale.base),
                               .unit = unit * static_cast<double>(scale.slope), .value = meaning.value, .range = range};
    ghost.promise = meaning.lines.isEmpty() ? Promise::Nothing : promiseOf(meaning.value, range);
    if (open.startsWith(QLatin1String("unimodular")))
      tryNumbers(ghost, [&](std::int64_t number) { return meaningAt(scale.distance(number)).lines; });
  }
  const auto number = static_cast<double>(meaning.value);
  if (drag_->act == Act::Shift)
    ghost.outline = movedOutline(shape, alongX ? PlanePoint{number, 0} : PlanePoint{0, number});
  else if (drag_->act == Act::Corner)
    ghost.outline = skewedOutline(shape, handle.corner, alongX, meaning.value);
  else if (!meaning.open.isEmpty())
    ghost.outline = shape.hull, ghost.cuts = tileCuts(shape, alongX, meaning.value);
  else
    ghost.outline = meaning.lines.isEmpty() ? shape.hull : mirroredOutline(shape, handle.edge);
  return meaning;
}

GestureMeaning ScheduleGesture::updateTurn(const SpaceHit& hit, GestureGhost& ghost) {
  const std::vector<QPointF> corners = toScreen(drag_->shape.hull, plot_.viewport());
  QPointF middle;
  for (const QPointF& corner : corners)
    middle += corner / static_cast<double>(corners.size());
  const double turned = angleOf(hit.position, middle) - angleOf(drag_->start.position, middle);
  const int quarters = static_cast<int>(std::lround(turned / (std::numbers::pi / 2)));
  ghost.outline = turnedOutline(drag_->shape, plot_.viewport(), quarters);
  return meaningOfTurn(drag_->shape.target, quarters);
}

GestureMeaning ScheduleGesture::updateBand(const SpaceHit& hit, GestureGhost& ghost) {
  const PlanePoint a = drag_->start.world, b = hit.world;
  ghost.area = rectangle(a, b);
  const int statement = statementInside(plot_.scene(), a, b);
  const auto shape = statement < 0 ? std::nullopt : shapeOf(plot_.scene(), plot_.hulls(), statement);
  if (!shape) {
    GestureMeaning none;
    none.hint = tr("draw around a side of a shape to split it off, or around its first tile");
    return none;
  }
  ghost.spots = bandSpots(*shape, a, b);
  const LatticeBox box = boxBetween(*shape, a, b);
  const GestureMeaning meaning = meaningOfBand(shape->target, box);
  const LatticeBox& whole = shape->target.box;
  const bool alongX = box.bottom <= whole.bottom && box.top >= whole.top;
  if (!meaning.open.isEmpty())
    ghost.cuts = meaning.lines.front().startsWith(QLatin1String("split")) ? splitCut(*shape, alongX, meaning.value)
                                                                          : tileCuts(*shape, alongX, meaning.value);
  else if (!meaning.lines.isEmpty()) {
    ghost.cuts = tileCuts(*shape, true, std::min(box.right, whole.right) - std::max(box.left, whole.left) + 1);
    const auto rows = tileCuts(*shape, false, std::min(box.top, whole.top) - std::max(box.bottom, whole.bottom) + 1);
    ghost.cuts.insert(ghost.cuts.end(), rows.begin(), rows.end());
  }
  return meaning;
}

void ScheduleGesture::updateLasso(const SpaceHit& hit, GestureGhost& ghost) {
  if (ghost.area.empty())
    ghost.area.push_back(drag_->start.world);
  ghost.area.push_back(hit.world);
  const LassoedPlaces places = placesInside(plot_.scene(), ghost.area);
  ghost.marks = places.marks;
  ghost.hint = places.problem.isEmpty() ? tr("%1 places: let go to ask for an order in which they run at once").arg(places.rows.size())
                                        : places.problem;
}

} // namespace polyloom
