// The file has changed on the disk: its new text takes the old one's place, and can give it back.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/parameter_bar.h"

#include <QFileInfo>
#include <QJsonArray>

#include <utility>

namespace polyloom {

namespace {

QString functionOf(const QJsonValue& region) {
  return region.toObject().value(QStringLiteral("function")).toString();
}

/// Where the region of this function is now; the old place if there are several, or -1.
int regionOf(const QJsonArray& regions, const QString& function, int before) {
  if (before < regions.size() && functionOf(regions[before]) == function)
    return before;
  for (int k = 0; k < regions.size(); ++k)
    if (functionOf(regions[k]) == function)
      return k;
  return -1;
}

} // namespace

void Controller::connectReload() {
  connect(&watch_, &FileWatch::changed, this, &Controller::reload);
  connect(&engine_, &Engine::scheduleReady, this, &Controller::sayReloaded);
}

void Controller::reload(const QString& path) {
  if (!session_.isOpen() || path != session_.path())
    return;
  opening_ = reading_ = path;
  openingRecipe_.reset();
  isReloading_ = true;
  readProgram();
}

bool Controller::takeReloaded(const QJsonArray& regions) {
  if (!std::exchange(isReloading_, false))
    return false;
  const QString function = functionOf(session_.program());
  const int region = regionOf(regions, function, session_.region());
  if (region < 0) {
    window_.messages()->showMessage(MessageBar::Severity::Warning,
                                    tr("%1 has changed on disk and has no region of %2 any more; the window shows what was there.")
                                        .arg(QFileInfo(session_.path()).fileName(), function));
    return true;
  }
  replaceProgram({regions, region});
  reloadMessage_ = tr("%1 has changed on disk; the recipe was applied to the new text.").arg(QFileInfo(session_.path()).fileName());
  return true;
}

void Controller::replaceProgram(const Regions& regions) {
  otherText_ = Regions{session_.regions(), session_.region()};
  keptParameters_ = window_.parameters()->measureValues();
  keptScalars_ = window_.parameters()->scalarValues();
  const Engine::Values drawn = window_.parameters()->viewValues();
  session_.replaceProgram(regions.all, regions.chosen);
  showRegion(drawn);
}

void Controller::keepValues(const ProgramSnapshot& program) {
  for (const auto& parameter : program.parameters)
    if (const auto kept = keptParameters_.find(parameter.name); kept != keptParameters_.end())
      window_.parameters()->setMeasureValue(kept->first, kept->second);
  for (const auto& scalar : program.scalars)
    if (const auto kept = keptScalars_.find(scalar.name); kept != keptScalars_.end())
      window_.parameters()->setScalarValue(kept->first, kept->second);
  keptParameters_.clear();
  keptScalars_.clear();
}

void Controller::sayReloaded(const ScheduleSnapshotPtr& schedule) {
  const QString message = std::exchange(reloadMessage_, {});
  if (message.isEmpty() || !otherText_)
    return;
  const auto& steps = schedule->steps;
  const bool refused = !steps.empty() && steps.back().outcome == StepInfo::Outcome::Refused;
  const QString why = refused ? QLatin1Char(' ') + tr("“%1” was refused: %2").arg(QString::fromStdString(steps.back().text),
                                                                                QString::fromStdString(steps.back().message))
                              : QString();
  offer(message + why, tr("Show the other text"), [this](bool accepted) { showOtherText(accepted); },
        refused ? MessageBar::Severity::Warning : MessageBar::Severity::Information);
}

void Controller::showOtherText(bool accepted) {
  const std::optional<Regions> other = std::exchange(otherText_, {});
  if (!accepted || !other)
    return;
  showsOldText_ = !showsOldText_;
  replaceProgram(*other);
  reloadMessage_ = showsOldText_ ? tr("This is the text from before %1 changed on disk.").arg(QFileInfo(session_.path()).fileName())
                                 : tr("This is the text that is on disk.");
}

} // namespace polyloom
