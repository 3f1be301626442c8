// isl's scheduler with its options.
#pragma once

#include <isl/cpp.h>

namespace polyloom {

/// How isl looks for a schedule.
struct SchedulingOptions {
  enum class Algorithm {
    Pluto,    ///< isl's own: bands as deep and as parallel as they get, small distances, like Pluto
    Feautrier ///< every row carries as many dependences as it can
  };
  enum class Fusion {
    Balanced, ///< loops are fused where that keeps the bands parallel
    Max,      ///< everything that is connected by dependences, in one go
    Min       ///< never what dependences do not tie together
  };
  Algorithm algorithm = Algorithm::Pluto;
  Fusion fusion = Fusion::Balanced;
};

/// The schedule that isl finds for these constraints. Restores the context's own options.
isl::schedule computeSchedule(const isl::schedule_constraints& constraints, const SchedulingOptions& options);

} // namespace polyloom
