#include "core/generate/kernel_sizes.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr double kSecondsPerOperation = 0.45e-9; ///< of code without a schedule: some of it vectorizes, some waits
constexpr double kShortest = 0.6e-3, kLongest = 10e-3;
constexpr double kMostBytes = 48.0 * (1 << 20);
constexpr std::int64_t kLeastSize = 24;
constexpr std::int64_t kMostSize = 3'000'000;

double secondsAt(const KernelAmounts& amounts, const KernelSizes& sizes) {
  double operations = 0;
  for (const KernelCost& cost : amounts.costs) {
    double one = cost.weight;
    for (const KernelExtent& trip : cost.trips)
      one *= trip.at(sizes);
    operations += one;
  }
  return operations * kSecondsPerOperation;
}

double bytesAt(const KernelAmounts& amounts, const KernelSizes& sizes) {
  double bytes = 0;
  for (const std::vector<KernelExtent>& array : amounts.arrays) {
    double one = amounts.elementBytes;
    for (const KernelExtent& extent : array)
      one *= extent.at(sizes);
    bytes += one;
  }
  return bytes;
}

KernelSizes scaled(const KernelAmounts& amounts, const std::map<std::string, double>& ratios, double scale,
                   std::int64_t times) {
  KernelSizes sizes;
  for (const std::string& name : amounts.sizes)
    sizes[name] = std::clamp(static_cast<std::int64_t>(std::llround(scale * ratios.at(name))), kLeastSize, kMostSize);
  if (amounts.hasTime)
    sizes["T"] = times;
  return sizes;
}

} // namespace

KernelSizes drawKernelSizes(const KernelAmounts& amounts, Random& random) {
  static const std::vector<double> kRatios = {0.4, 0.6, 0.8, 1, 1, 1, 1, 1.25, 1.7, 2.5};
  std::map<std::string, double> ratios;
  for (const std::string& name : amounts.sizes)
    ratios[name] = random.pick(kRatios);
  auto times = static_cast<std::int64_t>(random.between(3, 60));
  const double share = random.between(0, 1000) / 1000.0;
  const double wanted = kShortest * std::pow(kLongest / kShortest, share);
  const bool isRound = random.oneIn(3); // people like them, and caches do not
  const auto fits = [&](double scale) {
    const KernelSizes sizes = scaled(amounts, ratios, scale, times);
    return secondsAt(amounts, sizes) <= wanted && bytesAt(amounts, sizes) <= kMostBytes;
  };
  while (times > 2 && !fits(2 * kLeastSize))
    times = times / 2;
  double low = 1, high = kMostSize;
  for (int halving = 0; halving < 40; ++halving) {
    const double middle = std::sqrt(low * high);
    (fits(middle) ? low : high) = middle;
  }
  KernelSizes sizes = scaled(amounts, ratios, low, times);
  if (isRound)
    for (auto& [name, value] : sizes)
      if (name != "T" && value >= 2 * kLeastSize)
        value -= value % (value >= 512 ? 64 : value >= 100 ? 16 : 8);
  return sizes;
}

KernelSizes smallKernelSizes(const KernelAmounts& amounts) {
  KernelSizes sizes;
  std::int64_t value = 11;
  for (const std::string& name : amounts.sizes)
    sizes[name] = value++;
  if (amounts.hasTime)
    sizes["T"] = 40; // a repeated update that grows shows
  return sizes;
}

std::string kernelSizesText(const KernelSizes& sizes) {
  std::string text;
  for (const auto& [name, value] : sizes)
    text += (text.empty() ? "" : " ") + name + "=" + std::to_string(value);
  return text;
}

} // namespace polyloom
