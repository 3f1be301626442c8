// What is measured, under which conditions, and what becomes of the answer.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/measurement_text.h"
#include "app/window/parameter_bar.h"

#include <QAction>
#include <QJsonArray>

#include <utility>

namespace polyloom {

namespace {

constexpr int kRuns = 30;

} // namespace

QJsonObject Controller::measuringValues() const {
  QJsonObject set;
  for (const auto& [name, value] : window_.parameters()->measureValues())
    set.insert(QString::fromStdString(name), static_cast<qint64>(value));
  for (const auto& [name, value] : window_.parameters()->scalarValues())
    set.insert(QString::fromStdString(name), value);
  return set;
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
  QStringList recipes, lines;
  for (const StepInfo& step : schedule->steps) {
    lines << QString::fromStdString(step.text);
    if (step.outcome == StepInfo::Outcome::Applied)
      recipes << lines.join(QLatin1Char('\n'));
  }
  if (recipes.isEmpty())
    window_.messages()->showMessage(MessageBar::Severity::Information,
                                    schedule->steps.empty() ? tr("There are no steps to measure yet.")
                                                            : tr("No step of this recipe leaves a legal order."));
  else
    measureRecipes(recipes);
}

void Controller::measureRecipes(const QStringList& recipes) {
  const QJsonObject set = measuringValues();
  const bool reassociate = window_.actions().reassociate->isChecked();
  const int threads = window_.parameters()->threads();
  // Times under other conditions cannot be compared with the new ones.
  const QJsonObject conditions{{QStringLiteral("set"), set},
                               {QStringLiteral("threads"), threads},
                               {QStringLiteral("reassociate"), reassociate}};
  if (std::exchange(conditions_, conditions) != conditions)
    measurements_.clear();
  measureJob_ = worker_.send({{QStringLiteral("job"), QStringLiteral("measure")},
                              {QStringLiteral("program"), session_.program()},
                              {QStringLiteral("recipes"), QJsonArray::fromStringList(recipes)},
                              {QStringLiteral("threads"), threads},
                              {QStringLiteral("runs"), kRuns},
                              {QStringLiteral("set"), set},
                              {QStringLiteral("reassociate"), reassociate}});
  updateWork();
}

void Controller::measured(const QJsonObject& result) {
  const std::vector<MeasurementInfo> fresh = parseMeasurements(result);
  measurements_ = mergeMeasurements(std::move(measurements_), fresh);
  window_.setMeasurements(measurements_);
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
