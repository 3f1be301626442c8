// Where the panels stand: layouts that are made here, and the user's own.
#pragma once

#include <QHash>
#include <QObject>
#include <QStringList>

class QDockWidget;
class QMainWindow;

namespace polyloom {

class Settings;

/// Applies layouts to a window's panels. No layout loses a panel: one that it does not name becomes a tab beside the
/// panels of the area that it was first added to.
class Layouts : public QObject {
  Q_OBJECT

public:
  /// The window has all its panels already; later ones are found when a layout is applied.
  Layouts(QMainWindow& window, Settings& settings, QObject* parent = nullptr);

  /// "Teach", "Tune", "Inspect": names for settings and, translated, for people.
  static QStringList builtIn();
  QStringList own() const;
  /// The last one applied, now or in an earlier run.
  QString current() const { return current_; }

  /// One that does not exist is Tune.
  void apply(const QString& name);
  void reset() { apply(current_); }
  /// Keeps the present places under this name, over an own layout of that name. Returns what went wrong, or nothing.
  QString save(const QString& name);
  /// Forgets an own layout; the panels stay where they are.
  void remove(const QString& name);
  /// Brings the panels to where they were when the window was closed.
  void restore(const QByteArray& state, const QStringList& panels);
  QStringList panels() const;
  /// The list of own ones has changed in another window.
  void refresh() { Q_EMIT changed(); }

Q_SIGNALS:
  /// Another one is current, or the list of own ones has changed.
  void changed();
  /// The list of own ones has changed here.
  void ownChanged();

private:
  QList<QDockWidget*> docks() const;
  void applyBuiltIn(const QString& name);
  void placeGuest(QDockWidget* guest);
  void rememberHomes();

  QMainWindow& window_;
  Settings& settings_;
  QString current_;
  QHash<QString, Qt::DockWidgetArea> homes_; ///< the area that each panel was first added to
};

} // namespace polyloom
