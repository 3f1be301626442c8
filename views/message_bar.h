// Messages inside the window: one line that can be read, acted on and closed; never a dialog.
#pragma once

#include "views/icons.h"
#include "views/theme.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace polyloom {

class MessageBar : public QFrame {
  Q_OBJECT

public:
  enum class Severity { Information, Warning, Error };

  explicit MessageBar(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// Shows the message until it is closed or replaced. With `action`, a button with this text emits actionTriggered.
  void showMessage(Severity severity, const QString& text, const QString& action = {}, const QString& details = {});
  void dismiss();
  QString text() const;
  /// Also of a message that has just been closed.
  QString lastText() const;
  Severity severity() const { return severity_; }

Q_SIGNALS:
  void actionTriggered();
  void dismissed();

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  void applyColors();

  Theme theme_ = Theme::make(Theme::Kind::Light);
  Severity severity_ = Severity::Information;
  QLabel* icon_;
  QLabel* text_;
  QPushButton* action_;
  QToolButton* close_;
};

} // namespace polyloom
