// From a C file to the window, with the real helper and the real engine.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/parameter_bar.h"
#include "app/window/settings.h"
#include "tests/app/controller_fixture.h"
#include "views/space_plot.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

using test::kPatience;

/// Two regions.
const QByteArray kProgram = QByteArray(test::kJacobi) + R"(void scale(int N, double A[N]) {
#pragma scop
  for (int i = 0; i < N; i++)
    A[i] = 2 * A[i];
#pragma endscop
}
)";

class ControllerTest : public test::ControllerFixture {
protected:
  void open(const QString& recipe = {}) { openFile(write(QStringLiteral("jacobi.c"), kProgram), recipe); }
};

TEST_F(ControllerTest, OpensAFileAndShowsItsOriginalOrder) {
  open();
  ASSERT_NE(window_.program(), nullptr);
  EXPECT_EQ(window_.program()->statements.size(), 2U);
  EXPECT_EQ(window_.schedule()->verdict.kind, VerdictInfo::Kind::Legal);
  EXPECT_GT(window_.schedule()->space.clouds.at(0).count, 10U);
  EXPECT_EQ(settings_.recentFiles().size(), 1);
  EXPECT_EQ(window_.findChild<QComboBox*>(QStringLiteral("regions"))->count(), 2);
}

TEST_F(ControllerTest, OpensATextProgram) {
  controller_.openFile(write(QStringLiteral("scale.poly"), "polyloom-program 1 scale\nparameters N\narray A[N]\n"
                                                           "S0: { [i] : 0 <= i < N } is A[i] = 2 * A[i]\n"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() >= 1; }, kPatience)) << qUtf8Printable(window_.messages()->text());
  EXPECT_EQ(window_.program()->function, "scale");
  step(QStringLiteral("reverse i"));
  EXPECT_EQ(window_.schedule()->verdict.kind, VerdictInfo::Kind::Legal);
}

TEST_F(ControllerTest, OpensOpenScopAndSaysThatItHasNoValues) {
  open();
  QSignalSpy texts(&controller_.worker(), &WorkerClient::finished);
  controller_.worker().send({{QStringLiteral("job"), QStringLiteral("emit")},
                             {QStringLiteral("program"), controller_.session().program()},
                             {QStringLiteral("recipe"), QString()},
                             {QStringLiteral("as"), QStringLiteral("openscop")}});
  ASSERT_TRUE(texts.wait(kPatience));
  const QString text = texts[0][1].toJsonObject().value(QStringLiteral("text")).toString();
  const auto before = settled_.count();
  controller_.openFile(write(QStringLiteral("jacobi.scop"), text.toUtf8()));
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience)) << qUtf8Printable(window_.messages()->text());
  EXPECT_EQ(window_.windowTitle(), QStringLiteral("jacobi.scop — Polyloom"));
  EXPECT_EQ(window_.program()->statements.size(), 2U);
  window_.actions().measure->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !window_.messages()->text().isEmpty(); }, kPatience));
  EXPECT_TRUE(window_.messages()->text().contains(QLatin1String("open the C file"))) << qUtf8Printable(window_.messages()->text());
}

TEST_F(ControllerTest, FormsStartWithLinesThatFitTheProgram) {
  open();
  for (const auto& [kind, line] : {std::pair("skew", "skew i by 1 t"), std::pair("fuse", "fuse i j"),
                                   std::pair("interchange", "interchange t i"), std::pair("tile", "tile t by 32"),
                                   std::pair("reorder", "reorder S1 S0")}) {
    window_.form()->showStep(QLatin1String(kind));
    EXPECT_EQ(window_.form()->preview(), QLatin1String(line));
  }
}

TEST_F(ControllerTest, ARecipeForAnotherFunctionIsNotTaken) {
  const QString foreign = QStringLiteral("# mine\npolyloom-recipe 1 gemm\nreverse t\n");
  open(foreign);
  EXPECT_TRUE(controller_.session().recipe().isEmpty());
  EXPECT_EQ(window_.messages()->text(), QStringLiteral("this recipe is for gemm, the region is in jacobi"));
  window_.messages()->dismiss();
  controller_.openRecipe(write(QStringLiteral("gemm.recipe"), foreign.toUtf8()));
  EXPECT_TRUE(controller_.session().recipe().isEmpty());
  EXPECT_EQ(window_.messages()->text(), QStringLiteral("this recipe is for gemm, the region is in jacobi"));
}

