#include "app/window/autosave.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <utility>

namespace polyloom {

QString writeWhole(const QString& path, const QByteArray& text) {
  QSaveFile file(path);
  const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
  return isWritten ? QString() : file.errorString();
}

Autosave::Autosave(std::function<QByteArray()> text, QObject* parent) : QObject(parent), text_(std::move(text)) {
  disk_.setMaxThreadCount(1);
  timer_.setSingleShot(true);
  timer_.setInterval(kDelayMilliseconds);
  connect(&timer_, &QTimer::timeout, this, &Autosave::write);
}

Autosave::~Autosave() {
  disk_.waitForDone();
}

void Autosave::setPath(const QString& path) {
  if (path == path_)
    return;
  flush();
  path_ = path;
  isBroken_ = false;
}

void Autosave::touch() {
  // Not started again by later changes: whoever works without a pause is saved as well.
  if (!path_.isEmpty() && !timer_.isActive())
    timer_.start();
}

void Autosave::flush() {
  if (timer_.isActive()) {
    timer_.stop();
    write();
  }
  disk_.waitForDone();
}

void Autosave::write() {
  const QByteArray text = path_.isEmpty() ? QByteArray() : text_();
  if (text.isEmpty())
    return;
  disk_.start([this, path = path_, text] {
    QDir().mkpath(QFileInfo(path).path());
    const QString wrong = writeWhole(path, text);
    QMetaObject::invokeMethod(this, [this, wrong] { written(wrong); }, Qt::QueuedConnection);
  });
}

void Autosave::written(const QString& wrong) {
  if (wrong.isEmpty())
    Q_EMIT kept();
  if (!std::exchange(isBroken_, !wrong.isEmpty()) && isBroken_)
    Q_EMIT failed(tr("The session cannot be kept in %1: %2").arg(path_, wrong));
}

QString autosavePath(const QString& folder, const QString& program) {
  const QByteArray key = QFileInfo(program).absoluteFilePath().toUtf8();
  const QString name = QString::fromLatin1(QCryptographicHash::hash(key, QCryptographicHash::Sha1).toHex().left(16));
  return QDir(folder).filePath(QFileInfo(program).completeBaseName() + QLatin1Char('-') + name +
                               QStringLiteral(".polyloom.json"));
}

} // namespace polyloom
