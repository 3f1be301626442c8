#include "views/recipe_line_edit.h"

#include "views/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

namespace polyloom {

RecipeLineEdit::RecipeLineEdit(QWidget* parent)
    : QLineEdit(parent), model_(new QStringListModel(this)), completer_(new QCompleter(model_, this)) {
  setPlaceholderText(tr("or type a line: tile i j by 32 64"));
  setAccessibleName(tr("Type a recipe line"));
  setFont(codeFont());
  setClearButtonEnabled(true);
  // The completer works on the word before the cursor, so it is not the line edit's own, which takes whole lines.
  completer_->setWidget(this);
  completer_->setCompletionMode(QCompleter::PopupCompletion);
  connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &RecipeLineEdit::insertCompletion);
  connect(this, &QLineEdit::textEdited, this, &RecipeLineEdit::offer);
  connect(this, &QLineEdit::returnPressed, this, [this] {
    const QString line = text().simplified();
    if (line.isEmpty())
      return;
    clear();
    Q_EMIT lineEntered(line);
  });
}

void RecipeLineEdit::setWords(const QStringList& steps, const QStringList& loops, const QStringList& statements) {
  steps_ = steps;
  names_ = loops + statements;
}

QString RecipeLineEdit::wordBeforeCursor() const {
  return text().left(cursorPosition()).section(QLatin1Char(' '), -1);
}

QStringList RecipeLineEdit::completions() const {
  const QString word = wordBeforeCursor();
  const bool isFirst = !text().left(cursorPosition()).trimmed().contains(QLatin1Char(' ')) &&
                       !text().left(cursorPosition()).endsWith(QLatin1Char(' '));
  QStringList result;
  for (const QString& candidate : isFirst ? steps_ : names_)
    if (candidate.startsWith(word) && candidate != word)
      result << candidate;
  return result;
}

void RecipeLineEdit::offer() {
  const QStringList words = completions();
  if (words.isEmpty() || wordBeforeCursor().isEmpty()) {
    completer_->popup()->hide();
    return;
  }
  model_->setStringList(words);
  completer_->setCompletionPrefix(wordBeforeCursor());
  completer_->complete();
}

void RecipeLineEdit::insertCompletion(const QString& word) {
  const int end = cursorPosition(), begin = end - static_cast<int>(wordBeforeCursor().size());
  setText(text().left(begin) + word + QLatin1Char(' ') + text().mid(end));
  setCursorPosition(begin + static_cast<int>(word.size()) + 1);
}

void RecipeLineEdit::keyPressEvent(QKeyEvent* event) {
  if (completer_->popup()->isVisible()) {
    switch (event->key()) {
    case Qt::Key_Tab:
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (completer_->popup()->currentIndex().isValid() || event->key() == Qt::Key_Tab) {
        event->ignore(); // the popup takes it
        return;
      }
      completer_->popup()->hide();
      break;
    case Qt::Key_Escape:
      completer_->popup()->hide();
      return;
    default:
      break;
    }
  }
  QLineEdit::keyPressEvent(event);
}

} // namespace polyloom
