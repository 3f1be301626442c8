#include "core/schedule/schedule.h"

#include "core/base/check.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/loop_range.h"

#include <fmt/format.h>

#include <utility>

namespace polyloom {

Schedule::Schedule(ScopPtr source, StagePtr stage, ScheduleTree tree)
    : source_(std::move(source)), stage_(std::move(stage)), tree_(std::move(tree)) {}

Schedule Schedule::original(ScopPtr program) {
  ScheduleTree tree = ScheduleTree::fromSource(*program);
  auto stage = std::make_shared<const Stage>(Stage{.program = program, .base = tree});
  return Schedule(std::move(program), std::move(stage), std::move(tree));
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
  Schedule next = schedule;
  next.recipe_.push_back(step);
  if (kind->changeStorage != nullptr) {
    Result<StorageChange> change = kind->changeStorage(schedule, step);
    if (!change)
      return std::unexpected(std::move(change.error()));
    if (change->startsStage)
      next.finished_.push_back({schedule.stage_, schedule.tree_});
    next.stage_ = std::make_shared<const Stage>(std::move(change->stage));
    next.tree_ = std::move(change->tree);
    return next;
  }
  Result<ScheduleTree> tree = kind->apply(schedule, step);
  if (!tree)
    return std::unexpected(std::move(tree.error()));
  next.tree_ = withValidStrides(*tree, schedule.tree());
  return next;
}

std::vector<Step> expansionOf(const Schedule& schedule, const Step& step) {
  const StepKind* kind = findStepKind(step.kind);
  POLYLOOM_CHECK(kind != nullptr);
  if (kind->expand == nullptr)
    return {};
  return kind->expand(schedule, step).value_or(std::vector<Step>{});
}

Replay replay(const ScopPtr& program, const std::vector<Step>& steps) {
  return replay(Schedule::original(program), steps);
}

Replay replay(Schedule schedule, std::span<const Step> steps) {
  for (const Step& step : steps) {
    Result<Schedule> next = apply(schedule, step);
    if (!next)
      return {std::move(schedule), std::move(next.error())};
    schedule = std::move(*next);
  }
  return {std::move(schedule), std::nullopt};
}

} // namespace polyloom
