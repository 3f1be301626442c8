// A measurement in two halves: all that may run beside other work, and the timing, which may not.
#pragma once

#include "jit/measure.h"

#include <memory>
#include <vector>

namespace polyloom {

/// The original and the variants, compiled, started and compared, ready to be timed. Destroying it ends the processes.
class PreparedMeasurement {
public:
  /// Fails as `measure` does. May run beside other work: nothing is timed.
  static Result<PreparedMeasurement> prepare(Kernel original, std::vector<Variant> variants, const MeasureOptions& options);
  PreparedMeasurement(PreparedMeasurement&&) noexcept;
  PreparedMeasurement& operator=(PreparedMeasurement&&) noexcept;
  ~PreparedMeasurement();

  /// The rounds; holds the machine-wide lock. Called again, it goes on for the same budget and reports all rounds: what
  /// disturbs a machine for seconds is away at the next visit.
  Result<MeasureReport> time();

private:
  struct State;
  explicit PreparedMeasurement(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Seconds that one run of a kernel takes in its original order at these parameter values, about: for choosing sizes.
/// Compiled once. Fails as `measure` does where the original cannot be run.
class TrialRuns {
public:
  static Result<TrialRuns> make(Kernel original, MeasureOptions options);
  Result<double> seconds(const std::map<std::string, std::int64_t>& parameters) const;

private:
  TrialRuns(Kernel original, MeasureOptions options, std::vector<char> object)
      : original_(std::move(original)), options_(std::move(options)), object_(std::move(object)) {}
  Kernel original_;
  MeasureOptions options_;
  std::vector<char> object_;
};

} // namespace polyloom
