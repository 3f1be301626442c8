// From a path to a program in the window, or to a sentence why not.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/parameter_bar.h"
#include "app/window/prediction_control.h"
#include "app/window/settings.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace polyloom {

namespace {

/// More than this is no kernel that a person wants to read.
constexpr qsizetype kMostShownBytes = 1 << 20;

std::optional<QString> readText(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    return std::nullopt;
  return QString::fromUtf8(file.readAll());
}

bool isSession(const QString& path) {
  constexpr qint64 kEnough = 64;
  QFile file(path);
  return file.open(QIODevice::ReadOnly) && looksLikeSession(file.read(kEnough));
}

QString functionOf(const QJsonValue& region) {
  return region.toObject().value(QStringLiteral("function")).toString();
}

} // namespace

void Controller::setOpenOptions(const OpenOptions& options) {
  openOptions_ = options;
}

void Controller::openFile(const QString& path, const std::optional<QString>& recipe) {
  if (!QFileInfo(path).isReadable() || QFileInfo(path).isDir()) {
    const QString message = tr("%1 cannot be read").arg(path);
    window_.messages()->showMessage(MessageBar::Severity::Error, message);
    Q_EMIT openFailed(message);
    return;
  }
  if (isSession(path)) {
    openSession(path, recipe);
    return;
  }
  restoring_.reset();
  opening_ = reading_ = QFileInfo(path).absoluteFilePath();
  openingRecipe_ = recipe;
  if (const QString beside = recipeBeside(path); !recipe && !beside.isEmpty())
    openingRecipe_ = readText(beside);
  isReloading_ = false;
  readProgram();
}

void Controller::readProgram() {
  QStringList includes = openOptions_.includes;
  if (reading_ != opening_)
    includes.prepend(QFileInfo(opening_).path()); // the files beside it are still there
  extractJob_ = worker_.send({{QStringLiteral("job"), QStringLiteral("extract")},
                              {QStringLiteral("path"), reading_},
                              {QStringLiteral("includes"), QJsonArray::fromStringList(includes)},
                              {QStringLiteral("defines"), QJsonArray::fromStringList(openOptions_.defines)}});
  updateWork();
}

std::optional<int> Controller::wantedRegion(const QJsonArray& regions) const {
  if (restoring_ && restoring_->region < regions.size() && functionOf(regions[restoring_->region]) == restoring_->function)
    return restoring_->region;
  if (openOptions_.scop > regions.size())
    return std::nullopt;
  if (openOptions_.function.isEmpty())
    return std::max(openOptions_.scop - 1, 0);
  for (int k = 0; k < regions.size(); ++k)
    if (functionOf(regions[k]) == openOptions_.function)
      return k;
  return std::nullopt;
}

void Controller::fileRead(const QJsonArray& regions) {
  if (takeReloaded(regions))
    return;
  const std::optional<int> region = wantedRegion(regions);
  if (!region) {
    QStringList names;
    for (const QJsonValue& each : regions)
      names << functionOf(each);
    const QString message =
        openOptions_.function.isEmpty()
            ? tr("there is no region %1; the file has %2").arg(openOptions_.scop).arg(regions.size())
            : tr("no region is in a function %1; the functions with regions are %2")
                  .arg(openOptions_.function, names.join(QStringLiteral(", ")));
    window_.messages()->showMessage(MessageBar::Severity::Error, message);
    restoring_.reset();
    Q_EMIT openFailed(message);
    return;
  }
  autosave_.setPath(QString()); // what was open is written before it goes
  session_.open(opening_, regions);
  watch_.watch(opening_);
  otherText_.reset();
  showsOldText_ = false;
  if (*region > 0)
    session_.chooseRegion(*region);
  if (!restoring_)
    settings_.addRecentFile(opening_);
  window_.setRecentFiles(settings_.recentFiles());
  window_.messages()->hide();
  answer_ = {};
  given_ = std::exchange(openOptions_.values, {});
  drawsGiven_ = openOptions_.drawsValues;
  openOptions_.function.clear();
  openOptions_.scop = 0;
  const QString foreign = whyForeign(openingRecipe_.value_or(QString()));
  startRegion(foreign.isEmpty() ? openingRecipe_ : std::nullopt);
  if (!restoring_)
    offerUnsaved();
  autosave_.setPath(unsavedPath());
  if (foreign.isEmpty())
    return;
  window_.messages()->showMessage(MessageBar::Severity::Error, foreign);
  Q_EMIT recipeForeign(foreign);
}

QString Controller::whyForeign(const QString& recipe) const {
  const QString meant = recipeFunction(recipe), here = functionOf(session_.program());
  return meant.isEmpty() || meant == here ? QString() : tr("this recipe is for %1, the region is in %2").arg(meant, here);
}

void Controller::fileRefused(const QString& message, int line) {
  restoring_.reset();
  const auto text = readText(reading_);
  if (line > 0 && text && text->size() < kMostShownBytes && !text->contains(QChar(0)))
    window_.showRefusedSource(opening_, *text, line);
  Q_EMIT openFailed(message);
}

void Controller::startRegion(const std::optional<QString>& recipe) {
  if (restoring_)
    session_.restore(restoring_->histories);
  if (recipe)
    session_.start(*recipe);
  Engine::Values drawn = drawsGiven_ ? drawnValues(session_.program(), given_) : Engine::Values{};
  if (restoring_)
    for (const QString& name : restoring_->drawn.keys())
      drawn[name.toStdString()] = restoring_->drawn.value(name).toInteger();
  showRegion(drawn);
}

void Controller::showRegion(const Engine::Values& drawn) {
  measureJob_ = storedJob_ = 0; // what still runs is about another program
  code_.setProgram(session_.program());
  predictions_->clear();
  endComparison();
  measurements_.clear();
  measuringNotes_.clear();
  showMeasurements();
  window_.setRegions(session_.regionNames(), session_.region());
  engine_.open(QString::fromUtf8(QJsonDocument(session_.program()).toJson(QJsonDocument::Compact)), session_.recipe(),
               window_.actions().reassociate->isChecked(), drawn);
}

void Controller::programArrived(const ProgramSnapshotPtr& program) {
  window_.setProgram(program);
  restoreValues();
  keepValues(*program);
  const auto values = readGivenValues(*program, std::exchange(given_, {}));
  if (!values) {
    const QString message = QString::fromStdString(values.error().message);
    window_.messages()->showMessage(MessageBar::Severity::Error, message);
    Q_EMIT valuesRefused(message);
    return;
  }
  for (const auto& [name, value] : values->parameters)
    window_.parameters()->setMeasureValue(name, value);
  for (const auto& [name, value] : values->scalars)
    window_.parameters()->setScalarValue(name, value);
}

void Controller::chooseRegion(int region) {
  if (region == session_.region())
    return;
  otherText_.reset();
  session_.chooseRegion(region);
  startRegion(std::nullopt);
}

void Controller::openRecipe(const QString& path) {
  const auto text = readText(path);
  if (!text)
    window_.messages()->showMessage(MessageBar::Severity::Error, tr("%1 cannot be read").arg(path));
  else if (const QString foreign = whyForeign(*text); !foreign.isEmpty())
    window_.messages()->showMessage(MessageBar::Severity::Error, foreign);
  else
    session_.change(*text, tr("open %1").arg(QFileInfo(path).fileName()));
}

} // namespace polyloom
