// bench --differential: emitted C and machine code of random legal recipes against the source's own function.
#pragma once

#include "app/cli/session.h"

#include <cstdint>
#include <string>
#include <vector>

namespace polyloom {

struct DifferentialBenchOptions {
  int recipes = 20;       ///< per file
  std::uint64_t seed = 1; ///< of the first file; the others count up
  bool sanitize = false;
};

/// Compares file by file, at --set's values, else at the preset MINI, else at small ones; kIllegal where a result
/// differs or a run stops.
int benchDifferential(const std::vector<std::string>& files, const DifferentialBenchOptions& options,
                      const CommonOptions& common);

} // namespace polyloom
