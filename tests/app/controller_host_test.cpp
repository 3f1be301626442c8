// The window measures on another machine, through a program called ssh that goes nowhere.
#include "app/window/controller.h"

#include "app/window/host_box.h"
#include "app/window/main_window.h"
#include "app/window/parameter_bar.h"
#include "app/window/settings.h"
#include "tests/app/controller_fixture.h"
#include "tests/support/fake_ssh.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QScreen>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace polyloom {
namespace {

using test::kPatience;

const char* const kScale = R"(void scale(int N, double A[N]) {
#pragma scop
  for (int i = 0; i < N; i++)
    A[i] = 2 * A[i];
#pragma endscop
}
)";

class ControllerHostTest : public test::ControllerFixture {
protected:
  ControllerHostTest() {
    qputenv("POLYLOOM_DATA", folder_.filePath(QStringLiteral("data")).toUtf8());
    openFile(QString::fromStdString(program_.write("scale.c", kScale)), QStringLiteral("reverse i"));
    window_.parameters()->setMeasureValue("N", 300);
  }
  const std::vector<MeasurementInfo>& shown() const { return window_.measurement()->measurements(); }
  bool waitFor(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
  long connections() const {
    const std::string calls = ssh_.arguments();
    return std::ranges::count(calls, '\n');
  }
  /// Measures until there is an answer or a message; the message.
  QString measure() {
    window_.actions().measure->trigger();
    EXPECT_TRUE(waitFor([&] { return !controller_.worker().isBusy(); }));
    return window_.messages()->text();
  }

  test::FakeSsh ssh_{POLYLOOM_BIN};
  test::TemporaryFolder program_;
};

TEST_F(ControllerHostTest, MeasuresThereAndKeepsItApart) {
  window_.hosts()->choose({QStringLiteral("tower"), {}});
  EXPECT_EQ(measure(), QString());
  ASSERT_EQ(shown().size(), 2U);
  EXPECT_EQ(shown()[1].outcome, MeasurementInfo::Outcome::Measured);
  EXPECT_TRUE(window_.measurement()->details().contains(QLatin1String("on tower ("))) << qUtf8Printable(window_.measurement()->details());
  EXPECT_TRUE(window_.measurement()->details().contains(QLatin1String("4097 cores")));
  const double there = shown()[1].median;
  EXPECT_EQ(settings_.hosts(), (QList<KnownHost>{{QStringLiteral("tower"), {}}}));

  window_.hosts()->choose({});
  EXPECT_TRUE(shown().empty()); // one machine's times are no other's
  EXPECT_EQ(measure(), QString());
  EXPECT_FALSE(window_.measurement()->details().contains(QLatin1String("tower")));

  window_.hosts()->choose({QStringLiteral("tower"), {}});
  ASSERT_TRUE(waitFor([&] { return shown().size() == 2; }));
  EXPECT_EQ(shown()[1].median, there);
  EXPECT_FALSE(shown()[1].taken.empty());
  EXPECT_EQ(connections(), 1); // what is stored needs no connection
}

TEST_F(ControllerHostTest, AFailureIsASentenceWithAWayOut) {
  window_.hosts()->choose({QStringLiteral("nowhere"), {}});
  const QString text = measure();
  EXPECT_TRUE(text.contains(QLatin1String("there is no connection to nowhere: ssh: Could not resolve hostname"))) << qUtf8Printable(text);
  EXPECT_TRUE(text.contains(QLatin1String("~/.ssh/config"))) << qUtf8Printable(text);
  EXPECT_TRUE(shown().empty());
  EXPECT_TRUE(settings_.hosts().isEmpty());
  EXPECT_TRUE(window_.actions().measure->isEnabled());
}

TEST_F(ControllerHostTest, AMeasurementThereCanBeCanceled) {
  window_.hosts()->choose({QStringLiteral("silent"), {}});
  window_.actions().measure->trigger();
  ASSERT_TRUE(waitFor([&] { return connections() == 1 && ssh_.isRunning(); }));
  window_.actions().cancel->trigger();
  ASSERT_TRUE(waitFor([&] { return !controller_.worker().isBusy(); }));
  EXPECT_EQ(window_.messages()->text(), QStringLiteral("Canceled"));
  EXPECT_TRUE(waitFor([&] { return !ssh_.isRunning(); }));
}

TEST_F(ControllerHostTest, AnotherMachineIsNamedInASheetAndNotInADialog) {
  window_.actions().measureElsewhere->trigger();
  auto* sheet = window_.findChild<QWidget*>(QStringLiteral("hostSheet"));
  ASSERT_TRUE(sheet->isVisible());
  EXPECT_LE(sheet->geometry().right(), sheet->screen()->availableGeometry().right());
  EXPECT_GE(sheet->geometry().left(), sheet->screen()->availableGeometry().left());
  EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
  auto* name = window_.findChild<QLineEdit*>(QStringLiteral("hostName"));
  QTest::keyClick(name, Qt::Key_Return);
  EXPECT_TRUE(sheet->isVisible()); // nobody is named
  QTest::keyClicks(name, QStringLiteral(" me@box "));
  QTest::keyClicks(window_.findChild<QLineEdit*>(QStringLiteral("hostWorker")), QStringLiteral("/opt/polyloom-worker"));
  QTest::mouseClick(window_.findChild<QWidget*>(QStringLiteral("hostUse")), Qt::LeftButton);
  EXPECT_FALSE(sheet->isVisible());
  const KnownHost expected{QStringLiteral("me@box"), QStringLiteral("/opt/polyloom-worker")};
  EXPECT_EQ(window_.hosts()->current(), expected);
  auto* box = window_.findChild<QComboBox*>(QStringLiteral("hosts"));
  EXPECT_EQ(box->currentText(), QStringLiteral("me@box"));
  EXPECT_EQ(box->itemText(0), QStringLiteral("this machine"));
  EXPECT_EQ(box->itemText(box->count() - 1), QStringLiteral("Other host…"));
}

TEST(HostBox, OtherHostIsNoMachine) {
  HostBox box;
  box.setKnown({{QStringLiteral("tower"), {}}, {QStringLiteral("box"), QStringLiteral("/w")}});
  box.show();
  const QSignalSpy changes(&box, &HostBox::hostChanged);
  auto* list = box.findChild<QComboBox*>(QStringLiteral("hosts"));
  Q_EMIT list->activated(list->count() - 1);
  EXPECT_EQ(box.current(), KnownHost());
  EXPECT_EQ(list->currentIndex(), 0);
  EXPECT_EQ(changes.count(), 0);
  Q_EMIT list->activated(2);
  EXPECT_EQ(box.current().worker, QStringLiteral("/w"));
  EXPECT_EQ(changes.count(), 1);
  box.setKnown({{QStringLiteral("tower"), {}}}); // the chosen one stays
  EXPECT_EQ(box.current().name, QStringLiteral("box"));
}

} // namespace
} // namespace polyloom
