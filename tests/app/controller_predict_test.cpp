// Predictions in the window: with a model that behaves, one that does not, and Polyloom's own, trained here.
#include "app/window/model_sheet.h"
#include "app/window/parameter_bar.h"
#include "tests/app/controller_fixture.h"
#include "views/training_view.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QTableView>

#include <cstdio>

namespace polyloom {
namespace {

using test::kPatience;

class PredictionsTest : public test::ControllerFixture {
protected:
  void useFake(const QString& mode = QStringLiteral("fine")) {
    settings_.setModel({{}, QStringLiteral("\"%1\" %2").arg(QStringLiteral(POLYLOOM_FAKE_MODEL), mode)});
  }
  void open(const QString& recipe) { openFile(write(QStringLiteral("jacobi.c"), test::kJacobi), recipe); }
  /// What the history's row of this step says; the newest one.
  const HistoryRow& row(const QString& line) const {
    const auto& rows = window_.history()->historyModel()->rows();
    const auto found = std::find_if(rows.rbegin(), rows.rend(), [&](const HistoryRow& each) { return each.line == line; });
    return found == rows.rend() ? rows.front() : *found;
  }
  bool waitFor(const QString& line, const QString& predicted) {
    return QTest::qWaitFor([&] { return row(line).predicted == predicted; }, kPatience);
  }
  QString remark() const {
    const auto titles = window_.dockOf(window_.measurement())->findChildren<PanelTitle*>();
    return titles.isEmpty() ? QString() : titles.front()->remark();
  }
};

TEST_F(PredictionsTest, ComeForEveryLegalScheduleOfTheHistory) {
  useFake();
  open(QStringLiteral("shift S1 j by 1\nfuse i j"));
  const double threads = window_.parameters()->threads();
  const auto text = [&](double speedup) {
    return QStringLiteral("%1× [%2 … %3]").arg(speedup * threads, 0, 'f', 2).arg(0.9 * speedup * threads, 0, 'f', 2).arg(1.1 * speedup * threads, 0, 'f', 2);
  };
  ASSERT_TRUE(waitFor(QStringLiteral("fuse i j"), text(3)));
  EXPECT_EQ(row(QStringLiteral("shift S1 j by 1")).predicted, text(2));
  EXPECT_TRUE(row(QString()).predicted.isEmpty()) << "the original is 1 by definition";
  EXPECT_EQ(remark(), QStringLiteral("predicted by fake_model"));
  step(QStringLiteral("reverse i"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !row(QStringLiteral("reverse i")).unpredicted.isEmpty() ||
                                           row(QStringLiteral("reverse i")).verdict != HistoryVerdict::Legal; }, kPatience));
  EXPECT_TRUE(row(QStringLiteral("reverse i")).predicted.isEmpty());
}

TEST_F(PredictionsTest, AreNotMadeForIllegalSchedules) {
  useFake();
  open(QStringLiteral("fuse i j\nskew i by 2 t"));
  step(QStringLiteral("interchange t i"));
  window_.history()->showRequested(0);
  step(QStringLiteral("skew i by 1 t"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return !row(QStringLiteral("skew i by 1 t")).predicted.isEmpty(); }, kPatience));
  for (const HistoryRow& each : window_.history()->historyModel()->rows())
    EXPECT_EQ(!each.predicted.isEmpty(), each.parent >= 0 && each.verdict == HistoryVerdict::Legal) << qUtf8Printable(each.recipe);
}

TEST_F(PredictionsTest, AreMadeAnewForOtherThreads) {
  useFake();
  window_.parameters()->setThreads(1);
  open(QStringLiteral("skew i by 1 t"));
  ASSERT_TRUE(waitFor(QStringLiteral("skew i by 1 t"), QStringLiteral("2.00× [1.80 … 2.20]")));
  window_.parameters()->setThreads(3);
  EXPECT_TRUE(waitFor(QStringLiteral("skew i by 1 t"), QStringLiteral("6.00× [5.40 … 6.60]")));
}

