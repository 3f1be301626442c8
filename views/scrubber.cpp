#include "views/scrubber.h"

#include "views/elided_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr int kTickMilliseconds = 16;
constexpr int kIconSize = 16;
constexpr std::size_t kMostAccessesInText = 6;

/// Doubles from step to step of the speed's slider.
double stepsPerSecond(int speed) { return std::exp2(speed - 1); }

void paintTriangle(QPainter& painter, double from, double to) {
  painter.drawPolygon(QPolygonF({{from, 2}, {to, 8}, {from, 14}}));
}

QPixmap picture(int button, bool isPlaying, const QColor& color, qreal ratio) {
  QPixmap pixmap(QSize(kIconSize, kIconSize) * ratio);
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  switch (button) {
  case 0: painter.drawRect(QRectF(2, 2, 2, 12)); paintTriangle(painter, 14, 5); break;
  case 1: painter.drawRect(QRectF(12, 2, 2, 12)); paintTriangle(painter, 10, 2); break;
  case 2:
    if (isPlaying) {
      painter.drawRect(QRectF(3, 2, 4, 12));
      painter.drawRect(QRectF(9, 2, 4, 12));
    } else {
      paintTriangle(painter, 3, 14);
    }
    break;
  case 3: painter.drawRect(QRectF(2, 2, 2, 12)); paintTriangle(painter, 6, 14); break;
  default: painter.drawRect(QRectF(12, 2, 2, 12)); paintTriangle(painter, 2, 11); break;
  }
  return pixmap;
}

QSlider* makeSlider(const char* name, const QString& accessibleName, QWidget* parent) {
  auto* slider = new QSlider(Qt::Horizontal, parent);
  slider->setObjectName(QString::fromLatin1(name));
  slider->setAccessibleName(accessibleName);
  slider->setToolTip(accessibleName);
  return slider;
}

QLabel* makeLine(const char* name, const QString& accessibleName, QWidget* parent) {
  auto* label = new ElidedLabel({}, parent);
  label->setObjectName(QString::fromLatin1(name));
  label->setAccessibleName(accessibleName);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  return label;
}

} // namespace

QString momentText(const ExecutionTrace& trace, std::size_t done) {
  if (done == 0 || done > trace.steps.size())
    return QObject::tr("before the first of %1 steps").arg(trace.steps.size());
  QStringList parts;
  const auto accesses = trace.accessesOf(done - 1);
  for (std::size_t a = 0; a < std::min(accesses.size(), kMostAccessesInText); ++a) {
    const bool isSameKind = a > 0 && accesses[a - 1].isWrite == accesses[a].isWrite;
    const QString verb = isSameKind ? QString() : accesses[a].isWrite ? QObject::tr("writes ") : QObject::tr("reads ");
    parts << QStringLiteral("%1%2 (%3)").arg(verb, QString::fromStdString(cellName(trace, accesses[a].cell)),
                                            QString::fromStdString(levelName(trace, accesses[a].level)));
  }
  if (accesses.size() > kMostAccessesInText)
    parts << QObject::tr("and %1 more").arg(accesses.size() - kMostAccessesInText);
  return QObject::tr("step %1 of %2: %3 %4")
      .arg(done)
      .arg(trace.steps.size())
      .arg(QString::fromStdString(stepName(trace, done - 1)), parts.join(QStringLiteral(", ")))
      .trimmed();
}

std::size_t pairedStep(const ExecutionTrace& trace, std::size_t done, const ExecutionTrace& other, bool byShare) {
  if (!byShare || trace.steps.empty())
    return std::min(done, other.steps.size());
  return (done * other.steps.size() + trace.steps.size() / 2) / trace.steps.size();
}

