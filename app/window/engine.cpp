#include "app/window/engine.h"

#include "app/window/engine_core.h"

namespace polyloom {

namespace {

/// What crosses from the engine's thread.
void registerTypes() {
  qRegisterMetaType<ProgramSnapshotPtr>("polyloom::ProgramSnapshotPtr");
  qRegisterMetaType<ScheduleSnapshotPtr>("polyloom::ScheduleSnapshotPtr");
  qRegisterMetaType<ExecutionTracesPtr>("polyloom::ExecutionTracesPtr");
  qRegisterMetaType<Diagnostic>("polyloom::Diagnostic");
  qRegisterMetaType<RangeInfo>("polyloom::RangeInfo");
  qRegisterMetaType<DropInfo>("polyloom::DropInfo");
  qRegisterMetaType<AtOnceInfo>("polyloom::AtOnceInfo");
  qRegisterMetaType<MathematicsSnapshotPtr>("polyloom::MathematicsSnapshotPtr");
  qRegisterMetaType<std::vector<RepairInfo>>("std::vector<polyloom::RepairInfo>");
}

} // namespace

template <typename From, typename To> void Engine::relay(From from, To to) {
  connect(core_, from, this, [this, to](quint64 request, const auto&... values) {
    if (isCurrent(request))
      Q_EMIT (this->*to)(values...);
  });
}

Engine::Engine(QObject* parent) : QObject(parent), core_(new EngineCore) {
  registerTypes();
  core_->moveToThread(&thread_);
  const auto ended = [this](quint64 request) {
    if (isCurrent(request))
      wantsMathematics_ = false; // asking again after a failure would fail again
  };
  connect(core_, &EngineCore::mathematicsReady, this, ended);
  connect(core_, &EngineCore::failed, this, ended);
  relay(&EngineCore::programReady, &Engine::programReady);
  relay(&EngineCore::scheduleReady, &Engine::scheduleReady);
  relay(&EngineCore::pointsReady, &Engine::pointsReady);
  relay(&EngineCore::spaceReady, &Engine::spaceReady);
  relay(&EngineCore::repairsReady, &Engine::repairsReady);
  relay(&EngineCore::rangeReady, &Engine::rangeReady);
  relay(&EngineCore::dropReady, &Engine::dropReady);
  relay(&EngineCore::atOnceReady, &Engine::atOnceReady);
  relay(&EngineCore::tracesReady, &Engine::tracesReady);
  relay(&EngineCore::mathematicsReady, &Engine::mathematicsReady);
  relay(&EngineCore::islRecipeReady, &Engine::islRecipeReady);
  relay(&EngineCore::recipeRefused, &Engine::recipeRefused);
  relay(&EngineCore::failed, &Engine::failed);
  connect(core_, &EngineCore::finished, this, [this](quint64 request) {
    if (isCurrent(request))
      setBusy(false);
  });
  thread_.setObjectName(QStringLiteral("engine"));
  thread_.start();
}

Engine::~Engine() {
  core_->supersede(++lastRequest_);
  // isl objects belong to the thread that made them: it also ends them.
  connect(&thread_, &QThread::finished, core_, &QObject::deleteLater);
  thread_.quit();
  thread_.wait();
}

template <typename Job> void Engine::post(Job job) {
  const std::uint64_t request = ++lastRequest_;
  core_->supersede(request);
  isJudgingDrops_ = false;
  runningTraces_.reset();
  setBusy(true);
  QMetaObject::invokeMethod(core_,
                            [core = core_, request, job = std::move(job)] { core->run(request, [&] { job(*core); }); });
}

void Engine::open(const QString& json, const QString& recipe, bool reassociate, const Values& values) {
  recipe_ = recipe;
  reassociate_ = reassociate;
  values_ = values;
  core_->setProgram(json.toStdString());
  setRecipe(recipe, reassociate);
}

void Engine::setRecipe(const QString& text, bool reassociate) {
  recipe_ = text;
  reassociate_ = reassociate;
  pendingRange_.clear();
  pendingDrops_.clear();
  pendingAtOnce_.reset();
  pendingTraces_.reset();
  post([recipe = text.toStdString(), reassociate, values = values_](EngineCore& core) {
    core.replay(recipe, reassociate, values);
  });
}

void Engine::setViewValues(const Values& values) {
  values_ = values;
  pendingTraces_.reset();
  // The whole replay, not only the points: a recipe that this request cut short must not be lost.
  post([recipe = recipe_.toStdString(), reassociate = reassociate_, values](EngineCore& core) {
    core.replay(recipe, reassociate, values);
  });
}

void Engine::askRange(const QString& line) {
  pendingRange_ = line;
  if (busy_ || line.isEmpty())
    return;
  post([line = pendingRange_.toStdString(), reassociate = reassociate_](EngineCore& core) {
    core.range(line, reassociate);
  });
  pendingRange_.clear();
}

void Engine::askDrops(const QStringList& candidates) {
  pendingDrops_ = candidates;
  if ((busy_ && !isJudgingDrops_) || candidates.isEmpty())
    return;
  std::vector<std::string> lines;
  for (const QString& each : std::exchange(pendingDrops_, {}))
    lines.push_back(each.toStdString());
  post([lines = std::move(lines), reassociate = reassociate_](EngineCore& core) { core.drops(lines, reassociate); });
  isJudgingDrops_ = true;
}

void Engine::askAtOnce(const QStringList& loops, const std::vector<std::vector<std::int64_t>>& rows) {
  AtOnceQuestion question{{}, rows};
  for (const QString& loop : loops)
    question.loops.push_back(loop.toStdString());
  pendingAtOnce_ = std::move(question);
  if (!busy_)
    postAtOnce();
}

void Engine::postAtOnce() {
  post([question = *std::exchange(pendingAtOnce_, std::nullopt), reassociate = reassociate_](EngineCore& core) {
    core.atOnce(question.loops, question.rows, reassociate);
  });
}

void Engine::askTraces(const CacheChoice& caches) {
  if (busy_ && runningTraces_ == caches)
    return; // several panels have come into sight
  pendingTraces_ = caches;
  if (busy_)
    return;
  pendingTraces_.reset();
  post([caches](EngineCore& core) { core.traces(caches); });
  runningTraces_ = caches;
}

void Engine::askMathematics() {
  wantsMathematics_ = true;
  if (!busy_)
    post([](EngineCore& core) { core.mathematics(); });
}

void Engine::askIslRecipe() {
  post([](EngineCore& core) { core.islRecipe(); });
}

void Engine::cancel() {
  pendingRange_.clear();
  pendingDrops_.clear();
  pendingAtOnce_.reset();
  pendingTraces_.reset();
  wantsMathematics_ = false;
  core_->supersede(++lastRequest_);
  setBusy(false);
}

void Engine::setBusy(bool busy) {
  if (busy == busy_)
    return;
  busy_ = busy;
  Q_EMIT busyChanged(busy);
  if (!busy_ && !pendingRange_.isEmpty())
    askRange(pendingRange_);
  else if (!busy_ && !pendingDrops_.isEmpty())
    askDrops(QStringList(pendingDrops_));
  else if (!busy_ && pendingAtOnce_)
    postAtOnce();
  else if (!busy_ && pendingTraces_)
    askTraces(*pendingTraces_);
  else if (!busy_ && wantsMathematics_)
    askMathematics();
}

} // namespace polyloom
