// Recipes with undo; settings; the worker's measurements; the command line.
#include "app/window/session.h"

#include "app/window/command_line.h"
#include "app/window/measurement_text.h"
#include "app/window/settings.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

class SessionTest : public ::testing::Test {
protected:
  SessionTest() { open(session_); }
  void open(Session& session) {
    session.open(folder_.filePath(QStringLiteral("a.c")),
                 {QJsonObject{{QStringLiteral("function"), QStringLiteral("f")}},
                  QJsonObject{{QStringLiteral("function"), QStringLiteral("g")}}});
  }

  QTemporaryDir folder_;
  Session session_;
};

TEST_F(SessionTest, EachStepIsOneUndo) {
  const QSignalSpy changes(&session_, &Session::recipeChanged);
  session_.append(QStringLiteral("reverse  i"));
  session_.append(QStringLiteral("parallel i"));
  EXPECT_EQ(session_.recipe(), QStringLiteral("reverse i\nparallel i"));
  session_.undoStack()->undo();
  EXPECT_EQ(session_.recipe(), QStringLiteral("reverse i"));
  session_.undoStack()->redo();
  EXPECT_EQ(session_.lines().size(), 2);
  EXPECT_EQ(changes.count(), 4);
}

TEST_F(SessionTest, ARefusedStepLeavesNoTrace) {
  session_.append(QStringLiteral("reverse i"));
  session_.append(QStringLiteral("tile q by 4"));
  session_.withdraw();
  EXPECT_EQ(session_.history().nodes().size(), 2U);
  EXPECT_EQ(session_.recipe(), QStringLiteral("reverse i"));
  EXPECT_FALSE(session_.undoStack()->canRedo());
}

TEST_F(SessionTest, StepsCanBeLeftOutAndCutOff) {
  session_.start(QStringLiteral("a\nb\nc"));
  session_.remove(1);
  EXPECT_EQ(session_.recipe(), QStringLiteral("a\nc"));
  session_.truncate(1);
  EXPECT_EQ(session_.recipe(), QStringLiteral("a"));
  session_.remove(7);
  session_.truncate(5);
  EXPECT_EQ(session_.recipe(), QStringLiteral("a"));
  session_.undoStack()->undo();
  session_.undoStack()->undo();
  EXPECT_EQ(session_.recipe(), QStringLiteral("a\nb\nc"));
}

TEST_F(SessionTest, UndoKeepsTheBranch) {
  session_.append(QStringLiteral("reverse i"));
  session_.undoStack()->undo();
  session_.append(QStringLiteral("parallel i"));
  const HistoryTree& tree = session_.history();
  EXPECT_EQ(tree.children(0).size(), 2U);
  session_.show(tree.children(0).front());
  EXPECT_EQ(session_.recipe(), QStringLiteral("reverse i"));
  session_.undoStack()->undo();
  EXPECT_EQ(session_.recipe(), QStringLiteral("parallel i"));
}

TEST_F(SessionTest, LookingAroundIsOneUndoStep) {
  session_.change(QStringLiteral("a\nb\nc"), QStringLiteral("open"));
  for (const int id : {1, 2, 0, 1})
    session_.show(id);
  EXPECT_EQ(session_.recipe(), QStringLiteral("a"));
  session_.undoStack()->undo();
  EXPECT_EQ(session_.recipe(), QStringLiteral("a\nb\nc"));
}

TEST_F(SessionTest, AnEditedStepTakesTheLaterOnesAlong) {
  session_.change(QStringLiteral("a\nb\nc"), QStringLiteral("open"));
  session_.edit(2, QStringLiteral("  B  2"));
  EXPECT_EQ(session_.recipe(), QStringLiteral("a\nB 2\nc"));
  EXPECT_EQ(session_.undoStack()->undoText(), QStringLiteral("edit “b”"));
  EXPECT_EQ(session_.history().recipe(3), QStringLiteral("a\nb\nc")) << "the old branch stays";
  session_.undoStack()->undo();
  session_.edit(1, QString());
  EXPECT_EQ(session_.recipe(), QStringLiteral("b\nc"));
}

TEST_F(SessionTest, ADeletedBranchComesBackWithUndo) {
  session_.change(QStringLiteral("a\nb"), QStringLiteral("open"));
  session_.deleteBranch(1);
  EXPECT_EQ(session_.recipe(), QString());
  EXPECT_EQ(session_.history().nodes().size(), 1U);
  session_.undoStack()->undo();
  EXPECT_EQ(session_.recipe(), QStringLiteral("a\nb"));
  session_.deleteBranch(0);
  EXPECT_EQ(session_.history().nodes().size(), 3U) << "the original order cannot be deleted";
}

