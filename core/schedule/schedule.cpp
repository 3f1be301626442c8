#include "core/schedule/schedule.h"

#include "core/base/check.h"
#include "core/schedule/catalogue.h"

#include <utility>

namespace polyloom {

Schedule::Schedule(ScopPtr program, ScheduleTree tree, std::vector<Step> recipe)
    : program_(std::move(program)), tree_(std::move(tree)), recipe_(std::move(recipe)) {}

Schedule Schedule::original(ScopPtr program) {
  ScheduleTree tree = ScheduleTree::fromSource(*program);
  return Schedule(std::move(program), std::move(tree), {});
}

Result<Schedule> apply(const Schedule& schedule, const Step& step) {
  const StepKind* kind = findStepKind(step.kind);
  POLYLOOM_CHECK(kind != nullptr);
  Result<ScheduleTree> tree = kind->apply(schedule, step);
  if (!tree)
    return std::unexpected(std::move(tree.error()));
  std::vector<Step> recipe = schedule.recipe();
  recipe.push_back(step);
  return Schedule(schedule.programPtr(), std::move(*tree), std::move(recipe));
}

Replay replay(const ScopPtr& program, const std::vector<Step>& steps) {
  Schedule schedule = Schedule::original(program);
  for (const Step& step : steps) {
    Result<Schedule> next = apply(schedule, step);
    if (!next)
      return {std::move(schedule), std::move(next.error())};
    schedule = std::move(*next);
  }
  return {std::move(schedule), std::nullopt};
}

} // namespace polyloom
