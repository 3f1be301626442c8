// A schedule: a program, the order of its instances, and the recipe that led to it.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"
#include "core/schedule/schedule_tree.h"
#include "core/schedule/stage.h"
#include "core/schedule/step.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

struct StepKind;

/// An immutable value; copies are cheap. A step makes a new one (see `apply`).
/// Invariant: the tree orders exactly the instances of `program()`.
/// Steps that change storage replace the program: `source()` stays what was read, `finishedStages()` and `stage()` tell the way from there.
class Schedule {
public:
  /// The source's own order, with the empty recipe.
  static Schedule original(ScopPtr program);

  /// The program in its present storage.
  const Scop& program() const { return *stage_->program; }
  const ScopPtr& programPtr() const { return stage_->program; }
  /// The program as it was read.
  const ScopPtr& source() const { return source_; }
  const Stage& stage() const { return *stage_; }
  const std::vector<FinishedStage>& finishedStages() const { return finished_; }
  const Stage& firstStage() const { return finished_.empty() ? *stage_ : *finished_.front().stage; }
  bool hasSourceStorage() const { return stage_->program == source_; }
  const ScheduleTree& tree() const { return tree_; }
  const std::vector<Step>& recipe() const { return recipe_; }

private:
  friend Result<Schedule> apply(const Schedule& schedule, const Step& step);
  Schedule(ScopPtr source, StagePtr stage, ScheduleTree tree);
  static Result<Schedule> applyExpanded(const Schedule& schedule, const Step& step, const StepKind& kind);

  ScopPtr source_;
  std::vector<FinishedStage> finished_;
  StagePtr stage_;
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
/// The same from a schedule on, whose stages it shares: what legality remembers with them is found out once.
Replay replay(Schedule schedule, std::span<const Step> steps);

} // namespace polyloom
