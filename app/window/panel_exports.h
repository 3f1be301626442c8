// All that a window shows, to be written to files.
#pragma once

#include "app/window/export_sheet.h"

#include <QObject>

namespace polyloom {

class MainWindow;

/// "domain", "deps" and "tree" are drawn from the schedule itself; every other view is the panel of that name ("memory" for
/// memoryDock). All of them in light colors, whatever the window's are, and whether or not they can be seen.
class PanelExports : public QObject {
  Q_OBJECT

public:
  explicit PanelExports(MainWindow& window);

  /// What can be exported now.
  std::vector<ExportSheet::Choice> views() const;
  /// Writes one view. Returns what went wrong, or nothing.
  QString save(const QString& view, const QString& path, double scale);

private:
  void ask();
  void askForFile(const QString& view, double scale);
  QString viewInFocus() const;

  MainWindow& window_;
  ExportSheet* sheet_ = nullptr;
};

} // namespace polyloom
