#include "views/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace polyloom {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), icon_(new QLabel(this)), text_(new QLabel(this)), action_(new QPushButton(this)),
      close_(new QToolButton(this)) {
  setObjectName(QStringLiteral("messageBar"));
  setAccessibleName(tr("Message"));
  text_->setObjectName(QStringLiteral("messageText"));
  text_->setAccessibleName(tr("Message"));
  text_->setWordWrap(true);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  text_->setTextFormat(Qt::PlainText);
  action_->setObjectName(QStringLiteral("messageAction"));
  action_->hide();
  close_->setObjectName(QStringLiteral("messageClose"));
  close_->setAccessibleName(tr("Close message"));
  close_->setToolTip(tr("Close message (Esc)"));
  close_->setText(QStringLiteral("✕"));
  close_->setAutoRaise(true);
  close_->setShortcut(Qt::Key_Escape);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(10, 5, 6, 5);
  layout->setSpacing(8);
  layout->addWidget(icon_, 0, Qt::AlignTop);
  layout->addWidget(text_, 1);
  layout->addWidget(action_);
  layout->addWidget(close_, 0, Qt::AlignTop);
  connect(action_, &QPushButton::clicked, this, [this] {
    hide();
    Q_EMIT actionTriggered();
  });
  connect(close_, &QToolButton::clicked, this, &MessageBar::dismiss);
  hide();
}

void MessageBar::setTheme(const Theme& theme) {
  theme_ = theme;
  applyColors();
}

void MessageBar::showMessage(Severity severity, const QString& text, const QString& action, const QString& details) {
  severity_ = severity;
  text_->setText(text);
  text_->setToolTip(details);
  text_->setAccessibleName(text);
  action_->setText(action);
  action_->setVisible(!action.isEmpty());
  applyColors();
  show();
}

void MessageBar::dismiss() {
  hide();
  Q_EMIT dismissed();
}

QString MessageBar::text() const {
  return isHidden() ? QString() : text_->text();
}

QString MessageBar::lastText() const {
  return text_->text();
}

void MessageBar::applyColors() {
  const StatusIcon icon = severity_ == Severity::Error     ? StatusIcon::Illegal
                          : severity_ == Severity::Warning ? StatusIcon::Warning
                                                           : StatusIcon::Info;
  icon_->setPixmap(statusPixmap(icon, theme_, 18, devicePixelRatioF()));
  QPalette palette = text_->palette();
  palette.setColor(QPalette::WindowText, theme_.text);
  text_->setPalette(palette);
  update();
}

void MessageBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const bool isError = severity_ == Severity::Error, isWarning = severity_ == Severity::Warning;
  painter.fillRect(rect(), isError ? theme_.violationTint : isWarning ? theme_.unknownTint : theme_.selection);
  const QColor edge = isError ? theme_.violation : isWarning ? theme_.unknown : theme_.accent;
  painter.fillRect(QRect(0, 0, 4, height()), edge);
  painter.setPen(theme_.border);
  painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace polyloom
