// One order's run at small parameter values, access by access: what the scrubber walks and the memory view shows.
#pragma once

#include "core/cache/simulation.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace polyloom {

/// How far apart, in other lines of the first level, the touches of lines are.
struct ReuseSummary {
  std::uint32_t median = 0, least = 0, most = 0;
  std::uint64_t reuses = 0;       ///< what the three speak of; 0: of nothing
  std::uint64_t firstTouches = 0; ///< of lines that were not touched before
};

/// An array in memory. Its cells are numbered row by row, after those of the arrays before it; its lines, too.
struct TraceArray {
  std::string name;
  std::vector<std::int64_t> extents; ///< empty: a scalar
  std::uint32_t elementBytes = 8;
  std::uint32_t firstCell = 0, cells = 0;
  std::uint32_t firstLine = 0, lines = 0;
  std::uint32_t lead = 0; ///< bytes of its first line that lie before it
  std::uint32_t lineBytes = 64;
  ReuseSummary reuse;

  bool has(std::uint32_t cell) const { return cell >= firstCell && cell - firstCell < cells; }
  std::uint32_t lineOf(std::uint32_t cell) const {
    return firstLine + (lead + (cell - firstCell) * elementBytes) / lineBytes;
  }
};

/// A read or write.
struct TraceAccess {
  static constexpr std::uint32_t kFirstTouch = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t cell = 0;
  std::uint32_t line = 0;
  std::uint32_t distance = kFirstTouch;     ///< other lines touched since this line was touched last
  std::uint32_t step = 0;                   ///< the instance that makes it
  std::int32_t previous = -1, next = -1;    ///< accesses to the same cell; -1: none
  std::uint16_t array = 0;
  std::uint8_t level = 0; ///< index of the level that had the line; the number of levels for memory
  bool isWrite = false;
};

/// One execution of a statement.
struct TraceStep {
  std::uint32_t statement = 0; ///< index into ExecutionTrace::statements
  std::int32_t cloud = -1, index = -1; ///< the instance in the space's clouds; -1: it is not drawn
  std::uint32_t firstAccess = 0, firstValue = 0;
};

/// The nearest level that has a line changes. Read backwards it is undone.
struct ResidencyChange {
  std::uint32_t access = 0; ///< that brings it about
  std::uint32_t line = 0;
  std::uint8_t before = 0, after = 0;
};

struct TraceStatement {
  std::string name;
  int source = -1;         ///< the program's statement; -1: moves cells to or from registers
  std::uint32_t depth = 0; ///< number of iterators
};

/// A loop of the schedule, with all the `for`s that come from it.
struct TraceLoop {
  std::string name;
  std::vector<std::uint32_t> begins; ///< the steps with which its iterations begin, in order
};

/// Plain values. Steps are the instances in the order in which one thread executes them.
struct ExecutionTrace {
  std::vector<std::pair<std::string, std::int64_t>> parameters;
  std::vector<TraceStatement> statements;
  std::vector<TraceArray> arrays; ///< those in memory that the program accesses
  std::vector<TraceStep> steps;
  std::vector<std::int64_t> values; ///< of the steps' iterators, packed
  std::vector<TraceAccess> accesses;
  std::vector<ResidencyChange> changes; ///< in the order of the accesses
  std::vector<TraceLoop> loops;         ///< outer ones first
  Simulation totals;                    ///< of all accesses together
  ReuseSummary reuse;
  std::uint32_t cells = 0, lines = 0;
  bool isTruncated = false; ///< the run has more accesses than were recorded
  std::string refusal;      ///< why there is nothing; empty: there is

  std::span<const TraceAccess> accessesOf(std::size_t step) const;
  std::span<const std::int64_t> valuesOf(std::size_t step) const;
  std::uint32_t accessesBefore(std::size_t step) const;
  const CacheHierarchy& caches() const { return totals.caches; }
  /// Index of the array that has the cell; there is one.
  std::size_t arrayOf(std::uint32_t cell) const;
};

/// The original order and the new one, in the same caches.
struct ExecutionTraces {
  ExecutionTrace original, current;
};

using ExecutionTracesPtr = std::shared_ptr<const ExecutionTraces>;

/// "B[3][0]"; the array's name alone for a scalar.
std::string cellName(const ExecutionTrace& trace, std::uint32_t cell);

/// "S1(3, 4)".
std::string stepName(const ExecutionTrace& trace, std::size_t step);

/// "L2", "memory".
std::string levelName(const ExecutionTrace& trace, std::size_t level);

} // namespace polyloom
