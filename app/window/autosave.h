// Keeps a file no more than a second behind what happens in the window.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <functional>

namespace polyloom {

/// The text is made on this thread a short time after the first change, and written on another one, whole or not at all: a
/// kill at any moment leaves the file as it was or as it is.
class Autosave : public QObject {
  Q_OBJECT

public:
  /// Between a change and the writing of it; well below a second, so that a slow disk has its share.
  static constexpr int kDelayMilliseconds = 250;

  /// `text`: what to write at that moment; empty: nothing.
  explicit Autosave(std::function<QByteArray()> text, QObject* parent = nullptr);
  /// Waits until what was handed over is on the disk.
  ~Autosave() override;

  /// Where to write from now on; what was waiting for the old place is written there first. Empty: nowhere.
  void setPath(const QString& path);
  const QString& path() const { return path_; }
  /// Something has changed.
  void touch();
  /// Writes now what is waiting and waits for the disk.
  void flush();

Q_SIGNALS:
  /// The file has the last text that was made.
  void kept();
  /// Said once for each path, until it works again.
  void failed(const QString& message);

private:
  void write();
  void written(const QString& wrong);

  std::function<QByteArray()> text_;
  QString path_;
  QTimer timer_;
  QThreadPool disk_; ///< one thread: the files follow each other in order
  bool isBroken_ = false;
};

/// Writes a file whole or not at all. Returns what went wrong, or nothing.
QString writeWhole(const QString& path, const QByteArray& text);

/// The file where the unsaved session of a program is kept, in `folder`.
QString autosavePath(const QString& folder, const QString& program);

} // namespace polyloom
