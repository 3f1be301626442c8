#include "app/window/autosave_slot.h"

#include <QDir>
#include <QFileInfo>

namespace polyloom {

namespace {

constexpr int kMostWindows = 100;

QString numbered(const QString& path, int number) {
  const QFileInfo info(path);
  return number == 1 ? path
                     : info.dir().filePath(QStringLiteral("%1-%2.%3").arg(info.baseName()).arg(number).arg(info.completeSuffix()));
}

} // namespace

QString AutosaveSlot::claim(const QString& path) {
  if (path == path_)
    return mine_;
  lock_.reset();
  path_ = mine_ = path;
  if (!QDir().mkpath(QFileInfo(path).path()))
    return mine_;
  for (int number = 1; number <= kMostWindows; ++number) {
    const QString candidate = numbered(path, number);
    auto lock = std::make_unique<QLockFile>(candidate + QStringLiteral(".lock"));
    lock->setStaleLockTime(0); // only the death of its process frees it
    if (!lock->tryLock() && lock->error() == QLockFile::LockFailedError)
      continue;
    lock_ = std::move(lock);
    mine_ = candidate;
    break;
  }
  return mine_;
}

} // namespace polyloom
