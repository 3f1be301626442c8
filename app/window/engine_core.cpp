#include "app/window/engine_core.h"

#include "core/program/text.h"
#include "core/schedule/isl_scheduler.h"
#include "core/snapshot/make_drops.h"
#include "core/snapshot/make_execution_trace.h"
#include "core/snapshot/make_mathematics.h"
#include "core/snapshot/make_snapshot.h"

#include <nlohmann/json.hpp>

#include <exception>

namespace polyloom {

namespace {

/// More points than this say nothing more to the eye, and cost a second.
constexpr std::size_t kMostPoints = 100000;

} // namespace

EngineCore::~EngineCore() {
  dependences_.reset();
  scop_.reset();
}

void EngineCore::supersede(std::uint64_t request) {
  const std::lock_guard lock(mutex_);
  newest_ = request;
  if (!running_)
    return;
  stop_.request_stop();
  context_.abort();
}

void EngineCore::run(std::uint64_t request, const std::function<void()>& job) {
  {
    const std::lock_guard lock(mutex_);
    if (request != newest_)
      return;
    running_ = true;
    stop_ = std::stop_source();
  }
  request_ = request;
  try {
    job();
  } catch (const std::exception& error) {
    // An isl error after an abort is the abort's doing; any other is a bug of ours and worth a report.
    if (!stop_.stop_requested())
      Q_EMIT failed(request, QString::fromUtf8(error.what()));
  }
  {
    const std::lock_guard lock(mutex_);
    running_ = false;
    context_.resume();
  }
  Q_EMIT finished(request);
}

void EngineCore::setProgram(std::string json) {
  const std::lock_guard lock(mutex_);
  program_ = std::move(json);
}

bool EngineCore::ensureProgram() {
  std::optional<std::string> fresh;
  {
    const std::lock_guard lock(mutex_);
    fresh = program_;
  }
  if (fresh && !load(*fresh))
    return false;
  // Forgotten only now: a request that was cut short while reading leaves the program to the next one.
  if (fresh) {
    const std::lock_guard lock(mutex_);
    if (program_ == fresh)
      program_.reset();
  }
  if (!scop_ || dependences_)
    return scop_ != nullptr;
  Result<Dependences> dependences = boundedDependences(*scop_);
  if (!dependences) {
    Q_EMIT failed(request_, QString::fromStdString(dependences.error().message));
    return false;
  }
  dependences_ = *std::move(dependences);
  return true;
}

bool EngineCore::load(const std::string& json) {
  dependences_.reset();
  scop_.reset();
  schedule_.reset();
  drawn_.reset();
  repairs_.clear();
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (parsed.is_discarded()) {
    Q_EMIT failed(request_, tr("the program's text form is not JSON"));
    return false;
  }
  auto scop = scopFromJson(context_.get(), parsed);
  if (!scop) {
    Q_EMIT failed(request_, QString::fromStdString(scop.error().message));
    return false;
  }
  scop_ = *scop;
  Q_EMIT programReady(request_, std::make_shared<const ProgramSnapshot>(makeProgramSnapshot(*scop_)));
  return true;
}

void EngineCore::replay(const std::string& text, bool reassociate, const Engine::Values& values) {
  if (!ensureProgram())
    return;
  auto recipe = parseRecipe(text);
  if (!recipe) {
    Q_EMIT recipeRefused(request_, recipe.error());
    return;
  }
  recipe_ = *recipe;
  drawn_.reset();
  auto snapshot =
      std::make_shared<const ScheduleSnapshot>(makeScheduleSnapshot(scop_, *dependences_, recipe_, {.reassociate = reassociate}));
  schedule_ = snapshot;
  Q_EMIT scheduleReady(request_, snapshot);
  draw(values);
  if (!stop_.stop_requested())
    repair(reassociate);
}

void EngineCore::repair(bool reassociate) {
  const bool isWhole = schedule_->steps.empty() || schedule_->steps.back().outcome != StepInfo::Outcome::Refused;
  if (schedule_->verdict.kind != VerdictInfo::Kind::Illegal || !isWhole)
    return;
  if (repairs_.empty() || repairedRecipe_ != schedule_->recipe || repairedReassociate_ != reassociate) {
    std::vector<RepairInfo> found = makeRepairs(scop_, *dependences_, recipe_, reassociate);
    if (stop_.stop_requested())
      return; // a search that was cut short says nothing
    repairs_ = std::move(found);
    repairedRecipe_ = schedule_->recipe;
    repairedReassociate_ = reassociate;
  }
  Q_EMIT repairsReady(request_, repairs_);
}

void EngineCore::range(const std::string& line, bool reassociate) {
  if (!ensureProgram())
    return;
  const RangeInfo range = makeRange(scop_, *dependences_, recipe_, line, reassociate);
  if (!stop_.stop_requested())
    Q_EMIT rangeReady(request_, range);
}

void EngineCore::drops(const std::vector<std::string>& candidates, bool reassociate) {
  if (!ensureProgram())
    return;
  judgeDrops(scop_, *dependences_, recipe_, candidates, reassociate, [this](const DropInfo& drop) {
    if (stop_.stop_requested())
      return false; // the verdict may be the abort's doing
    Q_EMIT dropReady(request_, drop);
    return true;
  });
}

void EngineCore::atOnce(const std::vector<std::string>& loops, const std::vector<std::vector<std::int64_t>>& rows,
                        bool reassociate) {
  if (!ensureProgram())
    return;
  const AtOnceInfo found = makeAtOnce(scop_, *dependences_, recipe_, loops, rows, reassociate);
  if (!stop_.stop_requested())
    Q_EMIT atOnceReady(request_, found);
}

void EngineCore::traces(const CacheChoice& caches) {
  if (!ensureProgram() || !drawn_)
    return;
  auto made = std::make_shared<const ExecutionTraces>(
      makeExecutionTraces(scop_, recipe_, drawn_->space, {.caches = caches, .stop = stop_.get_token()}));
  if (!stop_.stop_requested())
    Q_EMIT tracesReady(request_, std::move(made));
}

void EngineCore::mathematics() {
  if (!ensureProgram())
    return;
  auto mathematics = std::make_shared<const MathematicsSnapshot>(makeMathematics(scop_, *dependences_, recipe_));
  if (!stop_.stop_requested())
    Q_EMIT mathematicsReady(request_, mathematics);
}

void EngineCore::islRecipe() {
  if (!ensureProgram())
    return;
  const Result<IslRecipe> found = recipeFromIsl(scop_, *dependences_, {});
  if (!found) {
    Q_EMIT failed(request_, QString::fromStdString(found.error().message));
    return;
  }
  QString recipe;
  for (const Step& step : found->steps)
    recipe += QString::fromStdString(toText(step)) + QLatin1Char('\n');
  const QString remark = found->steps.empty() ? tr("isl's schedule is the original order")
                         : found->isDecomposed
                             ? QString()
                             : tr("isl's schedule needs the step of last resort: no other steps were found for it");
  Q_EMIT islRecipeReady(request_, recipe, remark);
}

void EngineCore::draw(const Engine::Values& values) {
  const auto withSpace = [this](SpaceSnapshot space) {
    auto snapshot = std::make_shared<ScheduleSnapshot>(*schedule_);
    snapshot->space = std::move(space);
    return snapshot;
  };
  auto space = makeSpaceSnapshot(scop_, *dependences_, recipe_, values, kMostPoints, stop_.get_token(),
                                 [&](const SpaceSnapshot& points) { Q_EMIT pointsReady(request_, withSpace(points)); });
  if (stop_.stop_requested())
    return;
  drawn_ = withSpace(std::move(space));
  Q_EMIT spaceReady(request_, drawn_);
}

} // namespace polyloom
