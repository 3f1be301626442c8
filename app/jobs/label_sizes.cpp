#include "app/jobs/label_program.h"
#include "core/codegen/loop_count.h"
#include "core/isl/sets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr double kShortest = 0.3e-3, kLongest = 10e-3, kAim = 2e-3;
constexpr double kInstancesPerSecond = 1e9; ///< about, of an order without lanes and threads
constexpr std::int64_t kLeast = 4;

using Sizes = std::map<std::string, std::int64_t>;

/// The sizes times a factor. What repeats (time steps) shrinks with them, and grows to twice at most.
Sizes scaled(const Scop& scop, const Sizes& sizes, double factor) {
  Sizes result;
  for (const auto& [name, value] : sizes) {
    const bool isExtent = std::ranges::any_of(scop.arrays, [&, &parameter = name](const Array& array) {
      return std::ranges::any_of(array.extents, [&](const isl::pw_aff& extent) { return extent.involves_param(parameter); });
    });
    const double own = isExtent ? factor : std::min(factor, 2.0);
    result[name] = std::max(std::min(kLeast, value), static_cast<std::int64_t>(std::llround(own * static_cast<double>(value))));
  }
  return result;
}

bool isAdmissible(const Scop& scop, const Sizes& sizes) {
  return !atParameters(scop.context, {sizes.begin(), sizes.end()}).is_empty();
}

/// By counting, for programs that say nothing about their sizes.
Sizes countedSizes(const Scop& scop, const Kernel& original) {
  Sizes sizes;
  for (const Parameter& parameter : scop.parameters)
    sizes[parameter.name] = parameter.value;
  for (int step = 0; step < 12; ++step) {
    const auto count = countReached(original.body, sizes, [](const LoopNode& node) {
      return node.kind == LoopNode::Kind::Call ? std::optional<std::int64_t>(1) : std::nullopt;
    });
    const Sizes smaller = scaled(scop, sizes, 0.7);
    if ((count && static_cast<double>(*count) <= 2 * kAim * kInstancesPerSecond) || !isAdmissible(scop, smaller))
      break;
    sizes = smaller;
  }
  return sizes;
}

double depthOf(const Scop& scop) {
  std::size_t depth = 1;
  for (const Statement& statement : scop.statements)
    depth = std::max(depth, statement.loops.size());
  return static_cast<double>(depth);
}

} // namespace

Result<Sizes> labelSizes(const Scop& scop, const Kernel& original, const TrialRuns& trial) {
  constexpr int kTrials = 5;
  Sizes sizes;
  if (const auto preset = findPreset(scop.presets, "TYPICAL", scop.function))
    sizes.insert(preset->values.begin(), preset->values.end());
  else
    sizes = countedSizes(scop, original);
  double taken = 0;
  for (int attempt = 0; attempt < kTrials; ++attempt) {
    const Result<double> seconds = trial.seconds(sizes);
    if (!seconds && attempt + 1 == kTrials)
      return std::unexpected(seconds.error());
    taken = seconds.value_or(10 * kLongest); // it may have been too slow
    if (taken >= kShortest && taken <= kLongest)
      return sizes;
    const Sizes next = scaled(scop, sizes, std::clamp(std::pow(kAim / taken, 1 / depthOf(scop)), 0.1, 4.0));
    if (next == sizes || !isAdmissible(scop, next))
      break;
    sizes = next;
  }
  return failure("no-sizes", fmt::format("no sizes were found with which a run takes 0.3 to 10 ms; the last one took {:.3g} ms",
                                         1e3 * taken));
}

} // namespace polyloom
