// What the user works on: a file, one of its regions, and the tree of its schedules with undo and redo.
#pragma once

#include "app/window/history_tree.h"

#include <QJsonArray>
#include <QObject>
#include <QStringList>
#include <QUndoStack>

#include <map>
#include <optional>

namespace polyloom {

/// The recipe is the one of the tree's current node. A change of the recipe goes to the node that has the new one, which
/// is made where there is none yet; undo goes back. So nothing that was tried is lost, whatever is undone. One change is
/// one undo command.
class Session : public QObject {
  Q_OBJECT

public:
  explicit Session(QObject* parent = nullptr);

  /// A new file, with its regions in the programs' text form. Forgets all schedules and the undo history.
  void open(const QString& path, const QJsonArray& regions);
  /// Every region keeps its own tree.
  void chooseRegion(int region);
  /// Another text of the same file: recipe and undo history stay.
  void replaceProgram(const QJsonArray& regions, int region);
  const QJsonArray& regions() const { return regions_; }
  const QString& path() const { return path_; }
  int region() const { return region_; }
  int regionCount() const { return static_cast<int>(regions_.size()); }
  QStringList regionNames() const;
  QJsonObject program() const;
  bool isOpen() const { return region_ >= 0; }

  const QString& recipe() const { return recipe_; }
  QStringList lines() const;
  bool isModified() const { return recipe_ != saved_; }
  QUndoStack* undoStack() { return &stack_; }
  const HistoryTree& history() const { return tree_; }
  /// Of all regions that have been looked at.
  std::map<int, HistoryTree> histories() const;
  /// The trees of a session's file; forgets the undo history.
  void restore(const std::map<int, HistoryTree>& histories);

  /// Replaces the recipe; `what` names the change in the Edit menu.
  void change(const QString& recipe, const QString& what);
  void append(const QString& line);
  void truncate(int count);
  void remove(int index);
  /// Takes back the last change and forgets it, with what it added to the tree: for a step that turns out to be refused.
  void withdraw();
  /// A recipe that comes with the file: no change to undo, and no signal.
  void start(const QString& recipe);

  /// Goes to a schedule. Several such moves in a row are one undo step.
  void show(int id);
  /// Another step in the place of the one that led to `id`, with the steps after it. An empty line leaves it out. The old branch stays.
  void edit(int id, const QString& line);
  /// The branch is out of sight until that is undone. Does nothing for the original order.
  void deleteBranch(int id);
  void rename(int id, const QString& name);
  void star(int id, bool starred);
  /// Hangs a schedule that a search has found into the tree.
  void addFound(const QString& recipe, const std::optional<HistorySpeedup>& predicted);
  /// What the engine says about the current recipe.
  void judge(const ScheduleSnapshot& schedule);

  /// Writes the recipe whole or not at all. Returns what went wrong, or nothing.
  QString save(const QString& path);

Q_SIGNALS:
  void recipeChanged(const QString& recipe);
  /// Anything about the tree, its current node included.
  void historyChanged();

private:
  friend class MoveCommand;
  friend class HideCommand;
  friend class NoteCommand;
  void moveTo(int id);

  QString path_;
  QJsonArray regions_;
  int region_ = -1;
  HistoryTree tree_;
  std::map<int, HistoryTree> others_; ///< of the other regions
  QString recipe_, saved_;
  QUndoStack stack_;
  bool withdrawing_ = false;
};

/// The text of a recipe file for these lines.
QString recipeFileText(const QString& function, const QString& recipe);

/// Writes a recipe file whole or not at all. Returns what went wrong, or nothing.
QString writeRecipe(const QString& path, const QString& function, const QString& recipe);

/// The function that a recipe file's first line names; empty where it names none.
QString recipeFunction(const QString& text);

/// The recipe that belongs to a program: the same name with .recipe, if there is such a file.
QString recipeBeside(const QString& cPath);

} // namespace polyloom
