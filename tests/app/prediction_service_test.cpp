// The service that asks a cost model, with models that are slow, die, refuse and talk nonsense.
#include "app/window/prediction_service.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

constexpr int kPatience = 20000;
using State = PredictionService::State;

ModelChoice fake(const QString& mode, const QString& file = {}) {
  return {{}, QStringLiteral("\"%1\" %2 \"%3\"").arg(QStringLiteral(POLYLOOM_FAKE_MODEL), mode, file)};
}

QJsonObject question(int threads = 1) { return {{QStringLiteral("program"), QJsonObject()}, {QStringLiteral("code_threads"), threads}}; }

class PredictionServiceTest : public ::testing::Test {
protected:
  PredictionServiceTest() : failed_(&service_, &PredictionService::failed) {}
  void use(const ModelChoice& model) {
    service_.setModel(model);
    service_.start();
    service_.setQuestion(question());
  }
  bool wait(const std::function<bool()>& holds) { return QTest::qWaitFor(holds, kPatience); }
  bool waitFor(const char* recipe) { return wait([&] { return service_.known().contains(recipe); }); }
  bool waitForFailure() { return wait([&] { return service_.state() == State::Failed; }); }
  QString complaint() const { return failed_.isEmpty() ? QString() : failed_.last()[0].toString(); }
  QStringList logged() const {
    QFile file(log_);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts) : QStringList();
  }

  QTemporaryDir folder_;
  QString log_ = folder_.filePath(QStringLiteral("log"));
  PredictionService service_;
  QSignalSpy failed_;
};

TEST_F(PredictionServiceTest, AsksForAllRecipesAtOnceAndForEachOnce) {
  use(fake(QStringLiteral("log"), log_));
  EXPECT_EQ(service_.state(), State::Loading);
  EXPECT_TRUE(service_.remark().contains(QStringLiteral("is being loaded …")));
  const QStringList recipes{QStringLiteral("a"), QStringLiteral("a\nb"), QStringLiteral("reverse i")};
  service_.want(recipes);
  ASSERT_TRUE(waitFor("a\nb")) << qUtf8Printable(service_.remark());
  EXPECT_EQ(service_.state(), State::Ready);
  EXPECT_DOUBLE_EQ(service_.known().at("a\nb").speedup, 3);
  EXPECT_DOUBLE_EQ(service_.known().at("a\nb").interval.low, 2.7);
  EXPECT_EQ(service_.known().at("reverse i").problem, "the model has never seen a reversed loop");
  service_.want(recipes + QStringList{QStringLiteral("c")});
  ASSERT_TRUE(waitFor("c"));
  service_.want(recipes);
  EXPECT_EQ(logged(), QStringList({QStringLiteral("hello 0"), QStringLiteral("predict 3"), QStringLiteral("predict 1")}));
  EXPECT_TRUE(failed_.isEmpty());
}

TEST_F(PredictionServiceTest, AnotherQuestionForgetsAndDropsTheAnswerOnItsWay) {
  use(fake(QStringLiteral("slow")));
  service_.want({QStringLiteral("a")});
  ASSERT_TRUE(waitFor("a"));
  EXPECT_DOUBLE_EQ(service_.known().at("a").speedup, 2);
  service_.want({QStringLiteral("a"), QStringLiteral("b")}); // under way for 300 ms
  service_.setQuestion(question(4));
  EXPECT_TRUE(service_.known().empty());
  service_.want({QStringLiteral("a")});
  ASSERT_TRUE(waitFor("a"));
  EXPECT_DOUBLE_EQ(service_.known().at("a").speedup, 8) << "of four threads";
  EXPECT_FALSE(service_.known().contains("b"));
}

TEST_F(PredictionServiceTest, ASlowModelKeepsNobodyWaiting) {
  use(fake(QStringLiteral("slow")));
  ASSERT_TRUE(wait([&] { return service_.state() == State::Ready; }));
  QElapsedTimer timer;
  timer.start();
  service_.want({QStringLiteral("a")});
  service_.want({QStringLiteral("b"), QStringLiteral("a")});
  EXPECT_LT(timer.elapsed(), 100) << "the answer comes later";
  EXPECT_TRUE(service_.known().empty());
  ASSERT_TRUE(waitFor("b"));
  EXPECT_TRUE(service_.known().contains("a"));
}

