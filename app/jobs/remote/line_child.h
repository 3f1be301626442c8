// A child process that is spoken with in lines.
#pragma once

#include "jit/child_process.h"

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace polyloom {

/// Its standard input takes lines, its standard output gives lines, and what it writes to its standard error is kept.
/// Killed and reaped when this goes. Neither a child that does not read nor one that does not write can block this end.
class LineChild {
public:
  using Clock = std::chrono::steady_clock;

  /// The program is looked for in PATH. Nothing where it cannot be started.
  static std::optional<LineChild> start(const std::vector<std::string>& command);
  LineChild(LineChild&& other) noexcept;
  LineChild& operator=(LineChild&&) = delete;
  ~LineChild();

  /// What is sent while `read` waits.
  void write(const std::string& line) { unsent_ += line + "\n"; }

  struct Read {
    enum class Kind { Line, End, Late, Canceled };
    Kind kind = Kind::Line;
    std::string line = {};
  };
  /// Its next line without the break; an unfinished one at its end counts. Waits until then at most, or until the stop.
  Read read(Clock::time_point until, const std::stop_token& stop = {});

  /// After its output's end: how the process ended; nothing where it had to be killed. Completes `errors`.
  std::optional<int> finish();
  /// The last kilobytes of its standard error.
  const std::string& errors() const { return errors_; }

private:
  LineChild(ChildProcess process, int input, int output, int errors)
      : process_(std::move(process)), input_(input), output_(output), errorOutput_(errors) {}
  std::optional<std::string> takeLine();
  void exchange(std::chrono::milliseconds wait);
  void receiveOutput();
  void receiveErrors();
  void sendInput();

  ChildProcess process_;
  int input_, output_, errorOutput_; ///< our ends; -1: closed
  std::string unsent_, received_, errors_;
  std::size_t searched_ = 0; ///< so much of `received_` holds no line break
};

} // namespace polyloom
