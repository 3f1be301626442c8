#include "core/snapshot/learning_curve.h"

#include "core/base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace polyloom {

namespace {

struct Column {
  const char* name;
  void (*set)(LearningEpoch& epoch, double value);
};

/// 0 for what is none.
int countFrom(double value) { return value >= 1 && value <= 1e6 ? static_cast<int>(value) : 0; }

constexpr Column kColumns[] = {
    {"member", [](LearningEpoch& epoch, double value) { epoch.member = countFrom(value); }},
    {"epoch", [](LearningEpoch& epoch, double value) { epoch.epoch = countFrom(value); }},
    {"training_loss", [](LearningEpoch& epoch, double value) { epoch.trainingLoss = value; }},
    {"validation_loss", [](LearningEpoch& epoch, double value) { epoch.validationError = value; }},
    {"validation_mape", [](LearningEpoch& epoch, double value) { epoch.validationMape = value; }},
    {"learning_rate", [](LearningEpoch& epoch, double value) { epoch.learningRate = value; }},
    {"best", [](LearningEpoch& epoch, double value) { epoch.isBest = value != 0; }},
};

std::optional<double> numberFrom(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::unexpected<Diagnostic> badCurve(const std::string& path, int line, std::string message) {
  return failure("bad-curve", std::move(message), {.file = path, .line = line});
}

} // namespace

Result<std::vector<LearningEpoch>> learningCurveFrom(const std::string& csv, const std::string& path) {
  const Result<std::vector<CsvRow>> rows = csvRows(csv, path);
  if (!rows)
    return std::unexpected(rows.error());
  const std::vector<std::string> names = rows->empty() ? std::vector<std::string>() : rows->front().fields;
  std::vector<std::pair<const Column*, std::size_t>> places;
  for (const Column& column : kColumns) {
    const auto found = std::ranges::find(names, column.name);
    if (found == names.end())
      return badCurve(path, 1, fmt::format("this is no learning curve: its first line does not name a column \"{}\"", column.name));
    places.emplace_back(&column, static_cast<std::size_t>(found - names.begin()));
  }
  std::vector<LearningEpoch> curve;
  for (auto row = rows->begin() + 1; row != rows->end(); ++row) {
    LearningEpoch epoch;
    for (const auto& [column, place] : places) {
      const auto value = place < row->fields.size() ? numberFrom(row->fields[place]) : std::nullopt;
      if (!value)
        return badCurve(path, row->line, fmt::format("there is no number for \"{}\"", column->name));
      column->set(epoch, *value);
    }
    if (epoch.member == 0 || epoch.epoch == 0)
      return badCurve(path, row->line, "members and epochs count from 1");
    curve.push_back(epoch);
  }
  return curve;
}

} // namespace polyloom
