// Kernels that ask this machine for all it has.
#pragma once

#include "core/codegen/kernel.h"

#include <cstdint>

namespace polyloom {

/// A kernel and what one run of it does.
struct RooflineKernel {
  Kernel kernel;
  double operations = 0; ///< floating-point, doubles
  double bytes = 0;      ///< read and written, as STREAM counts: without what is fetched in order to be written
};

/// Chains of fused multiplications and additions in registers, many of them beside each other, on each thread.
RooflineKernel peakKernel(int threads);

/// Sums an array of so many bytes.
RooflineKernel readKernel(int threads, std::uint64_t bytes);

/// a[i] = b[i] + s · c[i] with arrays of so many bytes (McCalpin's STREAM triad).
RooflineKernel triadKernel(int threads, std::uint64_t bytes);

} // namespace polyloom