TEST_F(PredictionsTest, OfAModelThatTalksNonsenseAreASentenceAndNoBox) {
  useFake(QStringLiteral("nonsense"));
  open(QStringLiteral("skew i by 1 t"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return window_.messages()->text().contains(QLatin1String("which is not JSON")); }, kPatience));
  EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
  EXPECT_TRUE(remark().contains(QLatin1String("cannot be used")));
  step(QStringLiteral("skew j by 1 t"));
  EXPECT_TRUE(row(QStringLiteral("skew j by 1 t")).predicted.isEmpty());
}

TEST_F(PredictionsTest, ComeFromTheModelThatIsChosenInTheSheet) {
  settings_.setModel({QStringLiteral("/nowhere/a.weights"), QStringLiteral("cat")});
  open(QStringLiteral("skew i by 1 t"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return window_.messages()->text().contains(QLatin1String("a.weights cannot be used")); }, kPatience));
  window_.actions().chooseModel->trigger();
  auto* sheet = window_.findChild<ModelSheet*>();
  ASSERT_NE(sheet, nullptr);
  ASSERT_TRUE(sheet->isVisible());
  EXPECT_TRUE(sheet->findChild<QLabel*>(QStringLiteral("modelRemark"))->text().contains(QLatin1String("cannot be used")));
  sheet->findChild<QLineEdit*>(QStringLiteral("modelWeights"))->clear();
  sheet->findChild<QLineEdit*>(QStringLiteral("modelCommand"))->setText(QStringLiteral(POLYLOOM_FAKE_MODEL));
  QTest::mouseClick(sheet->findChild<QPushButton*>(QStringLiteral("modelUse")), Qt::LeftButton);
  EXPECT_FALSE(sheet->isVisible());
  EXPECT_TRUE(QTest::qWaitFor([&] { return !row(QStringLiteral("skew i by 1 t")).predicted.isEmpty(); }, kPatience));
  EXPECT_EQ(settings_.model(), ModelChoice({}, QStringLiteral(POLYLOOM_FAKE_MODEL)));
}

#ifdef POLYLOOM_MODEL
/// Asks polyloom-model itself, outside of the window.
QJsonObject ask(QJsonObject request) {
  QProcess model;
  model.setProcessChannelMode(QProcess::ForwardedErrorChannel);
  model.start(QStringLiteral(POLYLOOM_MODEL), {QStringLiteral("--finish")});
  model.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
  model.closeWriteChannel();
  EXPECT_TRUE(model.waitForFinished(kPatience));
  const QByteArray last = model.readAllStandardOutput().trimmed().split('\n').last();
  const QJsonObject answer = QJsonDocument::fromJson(last).object();
  EXPECT_TRUE(answer.contains(QStringLiteral("result"))) << last.toStdString();
  return answer.value(QStringLiteral("result")).toObject();
}

/// A data set of twenty programs which all are this one, with times that never were.
QByteArray dataOf(const QJsonObject& program, const QStringList& recipes) {
  const QJsonObject features = ask({{QStringLiteral("job"), QStringLiteral("features")},
                                    {QStringLiteral("program"), program},
                                    {QStringLiteral("recipes"), QJsonArray::fromStringList(recipes)}});
  QByteArray data = QJsonDocument(QJsonObject{{QStringLiteral("kind"), QStringLiteral("features")},
                                              {QStringLiteral("version"), 1},
                                              {QStringLiteral("schema"), ask({{QStringLiteral("job"), QStringLiteral("hello")}}).value(QStringLiteral("schema"))}})
                        .toJson(QJsonDocument::Compact) + '\n';
  for (int k = 0; k < 20; ++k) {
    QJsonArray schedules;
    for (qsizetype r = 0; r < recipes.size(); ++r) {
      const double speedup = 1.5 + 0.5 * static_cast<double>(r) + 0.01 * k;
      schedules.append(QJsonObject{{QStringLiteral("input"), features.value(QStringLiteral("schedules")).toArray()[r]},
                                   {QStringLiteral("speedup"), speedup},
                                   {QStringLiteral("low"), 0.98 * speedup},
                                   {QStringLiteral("high"), 1.02 * speedup},
                                   {QStringLiteral("seconds"), 1e-3 / speedup},
                                   {QStringLiteral("recipe"), recipes[r]},
                                   {QStringLiteral("level"), QStringLiteral("easy")}});
    }
    const QString name = QStringLiteral("p%1").arg(k);
    data += QJsonDocument(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("shape"), name}, {QStringLiteral("group"), QStringLiteral("easy")},
                                      {QStringLiteral("difficulty"), 1}, {QStringLiteral("depth"), 2}, {QStringLiteral("seconds"), 1e-3},
                                      {QStringLiteral("original"), features.value(QStringLiteral("original"))},
                                      {QStringLiteral("schedules"), schedules}})
                .toJson(QJsonDocument::Compact) + '\n';
  }
  return data;
}

