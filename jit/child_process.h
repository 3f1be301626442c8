// Starting, watching and ending a child process.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace polyloom {

/// A child process; killed and reaped when this goes.
class ChildProcess {
public:
  /// `inherited` are (ours, the child's) descriptor numbers; the child has these, /dev/null as its standard streams,
  /// and no others. A program without a slash in its name is looked for in PATH. Our numbers must lie above all of the child's. Returns no process where it cannot be started.
  static std::optional<ChildProcess> start(const std::string& program, const std::vector<std::string>& arguments,
                                           const std::vector<std::string>& environment,
                                           const std::vector<std::pair<int, int>>& inherited);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();

  void kill();
  /// The wait status if the process ends within that time by itself.
  std::optional<int> waitFor(std::chrono::milliseconds limit);
  int id() const { return id_; }

private:
  explicit ChildProcess(int id) : id_(id) {}
  int id_ = -1;
  std::optional<int> status_;
};

/// Kills a process when a limit passes or a stop is requested, unless this goes before.
class Watchdog {
public:
  Watchdog(ChildProcess& process, std::chrono::nanoseconds limit, const std::stop_token& stop);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  bool hasExpired() const;

private:
  void watch(std::stop_token finished, std::chrono::nanoseconds limit);

  ChildProcess& process_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool hasExpired_ = false;
  std::stop_callback<std::function<void()>> onStop_;
  std::jthread thread_;
};

} // namespace polyloom
