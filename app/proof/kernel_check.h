// Generated kernels beside what is promised of them.
#pragma once

#include "core/generate/shape.h"
#include "core/program/scop.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

namespace polyloom {

/// A generated kernel that the front-end has accepted.
struct AcceptedKernel {
  std::uint64_t seed = 0;
  std::string text;
  std::uint64_t canonical = 0; ///< canonicalHash
  std::uint64_t shape = 0;     ///< shapeHash
  ProgramShape figures;
  std::string type; ///< of its first array's cells
  std::array<std::size_t, 3> dependences = {}; ///< flow, anti, output; where they were asked for
  std::string call; ///< C: runs it once at the preset MINI on inputs like those of a measurement
};

struct KernelCheckOptions {
  std::uint64_t seed = 1;
  int count = 1;
  std::string level = "mixed";
  std::string grammarText = {}; ///< empty: Polyloom's own
  bool countsDependences = false;
  int threads = 2;
  std::function<void(int done)> progress = {}; ///< called from the threads, one at a time
};

struct AcceptedKernels {
  std::vector<AcceptedKernel> kernels; ///< in the order of seeds, each program once
  int duplicates = 0;                  ///< left out
  std::vector<std::string> faults;     ///< sentences: not accepted, or out of bounds at a preset
};

/// Generates kernels and reads each with the front-end.
AcceptedKernels acceptKernels(const KernelCheckOptions& options);

/// Compiles some of the kernels, evenly spread, with the address and undefined-behavior sanitizers, runs each, and looks
/// whether all results are finite. Sentences about what goes wrong.
std::vector<std::string> runSanitized(const std::vector<AcceptedKernel>& kernels, std::size_t sample, int threads);

/// How often each figure occurs, as text.
std::string statisticsText(const std::vector<AcceptedKernel>& kernels);

} // namespace polyloom
