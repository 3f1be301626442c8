#include "app/cli/terminal.h"

#include <fmt/format.h>

#include <unistd.h>

#include <cstdint>
#include <cstdio>

namespace polyloom {

std::string readableDuration(double seconds) {
  if (seconds >= 1)
    return fmt::format("{:.3f} s", seconds);
  if (seconds >= 1e-3)
    return fmt::format("{:.3f} ms", seconds * 1e3);
  return fmt::format("{:.2f} µs", seconds * 1e6);
}

std::string roughDuration(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds);
  if (whole >= 3600)
    return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
  return whole >= 60 ? fmt::format("{} min", whole / 60) : fmt::format("{} s", whole);
}

void showProgressLine(const std::string& line) {
  if (isatty(STDERR_FILENO) == 0)
    return;
  fmt::print(stderr, "\r\x1b[K{}", line);
  std::fflush(stderr);
}

void endProgressLine() { showProgressLine(""); }

} // namespace polyloom
