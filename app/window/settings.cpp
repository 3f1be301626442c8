#include "app/window/settings.h"

#include <QThread>

#include <algorithm>

namespace polyloom {

namespace {

const QString kRecentFiles = QStringLiteral("recentFiles");
const QString kTheme = QStringLiteral("theme");
const QString kGeometry = QStringLiteral("window/geometry");
const QString kLayout = QStringLiteral("window/layout");
const QString kPanels = QStringLiteral("window/panels");
const QString kOwnLayouts = QStringLiteral("layouts/own");
const QString kCurrentLayout = QStringLiteral("layouts/current");
const QString kState = QStringLiteral("state");
const QString kPanelNames = QStringLiteral("panels");
const QString kShortcuts = QStringLiteral("shortcuts");
const QString kPresentedPanels = QStringLiteral("presenter/panels");
const QString kPresenterScale = QStringLiteral("presenter/scale");
const QString kThreads = QStringLiteral("threads");
const QString kHosts = QStringLiteral("hosts");
const QString kHostName = QStringLiteral("name");
const QString kHostWorker = QStringLiteral("worker");
const QString kModelWeights = QStringLiteral("model/weights");
const QString kModelCommand = QStringLiteral("model/command");
const QString kTrainingData = QStringLiteral("training/data");
const QString kTrainingNetwork = QStringLiteral("training/network");
const QString kTrainingOut = QStringLiteral("training/out");
const QString kTrainingEpochs = QStringLiteral("training/epochs");
const QString kTrainingMembers = QStringLiteral("training/members");

} // namespace

QStringList Settings::recentFiles() const {
  return store_.value(kRecentFiles).toStringList();
}

void Settings::addRecentFile(const QString& path) {
  QStringList files = recentFiles();
  files.removeAll(path);
  files.prepend(path);
  store_.setValue(kRecentFiles, files.mid(0, kMostRecentFiles));
}

void Settings::clearRecentFiles() {
  store_.remove(kRecentFiles);
}

std::optional<Theme::Kind> Settings::theme() const {
  return Theme::kindNamed(store_.value(kTheme).toString());
}

void Settings::setTheme(Theme::Kind kind) {
  store_.setValue(kTheme, Theme::nameOf(kind));
}

QByteArray Settings::geometry() const {
  return store_.value(kGeometry).toByteArray();
}

SavedLayout Settings::layout() const {
  return {store_.value(kLayout).toByteArray(), store_.value(kPanels).toStringList()};
}

void Settings::setWindow(const QByteArray& geometry, const SavedLayout& layout) {
  store_.setValue(kGeometry, geometry);
  store_.setValue(kLayout, layout.state);
  store_.setValue(kPanels, layout.panels);
}

void Settings::followSystemTheme() { store_.remove(kTheme); }

QMap<QString, SavedLayout> Settings::ownLayouts() const {
  QMap<QString, SavedLayout> layouts;
  const QVariantMap kept = store_.value(kOwnLayouts).toMap();
  for (auto each = kept.begin(); each != kept.end(); ++each)
    layouts.insert(each.key(), {each->toMap().value(kState).toByteArray(), each->toMap().value(kPanelNames).toStringList()});
  return layouts;
}

void Settings::setOwnLayout(const QString& name, const SavedLayout& layout) {
  QVariantMap kept = store_.value(kOwnLayouts).toMap();
  kept.insert(name, QVariantMap{{kState, layout.state}, {kPanelNames, layout.panels}});
  store_.setValue(kOwnLayouts, kept);
}

void Settings::removeOwnLayout(const QString& name) {
  QVariantMap kept = store_.value(kOwnLayouts).toMap();
  kept.remove(name);
  store_.setValue(kOwnLayouts, kept);
}

QString Settings::currentLayout() const { return store_.value(kCurrentLayout).toString(); }

void Settings::setCurrentLayout(const QString& name) { store_.setValue(kCurrentLayout, name); }

QMap<QString, QString> Settings::shortcuts() const {
  QMap<QString, QString> keys;
  const QVariantMap kept = store_.value(kShortcuts).toMap();
  for (auto each = kept.begin(); each != kept.end(); ++each)
    keys.insert(each.key(), each->toString());
  return keys;
}

void Settings::setShortcuts(const QMap<QString, QString>& keys) {
  QVariantMap kept;
  for (auto each = keys.begin(); each != keys.end(); ++each)
    kept.insert(each.key(), *each);
  store_.setValue(kShortcuts, kept);
}

QStringList Settings::presentedPanels() const {
  return store_.value(kPresentedPanels, QStringList{QStringLiteral("sourceDock"), QStringLiteral("treeDock")}).toStringList();
}

void Settings::setPresentedPanels(const QStringList& panels) { store_.setValue(kPresentedPanels, panels); }

double Settings::presenterScale() const { return store_.value(kPresenterScale, 1.45).toDouble(); }

void Settings::setPresenterScale(double scale) { store_.setValue(kPresenterScale, scale); }

QList<KnownHost> Settings::hosts() const {
  QList<KnownHost> hosts;
  for (const QVariant& entry : store_.value(kHosts).toList())
    hosts << KnownHost{entry.toMap().value(kHostName).toString(), entry.toMap().value(kHostWorker).toString()};
  return hosts;
}

void Settings::addHost(const KnownHost& host) {
  QList<KnownHost> known = hosts();
  known.removeIf([&](const KnownHost& other) { return other.name == host.name; });
  known.prepend(host);
  QVariantList entries;
  for (const KnownHost& each : known.mid(0, kMostHosts))
    entries << QVariantMap{{kHostName, each.name}, {kHostWorker, each.worker}};
  store_.setValue(kHosts, entries);
}

ModelChoice Settings::model() const {
  const QString command = store_.value(kModelCommand).toString();
  return {store_.value(kModelWeights).toString(), commandOfThisRun_.isEmpty() ? command : commandOfThisRun_};
}

void Settings::setModel(const ModelChoice& model) {
  commandOfThisRun_.clear();
  store_.setValue(kModelWeights, model.weights);
  store_.setValue(kModelCommand, model.command);
}

TrainingWish Settings::training() const {
  const TrainingWish fresh;
  return {store_.value(kTrainingData).toString(), store_.value(kTrainingNetwork, fresh.network).toString(),
          store_.value(kTrainingOut).toString(), store_.value(kTrainingEpochs, fresh.epochs).toInt(),
          store_.value(kTrainingMembers, fresh.members).toInt()};
}

void Settings::setTraining(const TrainingWish& wish) {
  store_.setValue(kTrainingData, wish.data);
  store_.setValue(kTrainingNetwork, wish.network);
  store_.setValue(kTrainingOut, wish.out);
  store_.setValue(kTrainingEpochs, wish.epochs);
  store_.setValue(kTrainingMembers, wish.members);
}

int Settings::threads() const {
  return std::max(1, store_.value(kThreads, QThread::idealThreadCount()).toInt());
}

void Settings::setThreads(int threads) {
  store_.setValue(kThreads, threads);
}

} // namespace polyloom
