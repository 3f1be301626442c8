// A line to type a step of the recipe language, with completion.
#pragma once

#include <QLineEdit>
#include <QStringList>

class QCompleter;
class QStringListModel;

namespace polyloom {

/// Completes step names in the first word, loop and statement names in the others. Return emits the line and clears.
class RecipeLineEdit : public QLineEdit {
  Q_OBJECT

public:
  explicit RecipeLineEdit(QWidget* parent = nullptr);

  void setWords(const QStringList& steps, const QStringList& loops, const QStringList& statements);
  /// What would complete the word before the cursor.
  QStringList completions() const;

Q_SIGNALS:
  void lineEntered(const QString& line);

protected:
  void keyPressEvent(QKeyEvent* event) override;

private:
  QString wordBeforeCursor() const;
  void offer();
  void insertCompletion(const QString& word);

  QStringList steps_, names_;
  QStringListModel* model_;
  QCompleter* completer_;
};

} // namespace polyloom
