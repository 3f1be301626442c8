// What this machine can reach: the roofline (Williams, Waterman, Patterson, Communications of the ACM, 2009).
#pragma once

#include "jit/measure.h"

namespace polyloom {

/// Measured bounds for doubles with so many threads.
struct Roofline {
  int threads = 1;
  double peak = 0;           ///< floating-point operations per second, in registers
  double readBandwidth = 0;  ///< bytes per second from memory
  double triadBandwidth = 0; ///< bytes per second from and to memory, as STREAM counts
};

/// Runs the kernels of roofline_kernels.h in runner processes; the best of several runs counts, since everything that
/// disturbs makes a bound too low. `options` gives the runner, pinning, progress and stop. Takes a few seconds and the
/// machine-wide lock. Fails as `measure` does.
Result<Roofline> measureRoofline(int threads, const MeasureOptions& options);

/// Roofline::readBandwidth alone, as it is this very moment: half a second.
Result<double> measureReadBandwidth(int threads, const MeasureOptions& options);

/// What a kernel reached, against what it could.
struct Achieved {
  enum class Bound { Compute, Memory, Unknown };
  double flops = 0;     ///< operations per second
  double bandwidth = 0; ///< compulsory bytes per second
  double fraction = 0;  ///< of the roof; 0 where none is known
  Bound bound = Bound::Unknown;
};

/// A kernel of so many operations and compulsory bytes that ran for so many seconds. The roof is the longer of computing
/// at the peak and moving the bytes at the higher one of both bandwidths. Bytes that fit into `cacheBytes` need not be
/// moved at all (0: the caches are empty).
Achieved achieved(double operations, double bytes, double seconds, const Roofline* roofline, std::uint64_t cacheBytes);

} // namespace polyloom
