#include "models/data/training_set.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

namespace polyloom {

namespace {

std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31U);
}

/// A number in [0, 1) that depends on the shape and the seed, the same on every machine.
double placeOf(const std::string& shape, std::uint64_t seed) {
  std::uint64_t hash = 0xcbf29ce484222325U ^ mixed(seed + 0x9e3779b97f4a7c15U);
  for (const char letter : shape)
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
  return static_cast<double>(mixed(hash) >> 11U) * 0x1p-53;
}

bool isTime(double value) { return std::isfinite(value) && value > 0; }

bool isSound(const LabeledSchedule& schedule) {
  constexpr double kRounding = 1e-6;
  return isTime(schedule.speedup) && isTime(schedule.low) && isTime(schedule.high) && isTime(schedule.seconds) &&
         schedule.low <= schedule.speedup * (1 + kRounding) && schedule.high >= schedule.speedup * (1 - kRounding) &&
         isTime(schedule.speedupAgain.value_or(1));
}

} // namespace

std::size_t TrainingSet::schedules() const {
  std::size_t sum = 0;
  for (const LabeledProgram& program : programs)
    sum += program.schedules.size();
  return sum;
}

Split split(const TrainingSet& set, const SplitShares& shares, std::uint64_t seed) {
  Split parts;
  for (std::size_t p = 0; p < set.programs.size(); ++p) {
    const double place = placeOf(set.programs[p].shape, seed);
    const bool isTest = place < shares.test;
    const bool isValidation = place < shares.test + shares.validation;
    (isTest ? parts.test : isValidation ? parts.validation : parts.training).push_back(static_cast<int>(p));
  }
  return parts;
}

std::vector<SampleId> samplesOf(const TrainingSet& set, std::span<const int> programs) {
  std::vector<SampleId> samples;
  for (const int program : programs) {
    const int count = static_cast<int>(set.programs[static_cast<std::size_t>(program)].schedules.size());
    for (int schedule = 0; schedule < count; ++schedule)
      samples.push_back({program, schedule});
  }
  return samples;
}

Result<std::vector<SampleId>> samplesOfPart(const TrainingSet& set, const Split& parts, const std::string& part) {
  if (part == "test")
    return samplesOf(set, parts.test);
  if (part == "validation")
    return samplesOf(set, parts.validation);
  if (part == "training")
    return samplesOf(set, parts.training);
  if (part != "all")
    return failure("bad-option", fmt::format("there is no part {}; wanted training, validation, test or all", part));
  std::vector<int> all(set.programs.size());
  std::iota(all.begin(), all.end(), 0);
  return samplesOf(set, all);
}

Result<void> checkLabels(const TrainingSet& set) {
  for (const LabeledProgram& program : set.programs) {
    if (!isTime(program.seconds))
      return failure("bad-labels", fmt::format("the original of {} has no positive time", program.name));
    for (const LabeledSchedule& schedule : program.schedules)
      if (!isSound(schedule))
        return failure("bad-labels", fmt::format("a schedule of {} has no positive time, or an interval beside its speedup",
                                                 program.name));
  }
  return {};
}

} // namespace polyloom
