#include "views/space_benchmark.h"

#include "views/iteration_space_view.h"
#include "views/space_cube.h"
#include "views/space_plot.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QImage>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr int kWidth = 700, kHeight = 520;
constexpr std::int32_t kTile = 16;
constexpr double kReadableSpacing = 12; ///< pixels between points, at which arrows are painted
constexpr double kGiveUpMilliseconds = 60000;

/// Paints the whole widget, whether or not a window system would have done it yet.
void paint(QWidget& widget, QImage& screen) {
  widget.render(&screen);
}

/// Calls `move` and paints, `frames` times; returns frames per second.
template <typename Move>
double measure(QWidget& widget, QImage& screen, int frames, double& slowest, const Move& move) {
  QElapsedTimer total, single;
  total.start();
  for (int k = 0; k < frames; ++k) {
    single.start();
    move(k);
    QCoreApplication::processEvents(); // brings what other threads have painted
    paint(widget, screen);
    slowest = std::max(slowest, static_cast<double>(single.nsecsElapsed()) / 1e6);
  }
  return frames / (static_cast<double>(total.nsecsElapsed()) / 1e9);
}

double measureTurning(const std::shared_ptr<const ScheduleSnapshot>& schedule, int frames, double& slowest) {
  SpaceCube cube;
  cube.resize(kWidth, kHeight);
  const Projection plane = defaultProjection(schedule->space, SpaceOrder::New);
  cube.setSpace(makeBenchmarkProgram(), schedule, {plane, defaultDepth(schedule->space, plane)});
  QImage screen(cube.size(), QImage::Format_RGB32);
  paint(cube, screen);
  return measure(cube, screen, frames, slowest, [&](int k) { cube.turnBy(0.03, k % 40 < 20 ? 0.01 : -0.01); });
}

/// Brings what other threads have painted, until that is all.
void settle(SpacePlot& plot, QImage& screen) {
  do {
    QCoreApplication::processEvents();
    paint(plot, screen);
  } while (plot.isDrawing());
}

} // namespace

DrawingTime measureDrawing(IterationSpaceView& view, const std::function<void()>& begin, const std::function<bool()>& isGiven) {
  const SpacePlot *left = view.plot(SpaceOrder::Original), *right = view.plot(SpaceOrder::New);
  const auto before = right->scene().schedule;
  const auto isShown = [&](const SpacePlot& plot) { return plot.scene().schedule != before && plot.showsPoints(); };
  DrawingTime time;
  QEventLoop loop;
  QTimer look;
  QElapsedTimer whole, away;
  QObject::connect(&look, &QTimer::timeout, &loop, [&] {
    time.longestBlock = std::max(time.longestBlock, static_cast<double>(away.nsecsElapsed()) / 1e6);
    away.start();
    time.all = static_cast<double>(whole.nsecsElapsed()) / 1e6;
    if (time.points == 0 && isShown(*left) && isShown(*right))
      time.points = time.all;
    if ((isGiven() && !view.isDrawing()) || time.all > kGiveUpMilliseconds)
      loop.quit();
  });
  look.start(1);
  whole.start();
  away.start();
  begin();
  loop.exec();
  return time;
}

std::shared_ptr<const ProgramSnapshot> makeBenchmarkProgram() {
  auto program = std::make_shared<ProgramSnapshot>();
  program->function = "benchmark";
  program->statements.push_back({"S0", "A[t][i] = A[t - 1][i - 1] + A[t - 1][i + 1];", {}, {"t", "i"}, {"t", "i"}, {}, {}});
  return program;
}

std::shared_ptr<const ScheduleSnapshot> makeBenchmarkSchedule(int points) {
  auto schedule = std::make_shared<ScheduleSnapshot>();
  DependenceInfo dependence;
  dependence.array = "A", dependence.from = dependence.to = "S0";
  schedule->dependences.push_back(dependence);
  InstanceCloud cloud;
  cloud.sourceLoops = {"t", "i"};
  cloud.timeLoops = {"tt", "it", "t", "i"};
  cloud.timeIsTile = {true, true, false, false};
  DependenceArrows arrows;
  const auto width = static_cast<std::int32_t>(std::sqrt(points * 1.6)), height = points / std::max(width, 1);
  for (std::int32_t t = 0; t < height; ++t)
    for (std::int32_t i = 0; i < width; ++i) {
      cloud.source.insert(cloud.source.end(), {t, i});
      cloud.time.insert(cloud.time.end(), {t / kTile, (i + t) / kTile, t, i + t});
      cloud.rank.push_back(static_cast<std::int32_t>(cloud.count++));
      for (const std::int32_t from : {i - 1, i + 1})
        if (t > 0 && i % 4 == 0 && from >= 0 && from < width) {
          arrows.from.push_back((t - 1) * width + from);
          arrows.to.push_back(t * width + i);
          arrows.violated.push_back(false);
        }
    }
  schedule->space.clouds.push_back(std::move(cloud));
  schedule->space.arrows.push_back(std::move(arrows));
  return schedule;
}

FrameRate measureFramesPerSecond(int points, int frames) {
  const auto schedule = makeBenchmarkSchedule(points);
  FrameRate rate;
  Selection selection;
  IterationSpaceView view(selection);
  view.resize(2 * kWidth, kHeight);
  view.setProgram(makeBenchmarkProgram());
  view.show();
  QCoreApplication::processEvents(); // layouts, fonts
  rate.drawing = measureDrawing(view, [&] { view.setSchedule(schedule); }, [] { return true; });
  view.hide();
  SpacePlot plot(SpaceOrder::New);
  plot.resize(kWidth, kHeight);
  plot.setSpace(makeBenchmarkProgram(), schedule, defaultProjection(schedule->space, SpaceOrder::New));
  QImage screen(plot.size(), QImage::Format_RGB32);
  settle(plot, screen);
  rate.points = schedule->space.clouds[0].count;
  rate.arrows = schedule->space.arrows[0].from.size();
  const auto repaint = [&](const auto& move) {
    QElapsedTimer timer;
    timer.start();
    move();
    settle(plot, screen);
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
  };
  rate.closeRepaintMilliseconds = repaint([&] {
    const double spacing = std::min(plot.viewport().scaleX, plot.viewport().scaleY);
    plot.zoomBy(kReadableSpacing / spacing, plot.plotArea().center());
  });
  rate.repaintMilliseconds = repaint([&] { plot.fitAll(); });
  const QPointF anchor = plot.plotArea().center() + QPointF(60, -40);
  rate.panFramesPerSecond = measure(plot, screen, frames, rate.slowestFrameMilliseconds, [&](int k) {
    const double angle = k * 0.05;
    plot.panBy(QPointF(std::cos(angle), std::sin(angle)) * 9);
  });
  rate.zoomFramesPerSecond = measure(plot, screen, frames, rate.slowestFrameMilliseconds,
                                     [&](int k) { plot.zoomBy(k % 40 < 20 ? 1.06 : 1 / 1.06, anchor); });
  rate.turnFramesPerSecond = measureTurning(schedule, frames, rate.slowestFrameMilliseconds);
  return rate;
}

} // namespace polyloom
