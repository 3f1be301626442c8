#include "tests/app/random_session.h"

#include "app/window/layouts.h"
#include "app/window/panel_exports.h"
#include "app/window/parameter_bar.h"
#include "app/window/shell.h"
#include "app/window/shortcuts.h"
#include "tests/app/windows_fixture.h"

#include <QComboBox>
#include <QContextMenuEvent>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cstdio>

namespace polyloom::test {

namespace {

constexpr std::size_t kRemembered = 12;
constexpr int kMostMoment = 40; ///< milliseconds between two actions
constexpr int kPatience = 60000;
constexpr std::size_t kMostWindows = 3;

const char* const kLines[] = {
    "interchange %1 %2", "tile %1 %2 by 4 4",     "reverse %1",         "shift %3 %1 by 2", "skew %1 by 1 %2",
    "fuse %1 %2",        "distribute %1 after %3", "parallel %1",        "vectorize %1 by 4", "unroll %1 by 2",
    "strip-mine %1 by 3", "unroll-and-jam %1 by 2", "tile %1 by 0",       "nonsense %1",       "interchange %1 %1",
};

} // namespace

const std::vector<RandomSession::Habit>& RandomSession::habits() {
  static const std::vector<Habit> kHabits = {
      {26, "trigger", &RandomSession::trigger},       {24, "mouse", &RandomSession::useTheMouse},
      {16, "type", &RandomSession::typeALine},        {4, "palette", &RandomSession::typeACommand},
      {6, "history", &RandomSession::chooseInHistory}, {8, "value", &RandomSession::changeAValue},
      {6, "open", &RandomSession::openAFile},         {2, "change the file", &RandomSession::changeTheFile},
      {4, "export", &RandomSession::exportAView},     {3, "resize", &RandomSession::resize},
      {3, "windows", &RandomSession::openOrClose},    {2, "save a layout", &RandomSession::saveALayout},
  };
  return kHabits;
}

RandomSession::RandomSession(Windows& windows, QStringList files, QString folder, std::uint32_t seed)
    : windows_(windows), files_(std::move(files)), folder_(std::move(folder)), random_(seed) {
  constexpr int kLookEvery = 30;
  windows_.open();
  QObject::connect(&closer_, &QTimer::timeout, &closer_, [this] { closePopups(); });
  closer_.start(kLookEvery);
}

void RandomSession::closePopups() {
  if (QWidget* modal = QApplication::activeModalWidget(); modal && !qobject_cast<QMenu*>(modal)) {
    ADD_FAILURE() << "a modal box: " << qUtf8Printable(modal->windowTitle()) << "\n" << story();
    modal->close();
  }
  closeWhatPopsUp();
}

void RandomSession::act() {
  if (windows_.count() == 0)
    windows_.open();
  shown_ = static_cast<std::size_t>(upTo(static_cast<int>(windows_.count()) - 1));
  int all = 0;
  for (const Habit& habit : habits())
    all += habit.weight;
  int left = upTo(all - 1);
  const Habit* chosen = habits().data();
  while (left >= chosen->weight)
    left -= (chosen++)->weight;
  ++done_;
  story_.push_back(std::to_string(done_) + ". window " + std::to_string(shown_) + ", " + chosen->name);
  if (story_.size() > kRemembered)
    story_.pop_front();
  (this->*chosen->act)();
  runUntil([] { return false; }, 1 + upTo(kMostMoment));
}

bool RandomSession::comeToRest() {
  for (std::size_t k = 0; k < windows_.count(); ++k) {
    QAction* cancel = windows_.window(k).actions().cancel;
    if (!runUntil([&] { return k >= windows_.count() || !cancel->isEnabled(); }, kPatience / 10))
      cancel->trigger();
    if (!runUntil([&] { return k >= windows_.count() || !cancel->isEnabled(); }, kPatience))
      return false;
  }
  return true;
}

std::string RandomSession::story() const {
  std::string text;
  for (const std::string& each : story_)
    text += each + "\n";
  return text;
}

void RandomSession::note(const QString& detail) {
  story_.back() += ": " + detail.toStdString();
  if (qEnvironmentVariableIsSet("POLYLOOM_SESSION_ACTIONS")) // a crash tells no story
    std::fprintf(stderr, "%s\n", story_.back().c_str());
}

void RandomSession::trigger() {
  QList<QAction*> possible;
  for (QAction* action : window().shell().shortcuts().actions())
    if (action->isEnabled() && !asksForFile(*action) && action->objectName() != QLatin1String("closeWindow"))
      possible << action;
  QAction* action = oneOf(possible);
  note(action->objectName());
  action->trigger();
}

QPoint RandomSession::placeIn(const QWidget& widget) { return {upTo(widget.width() - 1), upTo(widget.height() - 1)}; }

/// On what takes the mouse: pictures, texts, lists, tabs, sliders. Buttons stand for actions, which have their turn.
void RandomSession::useTheMouse() {
  QWidgetList possible;
  for (QWidget* widget : window().findChildren<QWidget*>()) {
    const bool isScrolled = widget->parent() && widget->objectName() == QLatin1String("qt_scrollarea_viewport");
    const char* const kinds[] = {"polyloom::SpacePlot", "polyloom::SpaceCube", "polyloom::SpaceMatrix", "polyloom::MemoryPlane",
                                 "QTabBar", "QAbstractSlider", "QHeaderView"};
    const bool isKind = std::ranges::any_of(kinds, [&](const char* kind) { return widget->inherits(kind); });
    if ((isScrolled || isKind) && widget->isEnabled() && !widget->visibleRegion().isEmpty() && !widget->window()->isHidden())
      possible << widget;
  }
  if (possible.isEmpty())
    return;
  QWidget* widget = oneOf(possible);
  const QPoint at = placeIn(*widget);
  const int what = upTo(7);
  note(QStringLiteral("%1 %2 in %3, %4").arg(what).arg(QLatin1String(widget->metaObject()->className()))
           .arg(widget->objectName(), widget->parentWidget()->objectName()));
  if (what <= 3) {
    drag(*widget);
  } else if (what == 4) {
    QTest::mouseClick(widget, Qt::LeftButton, {}, at);
  } else if (what == 5) {
    QTest::mouseDClick(widget, Qt::LeftButton, {}, at);
  } else if (what == 6) {
    QWheelEvent wheel(at, widget->mapToGlobal(QPointF(at)), {}, {0, upTo(1) ? 120 : -120}, {}, {}, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &wheel);
  } else {
    QContextMenuEvent menu(QContextMenuEvent::Mouse, at, widget->mapToGlobal(at));
    QCoreApplication::sendEvent(widget, &menu);
  }
}

void RandomSession::drag(QWidget& widget) {
  const Qt::KeyboardModifiers keys[] = {Qt::NoModifier, Qt::ShiftModifier, Qt::AltModifier, Qt::ControlModifier};
  const Qt::KeyboardModifiers held = keys[upTo(3)];
  const auto send = [&](QEvent::Type type, QPointF at) {
    const bool isMove = type == QEvent::MouseMove, isUp = type == QEvent::MouseButtonRelease;
    QMouseEvent event(type, at, widget.mapToGlobal(at), isMove ? Qt::NoButton : Qt::LeftButton,
                      isUp ? Qt::NoButton : Qt::LeftButton, held);
    QCoreApplication::sendEvent(&widget, &event);
  };
  QPointF at = placeIn(widget);
  send(QEvent::MouseButtonPress, at);
  for (int k = upTo(5); k >= 0; --k)
    send(QEvent::MouseMove, at += QPointF(upTo(60) - 30, upTo(60) - 30));
  send(QEvent::MouseButtonRelease, at);
}

QString RandomSession::name() {
  QStringList names;
  if (const auto schedule = window().schedule())
    for (const InstanceCloud& cloud : schedule->space.clouds)
      for (const std::string& loop : cloud.timeLoops)
        names << QString::fromStdString(loop);
  return names.isEmpty() ? QStringLiteral("i") : oneOf(names);
}

QString RandomSession::line() {
  return QString::fromLatin1(kLines[upTo(std::size(kLines) - 1)])
      .replace(QLatin1String("%1"), name())
      .replace(QLatin1String("%2"), name())
      .replace(QLatin1String("%3"), QStringLiteral("S%1").arg(upTo(2)));
}

void RandomSession::typeALine() {
  auto* edit = window().form()->findChild<QLineEdit*>(QStringLiteral("recipeLine"));
  const QString text = line();
  note(text);
  edit->setFocus();
  edit->clear();
  QTest::keyClicks(edit, text);
  QTest::keyClick(edit, Qt::Key_Return);
}

void RandomSession::typeACommand() {
  window().actions().commands->trigger();
  auto* edit = window().findChild<QLineEdit*>(QStringLiteral("commandLine"));
  ASSERT_NE(edit, nullptr);
  QTest::keyClicks(edit, line().left(1 + upTo(4)));
  QTest::keyClick(edit, Qt::Key_Down);
  QTest::keyClick(edit, Qt::Key_Escape);
}

void RandomSession::chooseInHistory() {
  HistoryView* history = window().history();
  const auto& rows = history->historyModel()->rows();
  if (rows.empty())
    return;
  const int id = oneOf(rows).id;
  note(QString::number(id));
  history->setCurrentIndex(history->historyModel()->indexOf(id));
  if (upTo(1))
    Q_EMIT history->showRequested(id);
}

void RandomSession::changeAValue() {
  constexpr int kMostDrawn = 20;
  QObjectList possible;
  for (QObject* each : window().parameters()->findChildren<QWidget*>())
    if (qobject_cast<QSpinBox*>(each) || qobject_cast<QDoubleSpinBox*>(each) || qobject_cast<QComboBox*>(each))
      possible << each;
  QObject* field = oneOf(possible);
  note(field->objectName());
  if (auto* spin = qobject_cast<QSpinBox*>(field))
    spin->setValue(upTo(kMostDrawn));
  else if (auto* real = qobject_cast<QDoubleSpinBox*>(field))
    real->setValue(upTo(kMostDrawn) / 4.0);
  else if (auto* box = qobject_cast<QComboBox*>(field); box->count() > 0) {
    box->setCurrentIndex(upTo(box->count() - 1));
    Q_EMIT box->activated(box->currentIndex());
  }
}

void RandomSession::openAFile() {
  const QString file = oneOf(files_);
  note(file.section(QLatin1Char('/'), -1));
  Q_EMIT window().fileRequested(file);
}

void RandomSession::changeTheFile() {
  QFile file(oneOf(files_));
  if (!file.exists() || !file.open(QIODevice::Append))
    return;
  note(file.fileName().section(QLatin1Char('/'), -1));
  file.write("/* again */\n");
}

void RandomSession::exportAView() {
  PanelExports& exports = window().shell().exports();
  const auto views = exports.views();
  const QString view = oneOf(views).name;
  const char* const endings[] = {".svg", ".pdf", ".png", ".tex", ".csv"};
  const QString path = folder_ + QStringLiteral("/out") + QLatin1String(endings[upTo(4)]);
  note(view + QLatin1Char(' ') + path.section(QLatin1Char('/'), -1));
  exports.save(view, path, 1 + upTo(1)); // what cannot be written says so, which is fine
}

void RandomSession::resize() {
  const QSize sizes[] = {{900, 600}, {1280, 800}, {1400, 860}, {1920, 1080}, {2560, 1440}};
  window().resize(sizes[upTo(4)]);
}

void RandomSession::openOrClose() {
  const bool closes = windows_.count() == kMostWindows || (windows_.count() > 1 && upTo(1));
  note(closes ? QStringLiteral("close") : QStringLiteral("open"));
  closes ? void(window().close()) : window().actions().newWindow->trigger();
}

void RandomSession::saveALayout() {
  Layouts& layouts = window().shell().layouts();
  layouts.save(QStringLiteral("own %1").arg(upTo(2)));
  if (const QStringList own = layouts.own(); upTo(1) && !own.isEmpty())
    layouts.remove(oneOf(own));
}

} // namespace polyloom::test
