// Several windows, files that change on the disk, and exports of panels that nobody sees.
#include "app/window/windows.h"

#include "app/window/autosave.h"
#include "app/window/autosave_slot.h"
#include "app/window/controller.h"
#include "app/window/file_watch.h"
#include "app/window/layouts.h"
#include "app/window/main_window.h"
#include "app/window/panel_exports.h"
#include "app/window/parameter_bar.h"
#include "app/window/settings.h"
#include "app/window/shell.h"

#include <QAction>
#include <QDockWidget>
#include <QFile>
#include <QImage>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

constexpr int kPatience = 60000;

QByteArray scale(const char* factor, const char* loop = "i", const char* function = "scale") {
  return QByteArray("void ") + function + "(int N, double A[N][N]) {\n#pragma scop\n  for (int " + loop + " = 0; " + loop +
         " < N; " + loop + "++)\n    for (int j = 0; j < N; j++)\n      A[" + loop + "][j] = " + factor + " * A[" + loop +
         "][j];\n#pragma endscop\n}\n";
}

class WindowsTest : public ::testing::Test {
protected:
  WindowsTest()
      : settings_(path("settings.ini")), windows_(settings_, path("unsaved"), QStringLiteral(POLYLOOM_WORKER)) {
    settings_.setTheme(Theme::Kind::Light);
  }
  QString path(const char* name) const { return folder_.filePath(QLatin1String(name)); }
  QString write(const char* name, const QByteArray& text) const {
    QFile file(path(name));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    return file.fileName();
  }
  /// As an editor does that writes a new file and renames it.
  void replace(const char* name, const QByteArray& text) const {
    QSaveFile file(path(name));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    EXPECT_TRUE(file.commit());
  }
  Controller& open(const QString& file, const QString& recipe) {
    Controller& controller = windows_.open();
    QSignalSpy settled(&controller, &Controller::settled);
    controller.openFile(file, recipe);
    EXPECT_TRUE(settled.wait(kPatience));
    return controller;
  }
  MainWindow& window(std::size_t index = 0) { return windows_.window(index); }
  QPushButton* answer() { return window().messages()->findChild<QPushButton*>(QStringLiteral("messageAction")); }
  QString source() { return QString::fromStdString(window().program()->source); }

  QTemporaryDir folder_;
  Settings settings_;
  Windows windows_;
};

TEST_F(WindowsTest, AChangedFileIsReadAgainWithItsRecipeAndCanBeTakenBack) {
  Controller& controller = open(write("scale.c", scale("2")), QStringLiteral("interchange i j"));
  window().parameters()->setMeasureValue("N", 777);
  QSignalSpy settled(&controller, &Controller::settled);
  replace("scale.c", scale("3"));
  ASSERT_TRUE(settled.wait(kPatience));
  EXPECT_TRUE(source().contains(QStringLiteral("3 * A")));
  EXPECT_EQ(controller.session().recipe(), QStringLiteral("interchange i j"));
  ASSERT_EQ(window().schedule()->steps.size(), 1U);
  EXPECT_EQ(window().schedule()->steps[0].outcome, StepInfo::Outcome::Applied);
  EXPECT_EQ(window().parameters()->measureValues().at("N"), 777);
  EXPECT_TRUE(window().messages()->text().contains(QStringLiteral("scale.c has changed on disk")));

  answer()->click();
  ASSERT_TRUE(settled.wait(kPatience));
  EXPECT_TRUE(source().contains(QStringLiteral("2 * A")));
  EXPECT_TRUE(window().messages()->text().contains(QStringLiteral("before scale.c changed")));
  answer()->click();
  ASSERT_TRUE(settled.wait(kPatience));
  EXPECT_TRUE(source().contains(QStringLiteral("3 * A")));

  QFile again(path("scale.c")); // written in place, by another kind of editor
  ASSERT_TRUE(again.open(QIODevice::WriteOnly));
  again.write(scale("4"));
  again.close();
  ASSERT_TRUE(settled.wait(kPatience));
  EXPECT_TRUE(source().contains(QStringLiteral("4 * A")));
}

TEST_F(WindowsTest, AStepThatTheNewTextRefusesIsNamed) {
  Controller& controller = open(write("scale.c", scale("2")), QStringLiteral("interchange i j"));
  QSignalSpy settled(&controller, &Controller::settled);
  replace("scale.c", scale("2", "row"));
  ASSERT_TRUE(settled.wait(kPatience));
  EXPECT_TRUE(window().messages()->text().contains(QStringLiteral("“interchange i j” was refused")));
  EXPECT_EQ(controller.session().recipe(), QStringLiteral("interchange i j"));
  answer()->click();
  ASSERT_TRUE(settled.wait(kPatience));
  EXPECT_EQ(window().schedule()->steps[0].outcome, StepInfo::Outcome::Applied);
}

TEST_F(WindowsTest, ATextThatCannotBeReadOrHasLostItsRegionLeavesTheProgram) {
  Controller& controller = open(write("scale.c", scale("2")), {});
  const QSignalSpy settled(&controller, &Controller::settled);
  QSignalSpy failed(&controller, &Controller::openFailed);
  replace("scale.c", "void scale(int N) {\n#pragma scop\n  for (\n");
  ASSERT_TRUE(failed.wait(kPatience));
  EXPECT_TRUE(source().contains(QStringLiteral("2 * A")));
  replace("scale.c", scale("2", "i", "other"));
  EXPECT_TRUE(QTest::qWaitFor([&] { return window().messages()->text().contains(QStringLiteral("no region of scale any more")); }, kPatience));
  EXPECT_TRUE(source().contains(QStringLiteral("2 * A")));
}

