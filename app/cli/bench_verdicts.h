// bench --verdicts: how long verdicts take on kernels, with the recipes beside them and with random ones.
#pragma once

#include "app/cli/session.h"

#include <cstdint>
#include <string>
#include <vector>

namespace polyloom {

struct VerdictBenchOptions {
  int recipes = 20;       ///< random ones per file, every second of them legal up to its last step
  std::uint64_t seed = 1; ///< of the first file's recipes; the others' count up
};

/// Judges every recipe twice: "fresh", where the dependences of the source are there and nothing else, and "again", as
/// within a search, where the schedule's earlier steps have been judged before. Time is the thread's own on the
/// processor. Prints median, 99 % and maximum, and the recipes without a verdict.
int benchVerdicts(const std::vector<std::string>& files, const VerdictBenchOptions& options,
                  const CommonOptions& common);

} // namespace polyloom
