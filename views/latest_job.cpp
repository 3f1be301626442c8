#include "views/latest_job.h"

#include <utility>

namespace polyloom {

LatestJob::LatestJob(QObject* parent) : QObject(parent) { thread_.setMaxThreadCount(1); }

LatestJob::~LatestJob() {
  thread_.clear();
  thread_.waitForDone();
}

void LatestJob::start(std::function<void(const Deliver&)> work) {
  cancel();
  isRunning_ = true;
  thread_.start([this, number = newest_, work = std::move(work)] {
    const auto deliver = [this, number](Answer answer) {
      QMetaObject::invokeMethod(this, [this, number, answer = std::move(answer)] {
        if (number == newest_)
          answer();
      }, Qt::QueuedConnection);
    };
    work(deliver);
    deliver([this] { isRunning_ = false; });
  });
}

void LatestJob::cancel() {
  thread_.clear();
  ++newest_;
  isRunning_ = false;
}

} // namespace polyloom