Scrubber::Scrubber(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("scrubber"));
  setAccessibleName(tr("Execution, step by step"));
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  slider_ = makeSlider("stepSlider", tr("Steps done"), this);
  setFocusProxy(slider_);
  slider_->installEventFilter(this);
  connect(slider_, &QSlider::valueChanged, this, [this](int value) { moveTo(static_cast<std::size_t>(value)); });
  auto* first = new QHBoxLayout;
  first->setSpacing(2);
  first->addWidget(makeButton(First, "toFirstStep", tr("To the beginning (Home)")));
  first->addWidget(makeButton(Back, "stepBack", tr("One step back (left arrow)")));
  first->addWidget(makeButton(Play, "playSteps", tr("Play or pause (Space)")));
  first->addWidget(makeButton(Forward, "stepForward", tr("One step on (right arrow)")));
  first->addWidget(makeButton(Last, "toLastStep", tr("To the end (End)")));
  first->addSpacing(6);
  first->addWidget(slider_, 1);
  current_ = makeLine("currentMoment", tr("New order"), this);
  original_ = makeLine("originalMoment", tr("Original order"), this);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 4, 8, 4);
  layout->setSpacing(3);
  layout->addLayout(first);
  layout->addWidget(current_);
  layout->addWidget(original_);
  layout->addWidget(makeChoices(), 0, Qt::AlignLeft); // a row of its own: docks are narrow
  layout->addStretch(1);
  ticks_.setInterval(kTickMilliseconds);
  connect(&ticks_, &QTimer::timeout, this, &Scrubber::tick);
  setTraces(nullptr);
}

QToolButton* Scrubber::makeButton(Button button, const char* name, const QString& text) {
  auto* made = new QToolButton(this);
  made->setObjectName(QString::fromLatin1(name));
  made->setAccessibleName(text);
  made->setToolTip(text);
  made->setAutoRaise(true);
  made->setIconSize({kIconSize, kIconSize});
  made->setAutoRepeat(button == Back || button == Forward);
  connect(made, &QToolButton::clicked, this, [this, button] {
    switch (button) {
    case First: return toFirst();
    case Back: return stepBy(-1);
    case Forward: return stepBy(1);
    case Last: return toLast();
    default: return togglePlaying();
    }
  });
  return buttons_[button] = made;
}

QWidget* Scrubber::makeChoices() {
  auto* box = new QWidget(this);
  auto* layout = new QHBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(5);
  speed_ = makeSlider("playSpeed", tr("Speed of playing, from 1 to 10"), box);
  speed_->setRange(1, kFastest);
  speed_->setPageStep(1);
  speed_->setValue(4);
  speed_->setFixedWidth(70);
  loops_ = new QComboBox(box);
  loops_->setObjectName(QStringLiteral("jumpLoop"));
  loops_->setAccessibleName(tr("Loop whose iterations Ctrl and the arrow keys go to"));
  loops_->setToolTip(loops_->accessibleName());
  loops_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  pairing_ = new QComboBox(box);
  pairing_->setObjectName(QStringLiteral("stepPairing"));
  pairing_->setAccessibleName(tr("How the original order goes along"));
  pairing_->setToolTip(tr("Both orders stand at the same number of steps, or at the same share of all steps"));
  pairing_->addItems({tr("by number"), tr("by share")});
  connect(pairing_, &QComboBox::activated, this, [this] {
    describe();
    Q_EMIT moved(originalDone(), done_);
  });
  auto* speedLabel = new QLabel(tr("speed"), box);
  speedLabel->setBuddy(speed_);
  auto* loopLabel = new QLabel(tr("by loop"), box);
  loopLabel->setBuddy(loops_);
  for (QWidget* widget : std::initializer_list<QWidget*>{speedLabel, speed_, loopLabel, loops_, pairing_})
    layout->addWidget(widget);
  return box;
}

void Scrubber::setTheme(const Theme& theme) {
  theme_ = theme;
  QPalette palette = original_->palette();
  palette.setColor(QPalette::WindowText, theme.mutedText);
  original_->setPalette(palette);
  drawIcons();
}

void Scrubber::drawIcons() {
  for (int button = 0; button < ButtonCount; ++button) {
    QIcon icon(picture(button, isPlaying(), theme_.text, devicePixelRatioF()));
    icon.addPixmap(picture(button, isPlaying(), theme_.faintText, devicePixelRatioF()), QIcon::Disabled);
    buttons_[static_cast<std::size_t>(button)]->setIcon(icon);
  }
}

