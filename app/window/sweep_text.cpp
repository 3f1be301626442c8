#include "app/window/sweep_text.h"

#include <array>

namespace polyloom {

namespace {

std::vector<std::int64_t> integers(const QJsonValue& list) {
  std::vector<std::int64_t> values;
  for (const QJsonValue& value : list.toArray())
    values.push_back(value.toInteger());
  return values;
}

std::string text(const QJsonObject& object, const char* key) {
  return object.value(QLatin1String(key)).toString().toStdString();
}

/// A word that is not among them is a verdict that nobody knows.
SweepVerdict verdictOf(const QString& word) {
  static constexpr std::array<std::pair<const char*, SweepVerdict>, 4> kWords{{{"waiting", SweepVerdict::Waiting},
                                                                               {"legal", SweepVerdict::Legal},
                                                                               {"illegal", SweepVerdict::Illegal},
                                                                               {"refused", SweepVerdict::Refused}}};
  for (const auto& [name, verdict] : kWords)
    if (word == QLatin1String(name))
      return verdict;
  return SweepVerdict::Unknown;
}

SweepFigure figureFrom(const QJsonObject& object) {
  SweepFigure figure{.source = text(object, "source"),
                     .speedup = object.value(QStringLiteral("speedup")).toDouble(),
                     .seconds = object.value(QStringLiteral("median_s")).toDouble(),
                     .message = text(object, "message"),
                     .isStored = object.value(QStringLiteral("stored")).toBool()};
  const QJsonArray interval = object.value(QStringLiteral("speedup_interval")).toArray();
  figure.low = interval.size() == 2 ? interval[0].toDouble() : figure.speedup;
  figure.high = interval.size() == 2 ? interval[1].toDouble() : figure.speedup;
  return figure;
}

} // namespace

std::vector<SweepNumber> parseSweepNumbers(const QJsonArray& numbers) {
  std::vector<SweepNumber> all;
  for (const QJsonValue& value : numbers) {
    const QJsonObject number = value.toObject();
    all.push_back({.place = {number.value(QStringLiteral("step")).toInt(), text(number, "parameter"),
                             number.value(QStringLiteral("place")).toInt()},
                   .line = text(number, "line"),
                   .open = text(number, "open"),
                   .loop = text(number, "loop"),
                   .value = number.value(QStringLiteral("value")).toInteger(),
                   .isCount = number.value(QStringLiteral("is_count")).toBool(),
                   .candidates = integers(number.value(QStringLiteral("candidates"))),
                   .coarse = integers(number.value(QStringLiteral("coarse")))});
  }
  return all;
}

QJsonArray sweepAxesToJson(const std::vector<SweepAxis>& axes) {
  QJsonArray all;
  for (const SweepAxis& axis : axes) {
    QJsonArray values;
    for (const std::int64_t value : axis.values)
      values.append(static_cast<qint64>(value));
    all.append(QJsonObject{{QStringLiteral("step"), axis.place.step},
                           {QStringLiteral("parameter"), QString::fromStdString(axis.place.parameter)},
                           {QStringLiteral("place"), axis.place.place},
                           {QStringLiteral("values"), values}});
  }
  return all;
}

std::vector<std::pair<std::size_t, SweepPoint>> parseSweepPoints(const QJsonArray& points) {
  std::vector<std::pair<std::size_t, SweepPoint>> all;
  for (const QJsonValue& value : points) {
    const QJsonObject object = value.toObject();
    SweepPoint point{.values = integers(object.value(QStringLiteral("values"))),
                     .recipe = text(object, "recipe"),
                     .verdict = verdictOf(object.value(QStringLiteral("verdict")).toString()),
                     .message = text(object, "message"),
                     .sameAs = object.value(QStringLiteral("same_as")).toInt(-1)};
    for (const QJsonValue& figure : object.value(QStringLiteral("figures")).toArray())
      point.figures.push_back(figureFrom(figure.toObject()));
    all.emplace_back(static_cast<std::size_t>(object.value(QStringLiteral("index")).toInt()), std::move(point));
  }
  return all;
}

} // namespace polyloom
