// Gestures on both plots of the iteration space, and keys that do the same.
#pragma once

#include "core/snapshot/answers.h"
#include "core/snapshot/drop_info.h"

#include <QList>
#include <QObject>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

class QAction;
class QToolButton;

namespace polyloom {

class IterationSpaceView;
class ScheduleGesture;
struct GestureMeaning;
struct GestureTarget;

/// The new order can be dragged; the order on the left stays as it is and says so. The keys act on the selected
/// statement, or on the only one.
class SpaceGestures : public QObject {
  Q_OBJECT

public:
  /// Lives as long as the view.
  explicit SpaceGestures(IterationSpaceView& space);

  ScheduleGesture* gesture() const { return changes_; }
  /// Every command as an action with a name; its key counts while the iteration space has the focus.
  const QList<QAction*>& actions() const { return actions_; }
  /// A button for the mode in which the next drag is a lasso.
  QToolButton* makeButton(QWidget* parent) const;
  void setRange(const RangeInfo& range);
  void setDrop(const DropInfo& drop);
  void endQuestion();

Q_SIGNALS:
  /// One change of the recipe: all lines or none.
  void stepsRequested(const QStringList& lines);
  void rangeRequested(const QString& line);
  /// See ScheduleGesture.
  void dropsRequested(const QStringList& candidates);
  void atOnceRequested(const QStringList& loops, const std::vector<std::vector<std::int64_t>>& rows);
  /// Why a key or a drag did nothing.
  void hintGiven(const QString& hint);

private:
  template <typename Meaning> void addKey(const char* name, const QString& text, const QKeySequence& key, Meaning meaning);
  QAction* addAction(const char* name, const QString& text, const QKeySequence& key);
  std::optional<GestureTarget> selectedTarget() const;
  void apply(const GestureMeaning& meaning);

  IterationSpaceView& space_;
  ScheduleGesture* changes_;
  QAction* lasso_;
  QList<QAction*> actions_;
};

} // namespace polyloom