void Scrubber::setTraces(ExecutionTracesPtr traces) {
  stop();
  const bool isUsable = traces && traces->current.refusal.empty() && traces->original.refusal.empty();
  traces_ = isUsable ? std::move(traces) : nullptr;
  const QString loop = loops_->currentText();
  loops_->clear();
  if (traces_)
    for (const TraceLoop& each : traces_->current.loops)
      loops_->addItem(QString::fromStdString(each.name));
  loops_->setCurrentIndex(std::max(loops_->findText(loop), 0));
  done_ = steps();
  const QSignalBlocker blocker(slider_);
  slider_->setRange(0, static_cast<int>(done_));
  slider_->setPageStep(std::max(static_cast<int>(done_ / 20), 1));
  slider_->setValue(static_cast<int>(done_));
  for (QWidget* widget : std::initializer_list<QWidget*>{slider_, loops_, pairing_})
    widget->setEnabled(isReady());
  for (QToolButton* button : buttons_)
    button->setEnabled(isReady());
  describe();
}

std::size_t Scrubber::steps() const { return traces_ ? traces_->current.steps.size() : 0; }

std::size_t Scrubber::originalDone() const {
  return traces_ ? pairedStep(traces_->current, done_, traces_->original, pairing_->currentIndex() == 1) : 0;
}

QString Scrubber::loop() const { return loops_->currentText(); }

void Scrubber::moveTo(std::size_t done) {
  done = std::min(done, steps());
  if (done == done_)
    return;
  done_ = done;
  const QSignalBlocker blocker(slider_);
  slider_->setValue(static_cast<int>(done_));
  describe();
  Q_EMIT moved(originalDone(), done_);
}

void Scrubber::stepBy(int by) {
  const auto target = static_cast<std::ptrdiff_t>(done_) + by;
  moveTo(static_cast<std::size_t>(std::max<std::ptrdiff_t>(target, 0)));
}

void Scrubber::toLast() { moveTo(steps()); }

void Scrubber::jumpBy(int direction) {
  const int which = loops_->currentIndex();
  if (!traces_ || which < 0)
    return;
  const std::vector<std::uint32_t>& begins = traces_->current.loops[static_cast<std::size_t>(which)].begins;
  if (direction > 0) {
    const auto next = std::ranges::upper_bound(begins, done_);
    return moveTo(next == begins.end() ? steps() : *next);
  }
  const auto next = std::ranges::lower_bound(begins, done_);
  moveTo(next == begins.begin() ? 0 : *(next - 1));
}

void Scrubber::togglePlaying() {
  if (isPlaying())
    return stop();
  if (!traces_ || steps() == 0)
    return;
  if (done_ == steps())
    toFirst();
  due_ = 0;
  clock_.start();
  ticks_.start();
  drawIcons();
}

void Scrubber::stop() {
  ticks_.stop();
  drawIcons();
}

/// As many steps as the time that has passed asks for: a slow frame does not slow the run down.
void Scrubber::tick() {
  due_ += static_cast<double>(clock_.restart()) / 1000 * stepsPerSecond(speed_->value());
  const double whole = std::floor(due_);
  due_ -= whole;
  if (whole > 0)
    stepBy(static_cast<int>(whole));
  if (done_ == steps())
    stop();
}

void Scrubber::describe() {
  current_->setText(traces_ ? tr("New: %1").arg(momentText(traces_->current, done_)) : tr("Nothing to walk through"));
  original_->setText(traces_ ? tr("Original: %1").arg(momentText(traces_->original, originalDone())) : QString());
  current_->setToolTip(current_->text());
  original_->setToolTip(original_->text());
}

bool Scrubber::takeKey(int key, Qt::KeyboardModifiers modifiers) {
  const int direction = key == Qt::Key_Left || key == Qt::Key_Down ? -1 : key == Qt::Key_Right || key == Qt::Key_Up ? 1 : 0;
  if (direction != 0)
    (modifiers & Qt::ControlModifier) ? jumpBy(direction) : stepBy(direction);
  else if (key == Qt::Key_Space)
    togglePlaying();
  else if (key == Qt::Key_Home)
    toFirst();
  else if (key == Qt::Key_End)
    toLast();
  else
    return false;
  return true;
}

bool Scrubber::eventFilter(QObject* watched, QEvent* event) {
  if (watched == slider_ && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (!(key->modifiers() & Qt::AltModifier) && takeKey(key->key(), key->modifiers()))
      return true;
  }
  return QWidget::eventFilter(watched, event);
}

} // namespace polyloom
