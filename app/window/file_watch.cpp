#include "app/window/file_watch.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

namespace polyloom {

namespace {

/// Empty where the file cannot be read at present.
QByteArray digestOf(const QString& path) {
  QFile file(path);
  QCryptographicHash hash(QCryptographicHash::Sha256);
  return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

} // namespace

FileWatch::FileWatch(QObject* parent) : QObject(parent) {
  settle_.setSingleShot(true);
  settle_.setInterval(kSettleMilliseconds);
  connect(&settle_, &QTimer::timeout, this, &FileWatch::look);
  connect(&watcher_, &QFileSystemWatcher::fileChanged, &settle_, qOverload<>(&QTimer::start));
  connect(&watcher_, &QFileSystemWatcher::directoryChanged, &settle_, qOverload<>(&QTimer::start));
}

void FileWatch::watch(const QString& path) {
  const QStringList old = watcher_.files() + watcher_.directories();
  if (!old.isEmpty())
    watcher_.removePaths(old);
  settle_.stop();
  path_ = path;
  digest_.clear();
  if (path.isEmpty())
    return;
  digest_ = digestOf(path);
  watcher_.addPath(QFileInfo(path).absolutePath());
  if (!digest_.isEmpty())
    watcher_.addPath(path);
}

void FileWatch::look() {
  const QByteArray digest = digestOf(path_);
  if (digest.isEmpty())
    return; // a rename is under way, or the file is gone: what was read stays
  if (!watcher_.files().contains(path_))
    watcher_.addPath(path_); // another file of this name
  if (digest == digest_)
    return;
  digest_ = digest;
  Q_EMIT changed(path_);
}

} // namespace polyloom
