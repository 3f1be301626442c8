#include "models/data/data_file.h"

#include "models/data/input_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace polyloom {

namespace {

using nlohmann::json;

std::unexpected<Diagnostic> bad(const std::string& what) { return failure("bad-data", what); }

/// A member's value of the fallback's kind, or the fallback.
template <typename Value> Value valueAt(const json& object, const char* key, Value fallback) {
  const auto found = object.find(key);
  if (found == object.end())
    return fallback;
  if constexpr (std::is_same_v<Value, std::string>)
    return found->is_string() ? found->get<std::string>() : fallback;
  else
    return found->is_number() ? found->get<Value>() : fallback;
}

json toJson(const LabeledSchedule& schedule) {
  json object = {{"input", toJson(schedule.input)}, {"speedup", schedule.speedup}, {"low", schedule.low},
                 {"high", schedule.high}, {"seconds", schedule.seconds}, {"recipe", schedule.recipe},
                 {"level", schedule.level}};
  if (schedule.speedupAgain)
    object["again"] = *schedule.speedupAgain;
  return object;
}

Result<LabeledSchedule> scheduleFrom(const json& object, const FeatureTable& table, InputKinds wanted) {
  if (!object.is_object() || !object.contains("input"))
    return bad("a schedule is no object with its features");
  Result<ModelInput> input = inputFrom(object["input"], table, wanted);
  if (!input)
    return std::unexpected(input.error());
  LabeledSchedule schedule{.input = std::move(*input), .speedup = valueAt(object, "speedup", 0.0),
                           .low = valueAt(object, "low", 0.0), .high = valueAt(object, "high", 0.0),
                           .seconds = valueAt(object, "seconds", 0.0), .speedupAgain = {},
                           .recipe = valueAt(object, "recipe", std::string()), .level = valueAt(object, "level", 0)};
  if (object.contains("again"))
    schedule.speedupAgain = valueAt(object, "again", 0.0);
  return schedule;
}

} // namespace

json dataHeader(const FeatureTable& table) {
  return {{"kind", "features"}, {"version", kDataVersion}, {"schema", table.schema()}, {"looper", looperSchema()}};
}

json toJson(const LabeledProgram& program) {
  json schedules = json::array();
  for (const LabeledSchedule& schedule : program.schedules)
    schedules.push_back(toJson(schedule));
  return {{"name", program.name}, {"shape", program.shape}, {"group", program.group}, {"difficulty", program.difficulty},
          {"depth", program.depth}, {"seconds", program.seconds}, {"original", toJson(program.original)},
          {"schedules", std::move(schedules)}};
}

Result<LabeledProgram> programFrom(const json& object, const FeatureTable& table, InputKinds wanted) {
  if (!object.is_object() || !object.contains("original") || !object.contains("schedules") || !object["schedules"].is_array())
    return bad("a program is no object with an original and schedules");
  Result<ModelInput> original = inputFrom(object["original"], table, wanted);
  if (!original)
    return std::unexpected(original.error());
  LabeledProgram program{.name = valueAt(object, "name", std::string()), .shape = valueAt(object, "shape", std::string()),
                         .group = valueAt(object, "group", std::string()), .difficulty = valueAt(object, "difficulty", 0.0),
                         .depth = valueAt(object, "depth", 0), .original = std::move(*original),
                         .seconds = valueAt(object, "seconds", 0.0), .schedules = {}};
  for (const json& value : object["schedules"]) {
    Result<LabeledSchedule> schedule = scheduleFrom(value, table, wanted);
    if (!schedule)
      return std::unexpected(schedule.error());
    program.schedules.push_back(std::move(*schedule));
  }
  return program;
}

Result<void> readData(const std::string& path, const FeatureTable& table, TrainingSet& set, InputKinds wanted) {
  std::ifstream stream(path, std::ios::binary);
  std::string line;
  if (!stream || !std::getline(stream, line))
    return failure("no-file", fmt::format("{} cannot be read, or is empty", path), {.file = path});
  const json header = json::parse(line, nullptr, false);
  if (!header.is_object() || header.value("kind", json()) != "features" || header.value("version", json()) != kDataVersion)
    return failure("bad-data", fmt::format("{} is no file of features of this version", path), {.file = path});
  const bool isOtherTree = wanted.tree && header.value("schema", json()) != table.schema();
  if (isOtherTree || (wanted.looper && header.contains("looper") && header["looper"] != looperSchema()))
    return failure("other-schema", fmt::format("the features in {} were made by another featurizer", path), {.file = path},
                   {"make them anew from their labels"});
  for (int number = 2; std::getline(stream, line) && !stream.eof(); ++number) {
    Result<LabeledProgram> program = programFrom(json::parse(line, nullptr, false), table, wanted);
    if (!program)
      return failure("bad-data", fmt::format("{}, line {}: {}", path, number, program.error().message),
                     {.file = path, .line = number});
    set.programs.push_back(std::move(*program));
  }
  return {};
}

Result<TrainingSet> readDataFiles(std::span<const std::string> paths, const FeatureTable& table, InputKinds wanted) {
  TrainingSet set;
  for (const std::string& path : paths)
    if (const Result<void> read = readData(path, table, set, wanted); !read)
      return std::unexpected(read.error());
  if (const Result<void> checked = checkLabels(set); !checked)
    return std::unexpected(checked.error());
  return set;
}

} // namespace polyloom
