#include "models/training/curriculum.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>

namespace polyloom {

namespace {

constexpr std::array<const char*, 4> kNames = {"shuffled", "sequential", "incremental", "hybrid"};

/// Fisher and Yates by hand: std::shuffle gives other orders with other libraries.
template <typename Item> void shuffle(std::vector<Item>& items, std::mt19937_64& random) {
  for (std::size_t left = items.size(); left > 1; --left)
    std::swap(items[left - 1], items[random() % left]);
}

} // namespace

std::vector<int> programsOfEpoch(const TrainingSet& set, std::span<const int> training, Curriculum curriculum, int epoch,
                                 int epochs, std::uint64_t seed) {
  std::mt19937_64 random(seed * 0x9e3779b97f4a7c15U + static_cast<std::uint64_t>(epoch));
  std::vector<int> all(training.begin(), training.end());
  std::vector<int> chosen = all;
  if (curriculum != Curriculum::Shuffled) {
    std::ranges::stable_sort(all, {}, [&](int program) { return set.programs[static_cast<std::size_t>(program)].difficulty; });
    const auto stage = static_cast<std::size_t>(std::min(kCurriculumStages - 1, epoch * kCurriculumStages / std::max(1, epochs)));
    const auto bound = [&](std::size_t number) {
      return all.begin() + static_cast<std::ptrdiff_t>(all.size() * number / kCurriculumStages);
    };
    chosen.assign(curriculum == Curriculum::Incremental ? all.begin() : bound(stage), bound(stage + 1));
    if (curriculum == Curriculum::Hybrid) {
      std::vector<int> drawn = all;
      shuffle(drawn, random);
      drawn.resize(chosen.size());
      for (const int program : drawn)
        if (std::ranges::find(chosen, program) == chosen.end())
          chosen.push_back(program);
    }
  }
  shuffle(chosen, random);
  return chosen;
}

std::vector<std::vector<SampleId>> batchesOf(const TrainingSet& set, std::span<const int> programs, std::size_t batch,
                                             std::size_t perProgram, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::vector<SampleId>> parts;
  for (const int program : programs) {
    std::vector<SampleId> samples = samplesOf(set, std::span(&program, 1));
    shuffle(samples, random);
    for (std::size_t at = 0; at < samples.size(); at += perProgram) {
      const std::size_t end = std::min(samples.size(), at + perProgram);
      parts.emplace_back(samples.begin() + static_cast<std::ptrdiff_t>(at), samples.begin() + static_cast<std::ptrdiff_t>(end));
    }
  }
  shuffle(parts, random);
  std::vector<std::vector<SampleId>> batches;
  for (const std::vector<SampleId>& part : parts) {
    if (batches.empty() || batches.back().size() + part.size() > batch)
      batches.emplace_back();
    batches.back().insert(batches.back().end(), part.begin(), part.end());
  }
  return batches;
}

Result<Curriculum> curriculumFrom(const std::string& name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end())
    return failure("bad-option", fmt::format("there is no curriculum {}; wanted shuffled, sequential, incremental or hybrid", name));
  return static_cast<Curriculum>(found - kNames.begin());
}

std::string nameOf(Curriculum curriculum) { return kNames[static_cast<std::size_t>(curriculum)]; }

} // namespace polyloom
