// What all kernels of one measurement share: options, parameter values, inputs.
#pragma once

#include "jit/measure.h"
#include "jit/shared_memory.h"

namespace polyloom {

struct Setting {
  MeasureOptions options;
  std::map<std::string, std::int64_t> parameters;
  std::map<std::string, double> scalars;
  std::map<std::string, std::uint64_t> inputOffsets = {}; ///< into `inputs`, by array name
  SharedMemory inputs = {};
};

/// The options with every parameter and scalar resolved and the runner found; no inputs yet.
Result<Setting> makeSetting(const Kernel& original, const MeasureOptions& options);

/// Fills the inputs: every array of the original that is not local.
Result<void> makeInputs(const Kernel& original, Setting& setting);

} // namespace polyloom
