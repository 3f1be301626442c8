// Predictions as comma-separated values, for those that are made elsewhere.
#pragma once

#include "models/data/training_set.h"
#include "models/evaluation/prediction.h"

#include <string>

namespace polyloom {

/// A line per sample with its columns named in the first: program, recipe, speedup, low, high (the 90 % interval), seconds,
/// and measured, measured_low, measured_high (the label). A recipe of several lines stands in quotes.
std::string predictionsToCsv(const TrainingSet& set, std::span<const SampleId> samples,
                             std::span<const Prediction> predictions);

/// Predictions of the samples, in their order, from a file with the columns program, recipe, speedup and, if it likes, low
/// and high; those that predictionsToCsv writes beside are passed over. Predictions of other schedules of the set may stand
/// there, too. Fails with "no-file", and with "bad-predictions" and the line: other columns, numbers that are no prediction,
/// a program or recipe that the set does not hold, a schedule that is predicted twice; and where a sample is missing, for
/// metrics over a choice of the schedules would say something else.
Result<std::vector<Prediction>> readPredictions(const std::string& path, const TrainingSet& set,
                                                std::span<const SampleId> samples);

} // namespace polyloom
