#include "app/window/presenter.h"

#include "app/window/settings.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QMenuBar>
#include <QStatusBar>
#include <QToolBar>

#include <algorithm>

namespace polyloom {

namespace {

constexpr double kLeastScale = 1, kMostScale = 2.5, kScaleStep = 0.15;

QList<QDockWidget*> docksOf(const QMainWindow& window) {
  return window.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly);
}

} // namespace

Presenter::Presenter(QMainWindow& window, Settings& settings, QAction* present, QWidget* message, QObject* parent)
    : QObject(parent), window_(window), settings_(settings), present_(present), message_(message),
      leave_(new QAction(tr("Leave the presentation"), this)), larger_(new QAction(tr("Larger type"), this)),
      smaller_(new QAction(tr("Smaller type"), this)) {
  leave_->setObjectName(QStringLiteral("leavePresentation"));
  leave_->setShortcut(Qt::Key_Escape);
  larger_->setObjectName(QStringLiteral("largerType"));
  larger_->setShortcut(Qt::CTRL | Qt::Key_Plus);
  larger_->setStatusTip(tr("While presenting: make the type larger"));
  smaller_->setObjectName(QStringLiteral("smallerType"));
  smaller_->setShortcut(Qt::CTRL | Qt::Key_Minus);
  smaller_->setStatusTip(tr("While presenting: make the type smaller"));
  window_.addAction(leave_);
  message_->installEventFilter(this);
  connect(present_, &QAction::toggled, this, &Presenter::setPresenting);
  connect(leave_, &QAction::triggered, this, [this] { setPresenting(false); });
  connect(larger_, &QAction::triggered, this, [this] { changeType(kScaleStep); });
  connect(smaller_, &QAction::triggered, this, [this] { changeType(-kScaleStep); });
  updateActions();
}

Presenter::~Presenter() {
  if (presenting_)
    QApplication::setFont(font_);
}

void Presenter::setPresenting(bool on) {
  if (on == presenting_)
    return;
  presenting_ = on;
  on ? enter() : leave();
  present_->setChecked(on);
  updateActions();
}

void Presenter::enter() {
  state_ = window_.saveState(kLayoutVersion);
  wasFullScreen_ = window_.isFullScreen();
  font_ = QApplication::font();
  for (QToolBar* bar : window_.findChildren<QToolBar*>(QString(), Qt::FindDirectChildrenOnly))
    bar->hide();
  window_.menuBar()->hide();
  window_.statusBar()->hide();
  const QStringList chosen = settings_.presentedPanels();
  for (QDockWidget* dock : docksOf(window_))
    dock->setVisible(chosen.contains(dock->objectName()));
  scaleType(settings_.presenterScale());
  window_.showFullScreen();
}

void Presenter::leave() {
  QStringList chosen;
  for (const QDockWidget* dock : docksOf(window_))
    if (!dock->isHidden())
      chosen << dock->objectName();
  settings_.setPresentedPanels(chosen);
  QApplication::setFont(font_);
  Q_EMIT typeChanged();
  window_.menuBar()->show();
  window_.statusBar()->show();
  if (!wasFullScreen_)
    window_.setWindowState(window_.windowState() & ~Qt::WindowFullScreen);
  window_.restoreState(state_, kLayoutVersion); // tool bars and panels
}

void Presenter::scaleType(double factor) {
  QFont large = font_;
  if (font_.pointSizeF() > 0)
    large.setPointSizeF(font_.pointSizeF() * factor);
  else
    large.setPixelSize(static_cast<int>(font_.pixelSize() * factor));
  QApplication::setFont(large);
  Q_EMIT typeChanged();
}

void Presenter::changeType(double by) {
  settings_.setPresenterScale(std::clamp(settings_.presenterScale() + by, kLeastScale, kMostScale));
  scaleType(settings_.presenterScale());
}

void Presenter::updateActions() {
  leave_->setEnabled(presenting_ && message_->isHidden());
  larger_->setEnabled(presenting_);
  smaller_->setEnabled(presenting_);
}

bool Presenter::eventFilter(QObject*, QEvent* event) {
  if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent)
    updateActions();
  return false;
}

} // namespace polyloom
