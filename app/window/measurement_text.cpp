#include "app/window/measurement_text.h"

#include "views/history_view.h"

#include <QJsonArray>

#include <algorithm>

namespace polyloom {

QStringList parseNotes(const QJsonObject& result) {
  QStringList notes;
  for (const QJsonValue& note : result.value(QStringLiteral("notes")).toArray())
    notes << note.toString();
  return notes;
}

namespace {

double number(const QJsonObject& object, const char* key) {
  return object.value(QLatin1String(key)).toDouble();
}

std::pair<double, double> interval(const QJsonObject& object, const char* key, double otherwise) {
  const QJsonArray pair = object.value(QLatin1String(key)).toArray();
  return pair.size() == 2 ? std::pair(pair[0].toDouble(), pair[1].toDouble()) : std::pair(otherwise, otherwise);
}

MeasurementInfo::Outcome outcomeOf(const QString& word) {
  if (word == QLatin1String("wrong result"))
    return MeasurementInfo::Outcome::WrongResult;
  if (word == QLatin1String("crashed"))
    return MeasurementInfo::Outcome::Crashed;
  if (word == QLatin1String("timed out"))
    return MeasurementInfo::Outcome::TimedOut;
  return word == QLatin1String("refused") ? MeasurementInfo::Outcome::Refused : MeasurementInfo::Outcome::Measured;
}

MeasurementInfo parseSchedule(const QJsonObject& object, bool isStored) {
  MeasurementInfo info;
  const QString recipe = normalizedRecipe(object.value(QStringLiteral("recipe")).toString());
  info.recipe = recipe.toStdString();
  info.label = recipe.isEmpty() ? "original" : recipe.section(QLatin1Char('\n'), -1).toStdString();
  info.outcome = outcomeOf(object.value(QStringLiteral("outcome")).toString());
  info.message = object.value(QStringLiteral("message")).toString().toStdString();
  info.median = number(object, "median_s");
  std::tie(info.low, info.high) = interval(object, "interval_s", info.median);
  info.speedup = number(object, "speedup");
  std::tie(info.speedupLow, info.speedupHigh) = interval(object, "speedup_interval", info.speedup);
  info.result = object.value(QStringLiteral("result")).toString().toStdString();
  info.maxRelativeError = number(object, "max_relative_error");
  info.samples = static_cast<std::size_t>(number(object, "samples"));
  info.outliers = static_cast<std::size_t>(number(object, "outliers"));
  info.warning = object.value(QStringLiteral("warning")).toString().toStdString();
  for (const QString& note : parseNotes(object))
    info.notes.push_back(note.toStdString());
  if (isStored)
    info.taken = object.value(QStringLiteral("taken")).toString().toStdString();
  return info;
}

} // namespace

std::vector<MeasurementInfo> parseMeasurements(const QJsonObject& result) {
  std::vector<MeasurementInfo> all;
  const bool isStored = result.value(QStringLiteral("stored")).toBool();
  MeasurementInfo original = parseSchedule(result.value(QStringLiteral("original")).toObject(), isStored);
  if (isStored)
    original.taken = result.value(QStringLiteral("taken")).toString().toStdString();
  original.speedup = original.speedupLow = original.speedupHigh = 1;
  original.result = "equal";
  all.push_back(std::move(original));
  for (const QJsonValue& schedule : result.value(QStringLiteral("schedules")).toArray())
    all.push_back(parseSchedule(schedule.toObject(), isStored));
  return all;
}

std::vector<MeasurementInfo> mergeMeasurements(std::vector<MeasurementInfo> older,
                                               const std::vector<MeasurementInfo>& newer) {
  for (const MeasurementInfo& info : newer) {
    const auto same =
        std::find_if(older.begin(), older.end(), [&](const MeasurementInfo& old) { return old.recipe == info.recipe; });
    if (same != older.end())
      *same = info;
    else
      older.push_back(info);
  }
  // A line break comes before all letters: each recipe stands after the one it extends.
  std::ranges::sort(older, {}, &MeasurementInfo::recipe);
  return older;
}

} // namespace polyloom
