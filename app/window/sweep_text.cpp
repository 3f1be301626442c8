#include "app/window/sweep_text.h"

#include <algorithm>
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

QJsonArray listOf(const std::vector<std::int64_t>& values) {
  QJsonArray list;
  for (const std::int64_t value : values)
    list.append(static_cast<qint64>(value));
  return list;
}

constexpr std::array<std::pair<const char*, SweepVerdict>, 5> kVerdicts{{{"unknown", SweepVerdict::Unknown},
                                                                         {"waiting", SweepVerdict::Waiting},
                                                                         {"legal", SweepVerdict::Legal},
                                                                         {"illegal", SweepVerdict::Illegal},
                                                                         {"refused", SweepVerdict::Refused}}};

/// A word that is not among them is a verdict that nobody knows.
SweepVerdict verdictOf(const QString& word) {
  const auto found = std::ranges::find_if(kVerdicts, [&](const auto& each) { return word == QLatin1String(each.first); });
  return found == kVerdicts.end() ? SweepVerdict::Unknown : found->second;
}

QLatin1String wordOf(SweepVerdict verdict) {
  return QLatin1String(std::ranges::find(kVerdicts, verdict, &std::pair<const char*, SweepVerdict>::second)->first);
}

QJsonObject axisToJson(const SweepAxis& axis) {
  return {{QStringLiteral("step"), axis.place.step},
          {QStringLiteral("parameter"), QString::fromStdString(axis.place.parameter)},
          {QStringLiteral("place"), axis.place.place},
          {QStringLiteral("values"), listOf(axis.values)}};
}

QJsonObject figureToJson(const SweepFigure& figure) {
  QJsonObject object{{QStringLiteral("source"), QString::fromStdString(figure.source)},
                     {QStringLiteral("stored"), figure.isStored}};
  if (!figure.isKnown()) {
    object.insert(QStringLiteral("message"), QString::fromStdString(figure.message));
    return object;
  }
  object.insert(QStringLiteral("speedup"), figure.speedup);
  object.insert(QStringLiteral("speedup_interval"), QJsonArray{figure.low, figure.high});
  if (figure.seconds > 0)
    object.insert(QStringLiteral("median_s"), figure.seconds);
  return object;
}

QJsonObject pointToJson(const SweepPoint& point, std::size_t index) {
  QJsonObject object{{QStringLiteral("index"), static_cast<qint64>(index)},
                     {QStringLiteral("recipe"), QString::fromStdString(point.recipe)},
                     {QStringLiteral("verdict"), wordOf(point.verdict)}};
  if (!point.message.empty())
    object.insert(QStringLiteral("message"), QString::fromStdString(point.message));
  if (point.sameAs >= 0)
    object.insert(QStringLiteral("same_as"), point.sameAs);
  QJsonArray figures;
  for (const SweepFigure& figure : point.figures)
    figures.append(figureToJson(figure));
  if (!figures.isEmpty())
    object.insert(QStringLiteral("figures"), figures);
  return object;
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
  for (const SweepAxis& axis : axes)
    all.append(axisToJson(axis));
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

QJsonObject sweepToJson(const SweepData& sweep) {
  QJsonArray axes, points;
  for (std::size_t k = 0; k < sweep.axes.size(); ++k) {
    const SweepNumber& number = sweep.numbers[k];
    QJsonObject axis = axisToJson(sweep.axes[k]);
    axis.insert(QStringLiteral("line"), QString::fromStdString(number.line));
    axis.insert(QStringLiteral("open"), QString::fromStdString(number.open));
    axis.insert(QStringLiteral("loop"), QString::fromStdString(number.loop));
    axis.insert(QStringLiteral("value"), static_cast<qint64>(number.value));
    axis.insert(QStringLiteral("is_count"), number.isCount);
    axis.insert(QStringLiteral("candidates"), listOf(number.candidates));
    axis.insert(QStringLiteral("coarse"), listOf(number.coarse));
    axes.append(axis);
  }
  if (axes.isEmpty())
    return {};
  for (std::size_t p = 0; p < sweep.points.size(); ++p)
    if (sweep.points[p].verdict != SweepVerdict::Waiting)
      points.append(pointToJson(sweep.points[p], p));
  return {{QStringLiteral("axes"), axes}, {QStringLiteral("points"), points}};
}

Result<SweepData> sweepFromJson(const QJsonObject& object) {
  if (object.isEmpty())
    return SweepData();
  const QJsonArray list = object.value(QStringLiteral("axes")).toArray();
  std::vector<SweepNumber> numbers = parseSweepNumbers(list);
  std::vector<SweepAxis> axes;
  std::size_t choices = list.isEmpty() || list.size() > 2 ? 0 : 1;
  for (std::size_t k = 0; k < numbers.size() && choices > 0; ++k) {
    axes.push_back({numbers[k].place, integers(list[static_cast<qsizetype>(k)].toObject().value(QStringLiteral("values")))});
    choices = axes[k].values.size() > kMostSweepPoints ? 0 : choices * axes[k].values.size();
  }
  if (choices == 0 || choices > kMostSweepPoints)
    return failure("bad-session", "the session's sweep is not over one or two numbers with at most " +
                                      std::to_string(kMostSweepPoints) + " choices");
  SweepData sweep = SweepData::of(std::move(numbers), std::move(axes));
  for (auto& [index, point] : parseSweepPoints(object.value(QStringLiteral("points")).toArray())) {
    if (index >= sweep.points.size())
      continue;
    point.values = sweep.points[index].values;
    point.sameAs = point.sameAs < static_cast<int>(index) ? point.sameAs : -1; // an earlier one
    sweep.points[index] = std::move(point);
  }
  return sweep;
}

} // namespace polyloom
