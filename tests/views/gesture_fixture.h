// The iteration space of jacobi-1d, to be dragged with simulated events.
#pragma once

#include "tests/support/sample_snapshots.h"
#include "views/iteration_space_view.h"
#include "views/schedule_gesture.h"
#include "views/space_gestures.h"
#include "views/space_plot.h"

#include <QDir>
#include <QMouseEvent>
#include <QTest>

#include <gtest/gtest.h>

namespace polyloom {

/// jacobi-1d in its own order: t from 0 to 7 upwards, i (or j) from 1 to 16 to the right.
class Gestures : public ::testing::Test {
protected:
  Gestures() : view_(selection_), gestures_(new SpaceGestures(view_)) {
    view_.resize(1300, 560);
    view_.show();
    view_.setProgram(samples::program());
    show(samples::schedule(0));
    QObject::connect(gestures_, &SpaceGestures::stepsRequested, gestures_, [this](const QStringList& lines) { steps_ << lines; });
    QObject::connect(gestures_, &SpaceGestures::rangeRequested, gestures_, [this](const QString& line) { asked_ << line; });
    QObject::connect(gestures_, &SpaceGestures::dropsRequested, gestures_, [this](const QStringList& all) { drops_ << all; });
    QObject::connect(gestures_, &SpaceGestures::hintGiven, gestures_, [this](const QString& hint) { hints_ << hint; });
  }
  void show(const std::shared_ptr<const ScheduleSnapshot>& schedule) { view_.setSchedule(schedule); }
  SpacePlot& plot(SpaceOrder order = SpaceOrder::New) { return *view_.plot(order); }
  const ScheduleGesture& gesture() { return *gestures_->gesture(); }

  QPointF pixels(double x, double y) {
    const PlanePoint p = plot().viewport().toScreen({x, y});
    return {p.x, p.y};
  }
  /// In loop values.
  QPointF by(double x, double y) { return pixels(x, y) - pixels(0, 0); }
  QPointF pointOf(int statement, int t, int i) { return plot().positionOf({statement, t * 16 + i - 1, statement}); }
  GestureShape shape(int statement) { return *shapeOf(plot().scene(), plot().hulls(), statement); }
  /// Where a handle of a selected statement is.
  template <typename Wanted> QPointF handle(int statement, Wanted isWanted) {
    selection_.selectStatement(statement);
    for (const GestureHandle& handle : handlesOf(shape(statement), plot().viewport(), plot().plotArea()))
      if (isWanted(handle))
        return handle.place;
    ADD_FAILURE() << "no such handle";
    return {};
  }
  QPointF edge(int statement, Edge edge) {
    return handle(statement, [=](const GestureHandle& h) { return h.kind == GestureHandle::Kind::Edge && h.edge == edge; });
  }
  QPointF corner(int statement, Corner corner) {
    return handle(statement, [=](const GestureHandle& h) { return h.kind == GestureHandle::Kind::Corner && h.corner == corner; });
  }
  QPointF turn(int statement) {
    return handle(statement, [](const GestureHandle& h) { return h.kind == GestureHandle::Kind::Turn; });
  }

  void send(QEvent::Type type, QPointF at, Qt::KeyboardModifiers keys, Qt::MouseButton button, SpacePlot& on) {
    const bool isMove = type == QEvent::MouseMove;
    QMouseEvent event(type, at, on.mapToGlobal(at), isMove ? Qt::NoButton : button,
                      type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::MouseButtons(button), keys);
    QCoreApplication::sendEvent(&on, &event);
  }
  void press(QPointF at, Qt::KeyboardModifiers keys = {}) { send(QEvent::MouseButtonPress, at, keys, Qt::LeftButton, plot()); }
  void move(QPointF to, Qt::KeyboardModifiers keys = {}) { send(QEvent::MouseMove, to, keys, Qt::LeftButton, plot()); }
  void release(QPointF at, Qt::KeyboardModifiers keys = {}) { send(QEvent::MouseButtonRelease, at, keys, Qt::LeftButton, plot()); }
  void hover(QPointF at) { send(QEvent::MouseMove, at, {}, Qt::NoButton, plot()); }
  /// From one place through others to the last one.
  void drag(const std::vector<QPointF>& path, Qt::KeyboardModifiers keys = {}) {
    press(path.front(), keys);
    for (const QPointF& place : path)
      move(place, keys);
    release(path.back(), keys);
  }
  /// The lines of one gesture.
  QStringList dragged(QPointF from, QPointF by, Qt::KeyboardModifiers keys = {}) {
    steps_.clear();
    drag({from, from + by / 2, from + by}, keys);
    EXPECT_LE(steps_.size(), 1) << "one gesture is one change";
    return steps_.value(0);
  }
  void answer(const char* line, std::optional<std::int64_t> minimum, std::optional<std::int64_t> maximum) {
    RangeInfo range;
    range.line = line, range.isKnown = true, range.minimum = minimum, range.maximum = maximum;
    gestures_->setRange(range);
  }
  void answerDrop(const QString& lines, DropInfo::Verdict verdict) {
    gestures_->setDrop({lines.toStdString(), verdict, {}});
  }
  void keepPicture(const QString& name) {
    if (const QString folder = qEnvironmentVariable("POLYLOOM_SCREENSHOTS"); !folder.isEmpty())
      view_.grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
  }

  Selection selection_;
  IterationSpaceView view_;
  SpaceGestures* gestures_;
  QList<QStringList> steps_;
  QStringList asked_, hints_;
  QList<QStringList> drops_; ///< one list per question
};

} // namespace polyloom
