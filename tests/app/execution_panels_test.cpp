// Walking through a program's execution in the window, with the real helper and the real engine.
#include "app/window/controller.h"
#include "app/window/execution_panels.h"
#include "app/window/main_window.h"
#include "app/window/settings.h"
#include "tests/app/controller_fixture.h"
#include "views/memory_statistics.h"
#include "views/progress_overlay.h"
#include "views/space_plot.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

using test::kPatience;

const char* const kFill = R"(void fill(int N, double A[N][N]) {
#pragma scop
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++)
      A[i][j] = A[i][j] + 1;
#pragma endscop
}
)";

class ExecutionPanelsTest : public test::ControllerFixture {
protected:
  ExecutionPanelsTest() : traced_(&controller_.engine(), &Engine::tracesReady) {
    window_.resize(1400, 860);
    window_.resetLayout();
  }
  void open() { openFile(write(QStringLiteral("fill.c"), kFill)); }
  /// Waits until so many runs have come.
  void waitForTraces(int count) {
    ASSERT_TRUE(QTest::qWaitFor([&] { return traced_.count() >= count; }, kPatience));
  }
  const ExecutionPanels& panels() const { return *window_.execution(); }

  QSignalSpy traced_;
};

TEST_F(ExecutionPanelsTest, TracesAreMadeWhenSomebodyLooks) {
  open();
  QTest::qWait(100);
  EXPECT_EQ(traced_.count(), 0);
  window_.actions().showExecution->trigger();
  waitForTraces(1);
  EXPECT_TRUE(panels().memory()->isVisible());
  EXPECT_TRUE(panels().scrubber()->isVisible());
  const std::size_t points = window_.schedule()->space.clouds.at(0).count;
  EXPECT_EQ(panels().scrubber()->done(), points);
  // Two loops, both of them there to jump by.
  EXPECT_EQ(panels().scrubber()->findChild<QComboBox*>(QStringLiteral("jumpLoop"))->count(), 2);
}

TEST_F(ExecutionPanelsTest, ActionsMoveTheMemoryAndBothPlots) {
  open();
  window_.showExecution();
  waitForTraces(1);
  const Actions& actions = window_.actions();
  actions.firstStep->trigger();
  actions.stepForward->trigger();
  actions.stepForward->trigger();
  actions.stepBack->trigger();
  EXPECT_EQ(panels().scrubber()->done(), 1U);
  EXPECT_EQ(panels().memory()->cursor(MemoryView::Shown::New).done(), 1U);
  EXPECT_EQ(panels().memory()->cursor(MemoryView::Shown::Original).done(), 1U);
  for (const SpaceOrder order : {SpaceOrder::Original, SpaceOrder::New})
    EXPECT_EQ(window_.space()->plot(order)->findChild<ProgressOverlay*>()->ring(),
              window_.space()->plot(order)->positionOf({0, 0}));
  actions.nextIteration->trigger(); // of i, the first loop
  const auto row = panels().traces()->current.loops.at(0).begins.at(1);
  EXPECT_EQ(panels().scrubber()->done(), row);
  actions.previousIteration->trigger();
  EXPECT_EQ(panels().scrubber()->done(), 0U);
  actions.lastStep->trigger();
  EXPECT_EQ(window_.space()->plot(SpaceOrder::New)->findChild<ProgressOverlay*>()->ring(), std::nullopt);
}

TEST_F(ExecutionPanelsTest, AStepMakesANewRunBesideTheOriginals) {
  open();
  window_.showExecution();
  waitForTraces(1);
  Q_EMIT window_.form()->stepRequested(QStringLiteral("interchange i j"));
  waitForTraces(2);
  const ExecutionTraces& traces = *panels().traces();
  EXPECT_EQ(stepName(traces.original, 1), "S0(0, 1)");
  EXPECT_EQ(stepName(traces.current, 1), "S0(1, 0)");
  EXPECT_GT(traces.current.arrays.at(0).reuse.most, traces.original.arrays.at(0).reuse.most);
  panels().scrubber()->moveTo(2);
  const auto positionIn = [&](SpaceOrder order) {
    return window_.space()->plot(order)->findChild<ProgressOverlay*>()->ring();
  };
  const TraceStep& original = traces.original.steps[1];
  EXPECT_EQ(positionIn(SpaceOrder::Original),
            window_.space()->plot(SpaceOrder::Original)->positionOf({original.cloud, original.index}));
}

TEST_F(ExecutionPanelsTest, OtherCachesKeepTheMoment) {
  open();
  window_.showExecution();
  waitForTraces(1);
  panels().scrubber()->moveTo(5);
  auto* caches = panels().memory()->controls()->findChild<QComboBox*>(QStringLiteral("memoryCaches"));
  caches->setCurrentIndex(3);
  Q_EMIT caches->activated(3);
  waitForTraces(2);
  EXPECT_EQ(panels().traces()->current.caches().levels.size(), 2U);
  EXPECT_EQ(panels().scrubber()->done(), 5U);
  EXPECT_EQ(panels().memory()->cursor(MemoryView::Shown::New).done(), 5U);
  EXPECT_TRUE(panels().memory()->statistics()->plainText().contains(QStringLiteral("L2")));
}

TEST_F(ExecutionPanelsTest, ResetLayoutPutsBothBesideTheMeasurement) {
  window_.showExecution();
  window_.resetLayout();
  auto* measurement = window_.findChild<QDockWidget*>(QStringLiteral("measurementDock"));
  QStringList beside;
  for (const QDockWidget* dock : window_.tabifiedDockWidgets(measurement))
    beside << dock->objectName();
  EXPECT_TRUE(beside.contains(QStringLiteral("memoryDock")));
  EXPECT_TRUE(beside.contains(QStringLiteral("executionDock")));
}

} // namespace
} // namespace polyloom