TEST(FileWatch, TellsOnlyOfNewTexts) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.c"));
  const auto write = [&](const QByteArray& text) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
  };
  write("one");
  FileWatch watch;
  watch.watch(path);
  QSignalSpy changed(&watch, &FileWatch::changed);
  write("one");
  QTest::qWait(3 * FileWatch::kSettleMilliseconds);
  EXPECT_EQ(changed.count(), 0);
  QFile::remove(path); // a moment without the file
  QTest::qWait(2 * FileWatch::kSettleMilliseconds);
  write("two");
  ASSERT_TRUE(changed.wait(kPatience));
  write("three"); // the new file is watched, too
  ASSERT_TRUE(changed.wait(kPatience));
  watch.watch({});
  write("four");
  QTest::qWait(3 * FileWatch::kSettleMilliseconds);
  EXPECT_EQ(changed.count(), 2);
}

TEST(AutosaveSlot, GivesEveryWindowAFileOfItsOwn) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("unsaved/a.recipe"));
  auto first = std::make_unique<AutosaveSlot>();
  AutosaveSlot second, third;
  EXPECT_EQ(first->claim(path), path);
  EXPECT_EQ(first->claim(path), path);
  EXPECT_EQ(second.claim(path), folder.filePath(QStringLiteral("unsaved/a-2.recipe")));
  first.reset();
  EXPECT_EQ(third.claim(path), path);
}

TEST_F(WindowsTest, TwoWindowsOnOneFileKeepTheirUnsavedRecipesApart) {
  const QString file = write("scale.c", scale("2"));
  Controller& first = open(file, QString());
  Controller& second = open(file, QString());
  first.session().append(QStringLiteral("reverse i"));
  second.session().append(QStringLiteral("reverse j"));
  QTest::qWait(2 * Autosave::kDelayMilliseconds);
  QStringList kept;
  for (const QFileInfo& info : QDir(path("unsaved")).entryInfoList({QStringLiteral("*.polyloom.json")}, QDir::Files)) {
    QFile session(info.filePath());
    ASSERT_TRUE(session.open(QIODevice::ReadOnly));
    const QByteArray text = session.readAll();
    kept << QString::fromLatin1(text.contains("reverse i") ? "i" : "") + QString::fromLatin1(text.contains("reverse j") ? "j" : "");
  }
  kept.sort();
  EXPECT_EQ(kept, (QStringList{QStringLiteral("i"), QStringLiteral("j")}));
}

TEST_F(WindowsTest, NewWindowsShareWhatOneOfThemChanges) {
  windows_.open();
  window().actions().newWindow->trigger();
  ASSERT_EQ(windows_.count(), 2U);
  EXPECT_NE(window(0).pos(), window(1).pos());
  window(1).actions().darkTheme->trigger();
  EXPECT_EQ(window(0).theme().kind, Theme::Kind::Dark);
  window(0).findChild<QAction*>(QStringLiteral("theme_projector"))->trigger();
  EXPECT_EQ(window(1).theme().kind, Theme::Kind::Projector);
  EXPECT_EQ(window(0).shell().layouts().save(QStringLiteral("Mine")), QString());
  EXPECT_NE(window(1).findChild<QAction*>(QStringLiteral("layout_Mine")), nullptr);
  window(1).actions().closeWindow->trigger();
  EXPECT_TRUE(QTest::qWaitFor([&] { return windows_.count() == 1U; }));
  window(0).actions().newWindow->trigger();
  QSignalSpy closing(&window(0), &MainWindow::closing);
  window(1).actions().quit->trigger();
  EXPECT_EQ(closing.count(), 1);
  EXPECT_TRUE(QTest::qWaitFor([&] { return windows_.count() == 0U; }));
}

TEST_F(WindowsTest, ARecentFileShowsInAllWindows) {
  windows_.open();
  open(write("scale.c", scale("2")), QString());
  EXPECT_TRUE(QTest::qWaitFor([&] { return window(0).findChild<QMenu*>(QStringLiteral("recentFiles"))->isEnabled(); }));
}

TEST_F(WindowsTest, EveryViewIsExportedInLightColorsEvenUnseen) {
  open(write("scale.c", scale("2")), QStringLiteral("interchange i j"));
  window().setThemeKind(Theme::Kind::Dark);
  for (auto* dock : window().findChildren<QDockWidget*>())
    dock->hide();
  PanelExports& exports = window().shell().exports();
  ASSERT_GT(exports.views().size(), 8U);
  for (const auto& view : exports.views())
    for (const char* suffix : {"svg", "pdf", "tex", "png"}) {
      const QString out = path("out.") + QLatin1String(suffix);
      EXPECT_EQ(exports.save(view.name, out, 1), QString()) << qUtf8Printable(view.name);
      if (QLatin1String(suffix) == QLatin1String("png")) {
        const QImage image(out);
        ASSERT_FALSE(image.isNull()) << qUtf8Printable(view.name);
        EXPECT_GT(image.pixelColor(image.width() - 2, image.height() - 2).lightness(), 200) << qUtf8Printable(view.name);
      }
    }
  for (const char* view : {"domain", "deps", "tree", "instance", "dependence", "history", "measurement", "source", "code"})
    EXPECT_EQ(exports.save(QLatin1String(view), path("out.csv"), 1), QString()) << view;
  EXPECT_EQ(window().theme().kind, Theme::Kind::Dark);
  EXPECT_FALSE(exports.save(QStringLiteral("nothing"), path("out.svg"), 1).isEmpty());
}

} // namespace
} // namespace polyloom
