// Two schedules side by side: which lines belong together, what is marked as different.
#include "tests/support/sample_snapshots.h"
#include "views/comparison_view.h"
#include "views/instance_text.h"
#include "views/iteration_space_view.h"
#include "views/space_plot.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace polyloom {
namespace {

using Kind = ComparisonRow::Kind;

QStringList letters(const char* text) {
  QStringList lines;
  for (const char* letter = text; *letter != 0; ++letter)
    lines << QString(QLatin1Char(*letter));
  return lines;
}

/// "aa" for a pair of equal lines, "a-" and "-b" for lines on one side, "ab" for two different ones.
QString aligned(const char* a, const char* b) {
  QString text;
  const QStringList left = letters(a), right = letters(b);
  for (const auto& [i, j] : alignLines(left, right))
    text += (i < 0 ? QStringLiteral("-") : left[i]) + (j < 0 ? QStringLiteral("-") : right[j]) + QLatin1Char(' ');
  return text.trimmed();
}

TEST(AlignLines, LetsEqualLinesMeet) {
  EXPECT_EQ(aligned("", ""), QString());
  EXPECT_EQ(aligned("abc", "abc"), QStringLiteral("aa bb cc"));
  EXPECT_EQ(aligned("ac", "abc"), QStringLiteral("aa -b cc"));
  EXPECT_EQ(aligned("abc", "xyz"), QStringLiteral("ax by cz"));
  EXPECT_EQ(aligned("abcd", "axcy"), QStringLiteral("aa bx cc dy"));
  EXPECT_EQ(aligned("ab", ""), QStringLiteral("a- b-"));
}

TEST(AlignLines, KeepsEveryLineInOrder) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    QStringList sides[2];
    for (QStringList& side : sides)
      for (auto k = random() % 12; k > 0; --k)
        side << QString::number(random() % 3);
    QStringList again[2];
    for (const auto& [i, j] : alignLines(sides[0], sides[1])) {
      ASSERT_TRUE(i >= 0 || j >= 0);
      if (i >= 0)
        again[0] << sides[0][i];
      if (j >= 0)
        again[1] << sides[1][j];
    }
    EXPECT_EQ(again[0], sides[0]);
    EXPECT_EQ(again[1], sides[1]);
  }
}

const ComparisonRow* find(const std::vector<ComparisonRow>& rows, const QString& what) {
  const auto found = std::ranges::find_if(rows, [&](const ComparisonRow& row) { return row.what.startsWith(what); });
  return found == rows.end() ? nullptr : &*found;
}

TEST(CompareSchedules, MarksWhatDiffers) {
  const ComparisonSide a{QStringLiteral("early"), samples::illegalSchedule(), {}, {}},
      b{QStringLiteral("late"), samples::schedule(4), {}, QStringLiteral("4.41× ± 0.11")};
  const auto rows = compareSchedules(a, b);
  ASSERT_NE(find(rows, QStringLiteral("verdict")), nullptr);
  EXPECT_EQ(find(rows, QStringLiteral("verdict"))->kind, Kind::Different);
  EXPECT_EQ(find(rows, QStringLiteral("measured"))->b, QStringLiteral("4.41× ± 0.11"));
  EXPECT_EQ(find(rows, QStringLiteral("predicted")), nullptr) << "nothing is predicted";
  ASSERT_NE(find(rows, QStringLiteral("Recipe")), nullptr);
  const auto same = std::ranges::find_if(rows, [](const ComparisonRow& row) { return row.a == QLatin1String("fuse i j"); });
  ASSERT_NE(same, rows.end());
  EXPECT_EQ(same->b, QStringLiteral("fuse i j"));
  EXPECT_EQ(same->kind, Kind::Same);
  for (const auto& row : compareSchedules(b, b))
    EXPECT_NE(row.kind, Kind::Different) << qUtf8Printable(row.what);
}

TEST(CompareSchedules, SetsEachDependenceBesideItself) {
  auto changed = *samples::schedule(4);
  ASSERT_FALSE(changed.dependences.empty());
  changed.dependences[0].carriedBy = "another";
  changed.dependences[0].violated = false;
  const auto rows = compareSchedules({{}, samples::schedule(4), {}, {}},
                                     {{}, std::make_shared<const ScheduleSnapshot>(changed), {}, {}});
  int different = 0;
  for (const ComparisonRow& row : rows)
    if (row.kind == Kind::Different) {
      ++different;
      EXPECT_EQ(row.b, QStringLiteral("carried by another"));
    }
  EXPECT_EQ(different, 1);
}

