// What is measured, under which conditions, and what becomes of the answer.
#include "app/window/controller.h"

#include "app/window/host_box.h"
#include "app/window/main_window.h"
#include "app/window/measurement_text.h"
#include "app/window/parameter_bar.h"
#include "app/window/settings.h"

#include <QAction>
#include <QJsonArray>

#include <utility>

namespace polyloom {

namespace {

constexpr int kRuns = 30;

/// Whether the worker has found anything: an answer without schedules has no original, either.
bool holdsFigures(const QJsonObject& result) {
  return !result.value(QStringLiteral("schedules")).toArray().isEmpty();
}

} // namespace

QJsonObject Controller::measuringValues() const {
  QJsonObject set;
  for (const auto& [name, value] : window_.parameters()->measureValues())
    set.insert(QString::fromStdString(name), static_cast<qint64>(value));
  for (const auto& [name, value] : window_.parameters()->scalarValues())
    set.insert(QString::fromStdString(name), value);
  return set;
}

QJsonObject Controller::measuringConditions() const {
  const KnownHost host = window_.hosts()->current();
  return {{QStringLiteral("set"), measuringValues()},
          {QStringLiteral("threads"), window_.parameters()->threads()},
          {QStringLiteral("reassociate"), window_.actions().reassociate->isChecked()},
          {QStringLiteral("host"), host.name},
          {QStringLiteral("worker"), host.worker}};
}

QJsonObject Controller::measuringRequest(const QString& job, const QStringList& recipes,
                                         const QJsonObject& conditions) const {
  QJsonObject request = conditions;
  request.insert(QStringLiteral("job"), job);
  request.insert(QStringLiteral("program"), session_.program());
  request.insert(QStringLiteral("recipes"), QJsonArray::fromStringList(recipes));
  request.insert(QStringLiteral("runs"), kRuns);
  return request;
}

/// The recipe up to each step that leaves a legal order.
QStringList Controller::legalRecipes() const {
  QStringList recipes, lines;
  for (const StepInfo& step : window_.schedule()->steps) {
    lines << QString::fromStdString(step.text);
    if (step.outcome == StepInfo::Outcome::Applied)
      recipes << lines.join(QLatin1Char('\n'));
  }
  return recipes;
}

void Controller::measure() {
  const auto schedule = window_.schedule();
  if (!schedule || measureJob_)
    return;
  if (schedule->verdict.kind != VerdictInfo::Kind::Legal) {
    const bool illegal = schedule->verdict.kind == VerdictInfo::Kind::Illegal;
    QString why = QString::fromStdString(schedule->verdict.sentence);
    if (why.startsWith(QLatin1String("illegal: ")) || why.startsWith(QLatin1String("unknown: ")))
      why.remove(0, why.indexOf(QLatin1Char(' ')) + 1);
    window_.messages()->showMessage(MessageBar::Severity::Warning,
                                    (illegal ? tr("An illegal order is not measured: %1")
                                             : tr("An order whose legality is unknown is not measured: %1"))
                                        .arg(why));
    return;
  }
  measureRecipes({session_.recipe()});
}

void Controller::measureAll() {
  const auto schedule = window_.schedule();
  if (!schedule || measureJob_)
    return;
  const QStringList recipes = legalRecipes();
  if (recipes.isEmpty())
    window_.messages()->showMessage(MessageBar::Severity::Information,
                                    schedule->steps.empty() ? tr("There are no steps to measure yet.")
                                                            : tr("No step of this recipe leaves a legal order."));
  else
    measureRecipes(recipes);
}

/// Always runs: who asks for a measurement where the window shows a stored one wants another.
void Controller::measureRecipes(const QStringList& recipes) {
  const QJsonObject conditions = measuringConditions();
  // Times under other conditions cannot be compared with the new ones.
  if (std::exchange(conditions_, conditions) != conditions)
    measurements_.clear();
  QJsonObject request = measuringRequest(QStringLiteral("measure"), recipes, conditions);
  request.insert(QStringLiteral("fresh"), true);
  measureJob_ = worker_.send(request);
  updateWork();
}

/// One machine's times are no other's.
void Controller::changeHost() {
  measurements_.clear();
  measuringNotes_.clear();
  showMeasurements();
  storedTimer_.start();
}

void Controller::lookUpStored() {
  if (!window_.schedule() || !session_.isOpen() || measureJob_)
    return;
  const QJsonObject conditions = measuringConditions();
  QStringList recipes = legalRecipes();
  if (conditions == conditions_)
    for (const MeasurementInfo& shown : measurements_)
      recipes.removeAll(QString::fromStdString(shown.recipe));
  if (recipes.isEmpty())
    return;
  storedConditions_ = conditions;
  storedJob_ = worker_.send(measuringRequest(QStringLiteral("stored"), recipes, conditions));
}

void Controller::storedFound(const QJsonObject& result) {
  if (measureJob_ || !holdsFigures(result))
    return;
  if (std::exchange(conditions_, storedConditions_) != storedConditions_)
    measurements_.clear();
  if (measurements_.empty())
    measuringNotes_ = parseNotes(result);
  measurements_ = mergeMeasurements(parseMeasurements(result), measurements_); // what was measured since then counts
  showMeasurements();
}

void Controller::measured(const QJsonObject& result) {
  const std::vector<MeasurementInfo> fresh = parseMeasurements(result);
  measurements_ = mergeMeasurements(std::move(measurements_), fresh);
  measuringNotes_ = parseNotes(result);
  showMeasurements();
  if (const QString host = conditions_.value(QStringLiteral("host")).toString(); !host.isEmpty()) {
    settings_.addHost({host, conditions_.value(QStringLiteral("worker")).toString()});
    window_.hosts()->setKnown(settings_.hosts());
  }
  for (const QJsonValue& warning : result.value(QStringLiteral("warnings")).toArray())
    window_.messages()->showMessage(MessageBar::Severity::Warning, warning.toString());
  for (const MeasurementInfo& info : fresh)
    if (info.outcome != MeasurementInfo::Outcome::Measured) {
      window_.messages()->showMessage(
          MessageBar::Severity::Warning,
          tr("“%1”: %2. %3")
              .arg(QString::fromStdString(info.label), verdictOn(info), QString::fromStdString(info.message)));
      return;
    }
}

} // namespace polyloom
