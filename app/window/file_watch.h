// Notices that a file's text has become another one.
#pragma once

#include <QByteArray>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace polyloom {

/// Looks at the folder as well as at the file, since many editors write a new file and rename it over the old one. A file that
/// is gone for a moment, or written without a change, is no news.
class FileWatch : public QObject {
  Q_OBJECT

public:
  /// Between the last sign of a change and the look at it: editors write in several steps.
  static constexpr int kSettleMilliseconds = 150;

  explicit FileWatch(QObject* parent = nullptr);

  /// From now on this file, and none other; empty: none.
  void watch(const QString& path);
  const QString& path() const { return path_; }

Q_SIGNALS:
  void changed(const QString& path);

private:
  void look();

  QString path_;
  QByteArray digest_; ///< of the text that is known
  QFileSystemWatcher watcher_;
  QTimer settle_;
};

} // namespace polyloom
