#include "app/window/session.h"

#include "app/window/autosave.h"
#include "views/history_view.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUndoCommand>

#include <utility>

namespace polyloom {

namespace {

QStringList linesOf(const QString& normalized) {
  return normalized.isEmpty() ? QStringList() : normalized.split(QLatin1Char('\n'));
}

} // namespace

/// From one node to another. `lines` leads to the other one: after an undone deletion it may have to be made visible again.
class MoveCommand : public QUndoCommand {
public:
  MoveCommand(Session& session, const QStringList& lines, const QString& what, bool merges)
      : QUndoCommand(what), session_(session), before_(session.tree_.current()), lines_(lines), merges_(merges) {}
  void undo() override {
    // An obsolete command leaves the stack after it has been undone.
    setObsolete(session_.withdrawing_);
    const std::vector<int> added = session_.withdrawing_ ? added_ : std::vector<int>{};
    session_.tree_.moveTo(before_);
    session_.tree_.hide(added);
    session_.moveTo(before_);
  }
  void redo() override {
    const std::size_t known = session_.tree_.nodes().size();
    const int after = session_.tree_.grow(lines_);
    const std::vector<int> path = session_.tree_.path(after);
    const std::size_t fresh = session_.tree_.nodes().size() - known;
    added_.assign(path.end() - static_cast<std::ptrdiff_t>(fresh), path.end());
    session_.moveTo(after);
  }
  int id() const override { return merges_ ? 1 : -1; }
  bool mergeWith(const QUndoCommand* newer) override {
    const auto* move = static_cast<const MoveCommand*>(newer);
    lines_ = move->lines_;
    setText(move->text());
    return true;
  }

private:
  Session& session_;
  int before_;
  QStringList lines_;
  bool merges_;
  std::vector<int> added_; ///< to the tree, or shown again
};

class HideCommand : public QUndoCommand {
public:
  HideCommand(Session& session, int top, const QString& what)
      : QUndoCommand(what), session_(session), top_(top), before_(session.tree_.current()),
        after_(session.tree_.isAbove(top, before_) ? session.tree_.node(top).parent : before_) {}
  void undo() override {
    session_.tree_.reveal(branch_);
    session_.moveTo(before_);
  }
  void redo() override {
    branch_ = session_.tree_.branch(top_);
    session_.tree_.moveTo(after_);
    session_.tree_.hide(branch_);
    session_.moveTo(after_);
  }

private:
  Session& session_;
  int top_, before_, after_;
  std::vector<int> branch_; ///< what was hidden
};

class NoteCommand : public QUndoCommand {
public:
  NoteCommand(Session& session, int id, const QString& name, bool starred, const QString& what)
      : QUndoCommand(what), session_(session), id_(id), name_(name), starred_(starred) {}
  void undo() override { redo(); }
  /// Changes places with what is there.
  void redo() override {
    const QString name = session_.tree_.node(id_).name;
    const bool starred = session_.tree_.node(id_).starred;
    session_.tree_.annotate(id_, std::exchange(name_, name), std::exchange(starred_, starred));
    Q_EMIT session_.historyChanged();
  }

private:
  Session& session_;
  int id_;
  QString name_;
  bool starred_;
};

Session::Session(QObject* parent) : QObject(parent) {
  stack_.setObjectName(QStringLiteral("undoStack"));
}

void Session::open(const QString& path, const QJsonArray& regions) {
  path_ = path;
  regions_ = regions;
  region_ = -1;
  others_.clear();
  chooseRegion(regions.isEmpty() ? -1 : 0);
}

void Session::chooseRegion(int region) {
  if (region_ >= 0)
    others_[region_] = std::move(tree_);
  region_ = region;
  tree_ = others_.contains(region) ? std::move(others_.extract(region).mapped()) : HistoryTree();
  stack_.clear();
  recipe_ = saved_ = tree_.recipe(tree_.current());
  Q_EMIT historyChanged();
}

std::map<int, HistoryTree> Session::histories() const {
  std::map<int, HistoryTree> all = others_;
  if (region_ >= 0)
    all[region_] = tree_;
  return all;
}

void Session::restore(const std::map<int, HistoryTree>& histories) {
  others_ = histories;
  const int region = std::exchange(region_, -1);
  chooseRegion(region);
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
  return linesOf(recipe_);
}

void Session::change(const QString& recipe, const QString& what) {
  const QString normalized = normalizedRecipe(recipe);
  if (normalized != recipe_)
    stack_.push(new MoveCommand(*this, linesOf(normalized), what, false));
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
  tree_.moveTo(tree_.grow(linesOf(normalizedRecipe(recipe)), HistoryNode::Origin::File));
  recipe_ = saved_ = tree_.recipe(tree_.current());
  Q_EMIT historyChanged();
}

void Session::show(int id) {
  if (tree_.contains(id) && id != tree_.current())
    stack_.push(new MoveCommand(*this, tree_.lines(id), tr("go to “%1”").arg(historyTitle(tree_.node(id))), true));
}

void Session::edit(int id, const QString& line) {
  if (!tree_.contains(id) || id == 0)
    return;
  const QString old = tree_.node(id).line, fresh = normalizedRecipe(line);
  QStringList steps = tree_.lines(tree_.tip(id));
  const auto index = static_cast<qsizetype>(tree_.path(id).size()) - 1;
  if (fresh == old)
    return;
  fresh.isEmpty() ? steps.removeAt(index) : steps.replace(index, fresh);
  change(steps.join(QLatin1Char('\n')), fresh.isEmpty() ? tr("leave out “%1”").arg(old) : tr("edit “%1”").arg(old));
}

void Session::deleteBranch(int id) {
  if (tree_.contains(id) && id != 0)
    stack_.push(new HideCommand(*this, id, tr("delete “%1”").arg(historyTitle(tree_.node(id)))));
}

void Session::rename(int id, const QString& name) {
  if (tree_.contains(id) && tree_.node(id).name != name.simplified())
    stack_.push(new NoteCommand(*this, id, name.simplified(), tree_.node(id).starred,
                                tr("name “%1”").arg(historyTitle(tree_.node(id)))));
}

void Session::star(int id, bool starred) {
  if (tree_.contains(id) && tree_.node(id).starred != starred)
    stack_.push(new NoteCommand(*this, id, tree_.node(id).name, starred,
                                (starred ? tr("star “%1”") : tr("unstar “%1”")).arg(historyTitle(tree_.node(id)))));
}

void Session::addFound(const QString& recipe, const std::optional<HistorySpeedup>& predicted) {
  const int id = tree_.grow(linesOf(normalizedRecipe(recipe)), HistoryNode::Origin::Search);
  if (predicted)
    tree_.predict(id, *predicted);
  Q_EMIT historyChanged();
}

void Session::judge(const ScheduleSnapshot& schedule) {
  tree_.judge(schedule);
  Q_EMIT historyChanged();
}

void Session::moveTo(int id) {
  tree_.moveTo(id);
  Q_EMIT historyChanged();
  const QString recipe = tree_.recipe(id);
  if (std::exchange(recipe_, recipe) != recipe)
    Q_EMIT recipeChanged(recipe_);
}

QString Session::save(const QString& path) {
  const QString wrong = writeRecipe(path, program().value(QStringLiteral("function")).toString(), recipe_);
  if (!wrong.isEmpty())
    return wrong;
  saved_ = recipe_;
  stack_.setClean();
  return {};
}

QString recipeFileText(const QString& function, const QString& recipe) {
  const QString body = normalizedRecipe(recipe);
  return QStringLiteral("polyloom-recipe 1 %1").arg(function).trimmed() + QLatin1Char('\n') +
         (body.isEmpty() ? QString() : body + QLatin1Char('\n'));
}

QString writeRecipe(const QString& path, const QString& function, const QString& recipe) {
  const QString wrong = writeWhole(path, recipeFileText(function, recipe).toUtf8());
  return wrong.isEmpty() ? QString() : QObject::tr("cannot write %1: %2").arg(path, wrong);
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
