#include "tests/support/loop_watch.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <string>

namespace polyloom::test {

namespace {

constexpr std::chrono::milliseconds kLookEvery{2};

/// Of the calling thread, in milliseconds.
double cpuTime() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Whether a thread of this process waits for something. One that could run and does not get its turn does not.
bool isAsleep(int thread) {
  std::ifstream file("/proc/self/task/" + std::to_string(thread) + "/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name = line.rfind(')'); // the name may hold blanks
  return name != std::string::npos && name + 2 < line.size() && (line[name + 2] == 'S' || line[name + 2] == 'D');
}

} // namespace

LoopWatch::LoopWatch()
    : thread_(static_cast<int>(gettid())), watcher_([this](const std::stop_token& stop) { watchSleep(stop); }) {
  QCoreApplication::instance()->installEventFilter(this);
  const auto* dispatcher = QAbstractEventDispatcher::instance();
  connect(dispatcher, &QAbstractEventDispatcher::awake, this, &LoopWatch::passBegins);
  connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] { isInHandler_ = false; });
  start();
}

LoopWatch::~LoopWatch() {
  watcher_.request_stop();
  watcher_.join();
}

void LoopWatch::start() {
  longest_ = 0;
  slept_ = 0;
  began_ = cpuTime();
}

double LoopWatch::now() const { return cpuTime() - began_ + static_cast<double>(slept_); }

double LoopWatch::longest() { return std::max(longest_, now()); }

void LoopWatch::passBegins() {
  longest_ = longest();
  slept_ = 0;
  began_ = cpuTime();
}

bool LoopWatch::eventFilter(QObject*, QEvent*) {
  isInHandler_ = true;
  return false;
}

void LoopWatch::watchSleep(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::this_thread::sleep_for(kLookEvery);
    if (isInHandler_ && isAsleep(thread_))
      slept_ += kLookEvery.count();
  }
}

} // namespace polyloom::test
