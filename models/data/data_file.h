// Files of labeled schedules with what networks read of them.
#pragma once

#include "models/data/training_set.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>

namespace polyloom {

/// Lines of JSON: the first is {"kind": "features", "version": 1, "schema": …, "looper": LOOPer's schema}, every other a program {"name", "shape",
/// "group", "difficulty", "depth", "seconds", "original": INPUT, "schedules": [{"input": INPUT, "speedup", "low", "high",
/// "seconds", "again", "recipe", "level"}]}, INPUT as input_json.h says; "again" may be missing. A last line without its
/// end is not looked at, so a file can be read while it grows.
inline constexpr int kDataVersion = 1;

nlohmann::json dataHeader(const FeatureTable& table);
nlohmann::json toJson(const LabeledProgram& program);
Result<LabeledProgram> programFrom(const nlohmann::json& json, const FeatureTable& table, InputKinds wanted = {});

/// Appends the file's programs to the set, with the features that are wanted. Fails with "no-file", "other-schema" where
/// these were made by another featurizer, and "bad-data" with the line's number.
Result<void> readData(const std::string& path, const FeatureTable& table, TrainingSet& set, InputKinds wanted = {});

/// The programs of several files, their labels checked. Fails as readData and checkLabels do.
Result<TrainingSet> readDataFiles(std::span<const std::string> paths, const FeatureTable& table, InputKinds wanted = {});

} // namespace polyloom
