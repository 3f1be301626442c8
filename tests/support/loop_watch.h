// How long the window's thread stays away from its event loop.
#pragma once

#include <QObject>

#include <atomic>
#include <cstdint>
#include <thread>

namespace polyloom::test {

/// Watches the event loop of the thread it is made on, which is the application's. What counts is the CPU time of that
/// thread from one pass of the loop to the next, and what it sleeps inside a handler, as a second thread sees it: a
/// machine that gives the thread no turn lengthens neither.
class LoopWatch : public QObject {
public:
  LoopWatch();
  ~LoopWatch() override;

  /// Forgets what was seen, and begins with this moment.
  void start();
  /// The longest stay away since then, in milliseconds, the one that still goes on included.
  double longest();

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  double now() const;
  void passBegins();
  void watchSleep(const std::stop_token& stop);

  int thread_; ///< the watched thread, as the kernel numbers it
  std::atomic<bool> isInHandler_ = false;
  std::atomic<std::int64_t> slept_ = 0; ///< milliseconds inside handlers, since the pass began
  double began_ = 0, longest_ = 0;
  std::jthread watcher_; ///< last: it uses the others
};

} // namespace polyloom::test