TEST_F(SessionTest, NamesAndStarsAreUndoSteps) {
  session_.append(QStringLiteral("a"));
  session_.rename(1, QStringLiteral(" the  one "));
  session_.star(1, true);
  EXPECT_EQ(session_.history().node(1).name, QStringLiteral("the one"));
  session_.undoStack()->undo();
  EXPECT_FALSE(session_.history().node(1).starred);
  session_.undoStack()->undo();
  EXPECT_TRUE(session_.history().node(1).name.isEmpty());
  EXPECT_EQ(session_.recipe(), QStringLiteral("a"));
}

TEST_F(SessionTest, EveryRegionKeepsItsOwnTree) {
  session_.append(QStringLiteral("reverse i"));
  session_.chooseRegion(1);
  EXPECT_TRUE(session_.recipe().isEmpty());
  session_.append(QStringLiteral("parallel i"));
  session_.chooseRegion(0);
  EXPECT_EQ(session_.recipe(), QStringLiteral("reverse i"));
  EXPECT_EQ(session_.histories().size(), 2U);
  EXPECT_TRUE(session_.histories().at(1).find({QStringLiteral("parallel i")}).has_value());
}

TEST_F(SessionTest, SavingWritesARecipeFile) {
  session_.append(QStringLiteral("reverse i"));
  EXPECT_TRUE(session_.isModified());
  const QString path = folder_.filePath(QStringLiteral("a.recipe"));
  EXPECT_EQ(session_.save(path), QString());
  EXPECT_FALSE(session_.isModified());
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  EXPECT_EQ(file.readAll(), "polyloom-recipe 1 f\nreverse i\n");
  EXPECT_EQ(recipeBeside(folder_.filePath(QStringLiteral("a.c"))), path);
  EXPECT_TRUE(session_.save(QStringLiteral("/nowhere/a.recipe")).startsWith(QLatin1String("cannot write")));
}

TEST(Recipe, NamesItsFunctionInItsFirstLine) {
  EXPECT_EQ(recipeFunction(QStringLiteral("# mine\r\n\n polyloom-recipe 1  gemm # of BLAS\nreverse i\n")), QStringLiteral("gemm"));
  EXPECT_EQ(recipeFunction(QStringLiteral("polyloom-recipe 1\nreverse i\n")), QString());
  EXPECT_EQ(recipeFunction(QStringLiteral("reverse i\npolyloom-recipe 1 gemm\n")), QString());
  EXPECT_EQ(recipeFunction(recipeFileText(QStringLiteral("f"), QStringLiteral("reverse i"))), QStringLiteral("f"));
}

TEST(Settings, RememberRecentFilesOnceEach) {
  const QTemporaryDir folder;
  Settings settings(folder.filePath(QStringLiteral("s.ini")));
  EXPECT_FALSE(settings.theme().has_value());
  for (int k = 0; k < 12; ++k)
    settings.addRecentFile(QStringLiteral("/f%1.c").arg(k));
  settings.addRecentFile(QStringLiteral("/f7.c"));
  ASSERT_EQ(settings.recentFiles().size(), kMostRecentFiles);
  EXPECT_EQ(settings.recentFiles().first(), QStringLiteral("/f7.c"));
  EXPECT_EQ(settings.recentFiles().count(QStringLiteral("/f7.c")), 1);
}

TEST(MeasurementText, ReadsWhatTheWorkerWrites) {
  const auto result =
      QJsonDocument::fromJson(R"({"threads":2,"runs":30,"original":{"median_s":0.002,"interval_s":[0.0019,0.0021]},
    "schedules":[{"recipe":"reverse i\nparallel i","outcome":"measured","median_s":0.001,"interval_s":[0.0009,0.0011],"speedup":2.0,"speedup_interval":[1.8,2.2],"result":"equal","max_relative_error":0},
                 {"recipe":"reverse t","outcome":"wrong result","message":"B differs"}]})")
          .object();
  const auto all = parseMeasurements(result);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].label, "original");
  EXPECT_DOUBLE_EQ(all[0].speedup, 1);
  EXPECT_EQ(all[1].label, "parallel i");
  EXPECT_DOUBLE_EQ(all[1].speedupHigh, 2.2);
  EXPECT_EQ(all[2].outcome, MeasurementInfo::Outcome::WrongResult);
  EXPECT_EQ(mergeMeasurements(all, all).size(), 3U);
}

