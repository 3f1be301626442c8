// The course of one measurement: who is admitted, and the rounds of timing.
#pragma once

#include "jit/entrant.h"

#include <optional>

namespace polyloom {

/// Checks the original and the variants, then times them in turn.
class Contest {
public:
  Contest(const Setting& setting, const Kernel& original, std::span<const Variant> variants);

  /// Starts the original and keeps its results to compare with.
  Result<void> admitOriginal();

  /// Starts each variant and compares its results; those that fail are out, with their reason.
  void admitVariants();

  /// The rounds. Called again, it adds to those before.
  Result<void> time();

  MeasureReport report() const;

private:
  /// One that takes part in the rounds.
  struct Lane {
    std::optional<Entrant> entrant; ///< none: out
    std::uint64_t runsPerSample = 1;
    std::vector<double> samples; ///< seconds, one per round
    std::vector<EventCounts> events; ///< of one run, one per round
    RunnerFacts facts;
  };

  RunResult<Entrant> startAndRun(const Kernel& layout, const Variant& variant, bool contract) const;
  Result<void> keepStrictResults();
  void admit(std::size_t index);
  bool agreesBitByBit(std::size_t index, const Variant& variant);
  bool differsByContraction(std::size_t index, const Variant& variant);
  void eliminate(std::size_t index, const RunFailure& failure);
  Result<void> calibrate();
  Result<void> calibrate(std::size_t lane);
  void gatherFacts();
  Result<void> runRound(int round);
  /// Why that many rounds are enough; nothing where they are not.
  std::optional<Ending> whyEnough(int rounds, std::chrono::nanoseconds spent);
  /// Of the speedups' intervals, relative to the speedup; without variants the original's own.
  double widestInterval() const;
  /// Lane 0 is the original's, lane i + 1 variant i's. A failure of the original or a cancellation ends it all.
  Result<void> takeSample(std::size_t lane);
  Result<void> handleFailure(std::size_t lane, const RunFailure& failure);
  void tell(const std::string& activity, double fraction) const;
  const Kernel& layoutOf(const Variant& variant) const;

  const Setting& setting_;
  const Kernel& original_;
  std::span<const Variant> variants_;
  std::map<std::string, ElementType> elements_; ///< of the results, by array
  std::optional<Entrant> strict_;               ///< the original without contraction
  std::vector<Lane> lanes_;
  std::vector<VariantReport> reports_;
  int rounds_ = 0;
  int nextLook_ = 0; ///< number of rounds after which the intervals are computed again
  Ending ending_ = Ending::RoundsUsed;
};

} // namespace polyloom
