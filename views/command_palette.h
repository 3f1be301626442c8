// All commands of the window behind one line of typing.
#pragma once

#include <QFrame>
#include <QList>

#include <optional>

class QAction;
class QLineEdit;
class QListWidget;

namespace polyloom {

/// How well `text` holds the letters of `pattern` in order: higher is better; nothing where it does not. Letters that
/// start words and letters side by side count more. An empty pattern fits everything alike.
std::optional<int> fuzzyScore(const QString& pattern, const QString& text);

/// A sheet over the window: typing filters, arrow keys choose, Enter triggers the action, Escape closes.
class CommandPalette : public QFrame {
  Q_OBJECT

public:
  explicit CommandPalette(QWidget* parent);

  /// Opens over the parent with these actions; those that are disabled are left out.
  void open(const QList<QAction*>& actions);
  /// What the list shows, best first.
  QStringList titles() const;

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void filter(const QString& pattern);
  void run();

  QLineEdit* line_;
  QListWidget* list_;
  QList<QAction*> actions_;
};

} // namespace polyloom