TEST(CompareSchedules, SetsFiguresOfCachesBesideEachOther) {
  ComparisonSide a{{}, samples::schedule(2), {}, {}}, b{{}, samples::schedule(4), {}, {}};
  a.cacheRemark = QStringLiteral("being simulated …");
  const auto waiting = compareSchedules(a, b);
  EXPECT_NE(find(waiting, QStringLiteral("Simulated caches: being simulated …")), nullptr);
  a.cacheRemark = QStringLiteral("all 10 accesses");
  a.caches = {{QStringLiteral("L1 misses"), QStringLiteral("7")}, {QStringLiteral("L2 misses"), QStringLiteral("1")},
              {QStringLiteral("loop i"), QStringLiteral("3")}};
  b.caches = {{QStringLiteral("L1 misses"), QStringLiteral("5")}, {QStringLiteral("L2 misses"), QStringLiteral("1")},
              {QStringLiteral("loop it"), QStringLiteral("4")}};
  const auto rows = compareSchedules(a, b);
  EXPECT_EQ(find(rows, QStringLiteral("L1 misses"))->kind, Kind::Different);
  EXPECT_EQ(find(rows, QStringLiteral("L1 misses"))->b, QStringLiteral("5"));
  EXPECT_EQ(find(rows, QStringLiteral("L2 misses"))->kind, Kind::Same);
  EXPECT_EQ(find(rows, QStringLiteral("loop i"))->b, QStringLiteral("not there"));
  EXPECT_EQ(find(rows, QStringLiteral("loop it"))->a, QStringLiteral("not there"));
}

TEST(ComparisonView, ShowsDifferencesOnlyOnRequest) {
  ComparisonView view;
  const QAbstractItemModelTester tester(view.comparisonModel(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  view.resize(700, 200);
  EXPECT_EQ(view.comparisonModel()->rowCount(), 0);
  view.setSides({QStringLiteral("x"), samples::schedule(2), {}, {}}, {QStringLiteral("y"), samples::schedule(4), {}, {}});
  const int all = view.comparisonModel()->rowCount();
  EXPECT_EQ(view.comparisonModel()->headerData(1, Qt::Horizontal).toString(), QStringLiteral("A: x"));
  view.findChild<QCheckBox*>(QStringLiteral("differencesOnly"))->setChecked(true);
  EXPECT_LT(view.comparisonModel()->rowCount(), all);
  for (int row = 0; row < view.comparisonModel()->rowCount(); ++row)
    EXPECT_NE(view.comparisonModel()->row(row).kind, Kind::Same);
}

TEST(IterationSpaceView, TheLeftPlotShowsAReferenceAndOneSelection) {
  Selection selection;
  IterationSpaceView view(selection);
  view.resize(900, 400);
  view.show();
  const auto skewed = samples::schedule(3), tiled = samples::schedule(4);
  view.setProgram(samples::program());
  view.setSchedule(tiled);
  view.setReference(skewed, QStringLiteral("A: skewed"));
  SpacePlot *left = view.plot(SpaceOrder::Original), *right = view.plot(SpaceOrder::New);
  EXPECT_EQ(left->scene().schedule, skewed);
  EXPECT_EQ(right->scene().schedule, tiled);
  EXPECT_EQ(left->scene().data.projection.order, SpaceOrder::New);
  const InstanceId chosen{0, 5, tiled->space.clouds[0].statement};
  selection.selectInstance(chosen);
  EXPECT_EQ(right->scene().focus.selected, chosen);
  EXPECT_EQ(left->scene().focus.selected, followInstance(tiled->space, chosen, skewed->space));
  Q_EMIT left->instanceClicked(followInstance(tiled->space, chosen, skewed->space));
  EXPECT_EQ(selection.instance(), chosen) << "the other views know the right plot's instances";
  view.setReference(nullptr, {});
  EXPECT_EQ(left->scene().schedule, tiled);
  EXPECT_EQ(left->scene().data.projection.order, SpaceOrder::Original);
}

} // namespace
} // namespace polyloom
