#include "jit/roofline.h"

#include "jit/best_time.h"
#include "jit/machine_lock.h"
#include "jit/processor.h"
#include "jit/roofline_kernels.h"

#include <algorithm>
#include <iterator>

namespace polyloom {

namespace {

constexpr std::uint64_t kCacheMultiple = 4; ///< an array's size, so that nothing of it is found again

/// The user's values are another kernel's.
MeasureOptions optionsFor(int threads, const MeasureOptions& chosen) {
  MeasureOptions options = chosen;
  options.threads = threads;
  options.parameters.clear();
  options.scalars.clear();
  return options;
}

} // namespace

Result<Roofline> measureRoofline(int threads, const MeasureOptions& chosen) {
  const MeasureOptions options = optionsFor(threads, chosen);
  const std::uint64_t bytes = kCacheMultiple * lastLevelCacheBytes();
  const RooflineKernel kernels[] = {peakKernel(threads), readKernel(threads, bytes), triadKernel(threads, bytes)};
  double rates[std::size(kernels)] = {};
  const MachineLock lock(options.stop);
  for (std::size_t k = 0; k < std::size(kernels); ++k) {
    if (options.stop.stop_requested())
      return failure("canceled", "the measurement was canceled");
    if (options.progress)
      options.progress(kernels[k].kernel.function, static_cast<double>(k) / static_cast<double>(std::size(kernels)));
    const Result<double> seconds = bestTime(kernels[k].kernel, kernels[k].kernel, options);
    if (!seconds)
      return std::unexpected(seconds.error());
    rates[k] = (k == 0 ? kernels[k].operations : kernels[k].bytes) / *seconds;
  }
  return Roofline{.threads = threads, .peak = rates[0], .readBandwidth = rates[1], .triadBandwidth = rates[2]};
}

Result<double> measureReadBandwidth(int threads, const MeasureOptions& chosen) {
  const MeasureOptions options = optionsFor(threads, chosen);
  const RooflineKernel read = readKernel(threads, kCacheMultiple * lastLevelCacheBytes());
  const MachineLock lock(options.stop);
  const Result<double> seconds = bestTime(read.kernel, read.kernel, options);
  return seconds ? Result<double>(read.bytes / *seconds) : seconds;
}

Achieved achieved(double operations, double bytes, double seconds, const Roofline* roofline, std::uint64_t cacheBytes) {
  Achieved result{.flops = operations / seconds, .bandwidth = bytes / seconds};
  if (roofline == nullptr)
    return result;
  const double computing = operations / roofline->peak;
  const bool isInCache = bytes <= static_cast<double>(cacheBytes);
  const double moving = isInCache ? 0 : bytes / std::max(roofline->readBandwidth, roofline->triadBandwidth);
  if (const double least = std::max(computing, moving); least > 0) {
    result.fraction = least / seconds;
    result.bound = moving > computing ? Achieved::Bound::Memory : Achieved::Bound::Compute;
  }
  return result;
}

} // namespace polyloom
