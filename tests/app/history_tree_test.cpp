// The tree of schedules: nothing that was tried is lost, whatever is undone, edited or deleted.
#include "app/window/history_rows.h"
#include "app/window/history_tree.h"
#include "app/window/session.h"
#include "app/window/session_file.h"

#include <QJsonObject>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace polyloom {
namespace {

QStringList steps(const char* text) {
  return QString::fromLatin1(text).split(QLatin1Char(';'), Qt::SkipEmptyParts);
}

ScheduleSnapshot judged(const std::vector<StepInfo>& outcomes, const std::string& code) {
  ScheduleSnapshot schedule;
  schedule.steps = outcomes;
  schedule.code = {{.text = code}, {.text = "end"}};
  if (!outcomes.empty() && outcomes.back().outcome == StepInfo::Outcome::Illegal)
    schedule.verdict.kind = VerdictInfo::Kind::Illegal;
  return schedule;
}

TEST(HistoryTree, ARecipeIsOneNode) {
  HistoryTree tree;
  const int ab = tree.grow(steps("a;b"));
  EXPECT_EQ(tree.grow(steps("a;b")), ab);
  const int ac = tree.grow(steps("a;c"));
  EXPECT_EQ(tree.node(ac).parent, tree.node(ab).parent);
  EXPECT_EQ(tree.recipe(ac), QStringLiteral("a\nc"));
  EXPECT_EQ(tree.nodes().size(), 4U);
  EXPECT_EQ(tree.find(steps("a;b")), ab);
  EXPECT_FALSE(tree.find(steps("b")).has_value());
}

TEST(HistoryTree, TheTipIsWhereTheUserWasLast) {
  HistoryTree tree;
  const int a = tree.grow(steps("a")), abc = tree.grow(steps("a;b;c")), ad = tree.grow(steps("a;d"));
  tree.moveTo(abc);
  tree.moveTo(a);
  EXPECT_EQ(tree.tip(a), abc);
  tree.moveTo(ad);
  EXPECT_EQ(tree.tip(a), ad);
  tree.moveTo(tree.node(abc).parent);
  EXPECT_EQ(tree.tip(a), tree.current()) << "what lies beyond the present place is no part of the present recipe";
  EXPECT_EQ(tree.tip(tree.current()), abc);
}

TEST(HistoryTree, WhatIsDeletedShowsAgainWhenItIsAskedFor) {
  HistoryTree tree;
  const int ab = tree.grow(steps("a;b"));
  tree.hide(tree.branch(tree.node(ab).parent));
  EXPECT_EQ(tree.nodes().size(), 1U);
  EXPECT_FALSE(tree.find(steps("a")).has_value());
  EXPECT_EQ(tree.grow(steps("a")), tree.node(ab).parent);
  EXPECT_FALSE(tree.contains(ab));
  EXPECT_EQ(tree.grow(steps("a;b")), ab);
}

TEST(HistoryTree, EqualSchedulesAreMarkedAndShareTheirTimes) {
  HistoryTree tree;
  tree.judge(judged({}, "for i"));
  tree.moveTo(tree.grow(steps("reverse i")));
  tree.judge(judged({{.text = "reverse i"}}, "for -i"));
  const int twice = tree.grow(steps("reverse i;reverse i"));
  tree.moveTo(twice);
  EXPECT_FALSE(tree.twin(twice).has_value()) << "nothing is known of it yet";
  tree.judge(judged({{.text = "reverse i"}, {.text = "reverse i"}}, "for i"));
  EXPECT_EQ(tree.twin(twice), 0);
  EXPECT_FALSE(tree.twin(0).has_value()) << "the older one is the one that the others are compared with";
  MeasurementInfo measured;
  measured.recipe = "reverse i\nreverse i";
  measured.speedup = 1.5;
  measured.speedupLow = 1.4;
  measured.speedupHigh = 1.6;
  const auto rows = historyRows(tree, {measured});
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].measured, QStringLiteral("1.50× ± 0.10"));
  EXPECT_TRUE(rows[1].measured.isEmpty());
  EXPECT_EQ(rows[2].twin, QStringLiteral("original"));
}

TEST(HistoryRows, SayWhatAModelPredictsAndWhetherItIsRight) {
  HistoryTree tree;
  const int ab = tree.grow(steps("a;b"));
  const int c = tree.grow(steps("c")), d = tree.grow(steps("d"));
  tree.predict(d, {2.5, 2, 3});
  MeasurementInfo measured;
  measured.recipe = "a\nb";
  measured.speedup = 1.5, measured.speedupLow = 1.4, measured.speedupHigh = 1.6;
  MeasurementInfo wrong;
  wrong.recipe = "c";
  wrong.outcome = MeasurementInfo::Outcome::WrongResult;
  const Predictions predictions{{"a", {.problem = "too odd"}},
                                {"a\nb", {.speedup = 2, .interval = {1.61, 2.5}}},
                                {"c", {.speedup = 2, .interval = {1.61, 2.5}}}};
  const auto rows = historyRows(tree, {measured, wrong}, predictions);
  const auto row = [&](int id) { return rows[static_cast<std::size_t>(id)]; };
  EXPECT_EQ(row(ab).predicted, QStringLiteral("2.00× [1.61 … 2.50]"));
  EXPECT_EQ(row(ab).agreement, PredictionVerdict::ModelWrong);
  EXPECT_EQ(row(tree.node(ab).parent).unpredicted, QStringLiteral("too odd"));
  EXPECT_TRUE(row(tree.node(ab).parent).predicted.isEmpty());
  EXPECT_FALSE(row(c).agreement.has_value()) << "a wrong result has no time";
  EXPECT_EQ(row(d).predicted, QStringLiteral("2.50× [2.00 … 3.00]")) << "as the search has left it";
}

