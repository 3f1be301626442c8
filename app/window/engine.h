// The mathematics on a thread of its own: text goes in, snapshots come out.
#pragma once

#include "core/base/diagnostic.h"
#include "core/snapshot/cache_choice.h"
#include "core/snapshot/drop_info.h"
#include "core/snapshot/execution_trace.h"
#include "core/snapshot/mathematics.h"
#include "core/snapshot/snapshot.h"

#include <QObject>
#include <QStringList>
#include <QThread>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

class EngineCore;

/// Lives on the window's thread; owns the thread that owns the isl context. A newer request ends an older one, and
/// what an older one still answers is dropped. Nothing here waits, except the destructor.
class Engine : public QObject {
  Q_OBJECT

public:
  using Values = std::map<std::string, std::int64_t>;

  explicit Engine(QObject* parent = nullptr);
  ~Engine() override;

  /// Takes a program in its text form, a recipe, and values to draw at. Answers programReady, then as setRecipe does.
  void open(const QString& json, const QString& recipe, bool reassociate, const Values& values = {});
  /// Replays the recipe. Answers scheduleReady, then spaceReady; or recipeRefused when the text does not parse.
  void setRecipe(const QString& text, bool reassociate);
  /// Asks for which numbers a line with "?" would be legal as the next step. Waits until the recipe has been answered,
  /// and is forgotten with the next recipe.
  void askRange(const QString& line);
  /// Asks which of these lines (each candidate's joined by line breaks) would be legal as the next steps. Answers one after the
  /// other; a newer question of this kind ends an older one. Waits and is forgotten as askRange's question is.
  void askDrops(const QStringList& candidates);
  /// Asks for steps that let chosen places of the present order run at the same time: one row per place, with its values
  /// of `loops`. Waits and is forgotten as askRange's question is.
  void askAtOnce(const QStringList& loops, const std::vector<std::vector<std::int64_t>>& rows);
  /// Asks for isl's own schedule of the program as a recipe.
  void askIslRecipe();
  /// Asks for the run of the drawn instances in both orders, access by access. Waits until the recipe has been answered,
  /// and is forgotten with the next recipe.
  void askTraces(const CacheChoice& caches);
  /// Asks for the sets, functions and relations of the current recipe. Waits as askRange does, and does not get lost to
  /// other questions; where the recipe changes meanwhile, the answer is the new one's.
  void askMathematics();
  bool wantsMathematics() const { return wantsMathematics_; }
  /// Draws the current recipe's instances at other parameter values (names that are absent keep their own choice).
  void setViewValues(const Values& values);
  /// Ends what is running. The views keep what they show.
  void cancel();
  bool isBusy() const { return busy_; }

Q_SIGNALS:
  void programReady(polyloom::ProgramSnapshotPtr program);
  /// Everything but the points.
  void scheduleReady(polyloom::ScheduleSnapshotPtr schedule);
  /// The same schedule with its points, where there are many: their arrows are to come.
  void pointsReady(polyloom::ScheduleSnapshotPtr schedule);
  /// The same schedule with all points and arrows.
  void spaceReady(polyloom::ScheduleSnapshotPtr schedule);
  /// After spaceReady, for an illegal recipe: what would make it legal.
  void repairsReady(const std::vector<polyloom::RepairInfo>& repairs);
  void rangeReady(const polyloom::RangeInfo& range);
  void dropReady(const polyloom::DropInfo& drop);
  void atOnceReady(const polyloom::AtOnceInfo& found);
  void tracesReady(polyloom::ExecutionTracesPtr traces);
  void mathematicsReady(const polyloom::MathematicsSnapshotPtr& mathematics);
  void islRecipeReady(const QString& recipe, const QString& remark);
  void recipeRefused(const polyloom::Diagnostic& diagnostic);
  /// A program that cannot be read, or a bug of ours.
  void failed(const QString& message);
  void busyChanged(bool busy);

private:
  /// Hands a signal of the core on, unless it answers an earlier request.
  template <typename From, typename To> void relay(From from, To to);
  bool isCurrent(quint64 request) const { return request == lastRequest_; }
  template <typename Job> void post(Job job);
  void postAtOnce();
  void setBusy(bool busy);

  QThread thread_;
  EngineCore* core_; ///< lives on thread_
  std::uint64_t lastRequest_ = 0;
  QString recipe_;
  bool reassociate_ = false;
  Values values_;
  QString pendingRange_; ///< asked while something else was running
  QStringList pendingDrops_; ///< likewise
  bool isJudgingDrops_ = false; ///< the running job answers askDrops
  struct AtOnceQuestion {
    std::vector<std::string> loops;
    std::vector<std::vector<std::int64_t>> rows;
  };
  std::optional<AtOnceQuestion> pendingAtOnce_; ///< likewise
  std::optional<CacheChoice> pendingTraces_;    ///< likewise
  std::optional<CacheChoice> runningTraces_;    ///< what the running job answers, if it is traces
  bool wantsMathematics_ = false; ///< asked, and not answered
  bool busy_ = false;
};

} // namespace polyloom

Q_DECLARE_METATYPE(polyloom::ProgramSnapshotPtr)
Q_DECLARE_METATYPE(polyloom::ScheduleSnapshotPtr)
Q_DECLARE_METATYPE(polyloom::ExecutionTracesPtr)
Q_DECLARE_METATYPE(polyloom::Diagnostic)
Q_DECLARE_METATYPE(polyloom::RangeInfo)
Q_DECLARE_METATYPE(polyloom::AtOnceInfo)
Q_DECLARE_METATYPE(polyloom::DropInfo)
Q_DECLARE_METATYPE(polyloom::MathematicsSnapshotPtr)
Q_DECLARE_METATYPE(std::vector<polyloom::RepairInfo>)
