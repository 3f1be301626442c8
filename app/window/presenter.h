// Showing the window to a room: large type, no menus and bars, few panels.
#pragma once

#include <QFont>
#include <QObject>
#include <QStringList>

class QAction;
class QMainWindow;
class QWidget;

namespace polyloom {

class Settings;

/// Escape leaves and brings everything back as it was. Panels that are opened or closed meanwhile are remembered for the
/// next time, and so is the size of the type.
class Presenter : public QObject {
  Q_OBJECT

public:
  /// `message`: while it is shown, Escape closes it and not the presentation. `present`: the checkable action.
  Presenter(QMainWindow& window, Settings& settings, QAction* present, QWidget* message, QObject* parent = nullptr);
  ~Presenter() override;

  bool isPresenting() const { return presenting_; }
  void setPresenting(bool on);
  /// For menus: larger type, smaller type; they work while presenting only.
  QAction* larger() const { return larger_; }
  QAction* smaller() const { return smaller_; }

Q_SIGNALS:
  /// The size of the program's type is another one: what keeps fonts of its own has to ask for them again.
  void typeChanged();

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void enter();
  void leave();
  void scaleType(double factor);
  void changeType(double by);
  void updateActions();

  QMainWindow& window_;
  Settings& settings_;
  QAction* present_;
  QWidget* message_;
  QAction* leave_;
  QAction* larger_;
  QAction* smaller_;
  bool presenting_ = false;
  QByteArray state_;
  QStringList hiddenBars_; ///< that were visible before
  bool wasFullScreen_ = false;
  QFont font_; ///< the program's, before
};

} // namespace polyloom
