// The title strip of a panel: name on the left, a remark or controls on the right.
#pragma once

#include "views/elided_label.h"
#include "views/theme.h"

#include <QFrame>
#include <QWidget>

class QHBoxLayout;

namespace polyloom {

/// Serves as a dock's title bar (drag and double-click still belong to the dock) and above the central view.
class PanelTitle : public QWidget {
  Q_OBJECT

public:
  explicit PanelTitle(const QString& title, QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setRemark(const QString& remark);
  QString remark() const { return remark_->text(); }
  /// Adds a control at the right end.
  void addControl(QWidget* control);

  /// A dock gives its title bar this height, whatever the minimum is.
  QSize sizeHint() const override { return QWidget::sizeHint().expandedTo(minimumSize()); }

  QSize minimumSizeHint() const override;

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  Theme theme_ = Theme::make(Theme::Kind::Light);
  ElidedLabel* title_;
  ElidedLabel* remark_;
  QHBoxLayout* layout_;
};

/// The thin frame around a panel's content.
class PanelFrame : public QFrame {
  Q_OBJECT

public:
  explicit PanelFrame(QWidget* content, QWidget* parent = nullptr);
  void setTheme(const Theme& theme);

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  QColor border_;
};

} // namespace polyloom
