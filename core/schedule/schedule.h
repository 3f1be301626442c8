// A schedule: a program, the order of its instances, and the recipe that led to it.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"
#include "core/schedule/schedule_tree.h"
#include "core/schedule/step.h"

#include <memory>
#include <string>
#include <vector>

namespace polyloom {

struct StepKind;

/// An immutable value; copies are cheap. A step makes a new one (see `apply`).
/// Invariant: the tree orders exactly the instances of `program()`.
class Schedule {
public:
  /// The source's own order, with the empty recipe.
  static Schedule original(ScopPtr program);

  const Scop& program() const { return *program_; }
  const ScopPtr& programPtr() const { return program_; }
  const ScheduleTree& tree() const { return tree_; }
  const std::vector<Step>& recipe() const { return recipe_; }

private:
  friend Result<Schedule> apply(const Schedule& schedule, const Step& step);
  Schedule(ScopPtr program, ScheduleTree tree, std::vector<Step> recipe);
  static Result<Schedule> applyExpanded(const Schedule& schedule, const Step& step, const StepKind& kind);

  ScopPtr program_;
  ScheduleTree tree_;
  std::vector<Step> recipe_;
};

/// Applies one step. Refuses (with a sentence, and what would help) when the step's precondition fails; legality is
/// never asked here.
Result<Schedule> apply(const Schedule& schedule, const Step& step);

/// The steps that sugar stands for at this schedule; empty for any other step, and for sugar that is refused.
std::vector<Step> expansionOf(const Schedule& schedule, const Step& step);

/// What became of a recipe: the schedule after the last step that applied, and the first refusal if there was one.
struct Replay {
  Schedule schedule;
  std::optional<Diagnostic> refusal; ///< of step number schedule.recipe().size()
};

/// Applies the steps in order from the original; stops at the first refusal.
Replay replay(const ScopPtr& program, const std::vector<Step>& steps);

} // namespace polyloom
