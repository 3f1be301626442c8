// A kill at any moment leaves a whole session that is at most a second old.
#include "app/window/autosave.h"
#include "app/window/session_file.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <chrono>
#include <map>

namespace polyloom {
namespace {

using Milliseconds = long long;

Milliseconds now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

QByteArray textOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class KilledAfter : public ::testing::TestWithParam<int> {};

TEST_P(KilledAfter, LeavesAWholeSessionNoOlderThanASecond) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("unsaved/a.polyloom.json"));
  QProcess child;
  child.start(QStringLiteral(POLYLOOM_AUTOSAVE_CHILD), {path});
  ASSERT_TRUE(child.waitForReadyRead(30000)) << qUtf8Printable(child.errorString());
  // The kill comes while the child works: there is nothing to wait for but time.
  QTest::qWait(GetParam());
  child.kill();
  const Milliseconds killed = now();
  ASSERT_TRUE(child.waitForFinished());
  std::map<int, Milliseconds> changes;
  for (const QByteArray& line : child.readAllStandardOutput().split('\n'))
    if (const QList<QByteArray> words = line.split(' '); words.size() == 2)
      changes.emplace(words[0].toInt(), words[1].toLongLong());
  ASSERT_FALSE(changes.empty());
  int kept = 0;
  if (QFileInfo::exists(path)) {
    const Result<SessionFile> session = readSession(textOf(path));
    ASSERT_TRUE(session.has_value()) << session.error().message;
    EXPECT_EQ(session->source.size(), 200000);
    kept = session->scheduleCount();
  }
  ASSERT_LE(kept, changes.rbegin()->first);
  if (const auto lost = changes.upper_bound(kept); lost != changes.end()) {
    EXPECT_LE(killed - lost->second, 1000) << "lost from change " << lost->first << " on";
  }
  if (GetParam() > 1200) {
    EXPECT_GT(kept, 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Milliseconds, KilledAfter, ::testing::Values(20, 260, 410, 777, 1301, 1550, 1999));

TEST(Autosave, WritesOnceForManyChangesAndAtOnceWhenAsked) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.json"));
  int made = 0;
  Autosave autosave([&] { return QByteArray::number(++made); });
  autosave.touch();
  autosave.flush();
  EXPECT_EQ(made, 0) << "there is no place yet";
  autosave.setPath(path);
  for (int k = 0; k < 100; ++k)
    autosave.touch();
  autosave.flush();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(textOf(path), "1");
  autosave.touch();
  autosave.setPath(folder.filePath(QStringLiteral("b.json")));
  EXPECT_EQ(textOf(path), "2") << "what was waiting belongs to the old place";
}

TEST(Autosave, SaysOnceThatItCannotWrite) {
  Autosave autosave([] { return QByteArray("text"); });
  const QSignalSpy failures(&autosave, &Autosave::failed);
  autosave.setPath(QStringLiteral("/proc/nowhere/a.json"));
  for (int k = 0; k < 3; ++k) {
    autosave.touch();
    autosave.flush();
  }
  ASSERT_TRUE(QTest::qWaitFor([&] { return failures.count() == 1; }));
  QCoreApplication::processEvents();
  EXPECT_EQ(failures.count(), 1);
}

} // namespace
} // namespace polyloom
