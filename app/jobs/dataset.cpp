#include "app/jobs/dataset.h"

#include "app/jobs/label_file.h"
#include "core/frontend/extract.h"
#include "core/isl/context.h"
#include "models/data/data_file.h"
#include "models/data/difficulty.h"
#include "models/data/featurized.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <system_error>
#include <unordered_set>

namespace polyloom {

namespace {

using nlohmann::json;

Diagnostic noFile(const std::string& path, const char* what) {
  return Diagnostic{"no-file", fmt::format("{} cannot be {}", path, what), {.file = path}};
}

/// A program's line of a file of labels, and the threads that it was measured with.
struct Label {
  json line;
  int threads = 1;
};

Result<void> readLabels(const std::string& path, std::vector<Label>& labels, std::unordered_set<std::string>& seen) {
  std::ifstream stream(path);
  if (!stream)
    return std::unexpected(noFile(path, "read"));
  std::string text;
  std::getline(stream, text);
  const json head = json::parse(text, nullptr, false);
  if (!head.is_object() || head.value("kind", "") != "machine" || head.value("version", 0) != LabelFile::kVersion)
    return failure("other-labels", fmt::format("{} is no file of labels that this version reads", path), {.file = path});
  while (std::getline(stream, text)) {
    json line = json::parse(text, nullptr, false); // the last one may have been cut by a kill
    if (line.is_object() && line.value("kind", "") == "program" && !line.value("schedules", json::array()).empty() &&
        seen.insert(line.value("canonical", "")).second)
      labels.push_back({std::move(line), head.value("threads", 1)});
  }
  return {};
}

LabeledSchedule labeledSchedule(const json& label, ModelInput input) {
  return {.input = std::move(input), .speedup = label.at("speedup"), .low = label.at("speedup_interval").at(0),
          .high = label.at("speedup_interval").at(1), .seconds = label.at("fastest_s"), .recipe = label.at("recipe")};
}

/// What became of one label.
struct Converted {
  std::string line; ///< empty: nothing
  std::size_t schedules = 0, leftOut = 0;
};

Result<Converted> convert(const Label& label, const FeatureTable& table, InputKinds wanted) {
  IslContext context;
  const json& line = label.line;
  const std::string name = line.at("source");
  const Result<std::vector<ScopPtr>> scops = extractText(context.get(), "labeled.c", line.at("text"));
  if (!scops)
    return std::unexpected(scops.error());
  const ScopPtr& scop = scops->front();
  std::vector<std::string> recipes;
  for (const json& schedule : line.at("schedules"))
    recipes.push_back(schedule.at("recipe"));
  Result<FeaturizedProgram> featurized =
      featurize(scop, recipes, {.parameters = line.at("parameters"), .machine = {}, .threads = label.threads}, table, wanted);
  if (!featurized)
    return std::unexpected(featurized.error());
  const ProgramMeasures measures = measuresOf(*scop);
  LabeledProgram program{.name = name, .shape = line.at("shape"), .group = name.ends_with(".c") ? "file" : "generated",
                         .difficulty = difficultyOf(measures), .depth = measures.depth,
                         .original = std::move(featurized->original), .seconds = line.at("original").at("fastest_s")};
  Converted converted;
  for (std::size_t s = 0; s < recipes.size(); ++s) {
    if (Result<ModelInput>& input = featurized->schedules[s])
      program.schedules.push_back(labeledSchedule(line.at("schedules").at(s), *std::move(input)));
    else
      ++converted.leftOut;
  }
  converted.schedules = program.schedules.size();
  if (converted.schedules > 0)
    converted.line = toJson(program).dump();
  return converted;
}

/// One program's trouble is not the others'.
Converted converted(const Label& label, const FeatureTable& table, InputKinds wanted) {
  try {
    if (Result<Converted> done = convert(label, table, wanted))
      return *std::move(done);
  } catch (const std::exception&) { // a member is missing, or isl gave up
  }
  return {.leftOut = 1};
}

} // namespace

Result<DatasetCounts> writeDataset(const std::vector<std::string>& labels, const std::string& out, int threads, InputKinds wanted,
                                   const std::function<void(const DatasetCounts&)>& told) {
  std::vector<Label> programs;
  std::unordered_set<std::string> seen; // canonical hashes
  for (const std::string& path : labels)
    if (const Result<void> read = readLabels(path, programs, seen); !read)
      return std::unexpected(read.error());
  const FeatureTable table = FeatureTable::current();
  const std::string unfinished = out + ".part";
  std::ofstream stream(unfinished, std::ios::trunc);
  stream << dataHeader(table).dump() << '\n';
  DatasetCounts counts;
  const auto atOnce = static_cast<std::size_t>(std::max(threads, 1));
  for (std::size_t first = 0; first < programs.size() && stream; first += atOnce) {
    std::vector<std::future<Converted>> team;
    for (std::size_t l = first; l < std::min(first + atOnce, programs.size()); ++l)
      team.push_back(std::async(std::launch::async, [&, l] { return converted(programs[l], table, wanted); }));
    for (std::future<Converted>& each : team) {
      const Converted done = each.get();
      if (!done.line.empty())
        stream << done.line << '\n';
      counts.programs += done.line.empty() ? 0 : 1;
      counts.schedules += done.schedules;
      counts.leftOut += done.leftOut;
    }
    counts.left = programs.size() - std::min(first + atOnce, programs.size());
    if (told)
      told(counts);
  }
  stream.close();
  std::error_code error;
  if (stream)
    std::filesystem::rename(unfinished, out, error);
  if (!stream || error)
    return std::unexpected(noFile(out, "written"));
  return counts;
}

} // namespace polyloom
