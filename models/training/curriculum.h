// Which programs an epoch trains on.
#pragma once

#include "models/data/training_set.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// Orders of difficulty, in three stages of equally many programs and equally many epochs (after Curriculum learning for
/// small code language models, arXiv 2407.10194; the publication does not say the hybrid's shares).
enum class Curriculum {
  Shuffled,    ///< all programs in every epoch
  Sequential,  ///< one stage's programs at a time: easy, medium, hard
  Incremental, ///< a stage's programs and those of the stages before
  Hybrid,      ///< a stage's programs, and as many drawn from all
};

inline constexpr int kCurriculumStages = 3;

/// The programs of an epoch, in a random order that follows from the seed and the epoch.
std::vector<int> programsOfEpoch(const TrainingSet& set, std::span<const int> training, Curriculum curriculum, int epoch,
                                 int epochs, std::uint64_t seed);

/// The batches of an epoch: every schedule of these programs once, at most `perProgram` of one program next to each
/// other, at most `batch` together (and at least one).
std::vector<std::vector<SampleId>> batchesOf(const TrainingSet& set, std::span<const int> programs, std::size_t batch,
                                             std::size_t perProgram, std::uint64_t seed);

/// "shuffled", "sequential", "incremental", "hybrid".
Result<Curriculum> curriculumFrom(const std::string& name);
std::string nameOf(Curriculum curriculum);

} // namespace polyloom
