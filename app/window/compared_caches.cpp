#include "app/window/compared_caches.h"

#include <QJsonArray>
#include <QLocale>

#include <utility>

namespace polyloom {

namespace {

/// About a second for each order; the misses of loops that repeat show by then.
constexpr qint64 kAccesses = 20'000'000;

QString grouped(const QJsonValue& number) {
  return QLocale::c().toString(number.toInteger()).replace(QLatin1Char(','), QChar(0x202F));
}

/// "1 234 (5.0 %)".
QString share(const QJsonValue& part, double whole) {
  const QString text = grouped(part);
  return whole > 0 ? QStringLiteral("%1 (%2 %)").arg(text).arg(100 * part.toDouble() / whole, 0, 'f', 1) : text;
}

} // namespace

CacheFigures cacheFigures(const QJsonObject& simulation) {
  const auto listOf = [](const QJsonObject& object, const char* name) { return object.value(QLatin1String(name)).toArray(); };
  CacheFigures figures;
  QStringList levels;
  for (const QJsonValue& each : listOf(simulation, "levels")) {
    const QJsonObject level = each.toObject();
    levels << QStringLiteral("L%1").arg(level.value(QStringLiteral("level")).toInt());
    figures.emplace_back(ComparedCaches::tr("%1 misses").arg(levels.back()),
                         share(level.value(QStringLiteral("misses")),
                               level.value(QStringLiteral("hits")).toDouble() + level.value(QStringLiteral("misses")).toDouble()));
  }
  for (const QJsonValue& each : listOf(simulation, "arrays")) {
    const QJsonObject array = each.toObject();
    const QJsonArray misses = listOf(array, "misses");
    for (qsizetype l = 0; l < std::min(levels.size(), misses.size()); ++l)
      figures.emplace_back(ComparedCaches::tr("%1: %2 misses").arg(array.value(QStringLiteral("name")).toString(), levels[l]),
                           share(misses[l], array.value(QStringLiteral("accesses")).toDouble()));
  }
  for (const QJsonValue& each : listOf(simulation, "loops")) {
    const QJsonObject loop = each.toObject();
    const QJsonObject lines = loop.value(QStringLiteral("footprint_lines")).toObject().value(QStringLiteral("iteration")).toObject();
    figures.emplace_back(ComparedCaches::tr("loop %1: lines an iteration touches").arg(loop.value(QStringLiteral("loop")).toString()),
                         ComparedCaches::tr("%1 (median), %2 (most)")
                             .arg(grouped(lines.value(QStringLiteral("median"))), grouped(lines.value(QStringLiteral("largest")))));
  }
  return figures;
}

ComparedCaches::ComparedCaches(const QString& worker, QObject* parent) : QObject(parent), worker_(worker) {
  connect(&worker_, &WorkerClient::finished, this, [this](int id, const QJsonObject& result) {
    if (id == job_)
      finished(result);
  });
  connect(&worker_, &WorkerClient::failed, this, [this](int id, const QJsonObject& error) {
    if (id != job_)
      return;
    job_ = 0;
    remark_ = errorText(error);
    Q_EMIT changed();
  });
}

void ComparedCaches::ask(QJsonObject question, const QString& recipeA, const QString& recipeB) {
  question.insert(QStringLiteral("job"), QStringLiteral("cache"));
  question.insert(QStringLiteral("recipes"), QJsonArray{recipeA, recipeB});
  question.insert(QStringLiteral("limit"), kAccesses);
  if (question == question_)
    return;
  end();
  question_ = question;
  remark_ = tr("being simulated …");
  job_ = worker_.send(question);
  Q_EMIT changed();
}

void ComparedCaches::forget() {
  end();
  question_ = {};
  remark_.clear();
}

void ComparedCaches::cancel() {
  if (isBusy())
    worker_.cancel(); // which fails the job with a sentence
}

void ComparedCaches::end() {
  for (CacheFigures& side : figures_)
    side.clear();
  if (std::exchange(job_, 0) != 0)
    worker_.cancel();
}

void ComparedCaches::finished(const QJsonObject& result) {
  job_ = 0;
  const QJsonArray schedules = result.value(QStringLiteral("schedules")).toArray();
  QStringList remarks;
  for (const int side : {0, 1}) {
    const QJsonObject schedule = schedules[side].toObject();
    figures_[side] = cacheFigures(schedule);
    const QString said = schedule.value(figures_[side].empty() ? QStringLiteral("message") : QStringLiteral("share_sentence")).toString();
    remarks << tr("%1: %2").arg(side == 0 ? QStringLiteral("A") : QStringLiteral("B"), said);
  }
  remark_ = remarks.join(QStringLiteral("; "));
  Q_EMIT changed();
}

} // namespace polyloom
