#include "app/window/measurement_text.h"

#include "views/history_view.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <utility>

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

using Outcome = MeasurementInfo::Outcome;

/// A word that is not among them stands for a measured one.
constexpr std::array<std::pair<Outcome, const char*>, 5> kOutcomes{{{Outcome::Measured, "measured"},
                                                                    {Outcome::WrongResult, "wrong result"},
                                                                    {Outcome::Crashed, "crashed"},
                                                                    {Outcome::TimedOut, "timed out"},
                                                                    {Outcome::Refused, "refused"}}};

Outcome outcomeOf(const QString& word) {
  for (const auto& [outcome, each] : kOutcomes)
    if (word == QLatin1String(each))
      return outcome;
  return Outcome::Measured;
}

QString wordOf(Outcome outcome) {
  return QLatin1String(std::ranges::find(kOutcomes, outcome, &std::pair<Outcome, const char*>::first)->second);
}

QJsonObject scheduleToJson(const MeasurementInfo& info) {
  const auto text = [](const std::string& each) { return QString::fromStdString(each); };
  QJsonArray notes;
  for (const std::string& note : info.notes)
    notes.append(text(note));
  return {{QStringLiteral("recipe"), text(info.recipe)},
          {QStringLiteral("outcome"), wordOf(info.outcome)},
          {QStringLiteral("message"), text(info.message)},
          {QStringLiteral("median_s"), info.median},
          {QStringLiteral("interval_s"), QJsonArray{info.low, info.high}},
          {QStringLiteral("speedup"), info.speedup},
          {QStringLiteral("speedup_interval"), QJsonArray{info.speedupLow, info.speedupHigh}},
          {QStringLiteral("result"), text(info.result)},
          {QStringLiteral("max_relative_error"), info.maxRelativeError},
          {QStringLiteral("samples"), static_cast<qint64>(info.samples)},
          {QStringLiteral("outliers"), static_cast<qint64>(info.outliers)},
          {QStringLiteral("warning"), text(info.warning)},
          {QStringLiteral("notes"), notes},
          {QStringLiteral("taken"), text(info.taken)}};
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
  if (isStored && original.taken.empty())
    original.taken = result.value(QStringLiteral("taken")).toString().toStdString();
  original.speedup = original.speedupLow = original.speedupHigh = 1;
  original.result = "equal";
  all.push_back(std::move(original));
  for (const QJsonValue& schedule : result.value(QStringLiteral("schedules")).toArray())
    all.push_back(parseSchedule(schedule.toObject(), isStored));
  return all;
}

QJsonObject measurementsToJson(const std::vector<MeasurementInfo>& measurements, const QStringList& notes) {
  QJsonObject original;
  QJsonArray schedules;
  for (const MeasurementInfo& info : measurements)
    if (info.recipe.empty())
      original = scheduleToJson(info);
    else
      schedules.append(scheduleToJson(info));
  // Each keeps its own date, or none: where they were taken here, that was today.
  return {{QStringLiteral("stored"), true},
          {QStringLiteral("original"), original},
          {QStringLiteral("schedules"), schedules},
          {QStringLiteral("notes"), QJsonArray::fromStringList(notes)}};
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