TEST(HistoryTree, StepsAfterARefusedOneAreNotJudged) {
  HistoryTree tree;
  const int abc = tree.grow(steps("a;b;c"));
  tree.moveTo(abc);
  tree.judge(judged({{.text = "a"}, {.text = "b", .outcome = StepInfo::Outcome::Refused, .message = "there is no loop b"}}, "x"));
  const std::vector<int> path = tree.path(abc);
  EXPECT_EQ(tree.node(path[0]).verdict, HistoryVerdict::Legal);
  EXPECT_EQ(tree.node(path[1]).verdict, HistoryVerdict::Refused);
  EXPECT_EQ(tree.node(path[1]).message, QStringLiteral("there is no loop b"));
  EXPECT_EQ(tree.node(path[2]).verdict, HistoryVerdict::NotSeen);
  EXPECT_TRUE(tree.node(abc).key.isEmpty());
}

/// Random gestures on a session, and what must hold after each.
class RandomGestures : public ::testing::TestWithParam<unsigned> {
protected:
  RandomGestures() : random_(GetParam()) {
    session_.open(QStringLiteral("a.c"), {QJsonObject{{QStringLiteral("function"), QStringLiteral("f")}}});
  }
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
  QString line() { return QStringLiteral("step %1").arg(below(4)); }
  int anyNode() {
    const std::vector<int> nodes = session_.history().nodes();
    return nodes[static_cast<std::size_t>(below(static_cast<int>(nodes.size())))];
  }
  std::set<QString> recipes() const {
    std::set<QString> all;
    for (const int id : session_.history().nodes())
      all.insert(session_.history().recipe(id));
    return all;
  }
  /// Returns whether schedules may be gone afterwards.
  bool gesture();
  void expectWhole() const;

  std::mt19937 random_;
  Session session_;
};

bool RandomGestures::gesture() {
  QUndoStack* stack = session_.undoStack();
  switch (below(9)) {
  case 0:
  case 1:
    session_.append(line());
    return false;
  case 2:
    session_.show(anyNode());
    return false;
  case 3:
    session_.edit(anyNode(), below(4) == 0 ? QString() : line());
    return false;
  case 4: {
    const bool hides = stack->canRedo() && stack->redoText().startsWith(QLatin1String("delete"));
    stack->redo();
    return hides;
  }
  case 5:
    stack->undo();
    return false;
  case 6:
    session_.addFound(session_.history().recipe(anyNode()) + QLatin1Char('\n') + line(), HistorySpeedup{2, 1, 3});
    return false;
  case 7:
    session_.star(anyNode(), below(2) == 0);
    return false;
  default:
    session_.deleteBranch(anyNode());
    return true;
  }
}

void RandomGestures::expectWhole() const {
  const HistoryTree& tree = session_.history();
  EXPECT_EQ(session_.recipe(), tree.recipe(tree.current()));
  ASSERT_TRUE(tree.contains(tree.current()));
  std::set<std::pair<int, QString>> children;
  for (const int id : tree.nodes()) {
    EXPECT_TRUE(id == 0 || tree.contains(tree.node(id).parent)) << "a schedule without the one before it";
    EXPECT_TRUE(children.emplace(tree.node(id).parent, tree.node(id).line).second) << "two equal steps after one schedule";
    EXPECT_EQ(tree.find(tree.lines(id)), id);
    EXPECT_TRUE(tree.isAbove(id, tree.tip(id)));
  }
  const Result<HistoryTree> again = historyFromJson(historyToJson(tree));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(again->recipe(again->current()), session_.recipe());
  EXPECT_EQ(again->nodes().size(), tree.nodes().size());
}

TEST_P(RandomGestures, LoseNothing) {
  for (int k = 0; k < 300 && !HasFatalFailure(); ++k) {
    const std::set<QString> before = recipes();
    const bool mayLose = gesture();
    expectWhole();
    const std::set<QString> after = recipes();
    EXPECT_TRUE(mayLose || std::ranges::includes(after, before));
  }
  // All the way back is the original order, and as far forth again is the same place.
  QUndoStack* stack = session_.undoStack();
  const QString last = session_.recipe();
  const int index = stack->index();
  while (stack->canUndo())
    stack->undo();
  EXPECT_TRUE(session_.recipe().isEmpty());
  while (stack->index() < index) {
    stack->redo();
    expectWhole();
  }
  EXPECT_EQ(session_.recipe(), last);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomGestures, ::testing::Range(1U, 13U));

} // namespace
} // namespace polyloom
