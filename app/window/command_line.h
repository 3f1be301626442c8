// The arguments of `polyloom`.
#pragma once

#include "app/window/given_values.h"
#include "core/base/diagnostic.h"
#include "views/theme.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace polyloom {

/// How to read a file, and which of its regions to show.
struct OpenOptions {
  QStringList includes;      ///< -I
  QStringList defines;       ///< -D
  QString function;          ///< the region in this function; empty: not given
  int scop = 0;              ///< the region with this number, from 1; 0: not given
  SetTexts values;           ///< --set
  bool drawsValues = false;  ///< the values are also those that are drawn
};

struct CommandLine {
  enum class Task { Window, Render, Screenshot, BenchView, BenchStart };
  Task task = Task::Window;
  QString file;
  std::optional<QString> recipePath;
  OpenOptions open;
  QString modelCommand; ///< that predicts in this run; empty: not given
  QString view = QStringLiteral("domain"); ///< see PanelExports
  QString panel;    ///< in front in a screenshot; empty: those of the layout
  double scale = 2; ///< of a PNG
  QString output;
  QSize size{1400, 860};
  std::optional<Theme::Kind> theme;
  std::optional<int> step; ///< how far the execution is shown; absent: it is not shown
  int points = 20000;
  QString answer; ///< --help or --version: print this and end
};

/// Reads the arguments (without the program's name). Refuses unknown options and values out of place.
Result<CommandLine> parseCommandLine(const QStringList& arguments);

/// True when the task draws without a display.
bool isOffscreen(const QStringList& arguments);

} // namespace polyloom
