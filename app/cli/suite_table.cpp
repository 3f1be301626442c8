#include "app/cli/suite_table.h"

#include "jit/statistics.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr double kNoticeablySlower = 1.10;

/// A ratio of times and whose it is.
struct NamedRatio {
  std::string name;
  double ratio = 1;
};

double geometricMean(const std::vector<NamedRatio>& ratios) {
  double logarithms = 0;
  for (const NamedRatio& each : ratios)
    logarithms += std::log(each.ratio);
  return ratios.empty() ? 0 : std::exp(logarithms / static_cast<double>(ratios.size()));
}

/// "above 1.10: fdtd-2d 1.34, gemver 1.13", the worst first.
std::string slowerOnes(std::vector<NamedRatio> ratios) {
  std::ranges::sort(ratios, std::ranges::greater(), &NamedRatio::ratio);
  std::vector<std::string> names;
  for (const NamedRatio& each : ratios)
    if (each.ratio > kNoticeablySlower)
      names.push_back(fmt::format("{} {:.2f}", each.name, each.ratio));
  return names.empty() ? fmt::format("none above {:.2f}", kNoticeablySlower)
                       : fmt::format("above {:.2f}: {}", kNoticeablySlower, fmt::join(names, ", "));
}

std::string milliseconds(double seconds) {
  const double value = seconds * 1e3;
  return fmt::format("{:.{}f}", value, value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0);
}

std::string orNothing(double value, const std::string& text) { return value > 0 ? text : ""; }

/// The first of the measured lines that the test holds for.
template <typename Test> const SuiteLine* findMeasured(std::span<const SuiteLine> kernel, Test test) {
  const auto found = std::ranges::find_if(kernel, [&](const SuiteLine& line) { return line.isMeasured() && test(line); });
  return found == kernel.end() ? nullptr : &*found;
}

const SuiteLine* named(std::span<const SuiteLine> kernel, const std::string& code) {
  return findMeasured(kernel, [&](const SuiteLine& line) { return line.code == code; });
}

const SuiteLine* bestRecipe(std::span<const SuiteLine> kernel) {
  const SuiteLine* best = nullptr;
  for (const SuiteLine& line : kernel)
    if (line.kind == SuiteLine::kRecipe && line.isMeasured() && (best == nullptr || line.seconds < best->seconds))
      best = &line;
  return best;
}

std::string speed(const SuiteLine* line) {
  return line == nullptr ? "–" : fmt::format("{:.2f}", line->overClang);
}

std::string readyTimes(std::span<const SuiteLine> lines, const char* kind, const char* what) {
  std::vector<double> times;
  const SuiteLine* slowest = nullptr;
  for (const SuiteLine& line : lines) {
    if (line.kind != kind || !line.isMeasured())
      continue;
    times.push_back(line.readySeconds());
    if (slowest == nullptr || line.readySeconds() > slowest->readySeconds())
      slowest = &line;
  }
  if (times.empty())
    return "";
  return fmt::format("code ready: {}, median {:.0f} ms, slowest {:.0f} ms ({})\n", what, 1e3 * median(times),
                     1e3 * slowest->readySeconds(), slowest->kernel);
}

} // namespace

std::string suiteTextHead() {
  return fmt::format("{:<16} {:<28} {:>13} {:>8} {:>8} {:>9} {:>9} {:>7}\n", "kernel", "code", "median", "× clang",
                     "× floor", "roofline", "ready", "C/ours");
}

std::string toText(std::span<const SuiteLine> kernel) {
  std::string text;
  for (const SuiteLine& line : kernel) {
    text += fmt::format("{:<16} {:<28} ", &line == kernel.data() ? line.kernel : "", line.code);
    if (!line.isMeasured()) {
      text += line.message + "\n";
      continue;
    }
    text += fmt::format("{:>10} ms {:>8} {:>8} {:>9} {:>9} {:>7}\n", milliseconds(line.seconds),
                        orNothing(line.overClang, fmt::format("{:.2f}", line.overClang)),
                        orNothing(line.timesFloor(), fmt::format("{:.2f}", line.timesFloor())),
                        orNothing(line.rooflineFraction, fmt::format("{:.1f} %", 100 * line.rooflineFraction)),
                        orNothing(line.readySeconds(), fmt::format("{:.0f} ms", 1e3 * line.readySeconds())),
                        orNothing(line.overOwn, fmt::format("{:.2f}", line.overOwn)));
  }
  const SuiteLine& first = kernel.front();
  return text + fmt::format("{:<16} floor {} ms: {:.3g} operations at {:.1f} GFLOP/s, {:.3g} bytes at {:.1f} GB/s\n", "",
                            milliseconds(first.floorSeconds()), first.operations, first.productRate / 1e9, first.bytes,
                            first.readBandwidth / 1e9);
}

std::string suiteMarkdown(std::span<const SuiteLine> lines) {
  std::string text = "| kernel | sizes | clang ms | original | Polly | OpenBLAS | recipe | recipe ms | floor ms | × floor | "
                     "roofline | C/ours | ready ms |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
  for (const std::span<const SuiteLine> kernel : byKernel(lines)) {
    const SuiteLine& original = kernel.front();
    const SuiteLine* recipe = bestRecipe(kernel);
    const SuiteLine& ours = recipe != nullptr ? *recipe : original;
    const SuiteLine* emitted = named(kernel, ours.code + SuiteLine::kEmittedSuffix);
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {:.0f} |\n", original.kernel,
                        original.sizes, original.clangSeconds > 0 ? milliseconds(original.clangSeconds) : "–",
                        speed(&original), speed(named(kernel, "polly")), speed(named(kernel, "openblas")), speed(recipe),
                        recipe != nullptr ? milliseconds(recipe->seconds) : "–", milliseconds(original.floorSeconds()),
                        original.floorSeconds() > 0 ? fmt::format("{:.1f}", ours.timesFloor()) : "–",
                        ours.rooflineFraction > 0 ? fmt::format("{:.1f} %", 100 * ours.rooflineFraction) : "–",
                        emitted != nullptr ? fmt::format("{:.2f}", emitted->overOwn) : "–",
                        1e3 * ours.readySeconds());
  }
  return text;
}

std::string suiteSummary(std::span<const SuiteLine> lines) {
  std::vector<NamedRatio> originals, recipes, emitted;
  for (const std::span<const SuiteLine> kernel : byKernel(lines)) {
    const SuiteLine& original = kernel.front();
    if (original.overClang > 0)
      originals.push_back({original.kernel, 1 / original.overClang});
    if (const SuiteLine* recipe = bestRecipe(kernel); recipe != nullptr && recipe->overClang > 0)
      recipes.push_back({original.kernel, recipe->overClang});
    for (const SuiteLine& line : kernel)
      if (line.overOwn > 0)
        emitted.push_back({fmt::format("{} ({})", line.kernel, line.code), line.overOwn});
  }
  std::string text = readyTimes(lines, SuiteLine::kOriginal, "original order") +
                     readyTimes(lines, SuiteLine::kRecipe, "recipes");
  if (!originals.empty())
    text += fmt::format("original order, time over clang's: geometric mean {:.2f} of {}, {}\n", geometricMean(originals),
                        originals.size(), slowerOnes(originals));
  if (!recipes.empty())
    text += fmt::format("best recipe, speed over clang: geometric mean {:.2f} of {}\n", geometricMean(recipes), recipes.size());
  if (!emitted.empty())
    text += fmt::format("emitted C, time over our machine code's: geometric mean {:.2f} of {}, {}\n",
                        geometricMean(emitted), emitted.size(), slowerOnes(emitted));
  return text;
}

} // namespace polyloom
