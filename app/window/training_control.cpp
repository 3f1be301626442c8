#include "app/window/training_control.h"

#include "app/window/model_choice.h"
#include "app/window/settings.h"
#include "core/base/diagnostic.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <limits>

namespace polyloom {

namespace {

/// JSON has no NaN: such a number is null there.
double numberAt(const QJsonObject& object, const char* key) {
  return object.value(QLatin1String(key)).toDouble(std::numeric_limits<double>::quiet_NaN());
}

LearningEpoch epochFrom(const QJsonObject& step) {
  return {.member = step.value(QStringLiteral("member")).toInt() + 1,
          .epoch = step.value(QStringLiteral("epoch")).toInt() + 1,
          .trainingLoss = numberAt(step, "training_loss"),
          .validationError = numberAt(step, "validation_loss"),
          .validationMape = numberAt(step, "validation_mape"),
          .learningRate = numberAt(step, "learning_rate"),
          .isBest = step.value(QStringLiteral("best")).toBool()};
}

QString roughly(double seconds) {
  return seconds < 100 ? TrainingControl::tr("%1 s").arg(seconds, 0, 'f', 0) : TrainingControl::tr("%1 min").arg(seconds / 60, 0, 'f', 0);
}

QString checkpointOf(const TrainingWish& wish) { return wish.out + QStringLiteral(".checkpoint"); }

} // namespace

TrainingControl::TrainingControl(TrainingView& view, Settings& settings, QObject* parent)
    : QObject(parent), view_(view), settings_(settings) {
  const QStringList command = commandOf({});
  if (command.isEmpty())
    view_.setObstacle(tr("this build has no polyloom-model, which needs LibTorch"));
  client_.setCommand(command.value(0), command.mid(1));
  view_.setWish(settings_.training());
  connect(&view_, &TrainingView::trainRequested, this, &TrainingControl::start);
  connect(&view_, &TrainingView::stopRequested, &client_, &WorkerClient::stop);
  connect(&view_, &TrainingView::useRequested, this, &TrainingControl::useRequested);
  connect(&view_, &TrainingView::curveRequested, this, &TrainingControl::watch);
  connect(&client_, &WorkerClient::reported, this, &TrainingControl::reported);
  connect(&client_, &WorkerClient::finished, this, &TrainingControl::finished);
  connect(&client_, &WorkerClient::failed, this, &TrainingControl::jobFailed);
  connect(&watcher_, &QFileSystemWatcher::fileChanged, this, &TrainingControl::readCurve);
}

void TrainingControl::start(const TrainingWish& wish) {
  if (!watcher_.files().isEmpty())
    watcher_.removePaths(watcher_.files());
  wish_ = wish;
  settings_.setTraining(wish);
  const bool goesOn = QFile::exists(checkpointOf(wish));
  const QJsonObject options = {{QStringLiteral("network"), wish.network},
                               {QStringLiteral("epochs"), wish.epochs},
                               {QStringLiteral("members"), wish.members},
                               {QStringLiteral("checkpoint"), checkpointOf(wish)}};
  view_.begin(true, wish.epochs);
  view_.setState(goesOn ? tr("reading the data; it goes on from %1").arg(QFileInfo(checkpointOf(wish)).fileName()) : tr("reading the data"));
  job_ = client_.send({{QStringLiteral("job"), QStringLiteral("train")},
                       {QStringLiteral("data"), QJsonArray{wish.data}},
                       {QStringLiteral("out"), wish.out},
                       {QStringLiteral("options"), options},
                       {QStringLiteral("facts"), QJsonObject{{QStringLiteral("data"), QFileInfo(wish.data).fileName()}}}});
  client_.setSuspended(isPaused_);
}

void TrainingControl::setPaused(bool paused) {
  if (paused == isPaused_)
    return;
  isPaused_ = paused;
  client_.setSuspended(paused);
}

void TrainingControl::reported(int id, const QJsonObject& step) {
  if (id != job_)
    return;
  view_.add(epochFrom(step));
  view_.setState(tr("member %1 of %2, epoch %3 of %4, %5 left")
                     .arg(step.value(QStringLiteral("member")).toInt() + 1)
                     .arg(wish_.members)
                     .arg(step.value(QStringLiteral("epoch")).toInt() + 1)
                     .arg(wish_.epochs)
                     .arg(roughly(step.value(QStringLiteral("seconds_left")).toDouble())));
}

void TrainingControl::finished(int id, const QJsonObject& result) {
  if (id != job_)
    return;
  job_ = 0;
  std::vector<LearningEpoch> curve; // of an interrupted training, more than was seen here
  for (const auto& epoch : result.value(QStringLiteral("curve")).toArray())
    curve.push_back(epochFrom(epoch.toObject()));
  view_.setCurve(std::move(curve), wish_.epochs);
  view_.finish(tr("%1 can predict now").arg(QFileInfo(wish_.out).fileName()), wish_.out);
  client_.stop(); // LibTorch and the data need memory
}

void TrainingControl::jobFailed(int id, const QJsonObject& error) {
  if (id != job_)
    return;
  job_ = 0;
  const bool canGoOn = QFile::exists(checkpointOf(wish_));
  const QString goOn = canGoOn ? tr("; Train goes on from %1").arg(QFileInfo(checkpointOf(wish_)).fileName()) : QString();
  if (error.value(QStringLiteral("code")).toString() == QLatin1String("canceled")) {
    view_.finish(tr("stopped%1").arg(goOn));
    return;
  }
  view_.finish(tr("not trained: %1%2").arg(errorText(error), goOn));
  Q_EMIT failed(tr("The model was not trained: %1").arg(errorText(error)));
}

void TrainingControl::watch(const QString& file) {
  if (isRunning())
    return;
  if (!watcher_.files().isEmpty())
    watcher_.removePaths(watcher_.files());
  view_.begin(false, 0);
  watcher_.addPath(file);
  if (watcher_.files().isEmpty())
    return view_.setState(tr("%1 cannot be read").arg(file));
  readCurve();
}

/// A line that is being written may be cut: what was shown before stays then.
void TrainingControl::readCurve() {
  if (watcher_.files().isEmpty())
    return;
  const QString path = watcher_.files().first();
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    return;
  auto curve = learningCurveFrom(file.readAll().toStdString(), path.toStdString());
  if (!curve)
    return view_.setState(QString::fromStdString(toText(curve.error())));
  view_.setCurve(*std::move(curve), 0);
  view_.setState(tr("the curve in %1").arg(QFileInfo(path).fileName()));
}

} // namespace polyloom
