// The history and the session's file in the window, with the real helper and the real engine.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/parameter_bar.h"
#include "app/window/settings.h"
#include "tests/app/controller_fixture.h"
#include "views/space_plot.h"
#include "views/sweep_view.h"

#include <QAction>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

using test::kJacobi;
using test::kPatience;

/// A window with its controller: what one run of the program is.
struct Launch {
  explicit Launch(const QTemporaryDir& folder)
      : settings(folder.filePath(QStringLiteral("settings.ini"))), window(settings, makeStepForms()),
        controller(window, settings, folder.filePath(QStringLiteral("unsaved")), QStringLiteral(POLYLOOM_WORKER)),
        settled(&controller, &Controller::settled) {
    window.show();
  }
  void open(const QString& path) {
    const auto before = settled.count();
    controller.openFile(path);
    wait(before);
  }
  void wait(qsizetype before) {
    ASSERT_TRUE(QTest::qWaitFor([&] { return settled.count() > before && !controller.engine().isBusy(); }, kPatience))
        << qUtf8Printable(window.messages()->text());
  }
  template <typename Gesture> void after(Gesture gesture) {
    const auto before = settled.count();
    gesture();
    wait(before);
  }
  void step(const QString& line) {
    after([&] { Q_EMIT window.form()->stepRequested(line); });
  }
  const HistoryTree& tree() { return controller.session().history(); }
  const HistoryRow& row(int id) {
    return *window.history()->historyModel()->row(window.history()->historyModel()->indexOf(id));
  }
  void answer() { window.messages()->findChild<QPushButton*>(QStringLiteral("messageAction"))->click(); }

  Settings settings;
  MainWindow window;
  Controller controller;
  QSignalSpy settled;
};

class ControllerSessionTest : public ::testing::Test {
protected:
  QString write(const QString& name, const QByteArray& text) { return test::writeIn(folder_, name, text); }

  QTemporaryDir folder_;
};

TEST_F(ControllerSessionTest, TheHistoryIsATreeOfWhatWasTried) {
  Launch run(folder_);
  run.open(write(QStringLiteral("jacobi.c"), kJacobi));
  run.step(QStringLiteral("fuse i j"));
  EXPECT_EQ(run.row(1).verdict, HistoryVerdict::Illegal);
  run.after([&] { Q_EMIT run.window.history()->showRequested(0); });
  run.step(QStringLiteral("shift S1 j by 1"));
  run.step(QStringLiteral("fuse i j"));
  ASSERT_EQ(run.tree().nodes().size(), 4U);
  EXPECT_EQ(run.row(3).verdict, HistoryVerdict::Legal);
  EXPECT_EQ(run.row(1).verdict, HistoryVerdict::Illegal) << "the first try is still there";
  run.after([&] { Q_EMIT run.window.history()->editRequested(2, QStringLiteral("shift S1 j by 2")); });
  EXPECT_EQ(run.controller.session().recipe(), QStringLiteral("shift S1 j by 2\nfuse i j"));
  EXPECT_EQ(run.window.schedule()->verdict.kind, VerdictInfo::Kind::Legal);
  run.after([&] { Q_EMIT run.window.history()->editRequested(4, QStringLiteral("interchange t i")); });
  EXPECT_TRUE(run.tree().contains(5));
  EXPECT_EQ(run.tree().recipe(run.tree().current()), QStringLiteral("interchange t i\nfuse i j")) << "nothing is lost";
}

TEST_F(ControllerSessionTest, TheFirstStepThatNoLongerAppliesIsMarked) {
  Launch run(folder_);
  run.open(write(QStringLiteral("jacobi.c"), kJacobi));
  run.after([&] { run.controller.session().change(QStringLiteral("tile i by 4\nparallel it\nreverse t"), QStringLiteral("x")); });
  run.after([&] { Q_EMIT run.window.history()->editRequested(1, QStringLiteral("tile i by 4 as io")); });
  const std::vector<int> path = run.tree().path(run.tree().current());
  ASSERT_EQ(path.size(), 3U);
  EXPECT_EQ(run.row(path[0]).verdict, HistoryVerdict::Legal);
  EXPECT_EQ(run.row(path[1]).verdict, HistoryVerdict::Refused);
  EXPECT_FALSE(run.row(path[1]).message.isEmpty());
  EXPECT_EQ(run.row(path[2]).verdict, HistoryVerdict::NotSeen);
  EXPECT_TRUE(run.window.messages()->text().startsWith(QStringLiteral("“parallel it” no longer applies")))
      << qUtf8Printable(run.window.messages()->text());
  run.after([&] { run.window.actions().undo->trigger(); });
  EXPECT_EQ(run.window.schedule()->steps.size(), 3U);
}

