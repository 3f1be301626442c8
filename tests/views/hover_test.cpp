// What the pointer is on lights up everywhere, whichever view it is in.
#include "tests/support/sample_snapshots.h"
#include "views/code_view.h"
#include "views/dependence_view.h"
#include "views/instance_view.h"
#include "views/iteration_space_view.h"
#include "views/loop_tree_view.h"
#include "views/source_view.h"
#include "views/space_plot.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

/// Moves the pointer there, as the window system tells it.
void movePointer(QWidget* widget, const QPoint& position) {
  QMouseEvent move(QEvent::MouseMove, position, widget->mapToGlobal(position), Qt::NoButton, Qt::NoButton, {});
  QCoreApplication::sendEvent(widget, &move);
}

void leave(QWidget* widget) {
  QEvent event(QEvent::Leave);
  QCoreApplication::sendEvent(widget, &event);
}

/// All views of one selection, over jacobi-1d in its own order.
class Hovering : public ::testing::Test {
protected:
  Hovering() : source_(selection_), code_(selection_), tree_(selection_), dependences_(selection_),
               instances_(selection_), space_(selection_) {
    const auto program = samples::program();
    const auto schedule = samples::schedule(0);
    for (QWidget* view : std::initializer_list<QWidget*>{&source_, &code_, &tree_, &dependences_, &instances_, &space_}) {
      view->resize(700, 400);
      view->show();
    }
    source_.setProgram(program);
    code_.setSchedule(schedule);
    tree_.setSchedule(program, schedule);
    dependences_.setProgram(program);
    dependences_.setSchedule(schedule);
    instances_.setSpace(program, schedule);
    space_.setProgram(program);
    space_.setSchedule(schedule);
  }
  /// Lines of the generated code that stand for the statement or the loop.
  std::vector<int> codeLines(int statement, const std::string& loop) const {
    std::vector<int> lines;
    const auto& code = samples::schedule(0)->code;
    for (std::size_t line = 0; line < code.size(); ++line)
      if ((statement >= 0 && code[line].statement == statement) || (!loop.empty() && code[line].loop == loop))
        lines.push_back(static_cast<int>(line));
    return lines;
  }
  bool isTreeLit(const QModelIndex& index) const { return tree_.isLit(index); }
  QModelIndex statementRow(int statement) const { return tree_.treeModel()->findStatement(statement); }
  QModelIndex loopRow(const char* loop) const { return tree_.treeModel()->findLoop(QLatin1String(loop)); }
  void expectNothingLit() {
    EXPECT_TRUE(source_.litLines().empty());
    EXPECT_TRUE(code_.editor()->litLines().empty());
    EXPECT_TRUE(dependences_.hoverRows()->lit().empty());
    EXPECT_TRUE(selection_.hover().isEmpty());
  }

  Selection selection_;
  SourceView source_;
  CodeView code_;
  LoopTreeView tree_;
  DependenceView dependences_;
  InstanceView instances_;
  IterationSpaceView space_;
};

TEST_F(Hovering, ASourceLineLightsItsStatement) {
  movePointer(source_.viewport(), source_.positionOf(5));
  EXPECT_EQ(source_.litLines(), std::vector<int>{5});
  EXPECT_EQ(code_.editor()->litLines(), codeLines(0, {}));
  EXPECT_FALSE(code_.editor()->litLines().empty());
  EXPECT_TRUE(isTreeLit(statementRow(0)));
  EXPECT_FALSE(isTreeLit(statementRow(1)));
  EXPECT_EQ(space_.plot(SpaceOrder::New)->scene().focus.statement, 0);
  EXPECT_EQ(selection_.statement(), -1); // nothing is selected by that
  leave(&source_);
  expectNothingLit();
  EXPECT_EQ(space_.plot(SpaceOrder::New)->scene().focus.statement, -1);
}

TEST_F(Hovering, AHeadInTheSourceLightsItsLoop) {
  movePointer(source_.viewport(), source_.positionOf(6));
  EXPECT_EQ(selection_.hover().loop, QStringLiteral("j"));
  EXPECT_EQ(code_.editor()->litLines(), codeLines(-1, "j"));
  EXPECT_TRUE(isTreeLit(loopRow("j")));
  EXPECT_EQ(space_.plot(SpaceOrder::Original)->scene().focus.loop, QStringLiteral("j"));
}

