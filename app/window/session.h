// What the user works on: a file, one of its regions, a recipe with undo and redo.
#pragma once

#include "app/window/autosave_slot.h"

#include <QJsonArray>
#include <QObject>
#include <QStringList>
#include <QUndoStack>

namespace polyloom {

/// The recipe is text; each change of it is one undo command that holds the text before and after. Every change is
/// saved at once in a file of the program's own, so that nothing is lost when the window ends.
class Session : public QObject {
  Q_OBJECT

public:
  /// `autosaveFolder`: where unsaved recipes are kept.
  explicit Session(const QString& autosaveFolder, QObject* parent = nullptr);

  /// A new file, with its regions in the programs' text form. Forgets the undo history.
  void open(const QString& path, const QJsonArray& regions);
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

  /// Replaces the recipe; `what` names the change in the Edit menu.
  void change(const QString& recipe, const QString& what);
  void append(const QString& line);
  void truncate(int count);
  void remove(int index);
  /// Takes back the last change and forgets it: for a step that turns out to be refused.
  void withdraw();
  /// A recipe that comes with the file: no change to undo, and no signal.
  void start(const QString& recipe);

  /// Writes the recipe whole or not at all. Returns what went wrong, or nothing.
  QString save(const QString& path);
  /// An unsaved recipe of an earlier run for this file and region that differs from the present one, or nothing.
  QString unsavedRecipe() const;
  void forgetUnsaved();

Q_SIGNALS:
  void recipeChanged(const QString& recipe);

private:
  friend class RecipeCommand;
  void set(const QString& recipe);
  QString autosavePath() const;
  mutable AutosaveSlot slot_;
  void autosave() const;

  QString folder_;
  QString path_;
  QJsonArray regions_;
  int region_ = -1;
  QString recipe_, saved_;
  QUndoStack stack_;
  bool withdrawing_ = false;
};

/// The text of a recipe file for these lines.
QString recipeFileText(const QString& function, const QString& recipe);

/// The function that a recipe file's first line names; empty where it names none.
QString recipeFunction(const QString& text);

/// The recipe that belongs to a program: the same name with .recipe, if there is such a file.
QString recipeBeside(const QString& cPath);

} // namespace polyloom