TEST_F(PredictionsTest, OfPolyloomsOwnModelFollowTheVerdictWithinATenthOfASecond) {
  settings_.setModel({{}, QStringLiteral(POLYLOOM_FAKE_MODEL)}); // until there is a trained one
  open(QStringLiteral("parallel i"));
  const QStringList recipes{QStringLiteral("parallel i"), QStringLiteral("parallel i\nparallel j")};
  const QString weights = folder_.filePath(QStringLiteral("trained.weights"));
  ask({{QStringLiteral("job"), QStringLiteral("train")},
       {QStringLiteral("data"), QJsonArray{write(QStringLiteral("data.jsonl"), dataOf(controller_.session().program(), recipes))}},
       {QStringLiteral("out"), weights},
       {QStringLiteral("split"), QJsonObject{{QStringLiteral("validation"), 0.2}, {QStringLiteral("test"), 0.1}}},
       {QStringLiteral("options"), QJsonObject{{QStringLiteral("width"), 16}, {QStringLiteral("heads"), 2}, {QStringLiteral("epochs"), 30},
                                               {QStringLiteral("batch"), 16}, {QStringLiteral("learning_rate"), 6e-3},
                                               {QStringLiteral("threads"), 1}, {QStringLiteral("dropout"), 0}}}});
  window_.actions().chooseModel->trigger();
  auto* sheet = window_.findChild<ModelSheet*>();
  Q_EMIT sheet->chosen({weights, QStringLiteral(POLYLOOM_MODEL)});
  sheet->hide();
  ASSERT_TRUE(QTest::qWaitFor([&] { return remark() == QLatin1String("predicted by trained.weights"); }, kPatience))
      << qUtf8Printable(remark()) << qUtf8Printable(window_.messages()->text());
  ASSERT_TRUE(QTest::qWaitFor([&] { return !row(QStringLiteral("parallel i")).predicted.isEmpty(); }, kPatience));
  EXPECT_NEAR(row(QStringLiteral("parallel i")).predicted.section(QChar(0x00D7), 0, 0).toDouble(), 1.6, 0.5) << "as it was trained";

  Q_EMIT window_.form()->stepRequested(QStringLiteral("parallel j"));
  QElapsedTimer timer;
  ASSERT_TRUE(QTest::qWaitFor([&] {
    if (row(QStringLiteral("parallel j")).verdict == HistoryVerdict::Legal && !timer.isValid())
      timer.start();
    return !row(QStringLiteral("parallel j")).predicted.isEmpty();
  }, kPatience));
  std::printf("predicted %lld ms after the verdict\n", static_cast<long long>(timer.elapsed()));
  EXPECT_LT(timer.elapsed(), qEnvironmentVariableIsSet("POLYLOOM_STRICT_TIMES") ? 100 : 1000);
}

