// What the keys do, on one page.
#pragma once

#include <QDialog>
#include <QList>

class QAction;

namespace polyloom {

/// A sheet beside the window, not in its way: it may stay open.
class ShortcutSheet : public QDialog {
  Q_OBJECT

public:
  /// Lists the actions that have a key, then the keys of the iteration space and the loop tree.
  ShortcutSheet(const QList<QAction*>& actions, QWidget* parent);
};

} // namespace polyloom
