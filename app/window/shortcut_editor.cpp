#include "app/window/shortcut_editor.h"

#include "app/window/shortcuts.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace polyloom {

namespace {

enum Column { Command, Key, From, ColumnCount };

QString titleOf(const QAction* action) { return action->text().remove(QLatin1Char('&')); }

QString textOf(const QKeySequence& key) { return key.toString(QKeySequence::NativeText); }

} // namespace

ShortcutEditor::ShortcutEditor(Shortcuts& shortcuts, QWidget* parent)
    : QDialog(parent), shortcuts_(shortcuts), filter_(new QLineEdit(this)), table_(new QTableWidget(this)),
      key_(new QKeySequenceEdit(this)), set_(new QPushButton(tr("Set"), this)),
      clear_(new QPushButton(tr("No key"), this)), reset_(new QPushButton(tr("As it was"), this)),
      resetAll_(new QPushButton(tr("Reset all keys"), this)), take_(new QPushButton(tr("Use it here"), this)),
      message_(new QLabel(this)) {
  setObjectName(QStringLiteral("shortcutEditor"));
  setWindowTitle(tr("Change keys"));
  setModal(false);
  filter_->setObjectName(QStringLiteral("shortcutFilter"));
  filter_->setAccessibleName(tr("Filter of commands"));
  filter_->setPlaceholderText(tr("Type a part of a command or of a key"));
  message_->setObjectName(QStringLiteral("shortcutMessage"));
  message_->setWordWrap(true);
  take_->setObjectName(QStringLiteral("shortcutTake"));
  resetAll_->setObjectName(QStringLiteral("shortcutResetAll"));
  makeRows();
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(filter_);
  layout->addWidget(table_, 1);
  layout->addWidget(makeKeyLine());
  auto* foot = new QHBoxLayout;
  foot->addWidget(message_, 1);
  foot->addWidget(take_);
  foot->addWidget(resetAll_);
  layout->addLayout(foot);
  for (QPushButton* button : {set_, clear_, reset_, take_, resetAll_})
    button->setAutoDefault(false);
  resize(620, 560);
  connect(filter_, &QLineEdit::textChanged, this, &ShortcutEditor::filter);
  connect(table_, &QTableWidget::currentCellChanged, this, &ShortcutEditor::choose);
  connect(&shortcuts_, &Shortcuts::changed, this, &ShortcutEditor::fill);
  connect(take_, &QPushButton::clicked, this, &ShortcutEditor::take);
  connect(resetAll_, &QPushButton::clicked, this, [this] {
    shortcuts_.resetAll();
    say(tr("All keys are as they were at first."), false);
  });
  table_->setCurrentCell(0, 0);
  choose();
}

void ShortcutEditor::makeRows() {
  const QList<QAction*> actions = shortcuts_.actions();
  table_->setObjectName(QStringLiteral("shortcutEditorTable"));
  table_->setAccessibleName(tr("Commands and their keys"));
  table_->setColumnCount(ColumnCount);
  table_->setRowCount(static_cast<int>(actions.size()));
  table_->setHorizontalHeaderLabels({tr("Command"), tr("Key"), tr("At first")});
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setTabKeyNavigation(false);
  table_->setShowGrid(false);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setSectionResizeMode(Command, QHeaderView::Stretch);
  for (int row = 0; row < table_->rowCount(); ++row)
    for (int column = 0; column < ColumnCount; ++column)
      table_->setItem(row, column, new QTableWidgetItem);
  fill();
}

QWidget* ShortcutEditor::makeKeyLine() {
  auto* line = new QWidget(this);
  auto* layout = new QHBoxLayout(line);
  layout->setContentsMargins(0, 0, 0, 0);
  key_->setObjectName(QStringLiteral("shortcutKey"));
  key_->setAccessibleName(tr("New key"));
  for (auto* inner : key_->findChildren<QLineEdit*>())
    inner->setAccessibleName(tr("New key"));
  set_->setObjectName(QStringLiteral("shortcutSet"));
  clear_->setObjectName(QStringLiteral("shortcutClear"));
  reset_->setObjectName(QStringLiteral("shortcutReset"));
  auto* label = new QLabel(tr("New key"), line);
  label->setBuddy(key_);
  layout->addWidget(label);
  layout->addWidget(key_, 1);
  for (QPushButton* button : {set_, clear_, reset_})
    layout->addWidget(button);
  connect(set_, &QPushButton::clicked, this, &ShortcutEditor::set);
  connect(clear_, &QPushButton::clicked, this, [this] {
    key_->clear();
    set();
  });
  connect(reset_, &QPushButton::clicked, this, [this] {
    if (QAction* action = chosen()) {
      key_->setKeySequence(shortcuts_.original(action));
      set();
    }
  });
  return line;
}

void ShortcutEditor::fill() {
  const QList<QAction*> actions = shortcuts_.actions();
  for (int row = 0; row < std::min(table_->rowCount(), static_cast<int>(actions.size())); ++row) {
    const QAction* action = actions[row];
    const bool changed = shortcuts_.isChanged(action);
    table_->item(row, Command)->setText(titleOf(action));
    table_->item(row, Command)->setToolTip(action->statusTip());
    table_->item(row, Key)->setText(textOf(action->shortcut()));
    table_->item(row, From)->setText(changed ? textOf(shortcuts_.original(action)) : QString());
    QFont font = table_->font();
    font.setBold(changed);
    table_->item(row, Key)->setFont(font);
  }
  table_->resizeColumnToContents(Key);
}

void ShortcutEditor::filter(const QString& pattern) {
  for (int row = 0; row < table_->rowCount(); ++row)
    table_->setRowHidden(row, !table_->item(row, Command)->text().contains(pattern, Qt::CaseInsensitive) &&
                                  !table_->item(row, Key)->text().contains(pattern, Qt::CaseInsensitive));
}

QAction* ShortcutEditor::chosen() const {
  return shortcuts_.actions().value(table_->currentRow());
}

void ShortcutEditor::showAction(const QAction* action) {
  filter_->clear();
  table_->setCurrentCell(static_cast<int>(shortcuts_.actions().indexOf(action)), 0);
}

void ShortcutEditor::choose() {
  const QAction* action = chosen();
  key_->setKeySequence(action ? action->shortcut() : QKeySequence());
  say(action ? tr("Type the new key of “%1” into the field, then Set.").arg(titleOf(action)) : QString(), false);
}

void ShortcutEditor::set() {
  QAction* action = chosen();
  if (!action)
    return;
  const QKeySequence key = key_->keySequence();
  if (const QAction* other = shortcuts_.set(action, key))
    say(tr("%1 is the key of “%2”.").arg(textOf(other->shortcut()), titleOf(other)), true);
  else
    say(key.isEmpty() ? tr("“%1” has no key now.").arg(titleOf(action))
                      : tr("%1 is now the key of “%2”.").arg(textOf(key), titleOf(action)),
        false);
}

void ShortcutEditor::take() {
  if (QAction* action = chosen()) {
    shortcuts_.take(action, key_->keySequence());
    say(tr("%1 is now the key of “%2” alone.").arg(textOf(action->shortcut()), titleOf(action)), false);
  }
}

void ShortcutEditor::say(const QString& sentence, bool offersTaking) {
  message_->setText(sentence);
  message_->setAccessibleName(sentence);
  take_->setVisible(offersTaking);
}

} // namespace polyloom
