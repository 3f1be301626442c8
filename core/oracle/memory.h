// A program's run on memory whose cells remember whose value they hold.
#pragma once

#include "core/oracle/execution.h"

#include <cstddef>
#include <map>
#include <memory>
#include <vector>

namespace polyloom {

/// Cells of all stages' arrays, numbered as they come: equal cells have one number.
class CellNumbers {
public:
  int numberOf(const Cell& cell);
  const Cell& cellOf(int number) const { return *cells_[static_cast<std::size_t>(number)]; }

private:
  std::map<Cell, int> numbers_;
  std::vector<const Cell*> cells_; ///< into numbers_
};

/// A program at fixed parameter values: its instances statement by statement, and per instance the cell of each
/// access; kNoCell where a conditional read does not happen.
struct CellRun {
  static constexpr int kNoCell = -1;
  Execution execution; ///< without conflicts
  std::vector<std::vector<int>> cells;
};

/// A program ready to be run at one set of values after the other. Remembers the runs.
class MemoryProgram {
public:
  /// `source`: the program that this one was made from, or null. Instances of statements with the same domain are not
  /// enumerated twice.
  MemoryProgram(ScopPtr scop, MemoryProgram* source, CellNumbers& numbers);

  const Scop& scop() const { return *scop_; }
  const PlainProgram& plain() const { return plain_; }
  const CellRun& at(const Values& parameters);

private:
  std::vector<Instance> instancesOf(int statement, const Values& parameters);

  ScopPtr scop_;
  PlainProgram plain_;
  MemoryProgram* source_;
  CellNumbers& numbers_;
  std::map<Values, CellRun> runs_;
};

/// Whose value a cell holds: the number of an instance in the run, or ~number of the cell whose first value it is.
using Origin = std::ptrdiff_t;

/// What a run read and left behind. Instances of the source come first in every stage's run, in the same order.
struct Flow {
  static constexpr Origin kNothing = PTRDIFF_MIN;  ///< no read
  std::vector<std::vector<Origin>> reads;          ///< per instance of the source and access
  std::map<int, Origin> results;                   ///< per cell whose value is no longer its first one
};

/// Runs a program in an order (indices of instances). Statements from `copies` on hand on the value that they read.
Flow flowOf(const Scop& scop, std::size_t copies, const CellRun& run, const std::vector<std::size_t>& order);

/// Where a program behaves otherwise than the source.
struct FlowDifference {
  std::vector<std::size_t> readers; ///< instances that find another value
  bool inResults = false;
};

/// A read that finds nothing written in the source may find anything.
FlowDifference differenceOf(const Scop& source, const CellNumbers& numbers, const Flow& expected, const Flow& actual);

} // namespace polyloom
