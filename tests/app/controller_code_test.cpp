// The code panels and the mathematics, with the real helper and the real engine.
#include "app/window/controller.h"

#include "app/window/main_window.h"
#include "app/window/settings.h"
#include "tests/app/controller_fixture.h"

#include <QDockWidget>
#include <QFile>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

using test::kPatience;

const char* const kJacobi = R"(void jacobi(int T, int N, double A[N], double B[N]) {
#pragma scop
  for (int t = 0; t < T; t++) {
    for (int i = 1; i < N - 1; i++)
      B[i] = (A[i - 1] + A[i] + A[i + 1]) * 0.5;
    for (int j = 1; j < N - 1; j++)
      A[j] = (B[j - 1] + B[j] + B[j + 1]) / A[j];
  }
#pragma endscop
}
)";

class ControllerCodeTest : public test::ControllerFixture {
protected:
  ControllerCodeTest() { window_.resetLayout(); }
  void open() { openFile(write(QStringLiteral("jacobi.c"), kJacobi)); }
  /// Kept where POLYLOOM_SCREENSHOTS names a folder, for people to look at.
  void keep(const QString& name) {
    const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS");
    if (folder.isEmpty())
      return;
    QTest::qWait(200);
    for (const Theme::Kind kind : {Theme::Kind::Light, Theme::Kind::Dark}) {
      window_.setThemeKind(kind);
      const QString theme = kind == Theme::Kind::Light ? QStringLiteral("light") : QStringLiteral("dark");
      EXPECT_TRUE(window_.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, name, theme)));
    }
  }
};

TEST_F(ControllerCodeTest, TextsArriveOnRequestAndAreLinked) {
  open();
  window_.code()->setKind(CodeView::Kind::Llvm);
  CodeEditor* editor = window_.code()->editor();
  const auto arrives = [&](const char* word) {
    return QTest::qWaitFor([&] { return editor->text().contains(QLatin1String(word)); }, kPatience);
  };
  ASSERT_TRUE(arrives("define")) << qUtf8Printable(editor->text());
  window_.selection().hoverStatement(1);
  const std::vector<int> lit = editor->litLines();
  ASSERT_FALSE(lit.empty());
  bool hasDivision = false;
  for (const int line : lit)
    hasDivision = hasDivision || editor->text(line).contains(QLatin1String("fdiv"));
  EXPECT_TRUE(hasDivision);
  keep(QStringLiteral("linked-llvm"));

  // Every kind has a text; a known one is there at once.
  for (const auto& [kind, word] : {std::pair(CodeView::Kind::PlainC, "for (long"), {CodeView::Kind::PlainLlvm, "phi i64"},
                                   {CodeView::Kind::Assembly, "polyloom_kernel:"}, {CodeView::Kind::IslSchedule, "mark:"},
                                   {CodeView::Kind::IslSyntax, "S1(c0, c1)"}, {CodeView::Kind::OpenScop, "<OpenScop>"}}) {
    window_.code()->setKind(kind);
    EXPECT_TRUE(arrives(word)) << word;
    if (kind == CodeView::Kind::Assembly || kind == CodeView::Kind::IslSchedule)
      keep(QStringLiteral("linked-%1").arg(static_cast<int>(kind)));
  }
  window_.code()->setKind(CodeView::Kind::Llvm);
  EXPECT_TRUE(editor->text().contains(QLatin1String("define")));
}

TEST_F(ControllerCodeTest, AStaleTextIsReplaced) {
  open();
  window_.code()->setKind(CodeView::Kind::IslSchedule);
  for (const char* line : {"reverse i", "reverse j", "parallel i"})
    Q_EMIT window_.form()->stepRequested(QLatin1String(line));
  CodeEditor* editor = window_.code()->editor();
  ASSERT_TRUE(QTest::qWaitFor([&] { return editor->text().contains(QLatin1String("i parallel")); }, kPatience))
      << qUtf8Printable(editor->text());
  EXPECT_TRUE(QTest::qWaitFor([&] { return !controller_.code().isBusy(); }, kPatience));
  EXPECT_TRUE(editor->text().contains(QLatin1String("i parallel")));
}

TEST_F(ControllerCodeTest, TheMathematicsComeWhenTheyAreLookedAt) {
  open();
  auto* dock = window_.findChild<QDockWidget*>(QStringLiteral("mathematicsDock"));
  dock->raise();
  MathematicsView* view = window_.mathematics();
  ASSERT_TRUE(QTest::qWaitFor([&] { return view->vectorModel()->rowCount() > 0; }, kPatience));
  EXPECT_EQ(view->vectorModel()->rowCount(), static_cast<int>(window_.schedule()->dependences.size()));
  step(QStringLiteral("interchange t i")); // refused: nothing changes
  EXPECT_GT(view->vectorModel()->rowCount(), 0);
  step(QStringLiteral("reverse i"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return view->vectorModel()->rowCount() > 0; }, kPatience));
  EXPECT_TRUE(view->scheduleText()->text().contains(QLatin1String("-i")));
  for (const auto tab : {MathematicsView::Tab::Schedule, MathematicsView::Tab::Statements, MathematicsView::Tab::Dependences}) {
    view->showTab(tab);
    keep(QStringLiteral("mathematics-%1").arg(static_cast<int>(tab)));
  }
}

} // namespace
} // namespace polyloom