TEST_F(ControllerSessionTest, AnEditThatCannotBeReadLeavesNoTrace) {
  Launch run(folder_);
  run.open(write(QStringLiteral("jacobi.c"), kJacobi));
  run.step(QStringLiteral("reverse t"));
  run.after([&] { Q_EMIT run.window.history()->editRequested(1, QStringLiteral("twist t")); });
  EXPECT_EQ(run.controller.session().recipe(), QStringLiteral("reverse t"));
  EXPECT_EQ(run.tree().nodes().size(), 2U);
  EXPECT_TRUE(run.window.messages()->text().contains(QStringLiteral("“twist t” was refused")));
}

TEST_F(ControllerSessionTest, EqualOrdersAreMarked) {
  Launch run(folder_);
  run.open(write(QStringLiteral("jacobi.c"), kJacobi));
  run.step(QStringLiteral("reverse i"));
  run.step(QStringLiteral("reverse i"));
  EXPECT_EQ(run.row(2).twin, QStringLiteral("original"));
  EXPECT_TRUE(run.row(1).twin.isEmpty());
}

TEST_F(ControllerSessionTest, ASavedSessionBringsEverythingBack) {
  const QString program = write(QStringLiteral("jacobi.c"), kJacobi), path = folder_.filePath(QStringLiteral("s.polyloom.json"));
  {
    Launch run(folder_);
    run.open(program);
    run.step(QStringLiteral("fuse i j"));
    run.after([&] { Q_EMIT run.window.history()->showRequested(0); });
    run.step(QStringLiteral("shift S1 j by 1"));
    Q_EMIT run.window.history()->renameRequested(2, QStringLiteral("mine"));
    run.window.parameters()->setMeasureValue("N", 321);
    run.window.sweep()->restore(SweepData::of({{.place = {0, "offset", 0}, .open = "shift S1 j by ?"}}, {{{0, "offset", 0}, {1, 2, 3}}}));
    ASSERT_EQ(run.controller.saveSession(path), QString());
  }
  Launch run(folder_);
  run.open(path);
  EXPECT_EQ(run.window.sweep()->sweep().points.size(), 3U);
  EXPECT_EQ(run.window.program()->function, "jacobi");
  EXPECT_EQ(run.controller.session().recipe(), QStringLiteral("shift S1 j by 1"));
  EXPECT_EQ(run.row(1).verdict, HistoryVerdict::Illegal);
  EXPECT_EQ(run.row(2).name, QStringLiteral("mine"));
  EXPECT_EQ(run.window.parameters()->measureValues().at("N"), 321);
  EXPECT_TRUE(run.window.messages()->text().isEmpty()) << qUtf8Printable(run.window.messages()->text());
}

TEST_F(ControllerSessionTest, AChangedFileIsSaidAndBothTextsCanBeHad) {
  const QString program = write(QStringLiteral("jacobi.c"), kJacobi), path = folder_.filePath(QStringLiteral("s.polyloom.json"));
  {
    Launch run(folder_);
    run.open(program);
    run.step(QStringLiteral("reverse t"));
    ASSERT_EQ(run.controller.saveSession(path), QString());
  }
  write(QStringLiteral("jacobi.c"), QByteArray(kJacobi).replace("/ 3", "/ 4"));
  Launch run(folder_);
  run.open(path);
  EXPECT_NE(run.window.program()->source.find("/ 3"), std::string::npos);
  EXPECT_EQ(run.controller.session().path(), program);
  EXPECT_TRUE(run.window.messages()->text().startsWith(QLatin1String("jacobi.c has changed since the session was saved")));
  run.after([&] { run.answer(); });
  EXPECT_NE(run.window.program()->source.find("/ 4"), std::string::npos);
  EXPECT_EQ(run.controller.session().recipe(), QStringLiteral("reverse t"));
  ASSERT_TRUE(QFile::remove(program));
  run.open(path);
  EXPECT_NE(run.window.program()->source.find("/ 3"), std::string::npos);
  EXPECT_TRUE(run.window.messages()->text().startsWith(QLatin1String("jacobi.c is no longer where it was")));
}

