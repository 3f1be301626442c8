// All windows of the program.
#pragma once

#include "app/window/command_line.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <vector>

namespace polyloom {

class Controller;
class MainWindow;
class Settings;

/// Each window has its own session, engine and worker; they share the settings, and what one changes of these shows in all.
class Windows : public QObject {
  Q_OBJECT

public:
  /// `autosaveFolder`, `worker`: as for a Controller.
  Windows(Settings& settings, QString autosaveFolder, QString worker = {}, QObject* parent = nullptr);
  ~Windows() override;

  /// How the windows opened from now on read files; given values hold for the next file only.
  void setOpenOptions(const OpenOptions& options) { options_ = options; }
  /// A new window on the screen, beside the last one.
  Controller& open();
  std::size_t count() const { return entries_.size(); }
  MainWindow& window(std::size_t index) const { return *entries_[index].window; }

private:
  struct Entry {
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<Controller> controller;
  };
  void connectWindow(MainWindow& window, Controller& controller);
  void place(MainWindow& window) const;
  void forget(const MainWindow* window);
  void askForFile(MainWindow& from);
  template <typename Action>
  void inOthers(const MainWindow& from, const Action& action) const;

  Settings& settings_;
  QString autosaveFolder_, worker_;
  OpenOptions options_;
  std::vector<Entry> entries_;
  QStringList recent_; ///< as all windows show them
};

} // namespace polyloom
