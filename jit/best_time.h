// The fastest of some runs of one kernel alone: for bounds, where everything that disturbs makes a figure worse.
#pragma once

#include "jit/measure.h"

namespace polyloom {

/// Seconds of the fastest of a dozen runs. `layout` gives the order of arrays, parameters and scalars; `code` is that
/// kernel or another compiler's code for it. No results are looked at. The caller holds the machine's lock. Fails
/// ("cannot-run") where the code does not compile, start or finish.
Result<double> bestTime(const Kernel& layout, const std::variant<Kernel, SharedObject>& code,
                        const MeasureOptions& options);

} // namespace polyloom
