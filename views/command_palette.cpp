#include "views/command_palette.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace polyloom {

namespace {

constexpr int kWidth = 460;
constexpr int kHeight = 340;

QString titleOf(const QAction* action) {
  return action->text().remove(QLatin1Char('&'));
}

} // namespace

std::optional<int> fuzzyScore(const QString& pattern, const QString& text) {
  int score = 0;
  qsizetype at = 0, last = -2;
  for (const QChar letter : pattern.simplified()) {
    if (letter.isSpace())
      continue;
    const qsizetype found = text.indexOf(letter, at, Qt::CaseInsensitive);
    if (found < 0)
      return std::nullopt;
    const bool startsWord = found == 0 || !text[found - 1].isLetterOrNumber();
    score += 1 + (startsWord ? 6 : 0) + (found == last + 1 ? 4 : 0);
    last = found;
    at = found + 1;
  }
  return pattern.isEmpty() ? 0 : score * 100 - static_cast<int>(text.size());
}

CommandPalette::CommandPalette(QWidget* parent)
    : QFrame(parent, Qt::Popup), line_(new QLineEdit(this)), list_(new QListWidget(this)) {
  setObjectName(QStringLiteral("commandPalette"));
  setAccessibleName(tr("Commands"));
  setFrameShape(QFrame::StyledPanel);
  line_->setObjectName(QStringLiteral("commandLine"));
  line_->setAccessibleName(tr("Filter of commands"));
  line_->setPlaceholderText(tr("Type a command or a step"));
  list_->setObjectName(QStringLiteral("commandList"));
  list_->setAccessibleName(tr("Commands"));
  list_->setFrameShape(QFrame::NoFrame);
  list_->setFocusPolicy(Qt::NoFocus);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  layout->addWidget(line_);
  layout->addWidget(list_, 1);
  line_->installEventFilter(this);
  connect(line_, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(list_, &QListWidget::itemClicked, this, &CommandPalette::run);
}

void CommandPalette::open(const QList<QAction*>& actions) {
  actions_.clear();
  for (QAction* action : actions)
    if (action->isEnabled() && !action->isSeparator() && !action->menu() && !actions_.contains(action))
      actions_ << action;
  line_->clear();
  filter({});
  resize(kWidth, kHeight);
  const QWidget* over = parentWidget();
  move(over->mapToGlobal(QPoint((over->width() - width()) / 2, over->height() / 8)));
  show();
  line_->setFocus();
}

void CommandPalette::filter(const QString& pattern) {
  std::vector<std::pair<int, int>> ranked; // score, index
  for (int k = 0; k < actions_.size(); ++k)
    if (const auto score = fuzzyScore(pattern, titleOf(actions_[k])))
      ranked.emplace_back(*score, k);
  std::ranges::stable_sort(ranked, std::greater{}, &std::pair<int, int>::first);
  list_->clear();
  for (const auto& [score, index] : ranked) {
    const QString key = actions_[index]->shortcut().toString(QKeySequence::NativeText);
    const QString title = titleOf(actions_[index]);
    auto* item = new QListWidgetItem(key.isEmpty() ? title : tr("%1    (%2)").arg(title, key), list_);
    item->setData(Qt::UserRole, index);
    item->setToolTip(actions_[index]->statusTip());
  }
  list_->setCurrentRow(0);
}

QStringList CommandPalette::titles() const {
  QStringList result;
  for (int row = 0; row < list_->count(); ++row)
    result << titleOf(actions_[list_->item(row)->data(Qt::UserRole).toInt()]);
  return result;
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::KeyPress)
    return QFrame::eventFilter(watched, event);
  const int key = static_cast<QKeyEvent*>(event)->key();
  const int row = list_->currentRow();
  if (key == Qt::Key_Down || key == Qt::Key_Up)
    list_->setCurrentRow(std::clamp(row + (key == Qt::Key_Down ? 1 : -1), 0, std::max(0, list_->count() - 1)));
  else if (key == Qt::Key_Return || key == Qt::Key_Enter)
    run();
  else if (key == Qt::Key_Escape)
    hide();
  else
    return false;
  return true;
}

void CommandPalette::run() {
  const QListWidgetItem* item = list_->currentItem();
  if (!item)
    return;
  QAction* action = actions_[item->data(Qt::UserRole).toInt()];
  hide();
  action->trigger();
}

} // namespace polyloom
