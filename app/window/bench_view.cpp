// How long a reader waits for a large iteration space, from asking to the picture, and how it moves afterwards.
#include "app/window/engine.h"
#include "app/window/headless.h"
#include "core/isl/context.h"
#include "core/poly/read.h"
#include "core/program/text.h"
#include "views/iteration_space_view.h"
#include "views/space_benchmark.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>

#include <cmath>
#include <cstdio>
#include <optional>

namespace polyloom {

namespace {

constexpr char kProgram[] = R"(polyloom-program 1 benchmark
parameters N = 16, M = 16
array A[N][M], B[N][M]
S0: { [i, j] : 0 <= i < N and 0 <= j < M } is A[i][j] = 2.0
S1: { [k, l] : 0 <= k < N and 0 <= l < M } is B[k][l] = A[k][l]
order { S0[i, j] -> [0, i, j]; S1[k, l] -> [1, k, l] }
)";
constexpr char kRecipe[] = "tile i j by 16 16\ntile k l by 16 16\n";

struct RequestTime {
  DrawingTime drawing;
  double enginePoints = 0, engine = 0; ///< milliseconds until the values were there
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
  RequestTime time;
  QElapsedTimer timer;
  ScheduleSnapshotPtr given;
  QObject::connect(&engine, &Engine::programReady, &view, &IterationSpaceView::setProgram);
  QObject::connect(&engine, &Engine::pointsReady, &view, [&](const ScheduleSnapshotPtr& schedule) {
    time.enginePoints = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    view.setSchedule(schedule);
  });
  QObject::connect(&engine, &Engine::spaceReady, &view, [&](const ScheduleSnapshotPtr& schedule) {
    time.engine = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    view.setSchedule(given = schedule);
  });
  measureDrawing(view, [&] { engine.open(*text, QString::fromLatin1(kRecipe), false); }, [&] { return given != nullptr; });
  if (!given)
    return std::nullopt;
  given.reset();
  const auto side = static_cast<std::int64_t>(std::sqrt(points / 2.0));
  time.enginePoints = 0;
  timer.start();
  time.drawing = measureDrawing(view, [&] { engine.setViewValues({{"N", side}, {"M", points / 2 / side}}); }, [&] { return given != nullptr; });
  if (!given)
    return std::nullopt;
  for (const InstanceCloud& cloud : given->space.clouds)
    time.points += cloud.count;
  for (const DependenceArrows& arrows : given->space.arrows)
    time.arrows += arrows.from.size();
  return time;
}

} // namespace

int benchView(const CommandLine& line) {
  const FrameRate rate = measureFramesPerSecond(line.points);
  std::printf("points %zu, arrows %zu\nfirst drawing %.0f ms from the values to both pictures, %.0f ms with all arrows, longest wait %.0f ms\n"
              "full repaint %.1f ms of one picture, %.1f ms close enough for arrows\npan %.0f frames/s\nzoom %.0f frames/s\nturn %.0f frames/s in three dimensions\n"
              "slowest frame %.1f ms\n",
              rate.points, rate.arrows, rate.drawing.points, rate.drawing.all, rate.drawing.longestBlock, rate.repaintMilliseconds,
              rate.closeRepaintMilliseconds,
              rate.panFramesPerSecond, rate.zoomFramesPerSecond, rate.turnFramesPerSecond, rate.slowestFrameMilliseconds);
  std::fflush(stdout);
  const auto request = measureRequest(line.points);
  if (!request) {
    std::fputs("polyloom: the engine did not draw the benchmark's program\n", stderr);
    return kExitBug;
  }
  std::printf("whole request %.0f ms for %zu points and %zu arrows; engine: ", request->drawing.all, request->points, request->arrows);
  if (request->enginePoints > 0)
    std::printf("points after %.0f ms, ", request->enginePoints);
  std::printf("all after %.0f ms; first picture %.0f ms, longest wait %.0f ms\n", request->engine, request->drawing.points,
              request->drawing.longestBlock);
  return 0;
}

} // namespace polyloom
