#include "core/cache/loop_footprints.h"

#include <algorithm>

namespace polyloom {

void LineCounts::add(std::uint64_t lines) {
  ++times_;
  sum_ += lines;
  largest_ = std::max(largest_, lines);
  if (lines >= kSmall) {
    ++large_[lines];
    return;
  }
  if (lines >= small_.size())
    small_.resize(lines + 1);
  ++small_[lines];
}

std::uint64_t LineCounts::median() const {
  std::uint64_t seen = 0;
  for (std::size_t lines = 0; lines < small_.size(); ++lines)
    if ((seen += small_[lines]) * 2 >= times_ && seen > 0)
      return lines;
  for (const auto& [lines, count] : large_)
    if ((seen += count) * 2 >= times_)
      return lines;
  return 0;
}

LoopFootprints::LoopFootprints(std::size_t loops, std::size_t lines, unsigned lineShift)
    : loops_(loops), lastTouch_(lines), lineShift_(lineShift) {}

void LoopFootprints::take(std::span<const WalkEvent> events) {
  for (const WalkEvent& event : events) {
    switch (event.kind) {
    case WalkEvent::Kind::Read:
    case WalkEvent::Kind::Write: touch(event.address >> lineShift_); break;
    case WalkEvent::Kind::Enter: enter(); break;
    case WalkEvent::Kind::Iteration: iterate(loops_[event.number]); break;
    case WalkEvent::Kind::Leave: leave(loops_[event.number]); break;
    }
  }
}

inline void LoopFootprints::touch(std::uint64_t line) {
  std::uint64_t& last = lastTouch_[line];
  for (auto open = open_.rbegin(); open != open_.rend() && last <= open->start; ++open)
    ++open->lines;
  last = ++now_;
}

void LoopFootprints::enter() {
  open_.push_back({.start = now_});
  open_.push_back({.hasBegun = false});
}

void LoopFootprints::iterate(LoopFootprint& loop) {
  if (open_.back().hasBegun)
    loop.iterations.add(open_.back().lines);
  open_.back() = {.start = now_};
}

void LoopFootprints::leave(LoopFootprint& loop) {
  loop.iterations.add(open_.back().lines);
  open_.pop_back();
  loop.executions.add(open_.back().lines);
  open_.pop_back();
}

} // namespace polyloom
