#include "views/panel_title.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace polyloom {

namespace {

constexpr int kReadable = 64; ///< pixels of a name that controls beside it leave

} // namespace

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
  setMinimumHeight(fontMetrics().height() + 11);
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
  remark_->setVisible(!remark.isEmpty());
  remark_->setToolTip(remark);
}

QSize PanelTitle::minimumSizeHint() const {
  return QWidget::minimumSizeHint() - QSize(title_->minimumWidth(), 0); // where the window is small, the name goes first
}

void PanelTitle::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int readable = std::min(title_->sizeHint().width(), kReadable);
  title_->setMinimumWidth(std::clamp(width() - minimumSizeHint().width(), 0, readable));
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
