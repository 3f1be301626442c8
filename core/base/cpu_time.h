// What a piece of work costs, whatever else runs on the machine.
#pragma once

namespace polyloom {

/// CPU time of the calling thread so far.
double cpuSeconds();

} // namespace polyloom
