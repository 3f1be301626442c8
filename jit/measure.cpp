#include "jit/measure.h"

#include "jit/contest.h"
#include "jit/machine_lock.h"
#include "jit/processor.h"
#include "jit/verification.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace polyloom {

namespace {

std::uint64_t machineBytes() {
  return static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t bytesOf(const std::vector<ArrayShape>& shapes) {
  std::uint64_t bytes = 0;
  for (const ArrayShape& shape : shapes)
    bytes += shape.bytes;
  return bytes;
}

std::string inMebibytes(std::uint64_t bytes) { return std::to_string((bytes >> 20) + 1) + " MiB"; }

/// Every process holds its arrays; beside them stand the inputs, two sets of reference results and one of a variant.
Result<void> checkMemory(const Kernel& original, std::span<const Variant> variants, const Setting& setting) {
  const auto shapes = shapesOf(original, setting.parameters);
  if (!shapes)
    return std::unexpected(shapes.error());
  std::uint64_t needed = 6 * bytesOf(*shapes) + (setting.options.cold ? 2 * lastLevelCacheBytes() : 0);
  for (const Variant& variant : variants) {
    const auto* kernel = std::get_if<Kernel>(&variant.code);
    const auto own = kernel != nullptr ? shapesOf(*kernel, setting.parameters) : shapes;
    needed += own ? bytesOf(*own) : 0;
  }
  const std::uint64_t allowed = machineBytes() / 2;
  if (needed > allowed)
    return failure("too-much-memory", "the measurement needs " + inMebibytes(needed) + ", more than half of this " +
                                          "machine's memory (" + inMebibytes(allowed) + ")");
  return {};
}

} // namespace

std::string defaultRunnerPath() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return (self.parent_path() / "polyloom-runner").string();
}

Result<MeasureReport> measure(const Kernel& original, std::span<const Variant> variants,
                              const MeasureOptions& chosen) {
  auto setting = makeSetting(original, chosen);
  if (!setting)
    return std::unexpected(setting.error());
  if (const auto fits = checkMemory(original, variants, *setting); !fits)
    return std::unexpected(fits.error());
  if (const auto made = makeInputs(original, *setting); !made)
    return std::unexpected(made.error());

  Contest contest(*setting, original, variants);
  if (const auto admitted = contest.admitOriginal(); !admitted)
    return std::unexpected(admitted.error());
  contest.admitVariants();
  const MachineLock lock(chosen.stop);
  if (const auto timed = contest.time(); !timed)
    return std::unexpected(timed.error());
  return contest.report();
}

} // namespace polyloom
