#include "core/isl/scheduling.h"

#include <isl/options.h>
#include <isl/schedule.h>

namespace polyloom {

namespace {

/// Sets isl's scheduler options for as long as it lives.
class ScopedOptions {
public:
  ScopedOptions(isl_ctx* ctx, const SchedulingOptions& options)
      : ctx_(ctx), algorithm_(isl_options_get_schedule_algorithm(ctx)),
        serialize_(isl_options_get_schedule_serialize_sccs(ctx)), whole_(isl_options_get_schedule_whole_component(ctx)) {
    using Options = SchedulingOptions;
    isl_options_set_schedule_algorithm(ctx, options.algorithm == Options::Algorithm::Feautrier
                                                ? ISL_SCHEDULE_ALGORITHM_FEAUTRIER
                                                : ISL_SCHEDULE_ALGORITHM_ISL);
    isl_options_set_schedule_serialize_sccs(ctx, options.fusion == Options::Fusion::Min ? 1 : 0);
    isl_options_set_schedule_whole_component(ctx, options.fusion == Options::Fusion::Max ? 1 : 0);
  }
  ~ScopedOptions() {
    isl_options_set_schedule_algorithm(ctx_, algorithm_);
    isl_options_set_schedule_serialize_sccs(ctx_, serialize_);
    isl_options_set_schedule_whole_component(ctx_, whole_);
  }
  ScopedOptions(const ScopedOptions&) = delete;
  ScopedOptions& operator=(const ScopedOptions&) = delete;

private:
  isl_ctx* ctx_;
  int algorithm_, serialize_, whole_;
};

} // namespace

isl::schedule computeSchedule(const isl::schedule_constraints& constraints, const SchedulingOptions& options) {
  isl_ctx* ctx = isl_schedule_constraints_get_ctx(constraints.get());
  const ScopedOptions scoped(ctx, options);
  return constraints.compute_schedule();
}

} // namespace polyloom
