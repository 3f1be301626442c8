// What the window remembers from one run to the next. The only reader and writer of QSettings.
#pragma once

#include "app/window/known_host.h"
#include "app/window/model_choice.h"
#include "views/theme.h"
#include "views/training_wish.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QSettings>
#include <QStringList>

#include <optional>

namespace polyloom {

inline constexpr int kMostRecentFiles = 9;
inline constexpr int kMostHosts = 9;
/// Changes when docks are added or renamed: older saved layouts are then ignored.
inline constexpr int kLayoutVersion = 4;

/// The places of panels, and the names of all panels that there were then.
struct SavedLayout {
  QByteArray state;
  QStringList panels;
};

class Settings {
public:
  Settings() = default;
  /// Keeps the values in this file instead of the user's own place.
  explicit Settings(const QString& file) : store_(file, QSettings::IniFormat) {}

  QStringList recentFiles() const;
  void addRecentFile(const QString& path);
  void clearRecentFiles();

  /// Absent until the user has chosen: the window then follows the system.
  std::optional<Theme::Kind> theme() const;
  void setTheme(Theme::Kind kind);
  void followSystemTheme();

  /// Layouts that the user has named.
  QMap<QString, SavedLayout> ownLayouts() const;
  void setOwnLayout(const QString& name, const SavedLayout& layout);
  void removeOwnLayout(const QString& name);
  QString currentLayout() const;
  void setCurrentLayout(const QString& name);

  /// Keys that the user has changed, in portable text, by the action's objectName.
  QMap<QString, QString> shortcuts() const;
  void setShortcuts(const QMap<QString, QString>& keys);

  /// The panels that stay while presenting, and how much larger the type is then.
  QStringList presentedPanels() const;
  void setPresentedPanels(const QStringList& panels);
  double presenterScale() const;
  void setPresenterScale(double scale);

  QByteArray geometry() const;
  SavedLayout layout() const;
  void setWindow(const QByteArray& geometry, const SavedLayout& layout);

  /// Machines that have measured, the last one first.
  QList<KnownHost> hosts() const;
  void addHost(const KnownHost& host);

  /// The cost model that predicts.
  ModelChoice model() const;
  void setModel(const ModelChoice& model);
  /// What was trained last.
  TrainingWish training() const;
  void setTraining(const TrainingWish& wish);
  /// Takes the place of the chosen command until another model is chosen; is not remembered.
  void setCommandOfThisRun(const QString& command) { commandOfThisRun_ = command; }

  int threads() const;
  void setThreads(int threads);

private:
  QSettings store_;
  QString commandOfThisRun_;
};

} // namespace polyloom
