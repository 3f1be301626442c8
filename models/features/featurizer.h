// From schedules to the rows that cost models read.
#pragma once

#include "core/base/diagnostic.h"
#include "models/features/feature_views.h"
#include "models/features/looper/looper_features.h"
#include "models/features/schedule_features.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace polyloom {

/// Looks at schedules of one program at fixed sizes, on a machine with so many threads. Remembers what schedules have
/// in common; for one thread, as the program's isl context is. Cost: a fraction of a millisecond per schedule, a tenth of that
/// where the schedule was made from one that has been seen.
class Featurizer {
public:
  /// `parameters` replaces defaults. Fails ("unknown-parameter") where the program has none of that name, and ("not-outlined")
  /// where isl gives up on the program's own order.
  static Result<Featurizer> make(const ScopPtr& program, const std::map<std::string, std::int64_t>& parameters,
                                 const MachineFacts& machine, int threads);

  /// Of any schedule of the program, whatever its storage. Fails where isl gives up ("not-outlined"); an abort of the context
  /// passes through as isl::exception_abort.
  Result<ScheduleFeatures> features(const Schedule& schedule);

  /// What LOOPer's model reads of the schedule; fails as `features` does.
  Result<LooperFeatures> looper(const Schedule& schedule);

  /// The analytic model's nanoseconds.
  Result<double> modelledTime(const Schedule& schedule);
  double modelledTimeOfOriginal() const { return original_.total; }

private:
  Featurizer(ParameterPoint parameters, const MachineFacts& machine, int threads);
  Result<NestOutline> outline(const Schedule& schedule);
  Result<ModelledSchedule> model(const Schedule& schedule);

  std::unique_ptr<OutlineReader> reader_;
  MachineFacts machine_;
  int threads_;
  ScheduleTime original_;
};

} // namespace polyloom
