#include "jit/runner/counters.h"

#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace polyloom::runner {

namespace {

struct Event {
  std::uint32_t type;
  std::uint64_t config;
};

constexpr std::uint64_t readMissesOf(std::uint64_t cache) {
  return cache | (PERF_COUNT_HW_CACHE_OP_READ << 8) | (PERF_COUNT_HW_CACHE_RESULT_MISS << 16);
}

constexpr std::array<Event, kCounterCount> kEvents = {{
    {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
    {PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
    {PERF_TYPE_HW_CACHE, readMissesOf(PERF_COUNT_HW_CACHE_L1D)},
    {PERF_TYPE_HW_CACHE, readMissesOf(PERF_COUNT_HW_CACHE_LL)},
}};

} // namespace

void Counters::open() {
  for (std::size_t i = 0; i < kEvents.size(); ++i) {
    perf_event_attr attributes = {};
    attributes.size = sizeof attributes;
    attributes.type = kEvents[i].type;
    attributes.config = kEvents[i].config;
    attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
    attributes.inherit = 1;
    attributes.exclude_kernel = 1;
    attributes.exclude_hv = 1;
    descriptors_[i] = static_cast<int>(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
    if (descriptors_[i] < 0 && reason_ == 0)
      reason_ = errno;
  }
}

CounterReadings Counters::read() const {
  CounterReadings readings = {};
  for (std::size_t i = 0; i < descriptors_.size(); ++i)
    if (descriptors_[i] >= 0 && ::read(descriptors_[i], &readings[i], sizeof readings[i]) != sizeof readings[i])
      readings[i] = {};
  return readings;
}

void addDifference(CounterValues& sum, const CounterReadings& before, const CounterReadings& after) {
  for (std::size_t i = 0; i < sum.size(); ++i) {
    const std::uint64_t running = after[i].running - before[i].running;
    if (running == 0 || sum[i] == kNone) {
      sum[i] = kNone;
      continue;
    }
    const auto share = static_cast<double>(after[i].enabled - before[i].enabled) / static_cast<double>(running);
    sum[i] += static_cast<std::uint64_t>(static_cast<double>(after[i].value - before[i].value) * share);
  }
}

} // namespace polyloom::runner
