#include "app/window/settings.h"

#include <QThread>

#include <algorithm>

namespace polyloom {

namespace {

const QString kRecentFiles = QStringLiteral("recentFiles");
const QString kTheme = QStringLiteral("theme");
const QString kGeometry = QStringLiteral("window/geometry");
const QString kLayout = QStringLiteral("window/layout");
const QString kThreads = QStringLiteral("threads");
const QString kHosts = QStringLiteral("hosts");
const QString kHostName = QStringLiteral("name");
const QString kHostWorker = QStringLiteral("worker");

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
  const QString name = store_.value(kTheme).toString();
  if (name == QLatin1String("dark"))
    return Theme::Kind::Dark;
  if (name == QLatin1String("light"))
    return Theme::Kind::Light;
  return std::nullopt;
}

void Settings::setTheme(Theme::Kind kind) {
  store_.setValue(kTheme, kind == Theme::Kind::Dark ? QStringLiteral("dark") : QStringLiteral("light"));
}

QByteArray Settings::geometry() const {
  return store_.value(kGeometry).toByteArray();
}

QByteArray Settings::layout() const {
  return store_.value(kLayout).toByteArray();
}

void Settings::setWindow(const QByteArray& geometry, const QByteArray& layout) {
  store_.setValue(kGeometry, geometry);
  store_.setValue(kLayout, layout);
}

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

int Settings::threads() const {
  return std::max(1, store_.value(kThreads, QThread::idealThreadCount()).toInt());
}

void Settings::setThreads(int threads) {
  store_.setValue(kThreads, threads);
}

} // namespace polyloom
