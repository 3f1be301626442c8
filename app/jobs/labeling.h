// Labels for a learned cost model: random relevant recipes of a program, measured.
#pragma once

#include "app/jobs/label_file.h"
#include "jit/measure.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// A program to label: a generated kernel, or a file.
struct LabelSource {
  std::string file = {};  ///< empty: generated
  std::string level = {}; ///< of a generated one
  std::uint64_t seed = 0;
  std::string name() const; ///< "mixed/17", or the file
};

struct LabelingOptions {
  int recipes = 18;                           ///< per program, as far as so many different ones are found
  int threads = 2;                            ///< of the code that is measured
  int preparers = 2;                         ///< programs that are prepared at the same time
  int batch = 8;                             ///< programs that are timed in turn, in several visits each
  std::chrono::milliseconds perSchedule{60}; ///< timing of each, in all visits
  std::uint64_t seed = 1;                     ///< of the recipes
  bool keep = false; ///< the figures go to the measurement store, too; like its others, they are of single runs then
};

/// How far a run is.
struct LabelingProgress {
  std::size_t programs = 0;  ///< labeled by this run
  std::size_t schedules = 0; ///< labels of this run
  std::size_t left = 0;      ///< sources
  std::size_t skipped = 0;   ///< done before, the same program again, or without labels
  double seconds = 0;
  double preparing = 0;      ///< of these
  double programsPerHour() const { return seconds > 0 ? 3600 * static_cast<double>(programs) / seconds : 0; }
  double schedulesPerHour() const { return seconds > 0 ? 3600 * static_cast<double>(schedules) / seconds : 0; }
  double secondsLeft() const;
};

/// What a run reports while it goes on.
struct LabelingTold {
  std::function<void(const LabelingProgress&)> progress = {};
  std::function<void(const std::string& sentence)> problem = {};     ///< a program without labels, and why
  std::function<void(const std::string& sentence)> wrongResult = {}; ///< a bug: a legal schedule computed something else
};

/// The facts of the machine and the conditions, the first line of a file of labels.
nlohmann::json labelConditions(const LabelingOptions& options);

/// Labels the sources that the file does not have yet. Programs are prepared (drawn, judged, compiled, compared) on all
/// cores, then timed one after the other while nothing else of ours runs. A batch is gone through three times, so that a
/// neighbor of the machine who disturbs for seconds does not decide about a program, and a label is the fastest time of the
/// original over that of the schedule: what disturbs only ever adds time. Fails where the file cannot be written.
Result<LabelingProgress> labelPrograms(const std::vector<LabelSource>& sources, LabelFile& file,
                                       const LabelingOptions& options, const LabelingTold& told);

} // namespace polyloom