TEST_F(ControllerTest, AnIllegalStepIsShownAndNotMeasured) {
  open();
  step(QStringLiteral("fuse i j"));
  EXPECT_EQ(window_.schedule()->verdict.kind, VerdictInfo::Kind::Illegal);
  EXPECT_EQ(controller_.session().lines().size(), 1);
  window_.actions().measure->trigger();
  EXPECT_TRUE(window_.messages()->text().startsWith(QLatin1String("An illegal order is not measured: S1[")))
      << qUtf8Printable(window_.messages()->text());
  EXPECT_FALSE(controller_.worker().isBusy());
}

TEST_F(ControllerTest, ARepairReplacesTheRecipeAsOneChange) {
  open();
  step(QStringLiteral("fuse i j"));
  const RepairList* repairs = window_.dependences()->verdict()->repairs();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !repairs->buttons().empty(); }, kPatience));
  const auto before = settled_.count();
  repairs->buttons().front()->click();
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience));
  EXPECT_EQ(controller_.session().recipe(), QStringLiteral("shift S1 j by 1\nfuse i j"));
  EXPECT_EQ(window_.schedule()->verdict.kind, VerdictInfo::Kind::Legal);
  EXPECT_TRUE(repairs->buttons().empty());
  EXPECT_EQ(controller_.session().undoStack()->undoText(), QStringLiteral("shift S1 j by 1 before fuse i j"));
  window_.actions().undo->trigger();
  EXPECT_EQ(controller_.session().recipe(), QStringLiteral("fuse i j"));
}

TEST_F(ControllerTest, TheFormShowsForWhichAmountsAShiftIsLegal) {
  open();
  window_.form()->showStep(QStringLiteral("shift"));
  const auto* range = window_.form()->findChild<QLabel*>(QStringLiteral("stepRange"));
  ASSERT_NE(range, nullptr);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !range->text().isEmpty(); }, kPatience));
  EXPECT_EQ(range->text(), QStringLiteral("legal: 0")); // S0 and S1 wait for each other along t
}

TEST_F(ControllerTest, StartsFromIslsSchedule) {
  open();
  const auto before = settled_.count();
  window_.actions().startFromIsl->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience));
  EXPECT_FALSE(controller_.session().recipe().isEmpty());
  EXPECT_EQ(window_.schedule()->verdict.kind, VerdictInfo::Kind::Legal);
  EXPECT_EQ(controller_.session().undoStack()->undoText(), QStringLiteral("start from isl's schedule"));
}

TEST_F(ControllerTest, ARefusedStepStaysOutOfTheHistory) {
  open();
  step(QStringLiteral("tile q by 4"));
  EXPECT_TRUE(controller_.session().recipe().isEmpty());
  EXPECT_TRUE(window_.messages()->text().contains(QLatin1String("was refused")))
      << qUtf8Printable(window_.messages()->text());
  step(QStringLiteral("no such step"));
  EXPECT_TRUE(controller_.session().recipe().isEmpty());
  EXPECT_TRUE(window_.messages()->text().contains(QLatin1String("was refused")))
      << qUtf8Printable(window_.messages()->text());
}

TEST_F(ControllerTest, UndoAndRedoGoThroughTheRecipes) {
  open();
  step(QStringLiteral("shift S1 j by 1"));
  step(QStringLiteral("fuse i j"));
  EXPECT_EQ(window_.schedule()->verdict.kind, VerdictInfo::Kind::Legal);
  auto before = settled_.count();
  window_.actions().undo->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience));
  EXPECT_EQ(window_.schedule()->steps.size(), 1U);
  before = settled_.count();
  window_.actions().redo->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience));
  EXPECT_EQ(window_.schedule()->steps.size(), 2U);
}

TEST_F(ControllerTest, FastChangesEndInTheLastOne) {
  open();
  for (int k = 0; k < 20; ++k)
    controller_.session().change(k % 2 ? QStringLiteral("shift S1 j by %1").arg(k) : QStringLiteral("reverse i"),
                                 QStringLiteral("x"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !controller_.engine().isBusy() && window_.schedule()->steps.size() == 1; },
                              kPatience));
  EXPECT_EQ(window_.schedule()->steps[0].text, "shift S1 j by 19");
}

TEST_F(ControllerTest, DrawnParameterValuesFollowTheField) {
  open();
  const auto before = settled_.count();
  window_.parameters()->findChild<QSpinBox*>(QStringLiteral("view_T"))->setValue(3);
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience));
  EXPECT_EQ(window_.schedule()->space.parameters[0].second, 3);
}

