// The part of the engine that lives on its own thread.
#pragma once

#include "app/window/engine.h"
#include "core/isl/context.h"
#include "core/program/dependences.h"
#include "core/program/scop.h"
#include "core/schedule/step.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>

namespace polyloom {

/// Owns the isl context and the program. `run` and all jobs stay on one thread; `supersede` may come from another.
class EngineCore : public QObject {
  Q_OBJECT

public:
  EngineCore() = default;
  ~EngineCore() override;

  /// From now on only this request counts: ends an older one that is running.
  void supersede(std::uint64_t request);
  /// Runs a job of a request, unless a newer one has come. The one place that catches.
  void run(std::uint64_t request, const std::function<void()>& job);

  /// The program that all later jobs are about, in its text form. Callable from any thread.
  void setProgram(std::string json);
  void range(const std::string& line, bool reassociate);
  void drops(const std::vector<std::string>& candidates, bool reassociate);
  void atOnce(const std::vector<std::string>& loops, const std::vector<std::vector<std::int64_t>>& rows, bool reassociate);
  void traces(const CacheChoice& caches);
  void islRecipe();
  void mathematics();
  void replay(const std::string& recipe, bool reassociate, const Engine::Values& values);

Q_SIGNALS:
  void programReady(quint64 request, polyloom::ProgramSnapshotPtr program);
  void scheduleReady(quint64 request, polyloom::ScheduleSnapshotPtr schedule);
  void pointsReady(quint64 request, polyloom::ScheduleSnapshotPtr schedule);
  void spaceReady(quint64 request, polyloom::ScheduleSnapshotPtr schedule);
  void repairsReady(quint64 request, const std::vector<polyloom::RepairInfo>& repairs);
  void rangeReady(quint64 request, const polyloom::RangeInfo& range);
  void dropReady(quint64 request, const polyloom::DropInfo& drop);
  void atOnceReady(quint64 request, const polyloom::AtOnceInfo& found);
  void tracesReady(quint64 request, polyloom::ExecutionTracesPtr traces);
  void mathematicsReady(quint64 request, const polyloom::MathematicsSnapshotPtr& mathematics);
  void islRecipeReady(quint64 request, const QString& recipe, const QString& remark);
  void recipeRefused(quint64 request, const polyloom::Diagnostic& diagnostic);
  void failed(quint64 request, const QString& message);
  void finished(quint64 request);

private:
  bool ensureProgram();
  bool load(const std::string& json);
  void draw(const Engine::Values& values);
  void repair(bool reassociate);

  IslContext context_; ///< first: outlives all isl objects below
  ScopPtr scop_;
  std::optional<Dependences> dependences_;
  Recipe recipe_;
  ScheduleSnapshotPtr schedule_;
  ScheduleSnapshotPtr drawn_; ///< the same with its points; null: not yet drawn
  std::string repairedRecipe_; ///< the last recipe with repairs, and these
  bool repairedReassociate_ = false;
  std::vector<RepairInfo> repairs_;
  std::uint64_t request_ = 0; ///< the running job's

  std::mutex mutex_; ///< guards what follows
  std::uint64_t newest_ = 0;
  bool running_ = false;
  std::optional<std::string> program_; ///< set, and not yet read
  std::stop_source stop_;
};

} // namespace polyloom
