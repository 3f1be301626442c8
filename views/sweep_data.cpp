#include "views/sweep_data.h"

#include "views/history_view.h"

#include <QObject>

#include <algorithm>

namespace polyloom {

SweepData SweepData::of(std::vector<SweepNumber> numbers, std::vector<SweepAxis> axes) {
  SweepData data{std::move(numbers), std::move(axes), {}};
  if (data.isEmpty())
    return data;
  for (const std::int64_t first : data.axes[0].values)
    if (!data.isMap())
      data.points.push_back({.values = {first}});
    else
      for (const std::int64_t second : data.axes[1].values)
        data.points.push_back({.values = {first, second}});
  return data;
}

std::vector<std::string> SweepData::sources() const {
  std::vector<std::string> all;
  for (const SweepPoint& point : points)
    for (const SweepFigure& figure : point.figures)
      if (std::ranges::find(all, figure.source) == all.end())
        all.push_back(figure.source);
  return all;
}

std::optional<std::size_t> SweepData::find(const QString& recipe) const {
  const std::string wanted = normalizedRecipe(recipe).toStdString();
  const auto found = std::ranges::find(points, wanted, &SweepPoint::recipe);
  return found == points.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - points.begin()));
}

SweepMark markOf(const SweepData& data, std::size_t point, const std::string& source) {
  const auto best = bestPoint(data.points, source);
  const SweepFigure* figure = figureOf(data.points[point], source);
  if (!best || !figure || !figure->isKnown())
    return SweepMark::None;
  if (point == *best)
    return SweepMark::Best;
  return isTie(*figure, *figureOf(data.points[*best], source)) ? SweepMark::Tie : SweepMark::None;
}

QString linesOf(const SweepData& data, std::size_t point) {
  const QStringList recipe = QString::fromStdString(data.points[point].recipe).split(QLatin1Char('\n'));
  QStringList lines;
  for (const SweepAxis& axis : data.axes)
    if (axis.place.step < recipe.size() && !lines.contains(recipe[axis.place.step]))
      lines << recipe[axis.place.step];
  return lines.join(QStringLiteral("; "));
}

QString stateOf(const SweepData& data, std::size_t point, const std::string& source) {
  const SweepPoint& at = data.points[point];
  const QString message = QString::fromStdString(at.message);
  const auto because = [&](const QString& word) {
    return message.isEmpty() || message.startsWith(word) ? (message.isEmpty() ? word : message)
                                                         : word + QStringLiteral(": ") + message;
  };
  switch (at.verdict) {
  case SweepVerdict::Waiting: return QObject::tr("waiting");
  case SweepVerdict::Illegal: return because(QObject::tr("illegal"));
  case SweepVerdict::Unknown: return because(QObject::tr("unknown"));
  case SweepVerdict::Refused: return because(QObject::tr("refused"));
  case SweepVerdict::Legal: break;
  }
  const SweepFigure* figure = figureOf(at, source);
  if (!figure)
    return QObject::tr("legal, not yet %1").arg(QString::fromStdString(source));
  QStringList words;
  if (!figure->isKnown())
    words << QString::fromStdString(figure->message);
  const SweepMark mark = markOf(data, point, source);
  if (mark != SweepMark::None)
    words << (mark == SweepMark::Best ? QObject::tr("best") : QObject::tr("not distinguishable from the best"));
  if (at.sameAs >= 0 && static_cast<std::size_t>(at.sameAs) < data.points.size()) {
    QStringList values;
    for (const std::int64_t value : data.points[static_cast<std::size_t>(at.sameAs)].values)
      values << QString::number(value);
    words << QObject::tr("the same code as %1").arg(values.join(QStringLiteral(" × ")));
  }
  if (figure->isStored)
    words << QObject::tr("measured earlier");
  return words.join(QStringLiteral(", "));
}

QString speedupText(const SweepFigure* figure) {
  if (!figure || !figure->isKnown())
    return {};
  return QObject::tr("%1× [%2 … %3]").arg(figure->speedup, 0, 'f', 2).arg(figure->low, 0, 'f', 2).arg(figure->high, 0, 'f', 2);
}

QString secondsText(const SweepFigure* figure) {
  if (!figure || !figure->isKnown() || figure->seconds <= 0)
    return {};
  if (figure->seconds >= 1)
    return QObject::tr("%1 s").arg(figure->seconds, 0, 'g', 4);
  if (figure->seconds >= 1e-3)
    return QObject::tr("%1 ms").arg(figure->seconds * 1e3, 0, 'g', 4);
  return QObject::tr("%1 µs").arg(figure->seconds * 1e6, 0, 'g', 4);
}

QString pointText(const SweepData& data, std::size_t point) {
  QStringList values;
  for (const std::int64_t value : data.points[point].values)
    values << QString::number(value);
  QStringList parts{values.join(QStringLiteral(" × "))};
  const std::vector<std::string> sources = data.sources();
  for (const std::string& source : sources) {
    const SweepFigure* figure = figureOf(data.points[point], source);
    if (!figure || !figure->isKnown())
      continue;
    const QString seconds = secondsText(figure);
    parts << QObject::tr("%1 %2").arg(QString::fromStdString(source), speedupText(figure)) +
                 (seconds.isEmpty() ? QString() : QStringLiteral(", ") + seconds);
  }
  const QString state = stateOf(data, point, sources.empty() ? "measured" : sources.front());
  if (!state.isEmpty())
    parts << state;
  return parts.join(QStringLiteral(" · "));
}

} // namespace polyloom
