// Direct manipulation of a plot: what the mouse does to shapes, as lines of the recipe.
#pragma once

#include "views/gesture_ghost.h"
#include "views/space_gesture.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace polyloom {

class SpacePlot;

/// Drag a shape to shift it, its edges to tile or reverse it, its corners to skew it, its round handle to trade its
/// loops' places; with Shift onto other loops or out of its own. With Ctrl a rectangle splits or tiles; with Alt a lasso
/// asks which order lets the points inside run at once. Legal numbers are asked for at the press, and nothing waits for
/// the answer. Only letting go asks for steps.
class ScheduleGesture : public QObject, public SpaceGesture {
  Q_OBJECT

public:
  enum class Role { Changes, Refuses }; ///< refuses: an order that stays as it is

  /// Takes part in the plot's mouse from now on, and must live as long as the plot.
  ScheduleGesture(SpacePlot& plot, Role role, QObject* parent);
  ~ScheduleGesture() override;

  /// The answer to a rangeRequested. Others' answers are ignored.
  void setRange(const RangeInfo& range);
  /// One of the answers to a dropsRequested.
  void setDrop(const DropInfo& drop);
  /// The next drag is a lasso, whatever key is held.
  void armLasso(bool armed);
  /// The question that atOnceRequested asked has been answered.
  void endQuestion();

  /// What is drawn of a running gesture or an open question; null: nothing.
  const GestureGhost* ghost() const;
  /// The shape with handles, and the one under the pointer.
  const std::optional<GestureShape>& shape() const { return shape_; }
  const std::optional<GestureHandle>& handle() const { return handle_; }

  bool press(const SpaceHit& hit, Qt::KeyboardModifiers modifiers) override;
  void move(const SpaceHit& hit) override;
  bool release(const SpaceHit& hit) override;
  void cancel() override;
  std::optional<Qt::CursorShape> hover(const SpaceHit& hit) override;
  void leave() override;
  void paint(QPainter& painter, const SpaceScene& scene, const Viewport& view, const QRectF& area) const override;

Q_SIGNALS:
  /// One change of the recipe: all lines or none.
  void stepsRequested(const QStringList& lines);
  /// A line with "?" in its number's place: legal for which numbers?
  void rangeRequested(const QString& line);
  /// Lines to append, each candidate's joined by line breaks: which of them would be legal? The first one is wanted first;
  /// what has not been answered when the next question comes is no longer wanted.
  void dropsRequested(const QStringList& candidates);
  /// Which order lets these places run at the same time? One row per place, with its values of `loops`.
  void atOnceRequested(const QStringList& loops, const std::vector<std::vector<std::int64_t>>& rows);
  void lassoEnded();
  /// Why letting go did nothing.
  void hintGiven(const QString& hint);

private:
  enum class Act { Refuse, Shift, Edge, Corner, Turn, Drop, Band, Lasso };
  struct Drag {
    Act act = Act::Refuse;
    SpaceHit start, last; ///< where the pointer was pressed, and where it is
    GestureShape shape; ///< of all but bands and lassos
    GestureHandle handle;
    bool isMoving = false; ///< far enough for more than a click
    QStringList lines;     ///< that letting go would append
  };

  int statementUnder(const SpaceHit& hit) const;
  std::optional<GestureShape> shapeUnder(const SpaceHit& hit) const;
  void begin(Act act, const SpaceHit& hit);
  void askRanges(const Drag& drag);
  void askNext();
  void update(const SpaceHit& hit);
  GestureMeaning updateNumbered(const SpaceHit& hit, GestureGhost& ghost);
  GestureMeaning updateBand(const SpaceHit& hit, GestureGhost& ghost);
  GestureMeaning updateTurn(const SpaceHit& hit, GestureGhost& ghost);
  void updateLasso(const SpaceHit& hit, GestureGhost& ghost);
  void judgeDrop(GestureGhost& ghost);
  void tryNumbers(GestureGhost& ghost, const std::function<QStringList(std::int64_t number)>& linesAt);
  std::optional<RangeInfo> rangeOf(const QString& open) const;
  void releaseLasso();
  QString tipOf(const std::optional<GestureHandle>& handle) const;

  SpacePlot& plot_;
  Role role_;
  bool lassoIsArmed_ = false;
  std::optional<GestureShape> shape_;
  std::optional<GestureHandle> handle_;
  std::optional<Drag> drag_;
  GestureGhost ghost_;
  bool hasQuestion_ = false; ///< `ghost_` shows points that the engine is looking at
  std::shared_ptr<const ScheduleSnapshot> known_; ///< what `ranges_` and `shape_` are of
  QHash<QString, RangeInfo> ranges_;
  QStringList toAsk_;
  QString asked_; ///< and not answered
  KnownDrops drops_;       ///< of `known_` as well
  QStringList dropsAsked_; ///< the last question
};

} // namespace polyloom
