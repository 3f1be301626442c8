// One program on its way to labels: read, sized, with recipes drawn and everything compiled.
#pragma once

#include "app/jobs/labeling.h"
#include "core/isl/context.h"
#include "core/program/scop.h"
#include "jit/prepared.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace polyloom {

/// How often a program of a batch is timed. Its range of speedups is that of as many parts.
inline constexpr int kLabelVisits = 3;

/// A program that is ready to be timed.
struct PreparedLabels {
  std::shared_ptr<IslContext> context; ///< outlives the program
  ScopPtr scop;
  std::vector<std::string> recipes; ///< one per variant of the measurement
  MeasureOptions measure;
  nlohmann::json line; ///< of the file: all but the times
  PreparedMeasurement measurement;
};

/// Reads the source; asks `isKnown` with the canonical hash, and goes no further where it is; chooses sizes; draws recipes
/// whose code differs; compiles and compares all. Fails with the reason why the program gets no labels ("known-program").
/// Everything lives in a context of its own: to be called from any thread.
Result<PreparedLabels> prepareLabels(const LabelSource& source, const LabelingOptions& options,
                                     const std::function<bool(const std::string& canonical)>& isKnown);

/// Parameter values with which the original order takes 0.3 to 10 milliseconds: those of the preset TYPICAL or the
/// defaults, made smaller or larger until a run agrees.
Result<std::map<std::string, std::int64_t>> labelSizes(const Scop& scop, const Kernel& original, const TrialRuns& trial);

} // namespace polyloom
