#include "core/snapshot/execution_trace.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace polyloom {

std::uint32_t ExecutionTrace::accessesBefore(std::size_t step) const {
  return step < steps.size() ? steps[step].firstAccess : static_cast<std::uint32_t>(accesses.size());
}

std::span<const TraceAccess> ExecutionTrace::accessesOf(std::size_t step) const {
  const std::size_t first = accessesBefore(step);
  return std::span(accesses).subspan(first, accessesBefore(step + 1) - first);
}

std::span<const std::int64_t> ExecutionTrace::valuesOf(std::size_t step) const {
  return std::span(values).subspan(steps[step].firstValue, statements[steps[step].statement].depth);
}

std::size_t ExecutionTrace::arrayOf(std::uint32_t cell) const {
  const auto after = std::ranges::upper_bound(arrays, cell, {}, &TraceArray::firstCell);
  return static_cast<std::size_t>(after - arrays.begin()) - 1;
}

std::string cellName(const ExecutionTrace& trace, std::uint32_t cell) {
  const TraceArray& array = trace.arrays[trace.arrayOf(cell)];
  std::int64_t rest = cell - array.firstCell;
  std::string subscripts;
  for (std::size_t d = array.extents.size(); d-- > 0; rest /= array.extents[d])
    subscripts = fmt::format("[{}]{}", rest % array.extents[d], subscripts);
  return array.name + subscripts;
}

std::string stepName(const ExecutionTrace& trace, std::size_t step) {
  return fmt::format("{}({})", trace.statements[trace.steps[step].statement].name,
                     fmt::join(trace.valuesOf(step), ", "));
}

std::string levelName(const ExecutionTrace& trace, std::size_t level) {
  const auto& levels = trace.caches().levels;
  return level < levels.size() ? fmt::format("L{}", levels[level].level) : "memory";
}

} // namespace polyloom