TEST_F(ControllerTest, AnotherRegionHasItsOwnRecipe) {
  open();
  step(QStringLiteral("reverse t"));
  const auto before = settled_.count();
  Q_EMIT window_.regionChosen(1);
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience));
  EXPECT_EQ(window_.program()->function, "scale");
  EXPECT_TRUE(controller_.session().recipe().isEmpty());
}

TEST_F(ControllerTest, AWrongFileGetsASentenceAndTheOldOneStays) {
  open();
  const auto program = window_.program();
  const QSignalSpy failures(&controller_, &Controller::openFailed);
  controller_.openFile(write(QStringLiteral("bad.c"), "int f(void) { return 0; }\n"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return failures.count() == 1; }, kPatience));
  EXPECT_FALSE(window_.messages()->text().isEmpty());
  EXPECT_EQ(window_.program(), program);
  controller_.openFile(QStringLiteral("/nowhere/x.c"));
  EXPECT_EQ(failures.count(), 2);
}

TEST_F(ControllerTest, ARefusedFileShowsItsLineUntilTheMessageIsClosed) {
  open();
  const QSignalSpy failures(&controller_, &Controller::openFailed);
  controller_.openFile(write(QStringLiteral("bad.c"),
                             "void f(int N, double A[N]) {\n#pragma scop\n  for (int i = 0; i < N; i++)\n"
                             "    A[i * i] = 0;\n#pragma endscop\n}\n"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return failures.count() == 1; }, kPatience));
  EXPECT_TRUE(window_.messages()->text().startsWith(QLatin1String("bad.c:4:")))
      << qUtf8Printable(window_.messages()->text());
  EXPECT_TRUE(window_.source()->text().contains(QLatin1String("A[i * i]")));
  EXPECT_TRUE(window_.source()->origins().at(3).isError);
  EXPECT_EQ(window_.program()->function, "jacobi");
  window_.messages()->dismiss();
  EXPECT_TRUE(window_.source()->text().contains(QLatin1String("jacobi")));
}

TEST_F(ControllerTest, TheChosenFunctionAndValuesHoldForTheFile) {
  OpenOptions options;
  options.function = QStringLiteral("scale");
  options.values = {{"N", "77"}};
  controller_.setOpenOptions(options);
  open();
  EXPECT_EQ(window_.program()->function, "scale");
  EXPECT_EQ(window_.parameters()->measureValues().at("N"), 77);
  EXPECT_NE(window_.parameters()->viewValues().at("N"), 77);
  options.function = QStringLiteral("nowhere");
  controller_.setOpenOptions(options);
  const QSignalSpy failures(&controller_, &Controller::openFailed);
  controller_.openFile(write(QStringLiteral("jacobi.c"), kProgram));
  ASSERT_TRUE(QTest::qWaitFor([&] { return failures.count() == 1; }, kPatience));
  EXPECT_TRUE(failures[0][0].toString().contains(QLatin1String("jacobi, scale")));
}

TEST_F(ControllerTest, AnUnknownValueIsRefusedWithASentence) {
  OpenOptions options;
  options.values = {{"Q", "1"}};
  controller_.setOpenOptions(options);
  const QSignalSpy refusals(&controller_, &Controller::valuesRefused);
  open();
  ASSERT_EQ(refusals.count(), 1);
  EXPECT_EQ(refusals[0][0].toString(), QStringLiteral("jacobi has no scalar argument Q; there are T, N"));
}

TEST_F(ControllerTest, TheWitnessPairIsSingledOutAtItsParameterValues) {
  open();
  step(QStringLiteral("fuse i j"));
  const WitnessInfo witness = window_.schedule()->verdict.witnesses.at(0);
  const auto before = settled_.count();
  QTest::mouseClick(window_.dependences()->verdict()->showButton(), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience));
  EXPECT_EQ(window_.schedule()->space.parameters, witness.parameters);
  const InstanceId first = window_.selection().instance(), second = window_.selection().partner();
  ASSERT_TRUE(first.isValid() && second.isValid());
  EXPECT_TRUE(window_.space()->plot(SpaceOrder::New)->scene().showsPair());
  EXPECT_EQ(window_.program()->statements.at(static_cast<std::size_t>(first.cloud)).name, witness.sourceStatement);
  EXPECT_GE(window_.source()->flashedLines(), 2);
  EXPECT_GE(window_.code()->editor()->flashedLines(), 2);
  EXPECT_TRUE(window_.dependences()->verdict()->text().contains(QString::fromStdString(witness.cell)));
  window_.selection().clear();
  EXPECT_FALSE(window_.space()->plot(SpaceOrder::New)->scene().showsPair());
}

