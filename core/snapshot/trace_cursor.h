// Memory and caches at one moment of a run.
#pragma once

#include "core/snapshot/execution_trace.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace polyloom {

/// Stands between two steps of a trace and moves both ways. Cost of a move: the accesses and changes on the way.
class TraceCursor {
public:
  TraceCursor() = default;
  /// Before the first step.
  explicit TraceCursor(std::shared_ptr<const ExecutionTrace> trace);

  const ExecutionTrace* trace() const { return trace_.get(); }
  /// To after the first `done` steps; beyond the end is the end.
  void moveTo(std::size_t done);
  std::size_t done() const { return done_; }
  /// The step executed last; there is one where done() > 0.
  std::size_t current() const { return done_ - 1; }
  std::size_t accessesDone() const { return access_; }

  /// The nearest level that has the line; the number of levels for none.
  std::size_t levelOf(std::uint32_t line) const { return levels_[line]; }
  /// The cell's last access so far, or -1.
  std::int32_t lastTouch(std::uint32_t cell) const { return lastTouch_[cell]; }
  /// Likewise, its last write.
  std::int32_t lastWrite(std::uint32_t cell) const;
  /// The cell's next access, or -1.
  std::int32_t nextUse(std::uint32_t cell) const;
  /// How many of the accesses so far a level served; the number of levels stands for memory.
  std::uint64_t served(std::size_t level) const { return served_[level]; }

private:
  void redo(std::uint32_t access);
  void undo(std::uint32_t access);

  std::shared_ptr<const ExecutionTrace> trace_;
  std::size_t done_ = 0;
  std::uint32_t access_ = 0;           ///< accesses so far
  std::size_t change_ = 0;             ///< changes so far
  std::vector<std::uint8_t> levels_;   ///< per line
  std::vector<std::int32_t> lastTouch_; ///< per cell
  std::vector<std::int32_t> firstTouch_; ///< per cell, in the whole run
  std::vector<std::uint64_t> served_;  ///< per level, and for memory
};

} // namespace polyloom
