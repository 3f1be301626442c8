#include "core/snapshot/trace_cursor.h"

#include <algorithm>

namespace polyloom {

TraceCursor::TraceCursor(std::shared_ptr<const ExecutionTrace> trace) : trace_(std::move(trace)) {
  const auto levels = trace_->caches().levels.size();
  levels_.assign(trace_->lines, static_cast<std::uint8_t>(levels));
  lastTouch_.assign(trace_->cells, -1);
  firstTouch_.assign(trace_->cells, -1);
  served_.assign(levels + 1, 0);
  for (std::size_t a = trace_->accesses.size(); a-- > 0;)
    firstTouch_[trace_->accesses[a].cell] = static_cast<std::int32_t>(a);
}

void TraceCursor::moveTo(std::size_t done) {
  if (!trace_)
    return;
  done_ = std::min(done, trace_->steps.size());
  const std::uint32_t target = trace_->accessesBefore(done_);
  while (access_ < target)
    redo(access_++);
  while (access_ > target)
    undo(--access_);
}

void TraceCursor::redo(std::uint32_t number) {
  const TraceAccess& access = trace_->accesses[number];
  lastTouch_[access.cell] = static_cast<std::int32_t>(number);
  ++served_[access.level];
  for (const auto& changes = trace_->changes; change_ < changes.size() && changes[change_].access == number; ++change_)
    levels_[changes[change_].line] = changes[change_].after;
}

void TraceCursor::undo(std::uint32_t number) {
  const TraceAccess& access = trace_->accesses[number];
  lastTouch_[access.cell] = access.previous;
  --served_[access.level];
  for (const auto& changes = trace_->changes; change_ > 0 && changes[change_ - 1].access == number; --change_)
    levels_[changes[change_ - 1].line] = changes[change_ - 1].before;
}

std::int32_t TraceCursor::lastWrite(std::uint32_t cell) const {
  std::int32_t access = lastTouch_[cell];
  while (access >= 0 && !trace_->accesses[static_cast<std::size_t>(access)].isWrite)
    access = trace_->accesses[static_cast<std::size_t>(access)].previous;
  return access;
}

std::int32_t TraceCursor::nextUse(std::uint32_t cell) const {
  const std::int32_t last = lastTouch_[cell];
  return last < 0 ? firstTouch_[cell] : trace_->accesses[static_cast<std::size_t>(last)].next;
}

} // namespace polyloom
