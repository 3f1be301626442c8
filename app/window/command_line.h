// The arguments of `polyloom`.
#pragma once

#include "core/base/diagnostic.h"
#include "views/picture.h"
#include "views/theme.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace polyloom {

struct CommandLine {
  enum class Task { Window, Render, Screenshot, BenchView };
  Task task = Task::Window;
  QString file;
  std::optional<QString> recipePath;
  std::map<std::string, std::int64_t> values; ///< --set
  PictureView view = PictureView::Domain;
  QString output;
  QSize size{1400, 860};
  std::optional<Theme::Kind> theme;
  int points = 20000;
  QString answer; ///< --help or --version: print this and end
};

/// Reads the arguments (without the program's name). Refuses unknown options and values out of place.
Result<CommandLine> parseCommandLine(const QStringList& arguments);

/// True when the task draws without a display.
bool isOffscreen(const QStringList& arguments);

} // namespace polyloom
