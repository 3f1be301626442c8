// How long a reader waits for a large iteration space, from asking to the picture, and how it moves afterwards.
#include "app/window/engine.h"
#include "app/window/headless.h"
#include "core/isl/context.h"
#include "core/poly/read.h"
#include "core/program/text.h"
#include "views/iteration_space_view.h"
#include "views/space_benchmark.h"

#include <nlohmann/json.hpp>

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QTimer>

#include <cmath>
#include <cstdio>
#include <optional>

namespace polyloom {

namespace {

constexpr int kGiveUpMilliseconds = 60000;
constexpr char kProgram[] = R"(polyloom-program 1 benchmark
parameters N = 16, M = 16
array A[N][M], B[N][M]
S0: { [i, j] : 0 <= i < N and 0 <= j < M } is A[i][j] = 2.0
S1: { [k, l] : 0 <= k < N and 0 <= l < M } is B[k][l] = A[k][l]
order { S0[i, j] -> [0, i, j]; S1[k, l] -> [1, k, l] }
)";
constexpr char kRecipe[] = "tile i j by 16 16\ntile k l by 16 16\n";

struct RequestTime {
  double engine = 0, picture = 0; ///< milliseconds
  std::size_t points = 0, arrows = 0;
};

std::optional<QString> programText() {
  IslContext context;
  const Result<ScopPtr> scop = readPoly(context.get(), "benchmark.poly", kProgram);
  if (!scop)
    return std::nullopt;
  return QString::fromStdString(toJson(**scop).dump());
}

/// Asks an engine that knows the program for its space at larger values, and shows it.
std::optional<RequestTime> measureRequest(int points) {
  const auto text = programText();
  if (!text)
    return std::nullopt;
  Engine engine;
  Selection selection;
  IterationSpaceView view(selection);
  view.resize(1000, 560);
  view.show();
  std::optional<RequestTime> result;
  QElapsedTimer timer;
  bool isAsked = false;
  QObject::connect(&engine, &Engine::programReady, &view, &IterationSpaceView::setProgram);
  QObject::connect(&engine, &Engine::spaceReady, &view, [&](const ScheduleSnapshotPtr& schedule) {
    if (!std::exchange(isAsked, true)) {
      const auto side = static_cast<std::int64_t>(std::sqrt(points / 2.0));
      timer.start();
      return engine.setViewValues({{"N", side}, {"M", points / 2 / side}});
    }
    result = RequestTime{.engine = static_cast<double>(timer.nsecsElapsed()) / 1e6};
    view.setSchedule(schedule);
    QImage screen(view.size(), QImage::Format_RGB32);
    view.render(&screen);
    result->picture = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    for (const InstanceCloud& cloud : schedule->space.clouds)
      result->points += cloud.count;
    for (const DependenceArrows& arrows : schedule->space.arrows)
      result->arrows += arrows.from.size();
    QApplication::exit();
  });
  QObject::connect(&engine, &Engine::failed, &view, [] { QApplication::exit(); });
  QTimer::singleShot(kGiveUpMilliseconds, &view, [] { QApplication::exit(); });
  engine.open(*text, QString::fromLatin1(kRecipe), false);
  QApplication::exec();
  return result;
}

} // namespace

int benchView(const CommandLine& line) {
  const FrameRate rate = measureFramesPerSecond(line.points);
  std::printf("points %zu, arrows %zu\nfirst drawing %.0f ms from the values to both pictures\n"
              "full repaint %.1f ms of one picture\npan %.0f frames/s\nzoom %.0f frames/s\nturn %.0f frames/s in three dimensions\n"
              "slowest frame %.1f ms\n",
              rate.points, rate.arrows, rate.firstDrawingMilliseconds, rate.repaintMilliseconds, rate.panFramesPerSecond,
              rate.zoomFramesPerSecond, rate.turnFramesPerSecond, rate.slowestFrameMilliseconds);
  std::fflush(stdout);
  const auto request = measureRequest(line.points);
  if (!request) {
    std::fputs("polyloom: the engine did not draw the benchmark's program\n", stderr);
    return kExitBug;
  }
  std::printf("whole request %.0f ms for %zu points and %zu arrows (engine %.0f ms, first picture %.0f ms)\n",
              request->picture, request->points, request->arrows, request->engine, request->picture - request->engine);
  return 0;
}

} // namespace polyloom
