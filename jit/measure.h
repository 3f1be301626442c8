// Times of a kernel's variants on this machine, believed only after their results have been compared.
#pragma once

#include "core/base/diagnostic.h"
#include "core/codegen/kernel.h"
#include "jit/event_counts.h"
#include "jit/statistics.h"

#include <chrono>
#include <functional>
#include <map>
#include <stop_token>
#include <variant>

namespace polyloom {

/// Code of another compiler: a shared object that holds the function described at kKernelSymbol (compile.h), with the
/// original kernel's arrays, parameters and scalars.
struct SharedObject {
  std::string path;
};

/// Something to time against the original.
struct Variant {
  std::string name;
  std::variant<Kernel, SharedObject> code;
};

struct MeasureOptions {
  std::map<std::string, std::int64_t> parameters; ///< by name; the others keep the kernel's defaults
  std::map<std::string, double> scalars;          ///< likewise
  int threads = 1;                                ///< for parallel loops
  bool pin = true;                                ///< each thread stays on a core of its own
  int runs = 200;                                 ///< rounds of timing, at most
  int fewestRuns = 10;                            ///< as many in any case, unless `runs` is less or the budget is used up
  double narrowWidth = 0.03;                      ///< see Ending::Narrow
  int fastestOf = 0; ///< a sample is the fastest of so many runs, fewer of slow kernels; 0: the mean of as many as a clock needs
  std::chrono::milliseconds runLimit{10'000};     ///< one run of one kernel
  std::chrono::milliseconds totalBudget{120'000}; ///< no further round starts after that; three are run in any case
  std::uint64_t seed = 1;                         ///< of the inputs
  bool cold = false;                              ///< the caches are emptied before every run
  bool hugePages = false;                         ///< the arrays ask for huge pages instead of the plain ones
  bool reassociate = false;                       ///< floating-point operations may be regrouped
  bool strict = true;                             ///< also compares a build without contraction, bit by bit
  bool teamCosts = true;                          ///< also times an empty parallel region, for warnings
  std::string runner;                             ///< path of polyloom-runner; empty: beside this program
  std::function<void(const std::string& activity, double fraction)> progress; ///< called between steps; may be empty
  std::stop_token stop = {};                      ///< ends the measurement early ("canceled")
};

/// Run times in seconds per run of the kernel.
struct Timing {
  double median = 0;
  Interval interval;           ///< of the median, 95 %
  std::size_t outliers = 0;    ///< samples beyond the fences (statistics.h); they stay among the samples
  std::vector<double> samples; ///< one per round, in the order they were taken
  EventCounts events = {};     ///< per run of the kernel: medians
};

/// Seconds until a kernel's code stood ready in its runner; all 0 for another compiler's code.
struct CodeTimes {
  double compile = 0; ///< the kernel to an object file
  double start = 0;   ///< the process
  double link = 0;    ///< the object into the process
};

/// What became of a variant.
enum class Outcome { Measured, WrongResult, Crashed, TimedOut, Refused };

/// How its results compare with the original's on the same inputs. Results beyond the tolerance count as within it where
/// the builds without contraction agree in every bit: then rounding alone differs, which some kernels amplify.
enum class ResultCheck { NotCompared, Equal, WithinTolerance, Different };

struct VariantReport {
  std::string name;
  Outcome outcome = Outcome::Refused;
  std::string message; ///< a sentence; empty where the variant was measured
  ResultCheck result = ResultCheck::NotCompared;
  double maxRelativeError = 0;
  Timing timing;
  double speedup = 0;       ///< original's median / this one's
  Interval speedupInterval; ///< 95 %
  CodeTimes code;           ///< of the build that is timed
  std::string warning;      ///< a sentence; empty where nothing is wrong with the loop that was timed
};

/// Whether the interval of the speedup leaves no doubt who is faster.
inline bool isDistinguishable(const VariantReport& variant) {
  return variant.speedupInterval.low > 1 || variant.speedupInterval.high < 1;
}

/// The memory that was measured on.
struct MemorySetup {
  bool isCold = false;
  bool wantsHugePages = false;
  std::uint64_t hugeBytes = 0;  ///< of the original's arrays that lie on huge pages
  std::uint64_t arrayBytes = 0; ///< all of the original's arrays
};

/// Why no further round was run.
enum class Ending {
  Narrow,     ///< every speedup's interval is narrower than MeasureOptions::narrowWidth, relative to the speedup
  RoundsUsed, ///< MeasureOptions::runs
  BudgetUsed, ///< MeasureOptions::totalBudget
};

struct MeasureReport {
  int threads = 1;
  double forkJoin = 0; ///< seconds that an empty parallel region of these threads takes, its threads awake
  MemorySetup memory;
  int runs = 0; ///< rounds that were completed
  Ending ending = Ending::RoundsUsed;
  std::string ended; ///< the same in a sentence, with the numbers
  double widestInterval = 0; ///< of all speedups' intervals, relative to the speedup; without variants the original's
  std::string countersMissing; ///< why this machine does not count all of EventCounts, as a sentence; empty: it does
  Timing original;
  CodeTimes originalCode;
  std::vector<VariantReport> variants; ///< in the order given
};

/// Runs the original and the variants in turn, each in a process of its own, and compares their results.
///
/// A round runs each of them once on the same inputs, in an order that rotates from round to round; very short kernels
/// run several times per round. The rounds end as `Ending` says. A variant that crashes, hangs or computes something else costs nothing but its own
/// run. Fails where there is nothing to compare with: the original does not compile, crashes, is too slow or computes
/// NaN ("original-failed"), the arrays need too much memory ("too-much-memory"), a name is unknown
/// ("unknown-parameter"), the runner is missing ("no-runner"), or the measurement was canceled ("canceled").
/// Blocks for the duration; holds the machine-wide lock while timing.
Result<MeasureReport> measure(const Kernel& original, std::span<const Variant> variants,
                              const MeasureOptions& options);

/// Where polyloom-runner is expected when nothing else is said: beside the running program.
std::string defaultRunnerPath();

} // namespace polyloom
