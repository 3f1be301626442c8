#include "app/window/worker_client.h"

#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

constexpr int kPatience = 10000;

QJsonObject job(const char* kind) {
  return {{QStringLiteral("job"), QLatin1String(kind)}};
}

class WorkerClientTest : public ::testing::Test {
protected:
  WorkerClientTest()
      : client_(QStringLiteral(POLYLOOM_FAKE_WORKER)), finished_(&client_, &WorkerClient::finished),
        failed_(&client_, &WorkerClient::failed), busy_(&client_, &WorkerClient::busyChanged) {}
  QString failure() {
    return failed_.isEmpty() ? QString() : failed_.last()[1].toJsonObject().value(QStringLiteral("code")).toString();
  }

  WorkerClient client_;
  QSignalSpy finished_, failed_, busy_;
};

TEST_F(WorkerClientTest, AnswersComeBackUnderTheirIds) {
  QJsonObject request = job("echo");
  request.insert(QStringLiteral("text"), QStringLiteral("ä\nb"));
  const int first = client_.send(request), second = client_.send(job("echo"));
  EXPECT_NE(first, second);
  EXPECT_TRUE(client_.isBusy());
  ASSERT_TRUE(QTest::qWaitFor([&] { return finished_.count() == 2; }, kPatience));
  EXPECT_EQ(finished_[0][0].toInt(), first);
  EXPECT_EQ(finished_[0][1].toJsonObject().value(QStringLiteral("text")).toString(), QStringLiteral("ä\nb"));
  EXPECT_FALSE(client_.isBusy());
  EXPECT_EQ(busy_.count(), 2);
}

TEST_F(WorkerClientTest, ProgressIsHandedOn) {
  const QSignalSpy progress(&client_, &WorkerClient::progress);
  client_.send(job("steps"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return finished_.count() == 1; }, kPatience));
  ASSERT_EQ(progress.count(), 3);
  EXPECT_EQ(progress[2][3].toString(), QStringLiteral("step 3"));
}

TEST_F(WorkerClientTest, ErrorsBecomeSentencesWithTheirPlace) {
  client_.send(job("refuse"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return failed_.count() == 1; }, kPatience));
  EXPECT_EQ(errorText(failed_[0][1].toJsonObject()),
            QStringLiteral("a.c:3:7: the bound i * j is not affine\nuse a constant"));
}

TEST_F(WorkerClientTest, LinesThatMakeNoSenseAreSkipped) {
  client_.send(job("nonsense"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return finished_.count() == 1; }, kPatience));
  EXPECT_EQ(failed_.count(), 0);
}

TEST_F(WorkerClientTest, ACrashFailsTheJobAndTheNextOneStartsAnew) {
  client_.send(job("crash"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return failed_.count() == 1; }, kPatience));
  EXPECT_EQ(failure(), QStringLiteral("worker-crashed"));
  client_.send(job("echo"));
  EXPECT_TRUE(QTest::qWaitFor([&] { return finished_.count() == 1; }, kPatience));
}

TEST_F(WorkerClientTest, AnEarlyEndFailsTheJob) {
  client_.send(job("end"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return failed_.count() == 1; }, kPatience));
  EXPECT_EQ(failure(), QStringLiteral("worker-ended"));
}

TEST_F(WorkerClientTest, CancelEndsAHangingJob) {
  client_.send(job("hang"));
  client_.send(job("echo"));
  QTest::qWait(50);
  client_.cancel();
  ASSERT_TRUE(QTest::qWaitFor([&] { return failed_.count() == 2; }, kPatience));
  EXPECT_EQ(failure(), QStringLiteral("canceled"));
  EXPECT_FALSE(client_.isBusy());
}

TEST(WorkerClient, AMissingHelperIsAFailureAndNoCrash) {
  WorkerClient client(QStringLiteral("/nowhere/polyloom-worker"));
  QSignalSpy failed(&client, &WorkerClient::failed);
  client.send(job("echo"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return failed.count() == 1; }, kPatience));
  EXPECT_EQ(failed[0][1].toJsonObject().value(QStringLiteral("code")).toString(), QStringLiteral("worker-missing"));
}

} // namespace
} // namespace polyloom
