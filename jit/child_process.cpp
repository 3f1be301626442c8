#include "jit/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>

namespace polyloom {

namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts)
    result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

} // namespace

std::optional<ChildProcess> ChildProcess::start(const std::string& program, const std::vector<std::string>& arguments,
                                                const std::vector<std::string>& environment,
                                                const std::vector<std::pair<int, int>>& inherited) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int stream = 0; stream <= 2; ++stream)
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
  int highest = 2;
  for (const auto& [ours, theirs] : inherited) {
    posix_spawn_file_actions_adddup2(&actions, ours, theirs);
    highest = std::max(highest, theirs);
  }
  posix_spawn_file_actions_addclosefrom_np(&actions, highest + 1);
  std::vector<std::string> command = {program};
  command.insert(command.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment;
  pid_t id = -1;
  const int error = posix_spawnp(&id, program.c_str(), &actions, nullptr, pointers(command).data(),
                                pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    return std::nullopt;
  return ChildProcess(id);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(std::exchange(other.id_, -1)), status_(other.status_) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(status_, other.status_);
  return *this;
}

ChildProcess::~ChildProcess() {
  if (id_ < 0 || status_)
    return;
  kill();
  int status = 0;
  waitpid(id_, &status, 0);
}

void ChildProcess::kill() {
  if (id_ > 0 && !status_)
    ::kill(id_, SIGKILL);
}

std::optional<int> ChildProcess::waitFor(std::chrono::milliseconds limit) {
  constexpr std::chrono::milliseconds kPause(2);
  for (auto waited = std::chrono::milliseconds(0); !status_; waited += kPause) {
    int status = 0;
    if (waitpid(id_, &status, WNOHANG) == id_)
      status_ = status;
    else if (waited >= limit)
      break;
    else
      std::this_thread::sleep_for(kPause);
  }
  return status_;
}

Watchdog::Watchdog(ChildProcess& process, std::chrono::nanoseconds limit, const std::stop_token& stop)
    : process_(process), onStop_(stop, [this] { process_.kill(); }),
      thread_([this, limit](std::stop_token finished) { watch(std::move(finished), limit); }) {}

Watchdog::~Watchdog() {
  thread_.request_stop();
  thread_.join();
}

bool Watchdog::hasExpired() const {
  const std::lock_guard lock(mutex_);
  return hasExpired_;
}

void Watchdog::watch(std::stop_token finished, std::chrono::nanoseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, finished, limit, [] { return false; });
  if (finished.stop_requested())
    return;
  hasExpired_ = true;
  process_.kill();
}

} // namespace polyloom
