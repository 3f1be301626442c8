#include "app/window/prediction_service.h"

#include <cmath>
#include <optional>
#include <utility>

namespace polyloom {

namespace {

constexpr int kProtocol = 1;
constexpr int kMostDeaths = 3;
constexpr int kPatienceMilliseconds = 60'000; // LibTorch from a slow disk
/// So many recipes in one request: what is applied while a long history is predicted does not wait for all of it.
constexpr qsizetype kMostAtOnce = 16;
constexpr qsizetype kMostQuoted = 60;

/// A prediction as the protocol has it; none where that is nonsense.
std::optional<PredictionInfo> predictionFrom(const QJsonObject& answer) {
  if (answer.contains(QStringLiteral("error")))
    return PredictionInfo{.problem = errorText(answer.value(QStringLiteral("error")).toObject()).toStdString()};
  const auto number = [&](const char* key) { return answer.value(QLatin1String(key)).toDouble(-1); };
  const double speedup = number("speedup"), low = number("low"), high = number("high");
  constexpr double kRounding = 1e-6;
  const bool makesSense = low > 0 && low <= speedup * (1 + kRounding) && speedup <= high * (1 + kRounding) && std::isfinite(high);
  return makesSense ? std::optional(PredictionInfo{.speedup = speedup, .interval = {.low = low, .high = high}}) : std::nullopt;
}

} // namespace

PredictionService::PredictionService(QObject* parent) : QObject(parent) {
  patience_.setSingleShot(true);
  patience_.setInterval(kPatienceMilliseconds);
  connect(&client_, &WorkerClient::finished, this, &PredictionService::finished);
  connect(&client_, &WorkerClient::failed, this, &PredictionService::jobFailed);
  connect(&client_, &WorkerClient::ended, this, &PredictionService::processEnded);
  connect(&client_, &WorkerClient::strangeLine, this, [this](const QByteArray& line) {
    fail(tr("it answers “%1”, which is not JSON; models/PROTOCOL.md says what a model is asked and answers")
             .arg(QString::fromUtf8(line).left(kMostQuoted)));
  });
  connect(&patience_, &QTimer::timeout, this,
          [this] { fail(tr("it has not answered for %1 seconds").arg(patience_.interval() / 1000.0)); });
  setModel({});
}

void PredictionService::setModel(const ModelChoice& choice) {
  if (choice == choice_ && !remark_.isEmpty())
    return;
  choice_ = choice;
  hasComplained_ = false;
  helloJob_ = 0;
  forgetQuestion();
  const QStringList command = commandOf(choice);
  if (command.isEmpty())
    setState(State::Off, tr("no predictions: this build has no polyloom-model, which needs LibTorch"));
  else if (choice.command.isEmpty() && weightsOf(choice).isEmpty())
    setState(State::Off, tr("no predictions: no cost model is chosen"));
  else
    setState(State::Off, tr("the cost model %1 is not loaded").arg(nameOf(choice)));
  client_.setCommand(command.value(0), command.mid(1));
  isStopping_ = client_.isRunning();
  client_.stop();
  if (isWanted_ && !isStopping_)
    load();
}

void PredictionService::start() {
  isWanted_ = true;
  if (state_ == State::Failed)
    state_ = State::Off;
  if (state_ == State::Off && !isStopping_)
    load();
}

void PredictionService::load() {
  const QString weights = weightsOf(choice_);
  if (client_.program().isEmpty() || (choice_.command.isEmpty() && weights.isEmpty()))
    return;
  QJsonObject request{{QStringLiteral("job"), QStringLiteral("hello")}};
  if (!weights.isEmpty())
    request.insert(QStringLiteral("model"), weights);
  deaths_ = state_ == State::Off ? 0 : deaths_; // else it is started again because it has died
  isMissing_ = false;
  setState(State::Loading, tr("the cost model %1 is being loaded …").arg(nameOf(choice_)));
  helloJob_ = client_.send(request);
  patience_.start();
}

void PredictionService::forgetQuestion() {
  question_ = {};
  known_.clear();
  wanted_.clear();
  asked_.clear();
  predictJob_ = 0; // an answer is one that nobody wants
}

void PredictionService::setQuestion(const QJsonObject& question) {
  if (question == question_)
    return;
  forgetQuestion();
  question_ = question;
  Q_EMIT changed();
}

void PredictionService::want(const QStringList& recipes) {
  wanted_ = recipes;
  next();
}

void PredictionService::setPaused(bool paused) {
  isPaused_ = paused;
  next();
}

void PredictionService::next() {
  if (state_ != State::Ready || isPaused_ || predictJob_ != 0)
    return;
  for (const QString& recipe : std::as_const(wanted_))
    if (asked_.size() < kMostAtOnce && !known_.contains(recipe.toStdString()))
      asked_ << recipe;
  if (asked_.isEmpty())
    return;
  QJsonObject request = question_;
  request.insert(QStringLiteral("job"), QStringLiteral("predict"));
  request.insert(QStringLiteral("recipes"), QJsonArray::fromStringList(asked_));
  if (const QString weights = weightsOf(choice_); !weights.isEmpty())
    request.insert(QStringLiteral("model"), weights);
  predictJob_ = client_.send(request);
  patience_.start();
}

void PredictionService::setState(State state, const QString& remark) {
  state_ = state;
  remark_ = remark;
  Q_EMIT changed();
}

void PredictionService::fail(const QString& why) {
  if (state_ == State::Off || state_ == State::Failed)
    return;
  patience_.stop();
  helloJob_ = predictJob_ = 0;
  asked_.clear();
  isStopping_ = client_.isRunning();
  client_.stop();
  const QString sentence = tr("The cost model %1 cannot be used: %2.").arg(nameOf(choice_), why);
  setState(State::Failed, sentence);
  Q_EMIT failed(sentence + QLatin1Char(' ') + tr("Measure, Choose model… takes another one, or tries again."));
}

void PredictionService::finished(int id, const QJsonObject& result) {
  if (!client_.isBusy())
    patience_.stop();
  if (id == helloJob_) {
    helloJob_ = 0;
    if (result.value(QStringLiteral("protocol")).toInt() != kProtocol) {
      fail(tr("it does not speak protocol %1 of models/PROTOCOL.md").arg(kProtocol));
      return;
    }
    setState(State::Ready, tr("predicted by %1").arg(nameOf(choice_)));
  } else if (id == predictJob_) {
    predictJob_ = 0;
    takePredictions(result.value(QStringLiteral("predictions")).toArray());
  }
  next();
}

void PredictionService::takePredictions(const QJsonArray& predictions) {
  const QStringList asked = std::exchange(asked_, {});
  if (predictions.size() != asked.size()) {
    fail(tr("it was asked for %1 predictions and gave %2").arg(asked.size()).arg(predictions.size()));
    return;
  }
  for (qsizetype k = 0; k < asked.size(); ++k) {
    const auto prediction = predictionFrom(predictions[k].toObject());
    if (!prediction) {
      fail(tr("a prediction is no speedup within its interval"));
      return;
    }
    known_[asked[k].toStdString()] = *prediction;
  }
  deaths_ = 0;
  Q_EMIT changed();
}

void PredictionService::jobFailed(int id, const QJsonObject& error) {
  const QString code = error.value(QStringLiteral("code")).toString();
  const QString why = errorText(error).section(QLatin1Char('\n'), 0, 0);
  if (code == QLatin1String("canceled") || code.startsWith(QLatin1String("worker-"))) { // its end follows
    isMissing_ = code == QLatin1String("worker-missing");
    return;
  }
  if (!client_.isBusy())
    patience_.stop();
  if (id == helloJob_)
    fail(why);
  else if (id == predictJob_)
    refuseAsked(why);
}

/// The model is sound and has no answer, for a program that it cannot read, say: no reason to give it up.
void PredictionService::refuseAsked(const QString& why) {
  predictJob_ = 0;
  for (const QString& recipe : std::exchange(asked_, {}))
    known_[recipe.toStdString()] = {.problem = why.toStdString()};
  Q_EMIT changed();
  if (!std::exchange(hasComplained_, true))
    Q_EMIT failed(tr("The cost model %1 does not predict: %2.").arg(nameOf(choice_), why));
  next();
}

void PredictionService::processEnded() {
  patience_.stop();
  helloJob_ = predictJob_ = 0;
  asked_.clear(); // still wanted
  if (std::exchange(isStopping_, false)) {
    if (state_ == State::Off && isWanted_)
      load();
    return;
  }
  if (state_ == State::Off || state_ == State::Failed)
    return;
  if (isMissing_)
    fail(tr("%1 cannot be started").arg(client_.program()));
  else if (++deaths_ >= kMostDeaths)
    fail(tr("it has ended %1 times without an answer").arg(deaths_));
  else
    load();
}

} // namespace polyloom
