// Sessions as files: what is written comes back, old formats open for good, what is no session is refused with a sentence.
#include "app/window/session_file.h"
#include "app/window/space_state_json.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <gtest/gtest.h>

#include <string>

namespace polyloom {
namespace {

QByteArray textOf(const QString& path) {
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qUtf8Printable(path);
  return file.readAll();
}

SessionFile sample() {
  SessionFile session{.path = QStringLiteral("/home/me/jacobi.c"),
                      .source = QStringLiteral("void f() {\n} // ä\n"),
                      .function = QStringLiteral("f"),
                      .region = 1,
                      .includes = {QStringLiteral("include")},
                      .defines = {QStringLiteral("N=4")},
                      .conditions = {{QStringLiteral("threads"), 2}},
                      .drawn = {{QStringLiteral("T"), 5}},
                      .notes = {QStringLiteral("on plain pages")},
                      .views = {{QStringLiteral("code"), QJsonObject{{QStringLiteral("kind"), 1}}}}};
  HistoryTree& tree = session.histories[1];
  const int shifted = tree.grow({QStringLiteral("shift S1 j by 1"), QStringLiteral("fuse i j")}, HistoryNode::Origin::File);
  const int found = tree.grow({QStringLiteral("parallel i")}, HistoryNode::Origin::Search);
  const int gone = tree.grow({QStringLiteral("reverse i")});
  tree.predict(found, {2.5, 2, 3});
  tree.annotate(shifted, QStringLiteral("the good one"), true);
  tree.moveTo(shifted);
  tree.hide({gone});
  MeasurementInfo original, measured;
  original.label = "original";
  original.median = 0.25;
  measured.recipe = "shift S1 j by 1\nfuse i j";
  measured.median = 0.125;
  measured.speedup = 2;
  measured.speedupLow = 1.9;
  measured.speedupHigh = 2.1;
  measured.result = "equal";
  measured.samples = 30;
  measured.notes = {"12 Gflop/s"};
  measured.taken = "2026-02-01T10:11:12Z";
  MeasurementInfo wrong;
  wrong.recipe = "parallel i";
  wrong.outcome = MeasurementInfo::Outcome::WrongResult;
  wrong.message = "B differs";
  session.measurements = {original, measured, wrong};
  session.sweep = SweepData::of({{.place = {2, "sizes", 1}, .line = "tile i j by 4 8", .open = "tile i j by 4 ?", .loop = "j", .value = 8,
                                  .candidates = {4, 8}, .coarse = {8}}},
                                {{{2, "sizes", 1}, {4, 8, 16, 32}}});
  std::vector<SweepPoint>& points = session.sweep.points;
  points[0] = {.values = {4}, .recipe = "tile i j by 4 4", .verdict = SweepVerdict::Illegal, .message = "S1 comes too early"};
  points[1] = {.values = {8}, .recipe = "tile i j by 4 8", .verdict = SweepVerdict::Legal,
               .figures = {{.source = "measured", .speedup = 1.5, .low = 1.4, .high = 1.6, .seconds = 0.25, .isStored = true}}};
  points[2] = {.values = {16}, .recipe = "tile i j by 4 16", .verdict = SweepVerdict::Legal, .sameAs = 1,
               .figures = {{.source = "measured", .message = "it crashed"}}};
  session.measuredConditions = session.conditions;
  return session;
}

TEST(SessionFile, WhatIsWrittenComesBack) {
  const SessionFile session = sample();
  const Result<SessionFile> again = readSession(sessionText(session));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(again->path, session.path);
  EXPECT_EQ(again->source, session.source);
  EXPECT_EQ(again->function, session.function);
  EXPECT_EQ(again->region, 1);
  EXPECT_EQ(again->includes, session.includes);
  EXPECT_EQ(again->defines, session.defines);
  EXPECT_EQ(again->conditions, session.conditions);
  EXPECT_EQ(again->measuredConditions, session.conditions);
  EXPECT_EQ(again->drawn, session.drawn);
  EXPECT_EQ(again->notes, session.notes);
  EXPECT_EQ(again->views, session.views);
  EXPECT_FALSE(again->wasClosed);
  ASSERT_EQ(again->measurements.size(), 3U);
  EXPECT_DOUBLE_EQ(again->measurements[0].median, 0.25);
  EXPECT_DOUBLE_EQ(again->measurements[1].speedupHigh, 2.1);
  EXPECT_EQ(again->measurements[1].notes, session.measurements[1].notes);
  EXPECT_EQ(again->measurements[1].taken, session.measurements[1].taken);
  EXPECT_EQ(again->measurements[2].outcome, MeasurementInfo::Outcome::WrongResult);
  EXPECT_EQ(again->measurements[2].message, "B differs");
}

TEST(SessionFile, TheTreeComesBackWithoutWhatWasDeleted) {
  const Result<SessionFile> again = readSession(sessionText(sample()));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  const HistoryTree& tree = again->histories.at(1);
  EXPECT_EQ(again->scheduleCount(), 3);
  EXPECT_EQ(tree.recipe(tree.current()), QStringLiteral("shift S1 j by 1\nfuse i j"));
  EXPECT_EQ(tree.node(tree.current()).name, QStringLiteral("the good one"));
  EXPECT_TRUE(tree.node(tree.current()).starred);
  EXPECT_EQ(tree.node(tree.current()).origin, HistoryNode::Origin::File);
  const auto found = tree.find({QStringLiteral("parallel i")});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(tree.node(*found).origin, HistoryNode::Origin::Search);
  ASSERT_TRUE(tree.node(*found).predicted.has_value());
  EXPECT_DOUBLE_EQ(tree.node(*found).predicted->high, 3);
  EXPECT_FALSE(tree.find({QStringLiteral("reverse i")}).has_value());
}

TEST(SessionFile, TheLastSweepComesBack) {
  const SweepData before = sample().sweep;
  const Result<SessionFile> again = readSession(sessionText(sample()));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  const SweepData& sweep = again->sweep;
  ASSERT_EQ(sweep.axes.size(), 1U);
  EXPECT_EQ(sweep.axes[0].values, (std::vector<std::int64_t>{4, 8, 16, 32}));
  EXPECT_EQ(sweep.axes[0].place, before.axes[0].place);
  EXPECT_EQ(sweep.numbers[0].open, "tile i j by 4 ?");
  EXPECT_EQ(sweep.numbers[0].candidates, before.numbers[0].candidates);
  ASSERT_EQ(sweep.points.size(), 4U);
  EXPECT_EQ(sweep.points[0].verdict, SweepVerdict::Illegal);
  EXPECT_EQ(sweep.points[0].message, "S1 comes too early");
  EXPECT_EQ(sweep.points[3].verdict, SweepVerdict::Waiting);
  for (const std::size_t p : {1U, 2U})
    EXPECT_EQ(pointText(sweep, p), pointText(before, p));
  ASSERT_EQ(sweep.points[1].figures.size(), 1U);
  EXPECT_DOUBLE_EQ(sweep.points[1].figures[0].high, 1.6);
  EXPECT_DOUBLE_EQ(sweep.points[1].figures[0].seconds, 0.25);
  EXPECT_TRUE(sweep.points[1].figures[0].isStored);
}

TEST(SpaceState, ComesBackAndBearsWhatItDoesNotKnow) {
  SpaceViewState state;
  state.mode = SpaceMode::Solid;
  state.colorBy = ColorBy::Thread;
  state.layout = SpaceLayout::Stacked;
  state.kinds = {false, true, false};
  state.hiddenArrays = {"A"};
  state.tiles = false;
  state.axes[1] = {"it", "j", ""};
  state.azimuth = 1.25;
  EXPECT_EQ(spaceStateFromJson(spaceStateToJson(state)), state);
  EXPECT_EQ(spaceStateFromJson({}), SpaceViewState());
  EXPECT_EQ(spaceStateFromJson({{QStringLiteral("mode"), 99}, {QStringLiteral("axes"), 7}}), SpaceViewState());
}

TEST(SessionFile, OfFormatOneOpensForGood) {
  const QDir folder(QStringLiteral(POLYLOOM_SESSIONS));
  const QStringList names = folder.entryList({QStringLiteral("*.polyloom.json")}, QDir::Files);
  ASSERT_FALSE(names.isEmpty());
  for (const QString& name : names) {
    const Result<SessionFile> session = readSession(textOf(folder.filePath(name)));
    ASSERT_TRUE(session.has_value()) << qUtf8Printable(name) << ": " << session.error().message;
    EXPECT_GT(session->scheduleCount(), 0) << qUtf8Printable(name);
  }
  const Result<SessionFile> first = readSession(textOf(folder.filePath(QStringLiteral("format-1.polyloom.json"))));
  ASSERT_TRUE(first.has_value());
  const HistoryTree& tree = first->histories.at(0);
  EXPECT_EQ(tree.recipe(tree.current()), QStringLiteral("shift S1 j by 1\nfuse i j\nskew i by 2 t"));
  const auto illegal = tree.find({QStringLiteral("fuse i j")});
  ASSERT_TRUE(illegal.has_value());
  EXPECT_EQ(tree.node(*illegal).verdict, HistoryVerdict::Illegal);
  EXPECT_EQ(tree.node(*illegal).name, QStringLiteral("too early"));
  ASSERT_EQ(first->measurements.size(), 2U);
  EXPECT_DOUBLE_EQ(first->measurements[1].speedup, 1.17);
  EXPECT_EQ(first->conditions.value(QStringLiteral("threads")).toInt(), 2);
  EXPECT_TRUE(first->sweep.isEmpty());
  const Result<SessionFile> swept = readSession(textOf(folder.filePath(QStringLiteral("format-1-sweep.polyloom.json"))));
  ASSERT_TRUE(swept.has_value());
  ASSERT_EQ(swept->sweep.points.size(), 3U);
  EXPECT_EQ(swept->sweep.points[1].sameAs, 0);
  EXPECT_EQ(swept->sweep.points[2].message, "too hard to decide");
}

struct Bad {
  std::string text;
  const char* sentence;
};

/// A session that is whole but for its histories.
std::string withHistories(const std::string& histories) {
  return R"({"polyloom-session": 1, "program": {"path": "a.c", "source": "x", "region": 0}, "histories": [)" + histories + "]}";
}

std::string withSweep(const std::string& sweep) {
  return R"({"polyloom-session": 1, "program": {"path": "a.c", "source": "x", "region": 0}, "sweep": )" + sweep + "}";
}

class NoSession : public ::testing::TestWithParam<Bad> {};

TEST_P(NoSession, IsRefusedWithASentence) {
  const Result<SessionFile> session = readSession(QByteArray::fromStdString(GetParam().text));
  ASSERT_FALSE(session.has_value());
  EXPECT_NE(session.error().message.find(GetParam().sentence), std::string::npos) << session.error().message;
}

INSTANTIATE_TEST_SUITE_P(Texts, NoSession, ::testing::Values(
    Bad{"", "the session is not whole"}, Bad{R"({"polyloom-session": 1, )", "the session is not whole"},
    Bad{R"({"name": "package"})", "this is JSON, but no session"}, Bad{"[1, 2]", "this is JSON, but no session"},
    Bad{R"({"polyloom-session": 2})", "a newer Polyloom wrote this session: it has format 2"},
    Bad{R"({"polyloom-session": "x"})", "no number"}, Bad{R"({"polyloom-session": 1})", "names no program"},
    Bad{withHistories(R"({"region": 0, "current": 0, "nodes": [{"id": 0}, {"id": 1, "parent": 4, "step": "a"}]})"),
        "schedule 1 has no place"},
    Bad{withHistories(R"({"region": 0, "current": 0, "nodes": [{"id": 0}, {"id": 1, "parent": 0, "step": "a"},
                                                                {"id": 2, "parent": 0, "step": "a"}]})"),
        "schedule 2 has no place"},
    Bad{withHistories(R"({"region": 0, "current": 7, "nodes": [{"id": 0}]})"), "has no schedule 7"},
    Bad{withHistories(R"({"region": 0, "current": 0, "nodes": []}, {"region": 0, "current": 0, "nodes": []})"),
        "two histories of one region"},
    Bad{withSweep(R"({"axes": []})"), "not over one or two numbers"},
    Bad{withSweep(R"({"axes": [{"values": []}]})"), "not over one or two numbers"},
    Bad{withSweep(R"({"axes": [{"values": [1]}, {"values": [1]}, {"values": [1]}]})"), "not over one or two numbers"}));

TEST(SessionFile, AnyCutIsRefused) {
  const QByteArray text = sessionText(sample());
  for (qsizetype length = 0; length + 2 < text.size(); length += 97)
    EXPECT_FALSE(readSession(text.left(length)).has_value()) << length;
}

TEST(SessionFile, IsToldFromProgramsByItsFirstByte) {
  EXPECT_TRUE(looksLikeSession(sessionText(sample()).left(16)));
  EXPECT_FALSE(looksLikeSession("// {\nvoid f() {"));
  EXPECT_FALSE(looksLikeSession("<OpenScop>"));
}

} // namespace
} // namespace polyloom
