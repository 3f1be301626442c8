// What the window remembers from one run to the next. The only reader and writer of QSettings.
#pragma once

#include "app/window/known_host.h"
#include "views/theme.h"

#include <QByteArray>
#include <QList>
#include <QSettings>
#include <QStringList>

#include <optional>

namespace polyloom {

inline constexpr int kMostRecentFiles = 9;
inline constexpr int kMostHosts = 9;
/// Changes when docks are added or renamed: older saved layouts are then ignored.
inline constexpr int kLayoutVersion = 4;

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

  QByteArray geometry() const;
  QByteArray layout() const;
  void setWindow(const QByteArray& geometry, const QByteArray& layout);

  /// Machines that have measured, the last one first.
  QList<KnownHost> hosts() const;
  void addHost(const KnownHost& host);

  int threads() const;
  void setThreads(int threads);

private:
  QSettings store_;
};

} // namespace polyloom
