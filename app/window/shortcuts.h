// The keys of actions: what they are from the start, and what the user made of them.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QPointer>

#include <vector>

class QAction;

namespace polyloom {

class Settings;

/// Only changed keys are kept in the settings, under the action's objectName; an empty one stands for "no key".
class Shortcuts : public QObject {
  Q_OBJECT

public:
  Shortcuts(Settings& settings, QObject* parent = nullptr);

  /// Takes the actions' present keys as those from the start, then gives them the user's. Actions without an objectName
  /// and those that are known already are left alone.
  void add(const QList<QAction*>& actions);
  QList<QAction*> actions() const;
  QKeySequence original(const QAction* action) const;
  bool isChanged(const QAction* action) const;
  /// Another action that this key would reach, or null.
  QAction* holder(const QKeySequence& key, const QAction* except) const;

  /// Refuses a key that another action has: returns that action and changes nothing.
  QAction* set(QAction* action, const QKeySequence& key);
  /// Takes the key away from whatever has it.
  void take(QAction* action, const QKeySequence& key);
  void resetAll();
  /// Takes the keys from the settings again: another window has changed them.
  void reload();

Q_SIGNALS:
  void changed();

private:
  struct Entry {
    QPointer<QAction> action;
    QKeySequence original;
  };
  const Entry* entry(const QAction* action) const;
  void give(QAction* action, const QKeySequence& key);

  Settings& settings_;
  std::vector<Entry> entries_;
};

/// A tool tip that names the action's key.
void describeKey(QAction* action);

} // namespace polyloom