TEST_F(PredictionsTest, ComeFromAModelThatTheWindowHasTrained) {
  useFake();
  open(QStringLiteral("parallel i"));
  const QString weights = folder_.filePath(QStringLiteral("own.weights"));
  const QString data = write(QStringLiteral("data.jsonl"), dataOf(controller_.session().program(), {QStringLiteral("parallel i")}));
  TrainingView& panel = *window_.training();
  const auto button = [&](const char* name) { return panel.findChild<QPushButton*>(QLatin1String(name)); };
  EXPECT_FALSE(panel.isVisible()) << "until it is asked for";
  window_.actions().train->trigger();
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel.isVisible(); }));
  EXPECT_FALSE(button("runTraining")->isEnabled()) << "nothing is said of what to learn from";
  panel.setWish({data, QStringLiteral("loop-tree"), weights, 500, 1});
  button("runTraining")->click();
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel.curve().size() >= 2; }, kPatience)) << qUtf8Printable(window_.messages()->text());
  EXPECT_TRUE(panel.isRunning());
  button("runTraining")->click();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !panel.isRunning(); }, kPatience));
  EXPECT_FALSE(QFile::exists(weights));
  ASSERT_TRUE(QFile::exists(weights + QStringLiteral(".checkpoint")));
  QFile::remove(weights + QStringLiteral(".checkpoint")); // it is one of 500 epochs

  panel.setWish({data, QStringLiteral("loop-tree"), weights, 3, 1});
  button("runTraining")->click();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !panel.isRunning(); }, kPatience));
  EXPECT_EQ(panel.curve().size(), 3U);
  EXPECT_EQ(panel.table()->model()->rowCount(), 3);
  ASSERT_TRUE(QFile::exists(weights)) << qUtf8Printable(panel.findChild<QLabel*>(QStringLiteral("trainingState"))->toolTip());
  EXPECT_EQ(Settings(folder_.filePath(QStringLiteral("settings.ini"))).training(), panel.wish());
  button("useTrained")->click();
  EXPECT_TRUE(QTest::qWaitFor([&] { return remark() == QLatin1String("predicted by own.weights"); }, kPatience)) << qUtf8Printable(remark());
}

TEST_F(PredictionsTest, AreNotTrainedFromWhatIsNoData) {
  TrainingView& panel = *window_.training();
  window_.actions().train->trigger();
  panel.setWish({write(QStringLiteral("data.jsonl"), "no data"), QStringLiteral("looper"), folder_.filePath(QStringLiteral("w.weights")), 3, 1});
  panel.findChild<QPushButton*>(QStringLiteral("runTraining"))->click();
  ASSERT_TRUE(QTest::qWaitFor([&] { return !panel.isRunning(); }, kPatience));
  EXPECT_TRUE(panel.findChild<QLabel*>(QStringLiteral("trainingState"))->toolTip().startsWith(QLatin1String("not trained: ")));
  EXPECT_TRUE(window_.messages()->text().contains(QLatin1String("data.jsonl"))) << qUtf8Printable(window_.messages()->text());
}
#endif

TEST_F(PredictionsTest, TrainingsOfTheCommandLineAreLookedAtWhileTheyGoOn) {
  const QByteArray begin = "member,epoch,training_loss,validation_loss,validation_mape,learning_rate,best\n1,1,0.5,0.4,44,0.001,1\n";
  const QString file = write(QStringLiteral("curve.csv"), begin);
  TrainingView& panel = *window_.training();
  Q_EMIT panel.curveRequested(file);
  ASSERT_EQ(panel.curve().size(), 1U);
  write(QStringLiteral("curve.csv"), begin + "1,2,0.4,0.3,31.5,0.002,1\n");
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel.curve().size() == 2; }, kPatience));
  EXPECT_DOUBLE_EQ(panel.curve().back().validationMape, 31.5);
  Q_EMIT panel.curveRequested(write(QStringLiteral("other.csv"), "a,b\n1,2\n"));
  EXPECT_TRUE(panel.findChild<QLabel*>(QStringLiteral("trainingState"))->toolTip().contains(QLatin1String("no learning curve")));
}

} // namespace
} // namespace polyloom
