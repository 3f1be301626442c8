#include "core/schedule/schedule.h"

#include "core/base/check.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/loop_range.h"

#include <fmt/format.h>

#include <utility>

namespace polyloom {

Schedule::Schedule(ScopPtr program, ScheduleTree tree, std::vector<Step> recipe)
    : program_(std::move(program)), tree_(std::move(tree)), recipe_(std::move(recipe)) {}

Schedule Schedule::original(ScopPtr program) {
  ScheduleTree tree = ScheduleTree::fromSource(*program);
  return Schedule(std::move(program), std::move(tree), {});
}

Result<Schedule> Schedule::applyExpanded(const Schedule& schedule, const Step& step, const StepKind& kind) {
  const Result<std::vector<Step>> parts = kind.expand(schedule, step);
  if (!parts)
    return std::unexpected(parts.error());
  Schedule current = schedule;
  for (const Step& part : *parts) {
    Result<Schedule> next = polyloom::apply(current, part);
    if (!next) {
      next.error().message = fmt::format("its part \"{}\" is refused: {}", toText(part), next.error().message);
      return next;
    }
    current = std::move(*next);
  }
  current.recipe_ = schedule.recipe_;
  current.recipe_.push_back(step);
  return current;
}

Result<Schedule> apply(const Schedule& schedule, const Step& step) {
  const StepKind* kind = findStepKind(step.kind);
  POLYLOOM_CHECK(kind != nullptr);
  if (kind->expand != nullptr)
    return Schedule::applyExpanded(schedule, step, *kind);
  Result<ScheduleTree> tree = kind->apply(schedule, step);
  if (!tree)
    return std::unexpected(std::move(tree.error()));
  std::vector<Step> recipe = schedule.recipe();
  recipe.push_back(step);
  return Schedule(schedule.programPtr(), withValidStrides(*tree), std::move(recipe));
}

std::vector<Step> expansionOf(const Schedule& schedule, const Step& step) {
  const StepKind* kind = findStepKind(step.kind);
  POLYLOOM_CHECK(kind != nullptr);
  if (kind->expand == nullptr)
    return {};
  return kind->expand(schedule, step).value_or(std::vector<Step>{});
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
