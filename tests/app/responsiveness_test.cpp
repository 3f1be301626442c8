// No action blocks the event loop for longer than a person notices: all of them, on four programs, with the real helpers.
#include "app/window/execution_panels.h"
#include "app/window/layouts.h"
#include "app/window/parameter_bar.h"
#include "app/window/shell.h"
#include "app/window/shortcuts.h"
#include "tests/app/windows_fixture.h"
#include "tests/support/loop_watch.h"
#include "views/space_plot.h"

#include <QMouseEvent>
#include <QSpinBox>
#include <QTest>
#include <QTextDocument>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace polyloom {
namespace {

using test::asksForFile;
using test::closeWhatPopsUp;
using test::LoopWatch;
using test::runUntil;

constexpr double kMostMilliseconds = 50;
/// What is allowed where the machine is anyone's: another program's load lengthens even a thread's CPU time, by its share
/// of the caches and the cores. A handler that waits for a helper or computes a verdict takes longer than this by far.
constexpr double kMostOnAnyMachine = 6 * kMostMilliseconds;
constexpr int kPatience = 60000;
constexpr int kSettle = 120;     ///< milliseconds in which timers that an action starts have fired
constexpr int kLongWork = 2000;  ///< milliseconds after which what an action has started is canceled
constexpr int kMeasured = 24;    ///< what parameters are set to: measuring is quick
constexpr std::size_t kShown = 15;
#if defined(__SANITIZE_ADDRESS__)
constexpr double kSlowdown = 12; // the sanitizers' checks
#else
constexpr double kSlowdown = 1;
#endif

/// How much longer than on a machine that does nothing else this one takes for the same work, which caches and cores that
/// are shared with others slow down: laying out a text, as the window does all the time.
double slowdown() {
  constexpr double kAlone = 0.65; ///< milliseconds, on a machine of 2 GHz and more
  constexpr double kMost = 2.5;
  timespec begin{}, end{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
  QTextDocument text;
  text.setPlainText(QStringLiteral("for (int i = 0; i < N; i++) A[i] = B[i - 1] + B[i + 1];\n").repeated(60));
  const double height = text.size().height();
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
  EXPECT_GT(height, 0);
  const double took = static_cast<double>(end.tv_sec - begin.tv_sec) * 1e3 + static_cast<double>(end.tv_nsec - begin.tv_nsec) / 1e6;
  return std::clamp(took / kAlone, 1.0, kMost);
}

class Responsiveness : public test::WindowsFixture, public ::testing::WithParamInterface<const char*> {
protected:
  struct Stay {
    std::string action;
    double milliseconds = 0;
    double slowdown = 1; ///< of the machine, at that time
  };

  /// Does it inside the event loop, as a click would, and waits until nothing more comes of it.
  void watch(const QString& name, const std::function<void()>& act) {
    const double before = slowdown();
    watch_.start();
    QTimer::singleShot(0, qApp, act);
    if (!settle(kLongWork))
      cancelWork();
    const double longest = watch_.longest();
    stays_.push_back({name.toStdString(), longest, std::max(before, slowdown())});
    closeWhatPopsUp();
    while (windows_.count() > 1) {
      windows_.window(windows_.count() - 1).close();
      const std::size_t open = windows_.count();
      ASSERT_TRUE(runUntil([&] { return windows_.count() < open; }, kPatience));
    }
  }
  bool settle(int patience) {
    QElapsedTimer quiet;
    quiet.start();
    return runUntil([&] {
      if (!isIdle(*controller_))
        quiet.restart();
      return quiet.elapsed() >= kSettle;
    }, patience);
  }
  void cancelWork() {
    watch(QStringLiteral("cancel"), [this] { window().actions().cancel->trigger(); });
  }
  Responsiveness() {
    slowdown(); // fonts are loaded once
    settings_.setModel({{}, QStringLiteral(POLYLOOM_FAKE_MODEL " slow")}); // which nobody may wait for
  }
  MainWindow& window() { return windows_.window(0); }
  QString file(const char* ending) const { return path(QLatin1String(GetParam()) + QLatin1String(ending)); }
  void openProgram() {
    controller_ = &windows_.open();
    window().resize(1400, 860);
    settle(kPatience);
    watch(QStringLiteral("(open the file)"), [this] { controller_->openFile(file(".c"), QString()); });
    ASSERT_TRUE(runUntil([&] { return window().schedule() != nullptr && isIdle(*controller_); }, kPatience))
        << qUtf8Printable(window().messages()->text());
    for (const auto& [name, value] : window().parameters()->measureValues())
      window().parameters()->setMeasureValue(name, kMeasured);
  }
  void applyRecipe() {
    QFile recipe(file(".recipe"));
    ASSERT_TRUE(recipe.open(QIODevice::ReadOnly));
    int lines = 0;
    for (const QString& line : QString::fromUtf8(recipe.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts))
      if (!line.startsWith(QLatin1Char('#')) && !line.startsWith(QLatin1String("polyloom-recipe"))) {
        watch(QStringLiteral("(%1)").arg(line), [&] { Q_EMIT window().form()->stepRequested(line); });
        ++lines;
      }
    EXPECT_EQ(static_cast<int>(window().schedule()->steps.size()), lines) << qUtf8Printable(window().messages()->text());
  }
  /// What is no action: values, the pointer, the history.
  void useTheViews() {
    const auto spins = window().parameters()->findChildren<QSpinBox*>();
    for (QSpinBox* spin : spins)
      if (spin->objectName().startsWith(QLatin1String("view_")))
        watch(QStringLiteral("(draw another value)"), [spin] { spin->setValue(spin->value() + 1); });
    SpacePlot* plot = window().space()->plot(SpaceOrder::New);
    watch(QStringLiteral("(zoom and pan the plot)"), [plot] {
      plot->zoomBy(1.3, plot->rect().center());
      plot->panBy({12, 7});
    });
    watch(QStringLiteral("(drag in the plot)"), [plot] {
      const QPoint from = plot->rect().center();
      QTest::mousePress(plot, Qt::LeftButton, {}, from);
      QTest::mouseMove(plot, from + QPoint(40, 10));
      QTest::mouseRelease(plot, Qt::LeftButton, {}, from + QPoint(40, 10));
    });
    watch(QStringLiteral("(show the first schedule)"), [this] {
      Q_EMIT window().history()->showRequested(window().history()->historyModel()->rows().front().id);
    });
    watch(QStringLiteral("(undo that)"), [this] { window().actions().undo->trigger(); });
    window().mathematics()->parentWidget()->parentWidget()->raise(); // its dock
    for (const auto tab : {MathematicsView::Tab::Statements, MathematicsView::Tab::Dependences, MathematicsView::Tab::Schedule})
      watch(QStringLiteral("(a tab of the mathematics)"), [this, tab] { window().mathematics()->showTab(tab); });
    watch(QStringLiteral("(resize the window)"), [this] { window().resize(2000, 1200); });
    window().resize(1400, 860);
  }
  /// A schedule of the history that is not the one shown: what most of the history's commands need.
  void chooseAnother() {
    HistoryView* history = window().history();
    if (history->historyModel()->rows().size() < 3)
      watch(QStringLiteral("(another schedule)"), [this] {
        Q_EMIT window().form()->stepRequested(QStringLiteral("reverse ") +
                                             QString::fromStdString(window().schedule()->space.clouds[0].timeLoops[0]));
      });
    for (const HistoryRow& row : history->historyModel()->rows())
      if (row.id != history->historyModel()->current())
        history->setCurrentIndex(history->historyModel()->indexOf(row.id));
  }
  /// Every action that can be chosen now and has not been yet.
  void triggerAll() {
    for (QAction* action : window().shell().shortcuts().actions()) {
      const QString name = action->objectName();
      if (asksForFile(*action) || name == QLatin1String("closeWindow"))
        continue;
      if (name.startsWith(QLatin1String("history")))
        chooseAnother();
      const bool isFirst = seen_.emplace(name.toStdString(), false).second;
      if (!action->isEnabled() || (!isFirst && seen_[name.toStdString()]))
        continue;
      seen_[name.toStdString()] = true;
      const int turns = action->isCheckable() ? 2 : 1;
      for (int turn = 0; turn < turns; ++turn)
        watch(name, [action = QPointer(action)] {
          if (action)
            action->trigger();
        });
    }
  }
  void report() {
    std::ranges::sort(stays_, std::ranges::greater{}, &Stay::milliseconds);
    std::printf("%-12s %zu actions; the longest stays away from the event loop:\n", GetParam(), stays_.size());
    for (std::size_t k = 0; k < std::min(kShown, stays_.size()); ++k)
      std::printf("  %7.1f ms  (machine slower by %.1f)  %s\n", stays_[k].milliseconds, stays_[k].slowdown, stays_[k].action.c_str());
    for (const Stay& stay : stays_) {
      const double strict = kMostMilliseconds * stay.slowdown;
      const double most = qEnvironmentVariableIsSet("POLYLOOM_STRICT_TIMES") ? strict : kMostOnAnyMachine;
      EXPECT_LE(stay.milliseconds, most * kSlowdown) << stay.action;
    }
    seen_.erase("cancel"); // enabled while something runs, and no action has to take long
    std::string never;
    for (const auto& [name, done] : seen_)
      never += done ? "" : name + " ";
    EXPECT_TRUE(never.empty()) << "never enabled: " << never;
  }

  LoopWatch watch_;
  Controller* controller_ = nullptr;
  std::vector<Stay> stays_;
  std::map<std::string, bool> seen_; ///< whether the action was ever enabled
};

TEST_P(Responsiveness, NoActionBlocksTheEventLoop) {
  openProgram();
  applyRecipe();
  useTheViews();
  triggerAll();
  // What was not possible before may be by now: there is something to take back, to make again, to compare.
  window().actions().undo->trigger();
  ASSERT_TRUE(settle(kPatience));
  triggerAll();
  window().actions().measure->trigger();
  triggerAll(); // while something is measured
  window().actions().present->trigger();
  triggerAll();
  report();
}

INSTANTIATE_TEST_SUITE_P(Programs, Responsiveness, ::testing::Values("jacobi-1d", "gemm", "lu", "conv-relu"),
                         [](const auto& program) {
                           std::string name = program.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(LoopWatch, SeesAHandlerThatComputesOrSleepsAndNotAnIdleLoop) {
  LoopWatch watch;
  const auto longestOf = [&](const std::function<void()>& act) {
    watch.start();
    QTimer::singleShot(0, qApp, act);
    runUntil([] { return false; }, 300);
    return watch.longest();
  };
  EXPECT_LT(longestOf([] {}), 80);
  EXPECT_GT(longestOf([] { QThread::msleep(250); }), 100); // the second thread may be late, on a machine with much to do
  EXPECT_GT(longestOf([] {
    timespec begin{}, now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
    do
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    while ((now.tv_sec - begin.tv_sec) * 1000000000 + now.tv_nsec - begin.tv_nsec < 100000000);
  }), 100);
}

} // namespace
} // namespace polyloom
