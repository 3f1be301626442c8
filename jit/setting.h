// What all kernels of one measurement share: options, parameter values, inputs.
#pragma once

#include "jit/measure.h"
#include "jit/shared_memory.h"

#include <optional>

namespace polyloom {

struct Setting {
  MeasureOptions options;
  std::map<std::string, std::int64_t> parameters;
  std::map<std::string, double> scalars;
  std::map<std::string, std::uint64_t> inputOffsets = {}; ///< into `inputs`, by array name
  SharedMemory inputs = {};
  /// An array's pages in `arrays`.
  struct Room {
    std::uint64_t offset = 0, bytes = 0;
  };
  std::map<std::string, Room> sharedArrays = {}; ///< by array name
  /// The original's arrays, in which all runners work in turn: each finds them on the same pages. Without a descriptor
  /// where each runner has its own, because its threads choose the memory node or its pages are huge.
  SharedMemory arrays = {};
  std::optional<std::uint64_t> evictOffset = {}; ///< into `inputs`, behind them: what empties the caches when it is read
};

/// The options with every parameter and scalar resolved and the runner found; no inputs yet.
Result<Setting> makeSetting(const Kernel& original, const MeasureOptions& options);

/// Fills the inputs, every array of the original that is not local, and makes room for the arrays. Where caches are to be
/// emptied, twice as many bytes as the last level holds follow the inputs.
Result<void> makeInputs(const Kernel& original, Setting& setting);

} // namespace polyloom
