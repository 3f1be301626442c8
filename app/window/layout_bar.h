// The layouts of the panels: buttons in the tool bar, a menu, and the line where a new one gets its name.
#pragma once

#include <QToolBar>

class QActionGroup;
class QFrame;
class QLabel;
class QLineEdit;
class QMenu;

namespace polyloom {

class Layouts;

/// Stands at the right end of the tool bar and is never pushed out of it.
class LayoutBar : public QToolBar {
  Q_OBJECT

public:
  LayoutBar(Layouts& layouts, QWidget* parent);

  /// The same layouts, the user's own ones, and what can be done with them.
  QMenu* menu() const { return menu_; }
  /// Asks for a name, right below the buttons.
  void askName();

protected:
  void changeEvent(QEvent* event) override;

private:
  QAction* addLayout(const QString& name, const QString& text, const QKeySequence& key);
  void makeSheet();
  void list();
  void save();

  Layouts& layouts_;
  QActionGroup* group_;
  QMenu* menu_;
  QMenu* remove_;
  QAction* save_;
  QAction* ownEnd_ = nullptr; ///< own layouts stand before it in the menu
  QList<QAction*> own_;
  QFrame* sheet_ = nullptr;
  QLineEdit* name_ = nullptr;
  QLabel* refusal_ = nullptr;
};

} // namespace polyloom
