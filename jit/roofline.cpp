#include "jit/roofline.h"

#include "jit/compile.h"
#include "jit/entrant.h"
#include "jit/machine_lock.h"
#include "jit/processor.h"
#include "jit/roofline_kernels.h"

#include <algorithm>

namespace polyloom {

namespace {

constexpr int kRuns = 12;
constexpr std::uint64_t kCacheMultiple = 4; ///< an array's size, so that nothing of it is found again

/// Seconds of the fastest run.
Result<double> bestTime(const Kernel& kernel, const MeasureOptions& options) {
  auto setting = makeSetting(kernel, options);
  if (!setting)
    return std::unexpected(setting.error());
  if (const auto made = makeInputs(kernel, *setting); !made)
    return std::unexpected(made.error());
  const auto object = compileToObject(kernel);
  if (!object)
    return std::unexpected(object.error());
  auto entrant = Entrant::start(*setting, kernel, *object);
  if (!entrant)
    return failure("roofline", "the kernel " + kernel.function + " cannot be run: " + entrant.error().message);
  double best = 0;
  for (int run = 0; run < kRuns; ++run) {
    const auto totals = entrant->run(1);
    if (!totals)
      return failure("roofline", "the kernel " + kernel.function + " cannot be run: " + totals.error().message);
    const double seconds = std::chrono::duration<double>(totals->time).count();
    best = run == 0 ? seconds : std::min(best, seconds);
  }
  return best;
}

} // namespace

Result<Roofline> measureRoofline(int threads, const MeasureOptions& chosen) {
  MeasureOptions options = chosen;
  options.threads = threads;
  options.parameters.clear();
  options.scalars.clear();
  const std::uint64_t bytes = kCacheMultiple * lastLevelCacheBytes();
  const RooflineKernel kernels[] = {peakKernel(threads), readKernel(threads, bytes), triadKernel(threads, bytes)};
  double rates[std::size(kernels)] = {};
  const MachineLock lock(options.stop);
  for (std::size_t k = 0; k < std::size(kernels); ++k) {
    if (options.stop.stop_requested())
      return failure("canceled", "the measurement was canceled");
    if (options.progress)
      options.progress(kernels[k].kernel.function, static_cast<double>(k) / static_cast<double>(std::size(kernels)));
    const Result<double> seconds = bestTime(kernels[k].kernel, options);
    if (!seconds)
      return std::unexpected(seconds.error());
    rates[k] = (k == 0 ? kernels[k].operations : kernels[k].bytes) / *seconds;
  }
  return Roofline{.threads = threads, .peak = rates[0], .readBandwidth = rates[1], .triadBandwidth = rates[2]};
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
