// Whatever is done, in whatever order: nothing crashes, hangs, warns or asks. Longer, and under the sanitizers:
//   POLYLOOM_SESSION_ACTIONS=500 POLYLOOM_SESSION_SEED=7 bin/whole_window_test --gtest_filter='RandomSession*'
#include "tests/app/random_session.h"

#include "tests/app/windows_fixture.h"

#include <cstdio>

namespace polyloom {
namespace {

constexpr int kActions = 60, kSeed = 1;
constexpr int kRestEvery = 10;

int setting(const char* name, int otherwise) {
  bool isGiven = false;
  const int value = qEnvironmentVariableIntValue(name, &isGiven);
  return isGiven ? value : otherwise;
}

class RandomSessionTest : public test::WindowsFixture {
protected:
  RandomSessionTest() { QGuiApplication::setQuitOnLastWindowClosed(false); }
  ~RandomSessionTest() override { QGuiApplication::setQuitOnLastWindowClosed(true); }
};

TEST_F(RandomSessionTest, SurvivesAnythingInAnyOrder) {
  const int actions = setting("POLYLOOM_SESSION_ACTIONS", kActions), seed = setting("POLYLOOM_SESSION_SEED", kSeed);
  QFile broken(path(QStringLiteral("broken.c")));
  ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
  broken.write("int f(void) {\n#pragma scop\n  for (;;)\n");
  broken.close();
  QStringList files = {broken.fileName(), path(QStringLiteral("absent.c"))};
  for (const char* name : {"jacobi-1d.c", "gemm.c", "lu.c", "conv-relu.c"})
    files << path(QLatin1String(name));
  test::RandomSession session(windows_, files, folder_.path(), static_cast<std::uint32_t>(seed));
  Q_EMIT windows_.window(0).fileRequested(files.last());
  ASSERT_TRUE(session.comeToRest());
  for (int k = 1; k <= actions && !HasFailure(); ++k) {
    session.act();
    if (k % kRestEvery == 0) {
      ASSERT_TRUE(session.comeToRest()) << "something does not end\n" << session.story();
    }
  }
  EXPECT_TRUE(session.comeToRest());
  EXPECT_FALSE(HasFailure()) << "seed " << seed << ", after\n" << session.story();
  std::printf("%d actions, seed %d\n", actions, seed);
}

} // namespace
} // namespace polyloom