TEST(CommandLine, ReadsEveryTask) {
  const auto window = parseCommandLine(
      {QStringLiteral("a.c"), QStringLiteral("--set"), QStringLiteral("N=100"), QStringLiteral("--set=T=5")});
  ASSERT_TRUE(window.has_value());
  EXPECT_EQ(window->open.values, (SetTexts{{"N", "100"}, {"T", "5"}}));
  const auto render = parseCommandLine({QStringLiteral("--render"), QStringLiteral("a.c"), QStringLiteral("--view"),
                                        QStringLiteral("deps"), QStringLiteral("-o"), QStringLiteral("x.svg")});
  ASSERT_TRUE(render.has_value());
  EXPECT_EQ(render->task, CommandLine::Task::Render);
  EXPECT_EQ(render->view, QStringLiteral("deps"));
  EXPECT_DOUBLE_EQ(render->scale, 2);
  const auto shot = parseCommandLine({QStringLiteral("--screenshot"), QStringLiteral("x.png"), QStringLiteral("--size"),
                                      QStringLiteral("1000x640"), QStringLiteral("--theme"), QStringLiteral("dark"),
                                      QStringLiteral("a.c")});
  ASSERT_TRUE(shot.has_value());
  EXPECT_EQ(shot->size, QSize(1000, 640));
  EXPECT_EQ(shot->theme, Theme::Kind::Dark);
}

TEST(CommandLine, ReadsHowToOpenAFile) {
  const auto line = parseCommandLine({QStringLiteral("-Iinclude"), QStringLiteral("-I"), QStringLiteral("more"),
                                      QStringLiteral("-DN=4"), QStringLiteral("--function"), QStringLiteral("f"),
                                      QStringLiteral("a.c")});
  ASSERT_TRUE(line.has_value()) << line.error().message;
  EXPECT_EQ(line->open.includes, QStringList({QStringLiteral("include"), QStringLiteral("more")}));
  EXPECT_EQ(line->open.defines, QStringList({QStringLiteral("N=4")}));
  EXPECT_EQ(line->open.function, QStringLiteral("f"));
  const auto second = parseCommandLine({QStringLiteral("--scop"), QStringLiteral("2"), QStringLiteral("a.c")});
  ASSERT_TRUE(second.has_value()) << second.error().message;
  EXPECT_EQ(second->open.scop, 2);
  const auto both = parseCommandLine({QStringLiteral("--scop"), QStringLiteral("2"), QStringLiteral("--function"),
                                      QStringLiteral("f"), QStringLiteral("a.c")});
  ASSERT_FALSE(both.has_value());
  EXPECT_EQ(both.error().message, "--scop and --function both choose a region; give one of them");
  EXPECT_FALSE(parseCommandLine({QStringLiteral("--scop"), QStringLiteral("0"), QStringLiteral("a.c")}).has_value());
}

TEST(GivenValues, AreParametersOrScalarsOfTheProgram) {
  ProgramSnapshot program;
  program.function = "gemm";
  program.parameters = {{"N", 10, 4}};
  program.scalars = {{"alpha", "double", 1.5}};
  const auto values = readGivenValues(program, {{"N", "100"}, {"alpha", "2.5e-1"}});
  ASSERT_TRUE(values.has_value());
  EXPECT_EQ(values->parameters.at("N"), 100);
  EXPECT_DOUBLE_EQ(values->scalars.at("alpha"), 0.25);
  EXPECT_EQ(readGivenValues(program, {{"Q", "1"}}).error().message,
            "gemm has no scalar argument Q; there are N, alpha");
  EXPECT_FALSE(readGivenValues(program, {{"N", "1.5"}}).has_value());
  EXPECT_FALSE(readGivenValues(program, {{"N", "99999999999"}}).has_value());
  EXPECT_FALSE(readGivenValues(program, {{"alpha", "much"}}).has_value());
}

TEST(MeasurementText, ARecipeStandsAfterTheOneItExtends) {
  MeasurementInfo original, longer, shorter;
  longer.recipe = "reverse i\nparallel i";
  shorter.recipe = "reverse i";
  const auto all = mergeMeasurements({original, longer}, {original, shorter});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1].recipe, "reverse i");
  EXPECT_EQ(all[2].recipe, "reverse i\nparallel i");
}

TEST(CommandLine, RefusesWhatItDoesNotKnow) {
  for (const QStringList& wrong :
       {QStringList{QStringLiteral("--frobnicate")}, QStringList{QStringLiteral("a.c"), QStringLiteral("b.c")},
        QStringList{QStringLiteral("a.c"), QStringLiteral("--set"), QStringLiteral("N")},
        QStringList{QStringLiteral("a.c"), QStringLiteral("--set"), QStringLiteral("N=LARGE")},
        QStringList{QStringLiteral("a.c"), QStringLiteral("--set=preset=")},
        QStringList{QStringLiteral("--render"), QStringLiteral("a.c")},
        QStringList{QStringLiteral("--render"), QStringLiteral("a.c"), QStringLiteral("--view"), QStringLiteral("moon"),
                    QStringLiteral("-o"), QStringLiteral("x.svg")},
        QStringList{QStringLiteral("--bench-view"), QStringLiteral("many")},
        QStringList{QStringLiteral("--theme"), QStringLiteral("pink")}})
    EXPECT_FALSE(parseCommandLine(wrong).has_value()) << qUtf8Printable(wrong.join(QLatin1Char(' ')));
}

} // namespace
} // namespace polyloom
