#include "jit/event_counts.h"

#include "jit/statistics.h"

#include <vector>

namespace polyloom {

EventCounts medians(std::span<const EventCounts> samples) {
  EventCounts result;
  for (const auto event : EventCounts::kAll) {
    std::vector<double> values;
    for (const EventCounts& sample : samples)
      if (sample.*event)
        values.push_back(*(sample.*event));
    if (!values.empty())
      result.*event = median(values);
  }
  return result;
}

} // namespace polyloom
