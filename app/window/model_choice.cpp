#include "app/window/model_choice.h"

#include "core/base/default_weights.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>

namespace polyloom {

QString weightsOf(const ModelChoice& choice) {
  if (!choice.weights.isEmpty() || !choice.command.isEmpty())
    return choice.weights;
  return QString::fromStdString(defaultWeights().value_or(std::string()));
}

QStringList commandOf(const ModelChoice& choice) {
  if (!choice.command.isEmpty())
    return QProcess::splitCommand(choice.command);
  const QString own = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("polyloom-model"));
  return QFileInfo(own).isExecutable() ? QStringList{own} : QStringList();
}

QString nameOf(const ModelChoice& choice) {
  const QString weights = weightsOf(choice);
  return QFileInfo(weights.isEmpty() ? commandOf(choice).value(0) : weights).fileName();
}

} // namespace polyloom
