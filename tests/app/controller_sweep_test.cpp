// Sweeps with the real worker: from a step to a curve, and from a point back to the recipe.
#include "tests/app/controller_fixture.h"
#include "views/history_view.h"
#include "views/sweep_plot.h"
#include "views/sweep_view.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace polyloom {
namespace {

using test::kPatience;

const QByteArray kGemm = R"(void gemm(int N, double C[N][N], double A[N][N], double B[N][N]) {
#pragma scop
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++)
      for (int k = 0; k < N; k++)
        C[i][j] += A[i][k] * B[k][j];
#pragma endscop
}
)";

const QByteArray kScale = R"(void scale(int N, double A[N]) {
#pragma scop
  for (int i = 0; i < N; i++)
    A[i] = 2 * A[i];
#pragma endscop
}
)";

class SweepController : public test::ControllerFixture {
protected:
  void open(const QByteArray& program, const QString& recipe) {
    openFile(write(QStringLiteral("program.c"), program), recipe);
  }
  SweepView& view() { return *window_.sweep(); }
  template <typename T> T* child(const char* name) { return view().findChild<T*>(QLatin1String(name)); }
  /// Waits for the numbers of the recipe that the panel is to show.
  void waitForNumber(const QString& open) {
    ASSERT_TRUE(QTest::qWaitFor([&] { return child<QComboBox>("sweepNumber")->currentText() == open; }, kPatience))
        << qUtf8Printable(child<QComboBox>("sweepNumber")->currentText());
  }
  void sweep(const QString& values) {
    child<QLineEdit>("sweepValues")->setText(values);
    QTest::mouseClick(child<QPushButton>("runSweep"), Qt::LeftButton);
    EXPECT_TRUE(view().isRunning());
  }
  void waitForEnd() {
    ASSERT_TRUE(QTest::qWaitFor([&] { return !view().isRunning(); }, 2 * kPatience)) << qUtf8Printable(window_.messages()->text());
  }
  void take(std::size_t point) {
    const auto before = settled_.count();
    QTest::mouseClick(view().plot(), Qt::LeftButton, {}, view().plot()->placeOf(point).toPoint());
    ASSERT_TRUE(QTest::qWaitFor([&] { return settled_.count() > before; }, kPatience));
  }
  void keepPicture(const char* name) {
    if (const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS"); !folder.isEmpty()) {
      QTest::qWait(200);
      window_.grab().save(QDir(folder).filePath(QLatin1String(name) + QStringLiteral(".png")));
    }
  }
};

TEST_F(SweepController, AStepOfTheHistoryIsSweptAndAPointIsOneUndoStep) {
  open(kGemm, QStringLiteral("tile i j by 8 16\nparallel it\n"));
  const int tile = controller_.session().history().path(controller_.session().history().current()).front();
  Q_EMIT window_.history()->sweepRequested(tile);
  waitForNumber(QStringLiteral("tile i j by ? 16"));
  EXPECT_TRUE(window_.dockOf(&view())->isVisible());
  sweep(QStringLiteral("8 32"));
  waitForEnd();
  const SweepData& data = view().sweep();
  ASSERT_EQ(data.points.size(), 2U);
  for (const SweepPoint& point : data.points) {
    EXPECT_EQ(point.verdict, SweepVerdict::Legal) << point.message;
    ASSERT_NE(figureOf(point, "measured"), nullptr);
    EXPECT_GT(figureOf(point, "measured")->speedup, 0);
  }
  EXPECT_EQ(data.find(controller_.session().recipe()), 0U) << "the present value is marked";
  keepPicture("sweep_window");
  window_.resize(1280, 800);
  window_.setThemeKind(Theme::Kind::Dark);
  keepPicture("sweep_window_dark");
  window_.setThemeKind(Theme::Kind::Light);
  take(1);
  EXPECT_EQ(controller_.session().recipe(), QStringLiteral("tile i j by 32 16\nparallel it")) << "the later step replays";
  EXPECT_EQ(controller_.session().undoStack()->undoText(), QStringLiteral("take “tile i j by 32 16”"));
  // What the sweep has measured stands in the history without another measurement.
  ASSERT_TRUE(QTest::qWaitFor([&] {
    return !window_.history()->historyModel()->row(window_.history()->currentIndex())->measured.isEmpty();
  }, kPatience));
  controller_.session().undoStack()->undo();
  EXPECT_EQ(controller_.session().recipe(), QStringLiteral("tile i j by 8 16\nparallel it"));
}

TEST_F(SweepController, TheFormsStepIsSweptBeforeItIsApplied) {
  open(kGemm, QString());
  window_.form()->showStep(QStringLiteral("unroll"));
  window_.form()->findChild<QComboBox*>(QStringLiteral("field_loop"))->setCurrentText(QStringLiteral("k"));
  QTest::mouseClick(window_.form()->findChild<QPushButton*>(QStringLiteral("sweepStep")), Qt::LeftButton);
  waitForNumber(QStringLiteral("unroll k by ?"));
  sweep(QStringLiteral("2 4"));
  waitForEnd();
  EXPECT_TRUE(controller_.session().recipe().isEmpty());
  take(1);
  EXPECT_EQ(controller_.session().recipe(), QStringLiteral("unroll k by 4"));
}

TEST_F(SweepController, IllegalChoicesAreShownAndNotMeasured) {
  open(test::kJacobi, QStringLiteral("skew i by 0 t\nshift S1 j by 2\nfuse i j\n"));
  window_.actions().sweep->trigger();
  waitForNumber(QStringLiteral("shift S1 j by ?"));
  sweep(QStringLiteral("0 1 2"));
  waitForEnd();
  EXPECT_EQ(view().sweep().points[0].verdict, SweepVerdict::Illegal);
  EXPECT_TRUE(view().sweep().points[0].figures.empty());
  EXPECT_EQ(view().sweep().points[1].verdict, SweepVerdict::Legal);
  QTest::mouseClick(view().plot(), Qt::LeftButton, {}, view().plot()->placeOf(0).toPoint());
  EXPECT_TRUE(window_.messages()->text().startsWith(QStringLiteral("“shift S1 j by 0” is not taken: illegal: S1[")))
      << qUtf8Printable(window_.messages()->text());
}

TEST_F(SweepController, CancelingKeepsWhatWasMeasured) {
  open(kScale, QStringLiteral("tile i by 8\n"));
  window_.actions().sweep->trigger();
  waitForNumber(QStringLiteral("tile i by ?"));
  sweep(QStringLiteral("2 3 4 5 6 7 8 9 10 11 12 13 14"));
  ASSERT_TRUE(QTest::qWaitFor([&] {
    return std::ranges::any_of(view().sweep().points, [](const SweepPoint& point) { return !point.figures.empty(); });
  }, 2 * kPatience));
  window_.actions().cancel->trigger();
  waitForEnd();
  EXPECT_TRUE(std::ranges::any_of(view().sweep().points, [](const SweepPoint& point) { return point.figures.empty(); }));
  EXPECT_TRUE(std::ranges::any_of(view().sweep().points, [](const SweepPoint& point) { return !point.figures.empty(); }));
  sweep(QStringLiteral("2"));
  waitForEnd();
  EXPECT_EQ(view().sweep().points[0].verdict, SweepVerdict::Legal) << "the worker starts anew";
}

} // namespace
} // namespace polyloom
