#include "app/cli/interrupt.h"

#include <csignal>
#include <ctime>

namespace polyloom {

namespace {

sigset_t interrupts() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

} // namespace

Interrupt::Interrupt() {
  const sigset_t set = interrupts();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::jthread([set, source = source_](const std::stop_token& finished) mutable {
    constexpr timespec kSlice{.tv_sec = 0, .tv_nsec = 50'000'000};
    while (!finished.stop_requested())
      if (sigtimedwait(&set, nullptr, &kSlice) > 0)
        source.request_stop();
  });
}

Interrupt::~Interrupt() {
  thread_ = {}; // before the signals end this program again
  const sigset_t set = interrupts();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

} // namespace polyloom
