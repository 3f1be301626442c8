#include "models/evaluation/predictions_file.h"

#include "core/base/csv.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace polyloom {

namespace {

using Key = std::pair<std::string, std::string>; ///< program and recipe

const std::vector<std::string> kColumns = {"program", "recipe", "speedup", "low", "high", "seconds",
                                           "measured", "measured_low", "measured_high"};

/// Line breaks at a recipe's end say nothing.
Key makeKey(std::string program, std::string recipe) {
  recipe.erase(recipe.find_last_not_of("\r\n") + 1);
  return {std::move(program), std::move(recipe)};
}

Key keyOf(const TrainingSet& set, SampleId sample) {
  return makeKey(programOf(set, sample).name, scheduleOf(set, sample).recipe);
}

/// In messages, recipes stand on one line.
std::string readable(const Key& key) {
  std::string recipe = key.second;
  std::ranges::replace(recipe, '\n', ';');
  return fmt::format("{} with \"{}\"", key.first, recipe);
}

class PredictionsFile {
public:
  PredictionsFile(std::string path, const TrainingSet& set) : path_(std::move(path)) {
    std::vector<int> all;
    for (std::size_t p = 0; p < set.programs.size(); ++p)
      all.push_back(static_cast<int>(p));
    for (const SampleId sample : samplesOf(set, all)) {
      programs_.insert(programOf(set, sample).name);
      known_.insert(keyOf(set, sample));
    }
  }

  Result<void> read() {
    std::ifstream stream(path_, std::ios::binary);
    if (!stream)
      return failure("no-file", fmt::format("{} cannot be read", path_), {.file = path_});
    const Result<std::vector<CsvRow>> rows = csvRows(std::string{std::istreambuf_iterator<char>(stream), {}}, path_);
    if (!rows)
      return std::unexpected(rows.error());
    if (rows->empty())
      return bad(1, "the file is empty; its first line names the columns");
    if (const Result<void> head = readHead(rows->front()); !head)
      return head;
    for (const CsvRow& row : std::span(*rows).subspan(1))
      if (const Result<void> taken = readRow(row); !taken)
        return taken;
    return {};
  }

  Result<Prediction> at(const Key& key) const {
    const auto found = predictions_.find(key);
    if (found == predictions_.end())
      return failure("bad-predictions", fmt::format("there is no prediction for {}", readable(key)), {.file = path_},
                     {"predict every schedule of the part that is judged"});
    return found->second.first;
  }

private:
  std::unexpected<Diagnostic> bad(int line, const std::string& what) const {
    return failure("bad-predictions", what, {.file = path_, .line = line, .column = 1});
  }

  Result<void> readHead(const CsvRow& head) {
    columns_ = head.fields;
    std::set<std::string> seen;
    for (const std::string& column : columns_) {
      if (std::ranges::find(kColumns, column) == kColumns.end())
        return bad(head.line, fmt::format("there is no column \"{}\"; wanted program, recipe, speedup, low, high", column));
      if (!seen.insert(column).second)
        return bad(head.line, fmt::format("the column {} stands twice", column));
    }
    for (const char* needed : {"program", "recipe", "speedup"})
      if (!seen.contains(needed))
        return bad(head.line, fmt::format("the column {} is missing; there are {}", needed, fmt::join(columns_, ", ")));
    return {};
  }

  Result<void> readRow(const CsvRow& row) {
    if (row.fields.size() != columns_.size())
      return bad(row.line, fmt::format("{} fields stand under {} columns", row.fields.size(), columns_.size()));
    const Key key = makeKey(text(row, "program"), text(row, "recipe"));
    if (!programs_.contains(key.first))
      return bad(row.line, fmt::format("there is no program \"{}\" in the data", key.first));
    if (!known_.contains(key))
      return bad(row.line, fmt::format("there is no schedule {} in the data", readable(key)));
    const double speedup = number(row, "speedup", -1);
    const Prediction prediction{.speedup = speedup, .low = number(row, "low", speedup), .high = number(row, "high", speedup),
                                .seconds = number(row, "seconds", 0)};
    if (!isSound(prediction))
      return bad(row.line, "the numbers are no prediction: a positive speedup is wanted, within its low and high");
    if (const auto [before, isNew] = predictions_.try_emplace(key, prediction, row.line); !isNew)
      return bad(row.line, fmt::format("{} is predicted in line {}, too", readable(key), before->second.second));
    return {};
  }

  std::string text(const CsvRow& row, const char* column) const {
    const auto place = std::ranges::find(columns_, column);
    return place == columns_.end() ? "" : row.fields[static_cast<std::size_t>(place - columns_.begin())];
  }

  /// The fallback for an empty field; what is no number is none that is sound.
  double number(const CsvRow& row, const char* column, double fallback) const {
    const std::string field = text(row, column);
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    return field.empty() ? fallback : error == std::errc() && end == field.data() + field.size() ? value : -1;
  }

  std::string path_;
  std::set<std::string> programs_;
  std::set<Key> known_;
  std::vector<std::string> columns_;
  std::map<Key, std::pair<Prediction, int>> predictions_; ///< with their lines
};

} // namespace

std::string predictionsToCsv(const TrainingSet& set, std::span<const SampleId> samples,
                             std::span<const Prediction> predictions) {
  std::string text = fmt::format("{}\n", fmt::join(kColumns, ","));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Prediction& p = predictions[i];
    const LabeledSchedule& label = scheduleOf(set, samples[i]);
    text += fmt::format("{},{},{},{},{},{},{},{},{}\n", csvField(programOf(set, samples[i]).name), csvField(label.recipe),
                        p.speedup, p.low, p.high, p.seconds > 0 ? fmt::format("{}", p.seconds) : "", label.speedup, label.low,
                        label.high);
  }
  return text;
}

Result<std::vector<Prediction>> readPredictions(const std::string& path, const TrainingSet& set,
                                                std::span<const SampleId> samples) {
  PredictionsFile file(path, set);
  if (const Result<void> read = file.read(); !read)
    return std::unexpected(read.error());
  std::vector<Prediction> predictions;
  for (const SampleId sample : samples) {
    const Result<Prediction> prediction = file.at(keyOf(set, sample));
    if (!prediction)
      return std::unexpected(prediction.error());
    predictions.push_back(*prediction);
  }
  return predictions;
}

} // namespace polyloom