TEST_F(Hovering, AGeneratedLineLightsTheSource) {
  movePointer(code_.editor()->viewport(), code_.editor()->positionOf(codeLines(1, {}).front()));
  EXPECT_EQ(source_.litLines(), std::vector<int>{7});
  movePointer(code_.editor()->viewport(), code_.editor()->positionOf(codeLines(-1, "i").front()));
  EXPECT_EQ(source_.litLines(), std::vector<int>{4});
  leave(code_.editor());
  expectNothingLit();
}

TEST_F(Hovering, ATreeRowLightsLines) {
  movePointer(tree_.viewport(), tree_.visualRect(loopRow("i")).center());
  EXPECT_EQ(source_.litLines(), std::vector<int>{4});
  EXPECT_EQ(code_.editor()->litLines(), codeLines(-1, "i"));
  movePointer(tree_.viewport(), tree_.visualRect(statementRow(1)).center());
  EXPECT_EQ(source_.litLines(), std::vector<int>{7});
  leave(&tree_);
  expectNothingLit();
}

TEST_F(Hovering, ADependenceRowLightsBothStatements) {
  QTableView* table = dependences_.table();
  int row = 0; // the first between two statements
  while (dependences_.dependenceModel()->dependences()[static_cast<std::size_t>(row)].from ==
         dependences_.dependenceModel()->dependences()[static_cast<std::size_t>(row)].to)
    ++row;
  table->scrollTo(table->model()->index(row, 0));
  movePointer(table->viewport(), table->visualRect(table->model()->index(row, 1)).center());
  EXPECT_EQ(source_.litLines(), (std::vector<int>{5, 7}));
  EXPECT_EQ(dependences_.hoverRows()->lit(), std::set<int>{row});
  EXPECT_EQ(space_.plot(SpaceOrder::New)->scene().focus.dependence, row);
  leave(table->viewport());
  expectNothingLit();
}

TEST_F(Hovering, APointLightsItsLineAndItsRow) {
  SpacePlot* plot = space_.plot(SpaceOrder::Original);
  const InstanceId instance{1, 3, 1};
  movePointer(plot, plot->positionOf(instance).toPoint());
  EXPECT_EQ(selection_.hover().instance, instance);
  EXPECT_EQ(source_.litLines(), std::vector<int>{7});
  EXPECT_TRUE(isTreeLit(statementRow(1)));
  EXPECT_EQ(instances_.hoverRows()->lit(), std::set<int>{instances_.instanceModel()->rowOf(instance)});
  EXPECT_EQ(space_.plot(SpaceOrder::New)->scene().focus.hovered, instance);
  leave(plot);
  expectNothingLit();
  EXPECT_TRUE(instances_.hoverRows()->lit().empty());
}

TEST_F(Hovering, AnInstancesRowLightsItsPoint) {
  movePointer(instances_.viewport(), instances_.visualRect(instances_.model()->index(2, 1)).center());
  EXPECT_EQ(space_.plot(SpaceOrder::New)->scene().focus.hovered, instances_.instanceModel()->instanceAt(2));
  EXPECT_FALSE(code_.editor()->litLines().empty());
  leave(instances_.viewport());
  expectNothingLit();
}

TEST_F(Hovering, TextsScrollOnlyIfAsked) {
  CodeEditor* editor = code_.editor();
  QString text;
  std::vector<LineOrigin> origins(200);
  for (int line = 0; line < 200; ++line)
    text += QStringLiteral("line\n");
  origins[150].statement = 1;
  editor->setCode(text, origins);
  movePointer(source_.viewport(), source_.positionOf(7));
  EXPECT_EQ(editor->litLines(), std::vector<int>{150});
  EXPECT_EQ(editor->firstVisibleLine(), 0);
  leave(&source_);
  selection_.setFollowsHover(true);
  movePointer(source_.viewport(), source_.positionOf(7));
  EXPECT_GT(editor->firstVisibleLine(), 100);
}

TEST_F(Hovering, SelectionAndHoverShowBeside) {
  selection_.selectStatement(0);
  movePointer(source_.viewport(), source_.positionOf(7));
  EXPECT_EQ(source_.highlightedLines(), 1);
  EXPECT_EQ(source_.litLines(), std::vector<int>{7});
  EXPECT_EQ(selection_.statement(), 0);
}

} // namespace
} // namespace polyloom