TEST_F(PredictionServiceTest, NothingIsAskedWhileSomethingIsMeasured) {
  use(fake(QStringLiteral("log"), log_));
  ASSERT_TRUE(wait([&] { return service_.state() == State::Ready; }));
  service_.setPaused(true);
  service_.want({QStringLiteral("a")});
  QTest::qWait(100);
  EXPECT_EQ(logged(), QStringList{QStringLiteral("hello 0")});
  service_.setPaused(false);
  EXPECT_TRUE(waitFor("a"));
}

TEST_F(PredictionServiceTest, AModelThatDiesIsStartedAgainAndAsked) {
  use(fake(QStringLiteral("die-once"), log_));
  service_.want({QStringLiteral("a")});
  ASSERT_TRUE(waitFor("a"));
  EXPECT_EQ(service_.state(), State::Ready);
  EXPECT_TRUE(failed_.isEmpty());
}

TEST_F(PredictionServiceTest, AModelThatAlwaysDiesIsGivenUpUntilItIsChosenAgain) {
  use(fake(QStringLiteral("die")));
  service_.want({QStringLiteral("a")});
  ASSERT_TRUE(waitForFailure());
  EXPECT_TRUE(complaint().contains(QLatin1String("it has ended 3 times without an answer"))) << qUtf8Printable(complaint());
  EXPECT_TRUE(complaint().contains(QStringLiteral("Choose model…"))) << "the way out";
  service_.setModel(fake(QStringLiteral("fine")));
  service_.setQuestion(question());
  service_.want({QStringLiteral("a")});
  ASSERT_TRUE(waitFor("a")) << qUtf8Printable(service_.remark());
  EXPECT_EQ(failed_.count(), 1);
}

struct Misbehavior {
  const char* mode;
  const char* sentence;
};

class BadModel : public PredictionServiceTest, public ::testing::WithParamInterface<Misbehavior> {};

TEST_P(BadModel, IsRefusedWithASentence) {
  if (QLatin1String(GetParam().mode) == QLatin1String("silent"))
    service_.setPatience(200);
  use(fake(QLatin1String(GetParam().mode)));
  service_.want({QStringLiteral("a")});
  ASSERT_TRUE(waitForFailure());
  EXPECT_TRUE(complaint().contains(QLatin1String(GetParam().sentence))) << qUtf8Printable(complaint());
  EXPECT_TRUE(complaint().startsWith(QLatin1String("The cost model fake_model cannot be used"))) << qUtf8Printable(complaint());
  EXPECT_EQ(failed_.count(), 1);
  EXPECT_TRUE(service_.known().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Models, BadModel,
    ::testing::Values(Misbehavior{"nonsense", "which is not JSON"}, Misbehavior{"other", "does not speak protocol 1"},
                      Misbehavior{"refuse-model", "the weights are for other features"},
                      Misbehavior{"few", "was asked for 1 predictions and gave 0"},
                      Misbehavior{"backwards", "no speedup within its interval"}, Misbehavior{"silent", "has not answered for 0.2 seconds"}));

TEST_F(PredictionServiceTest, AModelWithoutAnAnswerStaysInUseAndSaysWhyOnce) {
  use(fake(QStringLiteral("refuse")));
  service_.want({QStringLiteral("a")});
  ASSERT_TRUE(waitFor("a"));
  EXPECT_EQ(service_.known().at("a").problem, "the weights are for other features");
  EXPECT_EQ(service_.state(), State::Ready);
  service_.want({QStringLiteral("b")});
  ASSERT_TRUE(waitFor("b"));
  EXPECT_EQ(failed_.count(), 1);
  EXPECT_TRUE(complaint().contains(QLatin1String("does not predict: the weights")));
}

TEST_F(PredictionServiceTest, OtherProgramsThanModelsAreRefused) {
  for (const char* command : {"cat", "true", "/nowhere/model", "/dev/null"}) {
    failed_.clear();
    use({{}, QLatin1String(command)});
    ASSERT_TRUE(waitForFailure()) << command;
    EXPECT_TRUE(complaint().contains(QLatin1String("cannot be used"))) << command;
  }
}

TEST_F(PredictionServiceTest, WithoutAModelNothingIsStartedAndTheRemarkSaysWhy) {
  service_.setModel({}); // what comes with the sources
  const char* why = commandOf({}).isEmpty()   ? "this build has no polyloom-model"
                    : weightsOf({}).isEmpty() ? "no cost model is chosen"
                                              : "is not loaded";
  EXPECT_EQ(service_.state(), State::Off);
  EXPECT_TRUE(service_.remark().contains(QLatin1String(why))) << qUtf8Printable(service_.remark());
  EXPECT_TRUE(failed_.isEmpty());
}

} // namespace
} // namespace polyloom
