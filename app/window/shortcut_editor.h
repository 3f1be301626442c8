// A sheet where every action's key can be changed.
#pragma once

#include <QDialog>

class QAction;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace polyloom {

class Shortcuts;

/// Stands beside the window, not in its way: a change holds at once. A key that is taken is refused with a sentence and
/// a button that takes it away from the other action.
class ShortcutEditor : public QDialog {
  Q_OBJECT

public:
  ShortcutEditor(Shortcuts& shortcuts, QWidget* parent);

  /// Chooses the row of this action.
  void showAction(const QAction* action);

private:
  void makeRows();
  QWidget* makeKeyLine();
  void fill();
  void filter(const QString& pattern);
  void choose();
  void set();
  void take();
  void say(const QString& sentence, bool offersTaking);
  QAction* chosen() const;

  Shortcuts& shortcuts_;
  QLineEdit* filter_;
  QTableWidget* table_;
  QKeySequenceEdit* key_;
  QPushButton *set_, *clear_, *reset_, *resetAll_, *take_;
  QLabel* message_;
};

} // namespace polyloom
