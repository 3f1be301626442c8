// Works on a session without a pause until it is killed: says each change and its time, and lets it be kept.
#include "app/window/autosave.h"
#include "app/window/session_file.h"

#include <QCoreApplication>

#include <chrono>
#include <cstdio>

int main(int argc, char** argv) {
  using namespace polyloom;
  constexpr int kPauseMilliseconds = 5, kSourceBytes = 200000;
  QCoreApplication application(argc, argv);
  SessionFile session{.path = QStringLiteral("/somewhere/a.c"), .source = QString(kSourceBytes, QLatin1Char('x'))};
  Autosave autosave([&] { return sessionText(session); });
  autosave.setPath(QString::fromLocal8Bit(argv[1]));
  QTimer work;
  QObject::connect(&work, &QTimer::timeout, [&, done = 0]() mutable {
    session.histories[0].grow({QStringLiteral("step %1").arg(++done)});
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    std::printf("%d %lld\n", done,
                static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count()));
    std::fflush(stdout);
    autosave.touch();
  });
  work.start(kPauseMilliseconds);
  return QCoreApplication::exec();
}
