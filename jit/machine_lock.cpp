#include "jit/machine_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

namespace polyloom {

namespace {

std::string lockPath() {
  const char* folder = std::getenv("XDG_RUNTIME_DIR");
  if (folder != nullptr && *folder != '\0')
    return std::string(folder) + "/polyloom-measure.lock";
  return "/tmp/polyloom-measure-" + std::to_string(getuid()) + ".lock";
}

} // namespace

MachineLock::MachineLock(const std::stop_token& stop)
    : descriptor_(open(lockPath().c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  using namespace std::chrono_literals;
  while (descriptor_ >= 0 && flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && !stop.stop_requested()) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      return;
    std::this_thread::sleep_for(20ms);
  }
}

MachineLock::~MachineLock() {
  if (descriptor_ >= 0)
    close(descriptor_);
}

} // namespace polyloom
