#include "views/panel_title.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace polyloom {

PanelTitle::PanelTitle(const QString& title, QWidget* parent)
    : QWidget(parent), title_(new ElidedLabel(title, this)), remark_(new ElidedLabel({}, this)),
      layout_(new QHBoxLayout(this)) {
  QFont bold = title_->font();
  bold.setBold(true);
  title_->setFont(bold);
  remark_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  remark_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  layout_->setContentsMargins(10, 3, 8, 3);
  layout_->setSpacing(8);
  layout_->addWidget(title_);
  layout_->addWidget(remark_, 1);
  setMinimumHeight(fontMetrics().height() + 16);
  setTheme(theme_);
}

void PanelTitle::setTheme(const Theme& theme) {
  theme_ = theme;
  QPalette palette = remark_->palette();
  palette.setColor(QPalette::WindowText, theme.mutedText);
  remark_->setPalette(palette);
  update();
}

void PanelTitle::setRemark(const QString& remark) {
  remark_->setText(remark);
  remark_->setToolTip(remark);
}

void PanelTitle::addControl(QWidget* control) {
  layout_->addWidget(control);
}

void PanelTitle::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme_.title);
  painter.setPen(theme_.border);
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

PanelFrame::PanelFrame(QWidget* content, QWidget* parent) : QFrame(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(1, 0, 1, 1);
  layout->addWidget(content);
  setTheme(Theme::make(Theme::Kind::Light));
}

void PanelFrame::setTheme(const Theme& theme) {
  border_ = theme.border;
  update();
}

void PanelFrame::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(border_);
  painter.drawRect(rect().adjusted(0, -1, -1, -1));
}

} // namespace polyloom
