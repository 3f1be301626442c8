// Programs with schedules, what networks read of them, and how long they took.
#pragma once

#include "models/data/flat_tree.h"
#include "models/features/looper/looper_features.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// What a network reads of one schedule; each kind of network reads one of the two, and the other may be empty.
struct ModelInput {
  FlatTree tree;
  LooperFeatures looper;
};

/// Which of the two are wanted.
struct InputKinds {
  bool tree = true, looper = true;
};

/// A time on one machine. The interval is the 95 % one.
struct LabeledSchedule {
  ModelInput input;
  double speedup = 1;                  ///< over the original, by the medians
  double low = 1, high = 1;            ///< the speedup's interval
  double seconds = 0;                  ///< median
  std::optional<double> speedupAgain;  ///< measured a second time, where it was
  std::string recipe;                  ///< its text, for slices and for pointing back
  int level = 0;                       ///< of the generator, or of whatever made the recipe; for slices
};

struct LabeledProgram {
  std::string name;
  std::string shape;     ///< equal for programs that differ in constants only: they stay in one part of a split
  std::string group;     ///< where it comes from: "generated", "polybench", …; for slices
  double difficulty = 0; ///< for curricula
  int depth = 0;         ///< of its deepest nest; for slices
  ModelInput original;
  double seconds = 0;    ///< median of the original
  std::vector<LabeledSchedule> schedules;
};

struct TrainingSet {
  std::vector<LabeledProgram> programs;

  std::size_t schedules() const;
};

/// One schedule of a set, by its places.
struct SampleId {
  int program = 0;
  int schedule = 0;
  friend bool operator==(const SampleId&, const SampleId&) = default;
};

/// The programs of each part, by their places in the set.
struct Split {
  std::vector<int> training, validation, test;
};

struct SplitShares {
  double validation = 0.1, test = 0.2;
};

/// Where nobody asks for another one.
inline constexpr std::uint64_t kUsualSplitSeed = 1;

/// Splits by shape: programs of one shape lie in one part, and which one depends on the shape and the seed alone, so
/// that a set that grows keeps its programs where they were.
Split split(const TrainingSet& set, const SplitShares& shares, std::uint64_t seed);

/// All schedules of these programs.
std::vector<SampleId> samplesOf(const TrainingSet& set, std::span<const int> programs);

/// All schedules of "training", "validation", "test" or "all". Fails ("bad-option") for other words.
Result<std::vector<SampleId>> samplesOfPart(const TrainingSet& set, const Split& parts, const std::string& part);

inline const LabeledProgram& programOf(const TrainingSet& set, SampleId id) {
  return set.programs[static_cast<std::size_t>(id.program)];
}
inline const LabeledSchedule& scheduleOf(const TrainingSet& set, SampleId id) {
  return programOf(set, id).schedules[static_cast<std::size_t>(id.schedule)];
}

/// Fails with "bad-labels" where a speedup, an interval or a time is not positive and finite, or an interval does not
/// hold its speedup (up to rounding).
Result<void> checkLabels(const TrainingSet& set);

} // namespace polyloom