TEST_F(ControllerSessionTest, AfterAKillTheNextRunOffersTheSession) {
  const QString program = write(QStringLiteral("jacobi.c"), kJacobi);
  {
    Launch run(folder_); // ends without being closed
    run.open(program);
    run.step(QStringLiteral("reverse t"));
    run.step(QStringLiteral("reverse i"));
    QTest::qWait(Autosave::kDelayMilliseconds * 2);
  }
  {
    Launch run(folder_);
    run.controller.offerLastSession();
    EXPECT_EQ(run.window.messages()->text(),
              QStringLiteral("The last session ended without being closed: jacobi.c, with 2 schedules."));
    run.after([&] { run.answer(); });
    EXPECT_EQ(run.controller.session().recipe(), QStringLiteral("reverse t\nreverse i"));
    run.window.close();
  }
  {
    Launch run(folder_);
    run.controller.offerLastSession();
    EXPECT_TRUE(run.window.messages()->text().isEmpty()) << "it was closed this time";
    run.open(program);
    EXPECT_EQ(run.window.messages()->text(), QStringLiteral("A session on this file is left from last time, with 2 schedules."));
    run.step(QStringLiteral("fuse i j"));
    QTest::qWait(Autosave::kDelayMilliseconds * 2);
  }
  Launch later(folder_);
  later.open(program);
  EXPECT_EQ(later.window.messages()->text(), QStringLiteral("A session on this file is left from last time, with 3 schedules."))
      << "an offer that was not answered is made again, with what has come since";
}

TEST_F(ControllerSessionTest, AnyScheduleStandsBesideTheShownOne) {
  Launch run(folder_);
  run.open(write(QStringLiteral("jacobi.c"), kJacobi));
  run.step(QStringLiteral("fuse i j"));
  run.after([&] { Q_EMIT run.window.history()->showRequested(0); });
  run.step(QStringLiteral("shift S1 j by 1"));
  run.step(QStringLiteral("fuse i j"));
  const SpacePlot* left = run.window.space()->plot(SpaceOrder::Original);
  Q_EMIT run.window.history()->compareRequested(1);
  ASSERT_TRUE(QTest::qWaitFor([&] { return left->scene().schedule != run.window.schedule(); }, kPatience));
  EXPECT_EQ(left->scene().schedule->recipe, "fuse i j\n");
  const ComparisonModel& model = *run.window.comparison()->comparisonModel();
  EXPECT_EQ(model.headerData(ComparisonModel::AColumn, Qt::Horizontal).toString(), QStringLiteral("A: fuse i j"));
  const ComparisonRow verdict = model.row(1);
  EXPECT_TRUE(verdict.a.startsWith(QLatin1String("illegal")) && verdict.b.startsWith(QLatin1String("legal")));
  EXPECT_TRUE(run.row(1).isCompared);
  const auto figure = [&](const char* name) {
    for (int row = 0; row < model.rowCount(); ++row)
      if (model.row(row).what == QLatin1String(name))
        return model.row(row);
    return ComparisonRow{};
  };
  ASSERT_TRUE(QTest::qWaitFor([&] { return !figure("L1 misses").a.isEmpty(); }, kPatience));
  EXPECT_FALSE(figure("L1 misses").b.isEmpty());
  EXPECT_FALSE(figure("A: L1 misses").a.isEmpty());
  EXPECT_FALSE(figure("loop t: lines an iteration touches").b.isEmpty());
  run.after([&] { run.window.actions().undo->trigger(); });
  EXPECT_EQ(model.headerData(ComparisonModel::BColumn, Qt::Horizontal).toString(), QStringLiteral("B: shift S1 j by 1"));
  run.window.actions().endComparison->trigger();
  EXPECT_EQ(left->scene().schedule, run.window.schedule());
  EXPECT_EQ(model.rowCount(), 0);
  EXPECT_FALSE(run.window.actions().endComparison->isEnabled());
}

TEST_F(ControllerSessionTest, WhatIsNoSessionIsRefusedWithASentence) {
  Launch run(folder_);
  const QSignalSpy failures(&run.controller, &Controller::openFailed);
  run.controller.openFile(write(QStringLiteral("package.json"), "{\"name\": 1}"));
  EXPECT_EQ(run.window.messages()->text(), QStringLiteral("package.json: this is JSON, but no session of Polyloom"));
  run.controller.openFile(write(QStringLiteral("cut.polyloom.json"), "{\"polyloom-session\": 1, \"prog"));
  EXPECT_TRUE(run.window.messages()->text().startsWith(QLatin1String("cut.polyloom.json: the session is not whole")));
  EXPECT_EQ(failures.count(), 2);
}

} // namespace
} // namespace polyloom
