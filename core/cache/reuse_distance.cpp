#include "core/cache/reuse_distance.h"

#include "core/base/check.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace polyloom {

namespace {

constexpr std::size_t kWordBits = 64;
constexpr std::size_t kFewestTimes = 1 << 16;

} // namespace

std::uint64_t ReuseHistogram::total() const {
  return std::accumulate(counts.begin(), counts.end(), firstTouches);
}

std::uint64_t ReuseHistogram::below(std::size_t bits) const {
  return std::accumulate(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(std::min(bits + 1, counts.size())),
                         std::uint64_t{0});
}

void ReuseHistogram::add(const ReuseHistogram& other) {
  firstTouches += other.firstTouches;
  for (std::size_t bucket = 0; bucket < counts.size(); ++bucket)
    counts[bucket] += other.counts[bucket];
}

ReuseDistances::ReuseDistances(std::size_t lines)
    : timeOf_(lines, kNone), lineAt_(kFewestTimes), isLast_(kFewestTimes / kWordBits), sums_(isLast_.size() + 1),
      isKnown_(lines) {
  POLYLOOM_CHECK(lines < kNone);
  recent_.fill(kNone);
}

std::uint64_t ReuseDistances::touchOther(std::uint32_t line) {
  std::size_t place = 0;
  while (place < kRecent && recent_[place] != line)
    ++place;
  std::uint64_t distance = place;
  if (place == kRecent) {
    const std::uint32_t time = timeOf_[line];
    distance = kFirstTouch;
    if (isKnown_[line]) {
      distance = kRecent + laterThan(time);
      forget(time);
      timeOf_[line] = kNone;
    }
    isKnown_[line] = true;
    --place;
    if (recent_[place] != kNone)
      retire(recent_[place]);
  }
  std::move_backward(recent_.begin(), recent_.begin() + static_cast<std::ptrdiff_t>(place),
                     recent_.begin() + static_cast<std::ptrdiff_t>(place) + 1);
  recent_[0] = line;
  return distance;
}

/// A line that leaves the recent ones was touched later than all that left before.
void ReuseDistances::retire(std::uint32_t line) {
  if (now_ == lineAt_.size())
    renumber();
  timeOf_[line] = now_;
  lineAt_[now_] = line;
  isLast_[now_ / kWordBits] |= std::uint64_t{1} << (now_ % kWordBits);
  change(now_ / kWordBits, 1);
  ++alive_;
  ++now_;
}

void ReuseDistances::forget(std::uint32_t time) {
  isLast_[time / kWordBits] &= ~(std::uint64_t{1} << (time % kWordBits));
  change(time / kWordBits, ~std::uint32_t{0}); // less one
  --alive_;
}

std::uint64_t ReuseDistances::laterThan(std::uint32_t time) const {
  const std::size_t word = time / kWordBits;
  std::uint64_t earlier = 0;
  for (std::size_t node = word; node > 0; node &= node - 1)
    earlier += sums_[node];
  const std::uint64_t upTo = ~std::uint64_t{0} >> (kWordBits - 1 - time % kWordBits);
  return alive_ - earlier - static_cast<std::uint64_t>(std::popcount(isLast_[word] & upTo));
}

void ReuseDistances::change(std::size_t word, std::uint32_t amount) {
  for (std::size_t node = word + 1; node < sums_.size(); node += node & (~node + 1))
    sums_[node] += amount;
}

/// Closes the gaps between the times that still count, and leaves as much room again.
void ReuseDistances::renumber() {
  std::uint32_t next = 0;
  for (std::uint32_t time = 0; time < now_; ++time)
    if ((isLast_[time / kWordBits] >> (time % kWordBits) & 1) != 0) {
      lineAt_[next] = lineAt_[time];
      timeOf_[lineAt_[next]] = next;
      ++next;
    }
  now_ = next;
  const std::size_t room = std::max(kFewestTimes, std::bit_ceil(std::size_t{2} * now_));
  lineAt_.resize(room);
  isLast_.assign(room / kWordBits, 0);
  sums_.assign(room / kWordBits + 1, 0);
  for (std::uint32_t time = 0; time < now_; ++time) {
    isLast_[time / kWordBits] |= std::uint64_t{1} << (time % kWordBits);
    ++sums_[time / kWordBits + 1];
  }
  for (std::size_t node = 1; node < sums_.size(); ++node) // each node adds to the next one that covers it
    if (const std::size_t above = node + (node & (~node + 1)); above < sums_.size())
      sums_[above] += sums_[node];
}

} // namespace polyloom
