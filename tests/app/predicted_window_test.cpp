// The whole window, fed with measured and predicted schedules: what fits where, and pictures to look at.
#include "app/window/history_rows.h"
#include "app/window/main_window.h"
#include "app/window/model_sheet.h"
#include "app/window/settings.h"
#include "tests/support/sample_snapshots.h"
#include "views/learning_plot.h"
#include "views/training_view.h"

#include <QAction>
#include <QDockWidget>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>

#include <gtest/gtest.h>

#include <cmath>

namespace polyloom {
namespace {

const QString kTiled = QStringLiteral("shift S1 j by 1\nfuse i j\nskew i by 2 t\ntile t i by 4 6");

Predictions predictions() {
  const auto said = [](double speedup, double low, double high) {
    return PredictionInfo{.speedup = speedup, .interval = {low, high}};
  };
  return {{"shift S1 j by 1", said(1.0, 0.94, 1.07)},
          {"shift S1 j by 1\nfuse i j", said(1.06, 0.91, 1.24)},
          {"shift S1 j by 1\nfuse i j\nskew i by 2 t", said(0.93, 0.78, 1.11)},
          {kTiled.toStdString(), said(3.87, 2.94, 5.08)},
          {kTiled.toStdString() + "\nparallel t", said(6.12, 4.03, 9.31)}};
}

class PredictedWindow : public ::testing::Test {
protected:
  PredictedWindow() : settings_(folder_.filePath(QStringLiteral("settings.ini"))), window_(settings_, samples::forms()) {
    window_.show();
    window_.setProgram(samples::program());
    window_.setSchedule(samples::schedule(4));
    window_.setSpace(samples::schedule(4));
    HistoryTree tree;
    for (const QString& recipe : {kTiled, kTiled + QStringLiteral("\nparallel t")})
      tree.moveTo(tree.grow(recipe.split(QLatin1Char('\n'))));
    std::vector<MeasurementInfo> measured = samples::measurements();
    measured.erase(measured.begin() + 4, measured.end());
    for (MeasurementInfo& info : measured)
      info.notes.clear(), info.warning.clear();
    auto rows = historyRows(tree, measured, predictions());
    for (HistoryRow& row : rows)
      row.verdict = HistoryVerdict::Legal;
    window_.setHistory(std::move(rows), tree.current());
    window_.setMeasurements(measured, {});
    window_.setPredictions(predictions(), tree.recipe(tree.current()), QStringLiteral("predicted by default.weights"));
  }
  void show(int width, int height, Theme::Kind theme) {
    window_.setThemeKind(theme);
    window_.resize(width, height);
    window_.resetLayout();
    window_.dockOf(window_.measurement())->raise();
    QTest::qWait(150);
    if (const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS"); !folder.isEmpty()) {
      EXPECT_TRUE(window_.grab().save(QStringLiteral("%1/predicted-%2-%3.png").arg(folder).arg(width).arg(Theme::nameOf(theme))));
    }
  }

  QTemporaryDir folder_;
  Settings settings_;
  MainWindow window_;
};

TEST_F(PredictedWindow, LeavesStepsTheirRoomInSmallAndLargeWindows) {
  const HistoryView& history = *window_.history();
  for (const auto& [width, height] : {std::pair(1280, 800), std::pair(1920, 1080)})
    for (const Theme::Kind theme : {Theme::Kind::Light, Theme::Kind::Dark}) {
      show(width, height, theme);
      EXPECT_GE(history.columnWidth(HistoryModel::StepColumn), history.viewport()->width() * 2 / 5) << width;
      int all = 0;
      for (const int column : {HistoryModel::StepColumn, HistoryModel::PredictedColumn, HistoryModel::MeasuredColumn})
        all += history.columnWidth(column);
      EXPECT_LE(all, history.viewport()->width()) << "nothing is cut";
    }
}

TEST_F(PredictedWindow, TheSheetForTheModelFitsIntoTheWindow) {
  show(1280, 800, Theme::Kind::Light);
  ModelSheet sheet(&window_);
  sheet.ask({QStringLiteral("/home/ada/models/zen4-two-threads.weights"), {}},
            QStringLiteral("The cost model zen4-two-threads.weights cannot be used: the weights are for other features."),
            *window_.findChild<QToolBar*>(QStringLiteral("toolBar")));
  QTest::qWait(50);
  EXPECT_LE(sheet.width(), window_.width());
  if (const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS"); !folder.isEmpty()) {
    EXPECT_TRUE(sheet.grab().save(folder + QStringLiteral("/model-sheet.png")));
  }
}

TEST_F(PredictedWindow, HasRoomForATrainingBesideTheMeasurement) {
  TrainingView& panel = *window_.training();
  for (const auto& [width, height] : {std::pair(1280, 800), std::pair(1920, 1080)})
    for (const Theme::Kind theme : {Theme::Kind::Light, Theme::Kind::Dark}) {
      show(width, height, theme);
      EXPECT_FALSE(panel.isVisible()) << "until it is asked for";
      window_.actions().train->trigger();
      panel.setWish({QStringLiteral("/home/me/kernels/labels.data.jsonl"), QStringLiteral("loop-tree"), QStringLiteral("/home/me/mine.weights"), 40, 2});
      panel.begin(true, 40);
      for (int member = 1; member <= 2; ++member)
        for (int epoch = 1; epoch <= (member == 1 ? 40 : 22); ++epoch) {
          const double error = 18 + 40 * std::exp(-epoch / 9.0) + (epoch % 3) * 0.7;
          panel.add({member, epoch, 0.9 * std::exp(-epoch / 12.0) - 0.3, error / 100, error, 1e-3, epoch % 3 != 2});
        }
      panel.setState(QStringLiteral("member 2 of 2, epoch 22 of 40, 3 min left"));
      QTest::qWait(150);
      if (const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS"); !folder.isEmpty()) {
        EXPECT_TRUE(window_.grab().save(QStringLiteral("%1/training-%2-%3.png").arg(folder).arg(width).arg(Theme::nameOf(theme))));
      }
      EXPECT_GE(panel.plot()->width(), 200) << width;
      for (const auto* button : panel.findChildren<QPushButton*>())
        if (button->isVisible()) {
          EXPECT_TRUE(panel.rect().contains(QRect(button->mapTo(&panel, QPoint(0, 0)), button->size()))) << qUtf8Printable(button->objectName()) << " at " << width;
        }
      EXPECT_GE(window_.measurement()->width(), 200) << "both can be seen";
    }
}

} // namespace
} // namespace polyloom
