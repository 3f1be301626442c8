#include "app/window/code_service.h"

#include <QJsonArray>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

constexpr std::size_t kMostKnown = 64;

CodeService::Lines linesFrom(const QJsonArray& array) {
  auto lines = std::make_shared<std::vector<CodeLine>>();
  for (const QJsonValue& value : array) {
    const QJsonObject line = value.toObject();
    lines->push_back({line.value(QStringLiteral("text")).toString().toStdString(),
                      line.value(QStringLiteral("loop")).toString().toStdString(),
                      line.value(QStringLiteral("statement")).toInt(-1)});
  }
  return lines;
}

} // namespace

CodeService::CodeService(const QString& worker, QObject* parent) : QObject(parent), worker_(worker) {
  connect(&worker_, &WorkerClient::finished, this, [this](int id, const QJsonObject& result) {
    if (id == job_)
      finished(result);
  });
  connect(&worker_, &WorkerClient::failed, this, [this](int id, const QJsonObject& error) {
    if (id != job_)
      return;
    job_ = 0;
    isEnding_ = false;
    // What was ended and is still wanted gets its turn again.
    const bool isEnded = error.value(QStringLiteral("code")).toString() == QLatin1String("canceled");
    if (!isEnded && !wanted_.empty()) {
      const Key key = wanted_.front();
      wanted_.pop_front();
      Q_EMIT failed(key.second, errorText(error));
    }
    Q_EMIT busyChanged(false);
    QTimer::singleShot(0, this, &CodeService::next); // the client is still busy with its end
  });
}

void CodeService::setProgram(const QJsonObject& program) {
  if (program == program_)
    return;
  program_ = program;
  forget();
}

void CodeService::setReassociate(bool reassociate) {
  if (reassociate == reassociate_)
    return;
  reassociate_ = reassociate;
  forget();
}

void CodeService::forget() {
  known_.clear();
  wanted_.clear();
  endRunning();
}

void CodeService::request(const QString& form, const QString& recipe) {
  const Key key(recipe, form);
  if (const auto found = known_.find(key); found != known_.end()) {
    Q_EMIT ready(form, found->second);
    return;
  }
  const bool isRunningStale = job_ != 0 && !wanted_.empty() && wanted_.front().first != recipe;
  std::erase_if(wanted_, [&](const Key& other) { return other.first != recipe; });
  if (isRunningStale)
    endRunning();
  if (std::ranges::find(wanted_, key) == wanted_.end())
    wanted_.push_back(key);
  next();
}

void CodeService::setPaused(bool paused) {
  if (paused == isPaused_)
    return;
  isPaused_ = paused;
  if (paused)
    endRunning();
  else
    next();
}

void CodeService::cancel() {
  for (const Key& key : std::exchange(wanted_, {}))
    Q_EMIT failed(key.second, tr("canceled"));
  endRunning();
}

void CodeService::endRunning() {
  if (job_ == 0 || isEnding_)
    return;
  isEnding_ = true;
  worker_.cancel();
}

void CodeService::next() {
  if (job_ != 0 || isPaused_ || wanted_.empty())
    return;
  const Key& key = wanted_.front();
  job_ = worker_.send({{QStringLiteral("job"), QStringLiteral("emit")},
                       {QStringLiteral("program"), program_},
                       {QStringLiteral("recipe"), key.first},
                       {QStringLiteral("reassociate"), reassociate_},
                       {QStringLiteral("as"), key.second},
                       {QStringLiteral("lines"), true}});
  Q_EMIT busyChanged(true);
}

void CodeService::finished(const QJsonObject& result) {
  job_ = 0;
  const bool isLate = std::exchange(isEnding_, false); // an end may come too late: the answer is one that nobody wants
  if (!isLate && !wanted_.empty()) {
    const Key key = wanted_.front();
    wanted_.pop_front();
    if (known_.size() >= kMostKnown)
      known_.clear();
    const Lines lines = linesFrom(result.value(QStringLiteral("lines")).toArray());
    known_[key] = lines;
    Q_EMIT ready(key.second, lines);
  }
  Q_EMIT busyChanged(false);
  next();
}

} // namespace polyloom
