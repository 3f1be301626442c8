#include "app/window/shortcuts.h"

#include "app/window/settings.h"

#include <QAction>

#include <algorithm>

namespace polyloom {

Shortcuts::Shortcuts(Settings& settings, QObject* parent) : QObject(parent), settings_(settings) {}

void Shortcuts::add(const QList<QAction*>& actions) {
  const auto changed = settings_.shortcuts();
  for (QAction* action : actions) {
    if (action->objectName().isEmpty() || entry(action))
      continue;
    entries_.push_back({action, action->shortcut()});
    if (const auto own = changed.constFind(action->objectName()); own != changed.constEnd()) {
      action->setShortcut(QKeySequence(*own, QKeySequence::PortableText));
      describeKey(action);
    }
  }
}

QList<QAction*> Shortcuts::actions() const {
  QList<QAction*> all;
  for (const Entry& each : entries_)
    if (each.action)
      all << each.action;
  return all;
}

const Shortcuts::Entry* Shortcuts::entry(const QAction* action) const {
  const auto found = std::ranges::find(entries_, action, [](const Entry& each) { return each.action.data(); });
  return found == entries_.end() ? nullptr : &*found;
}

QKeySequence Shortcuts::original(const QAction* action) const {
  const Entry* known = entry(action);
  return known ? known->original : QKeySequence();
}

bool Shortcuts::isChanged(const QAction* action) const { return action->shortcut() != original(action); }

QAction* Shortcuts::holder(const QKeySequence& key, const QAction* except) const {
  if (key.isEmpty())
    return nullptr;
  // A key that starts another one's sequence never lets that one through.
  for (QAction* action : actions())
    if (const QKeySequence taken = action->shortcut();
        action != except && !taken.isEmpty() &&
        (key.matches(taken) != QKeySequence::NoMatch || taken.matches(key) != QKeySequence::NoMatch))
      return action;
  return nullptr;
}

QAction* Shortcuts::set(QAction* action, const QKeySequence& key) {
  if (QAction* other = holder(key, action))
    return other;
  give(action, key);
  Q_EMIT changed();
  return nullptr;
}

void Shortcuts::take(QAction* action, const QKeySequence& key) {
  while (QAction* other = holder(key, action))
    give(other, {});
  give(action, key);
  Q_EMIT changed();
}

void Shortcuts::give(QAction* action, const QKeySequence& key) {
  action->setShortcut(key);
  describeKey(action);
  auto kept = settings_.shortcuts();
  if (isChanged(action))
    kept.insert(action->objectName(), key.toString(QKeySequence::PortableText));
  else
    kept.remove(action->objectName());
  settings_.setShortcuts(kept);
}

void Shortcuts::resetAll() {
  settings_.setShortcuts({});
  reload();
  Q_EMIT changed();
}

void Shortcuts::reload() {
  const auto kept = settings_.shortcuts();
  for (const Entry& each : entries_)
    if (each.action) {
      const auto own = kept.constFind(each.action->objectName());
      each.action->setShortcut(own == kept.constEnd() ? each.original : QKeySequence(*own, QKeySequence::PortableText));
      describeKey(each.action);
    }
}

void describeKey(QAction* action) {
  const QString key = action->shortcut().toString(QKeySequence::NativeText);
  const QString tip = action->statusTip().isEmpty() ? action->text().remove(QLatin1Char('&')) : action->statusTip();
  action->setToolTip(key.isEmpty() ? tip : QStringLiteral("%1 (%2)").arg(tip, key));
}

} // namespace polyloom
