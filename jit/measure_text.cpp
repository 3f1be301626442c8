#include "jit/measure_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cerrno>
#include <cstring>

namespace polyloom {

std::string endingSentence(const MeasureReport& report, const MeasureOptions& options) {
  const char* what = report.variants.empty() ? "the interval of the original's time" : "the widest interval of a speedup";
  const std::string width = fmt::format("{} is {:.1f} % wide", what, report.widestInterval * 100);
  switch (report.ending) {
  case Ending::Narrow:
    return fmt::format("ended after {} rounds: {}, narrower than {:.0f} %", report.runs, width, options.narrowWidth * 100);
  case Ending::RoundsUsed:
    return fmt::format("ended after {} rounds, as many as allowed; {}", report.runs, width);
  case Ending::BudgetUsed:
    return fmt::format("ended after {} rounds: the {:.0f} s of the budget are used up; {}", report.runs,
                       std::chrono::duration<double>(options.totalBudget).count(), width);
  }
  return "";
}

std::string memorySentence(const MemorySetup& memory) {
  const auto mebibytes = [](std::uint64_t bytes) { return static_cast<double>(bytes) / (1 << 20); };
  std::string pages = "plain 4 KiB pages";
  if (memory.wantsHugePages && memory.hugeBytes == 0)
    pages = "huge pages were asked for, but the system gave none: " + pages;
  else if (memory.wantsHugePages)
    pages = fmt::format("huge pages for {:.1f} of {:.1f} MiB of the original's arrays", mebibytes(memory.hugeBytes),
                        mebibytes(memory.arrayBytes));
  return pages + (memory.isCold ? ", caches emptied before every run" : ", warm caches");
}

std::string countersSentence(int error) {
  switch (error) {
  case 0: return "";
  case ENOENT:
  case ENODEV:
  case EOPNOTSUPP:
  case ENOSYS: return "this machine does not offer all hardware counters (most virtual machines offer none)";
  case EACCES:
  case EPERM: return "the system does not let this user read hardware counters (kernel.perf_event_paranoid, or a container)";
  default: return fmt::format("hardware counters cannot be opened: {}", std::strerror(error));
  }
}

std::string eventsSentence(const EventCounts& events) {
  std::vector<std::string> parts;
  const auto add = [&](const std::optional<double>& count, const char* what) {
    if (count)
      parts.push_back(fmt::format("{:.3g} {}", *count, what));
  };
  add(events.cycles, "cycles");
  add(events.instructions, "instructions");
  if (events.cycles && events.instructions && *events.cycles > 0)
    parts.back() += fmt::format(" ({:.2f} per cycle)", *events.instructions / *events.cycles);
  add(events.l1dMisses, "L1d misses");
  add(events.llcMisses, "LLC misses");
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string outlierSentence(const Timing& timing) {
  if (timing.outliers == 0)
    return "";
  return fmt::format("{} of {} samples lie{} beyond 1.5 interquartile ranges from the quartiles; they are counted",
                     timing.outliers, timing.samples.size(), timing.outliers == 1 ? "s" : "");
}

} // namespace polyloom
