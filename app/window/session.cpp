#include "app/window/session.h"

#include "views/history_view.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSaveFile>
#include <QUndoCommand>

namespace polyloom {

class RecipeCommand : public QUndoCommand {
public:
  RecipeCommand(Session& session, QString before, QString after, const QString& what)
      : QUndoCommand(what), session_(session), before_(std::move(before)), after_(std::move(after)) {}
  void undo() override {
    // An obsolete command leaves the stack after it has been undone.
    setObsolete(session_.withdrawing_);
    session_.set(before_);
  }
  void redo() override { session_.set(after_); }

private:
  Session& session_;
  QString before_, after_;
};

Session::Session(const QString& autosaveFolder, QObject* parent) : QObject(parent), folder_(autosaveFolder) {
  stack_.setObjectName(QStringLiteral("undoStack"));
}

void Session::open(const QString& path, const QJsonArray& regions) {
  path_ = path;
  regions_ = regions;
  chooseRegion(regions.isEmpty() ? -1 : 0);
}

void Session::chooseRegion(int region) {
  region_ = region;
  stack_.clear();
  recipe_.clear();
  saved_.clear();
}

void Session::replaceProgram(const QJsonArray& regions, int region) {
  regions_ = regions;
  region_ = region;
}

QStringList Session::regionNames() const {
  QStringList names;
  for (qsizetype k = 0; k < regions_.size(); ++k)
    names << QStringLiteral("%1: %2").arg(k + 1).arg(
        regions_[k].toObject().value(QStringLiteral("function")).toString());
  return names;
}

QJsonObject Session::program() const {
  return region_ < 0 ? QJsonObject() : regions_[region_].toObject();
}

QStringList Session::lines() const {
  return recipe_.isEmpty() ? QStringList() : recipe_.split(QLatin1Char('\n'));
}

void Session::change(const QString& recipe, const QString& what) {
  const QString normalized = normalizedRecipe(recipe);
  if (normalized != recipe_)
    stack_.push(new RecipeCommand(*this, recipe_, normalized, what));
}

void Session::append(const QString& line) {
  change(recipe_ + QLatin1Char('\n') + line, line.simplified());
}

void Session::truncate(int count) {
  if (count < lines().size())
    change(lines().mid(0, count).join(QLatin1Char('\n')), tr("go back to step %1").arg(count));
}

void Session::remove(int index) {
  QStringList rest = lines();
  if (index < 0 || index >= rest.size())
    return;
  const QString line = rest.takeAt(index);
  change(rest.join(QLatin1Char('\n')), tr("leave out “%1”").arg(line));
}

void Session::withdraw() {
  if (!stack_.canUndo())
    return;
  withdrawing_ = true;
  stack_.undo();
  withdrawing_ = false;
}

void Session::start(const QString& recipe) {
  stack_.clear();
  recipe_ = saved_ = normalizedRecipe(recipe);
}

void Session::set(const QString& recipe) {
  recipe_ = recipe;
  autosave();
  Q_EMIT recipeChanged(recipe_);
}

QString Session::save(const QString& path) {
  const QString function = program().value(QStringLiteral("function")).toString();
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(recipeFileText(function, recipe_).toUtf8()) < 0 || !file.commit())
    return tr("cannot write %1: %2").arg(path, file.errorString());
  saved_ = recipe_;
  stack_.setClean();
  forgetUnsaved();
  return {};
}

QString Session::autosavePath() const {
  const QByteArray key = QFileInfo(path_).absoluteFilePath().toUtf8() + '#' + QByteArray::number(region_);
  const QString name = QString::fromLatin1(QCryptographicHash::hash(key, QCryptographicHash::Sha1).toHex().left(16));
  return slot_.claim(QDir(folder_).filePath(QFileInfo(path_).completeBaseName() + QLatin1Char('-') + name +
                                            QStringLiteral(".recipe")));
}

void Session::autosave() const {
  if (!isOpen() || !QDir().mkpath(folder_))
    return;
  QSaveFile file(autosavePath());
  const QString function = program().value(QStringLiteral("function")).toString();
  if (file.open(QIODevice::WriteOnly) && file.write(recipeFileText(function, recipe_).toUtf8()) >= 0)
    file.commit();
}

QString Session::unsavedRecipe() const {
  QFile file(autosavePath());
  if (!isOpen() || !file.open(QIODevice::ReadOnly))
    return {};
  const QString text = normalizedRecipe(QString::fromUtf8(file.readAll()));
  return text == recipe_ ? QString() : text;
}

void Session::forgetUnsaved() {
  QFile::remove(autosavePath());
}

QString recipeFileText(const QString& function, const QString& recipe) {
  const QString body = normalizedRecipe(recipe);
  return QStringLiteral("polyloom-recipe 1 %1").arg(function).trimmed() + QLatin1Char('\n') +
         (body.isEmpty() ? QString() : body + QLatin1Char('\n'));
}

QString recipeFunction(const QString& text) {
  static const QRegularExpression kVersionLine(
      QStringLiteral("^(?:\\s*(?:#.*)?[\\r\\n])*\\s*polyloom-recipe[ \\t]+1[ \\t]+(\\w+)"));
  return kVersionLine.match(text).captured(1);
}

QString recipeBeside(const QString& cPath) {
  const QFileInfo info(cPath);
  const QString path = info.dir().filePath(info.completeBaseName() + QStringLiteral(".recipe"));
  return QFileInfo::exists(path) ? path : QString();
}

} // namespace polyloom
