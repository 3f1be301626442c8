// Random legal recipes of one program: emitted C and machine code compute what the source computes.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace polyloom {

struct DifferentialOptions {
  int recipes = 20;
  std::uint64_t seed = 1;
  bool sanitize = false;    ///< compile with gcc's address and undefined-behavior sanitizers
  bool reassociate = false; ///< recipes may change the order of reductions; results then agree within a tolerance
  std::map<std::string, std::int64_t> parameters; ///< by name; for all of them
  std::map<std::string, double> scalars;          ///< likewise
};

struct DifferentialReport {
  int recipes = 0;
  int leftOut = 0;  ///< further legal recipes whose code takes isl too long
  int compared = 0; ///< runs whose results were compared with the source's: C, OpenMP C and machine code of each recipe
  /// Sentences, with the recipe: a result that differs, a run that stopped.
  std::vector<std::string> faults;
};

/// Draws legal recipes; compiles their C and OpenMP text, together with the source's own function, by gcc; runs
/// all of it and the JIT's code on the same inputs, without contraction. `original` is C text that defines
/// polyloom_kernel as the source's function (see jit/compile.h).
/// Fails where there is nothing to compare with: gcc is missing or refuses the text, the source stops or computes NaN.
Result<DifferentialReport> runDifferential(const ScopPtr& scop, const std::string& original,
                                           const DifferentialOptions& options);

} // namespace polyloom
