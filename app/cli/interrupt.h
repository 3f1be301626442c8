// Ctrl+C as a request.
#pragma once

#include <stop_token>
#include <thread>

namespace polyloom {

/// While it lives, SIGINT and SIGTERM request a stop instead of ending this program. Programs that are started meanwhile
/// do not hear them: they are told.
class Interrupt {
public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }

private:
  std::stop_source source_;
  std::jthread thread_; ///< waits for the signals
};

} // namespace polyloom