TEST_F(ControllerTest, MeasuresEveryLegalStepOfTheRecipe) {
  open(QStringLiteral("fuse i j"));
  window_.actions().measureAll->trigger();
  EXPECT_EQ(window_.messages()->text(), QStringLiteral("No step of this recipe leaves a legal order."));
  controller_.session().change(QStringLiteral("parallel i\nparallel j"), QStringLiteral("x"));
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return !controller_.engine().isBusy() && window_.schedule()->steps.size() == 2; }, kPatience));
  window_.parameters()->setMeasureValue("T", 20);
  window_.parameters()->setMeasureValue("N", 200);
  window_.actions().measureAll->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !window_.measurement()->measurements().empty(); }, kPatience));
  ASSERT_EQ(window_.measurement()->measurements().size(), 3U);
  EXPECT_EQ(window_.measurement()->measurements()[1].recipe, "parallel i");
  EXPECT_EQ(window_.measurement()->measurements()[2].recipe, "parallel i\nparallel j");
}

TEST_F(ControllerTest, NoInstancesAtTheDrawnValuesIsSaid) {
  open();
  const auto before = settled_.count();
  window_.parameters()->findChild<QSpinBox*>(QStringLiteral("view_N"))->setValue(1);
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience));
  EXPECT_TRUE(window_.space()->plot(SpaceOrder::New)->scene().isEmpty());
  EXPECT_TRUE(window_.space()->plot(SpaceOrder::New)->emptyText().contains(QLatin1String("N = 1")));
}

TEST_F(ControllerTest, TheRecipeBesideTheFileIsItsStart) {
  write(QStringLiteral("jacobi.recipe"), "polyloom-recipe 1 jacobi\nshift S1 j by 1\nfuse i j\n");
  controller_.openFile(write(QStringLiteral("jacobi.c"), kProgram));
  ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() >= 1; }, kPatience));
  EXPECT_EQ(window_.schedule()->steps.size(), 2U);
  EXPECT_FALSE(controller_.session().undoStack()->canUndo());
}

TEST_F(ControllerTest, MeasuresALegalOrder) {
  open(QStringLiteral("parallel i"));
  window_.parameters()->findChild<QSpinBox*>(QStringLiteral("measure_T"))->setValue(20);
  window_.parameters()->findChild<QSpinBox*>(QStringLiteral("measure_N"))->setValue(200);
  window_.actions().measure->trigger();
  EXPECT_TRUE(controller_.worker().isBusy());
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return !window_.measurement()->measurements().empty() || !window_.messages()->text().isEmpty(); },
      kPatience));
  ASSERT_EQ(window_.measurement()->measurements().size(), 2U) << qUtf8Printable(window_.messages()->text());
  EXPECT_EQ(window_.measurement()->measurements()[1].outcome, MeasurementInfo::Outcome::Measured);
  EXPECT_GT(window_.measurement()->measurements()[1].speedup, 0);
}

TEST_F(ControllerTest, AStoredFigureIsShownWithItsDateUntilItIsMeasuredAnew) {
  const auto setSizes = [&] {
    window_.parameters()->setMeasureValue("T", 21);
    window_.parameters()->setMeasureValue("N", 210);
  };
  const auto shown = [&]() -> const std::vector<MeasurementInfo>& { return window_.measurement()->measurements(); };
  open(QStringLiteral("parallel i"));
  setSizes();
  window_.actions().measure->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return shown().size() == 2; }, kPatience));
  EXPECT_EQ(shown()[1].taken, "");
  const double measured = shown()[1].median;

  controller_.openFile(write(QStringLiteral("jacobi.c"), kProgram), QStringLiteral("parallel i"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return shown().empty(); }, kPatience)); // as with any file that is opened
  ASSERT_TRUE(QTest::qWaitFor([&] { return !controller_.engine().isBusy() && !controller_.worker().isBusy(); }, kPatience));
  EXPECT_TRUE(shown().empty()); // at the program's own sizes nothing was measured
  setSizes();
  ASSERT_TRUE(QTest::qWaitFor([&] { return shown().size() == 2; }, kPatience));
  EXPECT_EQ(shown()[1].recipe, "parallel i");
  EXPECT_EQ(shown()[1].median, measured);
  EXPECT_FALSE(shown()[0].taken.empty());
  EXPECT_FALSE(shown()[1].taken.empty());

  window_.actions().measure->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return shown()[1].taken.empty(); }, kPatience));
  EXPECT_EQ(shown()[0].taken, "");
  EXPECT_EQ(window_.messages()->text(), QString());
}

} // namespace
} // namespace polyloom
