#include "app/window/sweep_control.h"

#include "app/window/sweep_text.h"
#include "views/sweep_view.h"

#include <QJsonArray>

#include <utility>

namespace polyloom {

SweepControl::SweepControl(SweepView& view, Request request, const QString& worker, QObject* parent)
    : QObject(parent), view_(view), request_(std::move(request)), worker_(worker) {
  connect(&view_, &SweepView::sweepRequested, this, &SweepControl::start);
  connect(&view_, &SweepView::cancelRequested, this, &SweepControl::cancel);
  connect(&view_, &SweepView::taken, this, &SweepControl::taken);
  connect(&view_, &SweepView::hintGiven, this, &SweepControl::hintGiven);
  connect(&worker_, &WorkerClient::finished, this, &SweepControl::finished);
  connect(&worker_, &WorkerClient::failed, this, &SweepControl::jobFailed);
  connect(&worker_, &WorkerClient::partial, this, [this](int id, const QJsonObject& part) {
    if (id == sweepJob_)
      takePart(part);
  });
  connect(&worker_, &WorkerClient::progress, this, [this](int id, int done, int of, const QString& message) {
    if (id == sweepJob_)
      view_.setProgress(of > 0 ? tr("%1 of %2: %3").arg(done).arg(of).arg(message) : message, done, of);
  });
}

void SweepControl::open(const QStringList& recipe, int step) {
  if (isRunning())
    return;
  recipe_ = recipe;
  askNumbers(step);
}

void SweepControl::setRecipe(const QStringList& recipe) {
  view_.setRecipe(recipe.join(QLatin1Char('\n')));
  if (std::exchange(current_, recipe) == recipe && !recipe_.isEmpty())
    return;
  recipe_ = recipe;
  isAsked_ = false;
  if (isSeen_ && !isRunning())
    askNumbers(-1);
}

void SweepControl::setSeen(bool isSeen) {
  isSeen_ = isSeen;
  if (isSeen_ && !isAsked_ && !isRunning())
    askNumbers(-1);
}

void SweepControl::clear() {
  const bool wasRunning = isRunning();
  worker_.cancel();
  sweepJob_ = numbersJob_ = 0; // what they still answer is about another program
  if (wasRunning)
    Q_EMIT runningChanged();
  recipe_.clear();
  current_.clear();
  swept_.clear();
  isAsked_ = false;
  view_.clear();
}

void SweepControl::cancel() {
  if (isRunning())
    worker_.cancel();
}

void SweepControl::askNumbers(int step) {
  QJsonObject request = request_(QStringLiteral("sweep-numbers"));
  if (request.isEmpty() || recipe_.isEmpty()) {
    view_.setNumbers({});
    return;
  }
  isAsked_ = true;
  wantedStep_ = step;
  request.insert(QStringLiteral("recipe"), recipe_.join(QLatin1Char('\n')));
  numbersJob_ = worker_.send(request);
}

void SweepControl::start(const std::vector<SweepAxis>& axes) {
  QJsonObject request = request_(QStringLiteral("sweep"));
  if (request.isEmpty() || isRunning())
    return;
  conditions_ = request;
  swept_ = recipe_;
  axes_ = axes;
  request.insert(QStringLiteral("recipe"), swept_.join(QLatin1Char('\n')));
  request.insert(QStringLiteral("axes"), sweepAxesToJson(axes));
  view_.start(axes);
  sweepJob_ = worker_.send(request);
  Q_EMIT runningChanged();
}

/// The worker writes all steps in its own spacing; only those that the sweep changes are taken from there.
QString SweepControl::ownText(const std::string& canonical) const {
  const QStringList lines = QString::fromStdString(canonical).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  QStringList own = swept_;
  for (const SweepAxis& axis : axes_)
    if (axis.place.step < own.size() && axis.place.step < lines.size())
      own[axis.place.step] = lines[axis.place.step];
  return own.join(QLatin1Char('\n'));
}

void SweepControl::takePart(const QJsonObject& part) {
  auto points = parseSweepPoints(part.value(QStringLiteral("points")).toArray());
  for (auto& [index, point] : points)
    point.recipe = ownText(point.recipe).toStdString();
  if (!points.empty())
    view_.setPoints(points);
  Q_EMIT swept();
  QJsonObject result = part.value(QStringLiteral("measured")).toObject();
  if (result.isEmpty() || request_(QStringLiteral("sweep")) != conditions_)
    return; // under other conditions it is no news for the window
  QJsonArray schedules = result.value(QStringLiteral("schedules")).toArray();
  for (QJsonValueRef each : schedules) {
    QJsonObject schedule = each.toObject();
    schedule[QStringLiteral("recipe")] = ownText(schedule.value(QStringLiteral("recipe")).toString().toStdString());
    each = schedule;
  }
  result[QStringLiteral("schedules")] = schedules;
  Q_EMIT measured(result);
}

void SweepControl::finished(int id, const QJsonObject& result) {
  if (id == numbersJob_) {
    numbersJob_ = 0;
    view_.setNumbers(parseSweepNumbers(result.value(QStringLiteral("numbers")).toArray()), wantedStep_);
  } else if (id == sweepJob_) {
    takePart(result);
    end({});
  }
}

void SweepControl::jobFailed(int id, const QJsonObject& error) {
  const bool isCanceled = error.value(QStringLiteral("code")).toString() == QLatin1String("canceled");
  if (id == numbersJob_) {
    numbersJob_ = 0;
    isAsked_ = false;
    view_.setNumbers({}); // of a recipe that the window says more about
    if (isCanceled && isSeen_)
      askNumbers(wantedStep_); // it was the sweep that was to end
  } else if (id == sweepJob_) {
    end(isCanceled ? tr("canceled; what has been measured stays") : errorText(error));
    if (!isCanceled)
      Q_EMIT failed(errorText(error));
  }
}

void SweepControl::end(const QString& sentence) {
  sweepJob_ = 0;
  view_.finish(sentence);
  if (!isAsked_ && isSeen_)
    askNumbers(-1);
  Q_EMIT runningChanged();
}

} // namespace polyloom
