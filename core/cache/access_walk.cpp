#include "core/cache/access_walk.h"

#include "core/cache/program_walk.h"

namespace polyloom {

namespace {

using Kind = WalkEvent::Kind;

constexpr std::size_t kBatch = 4096;

class Walker : private ProgramWalk<Walker> {
public:
  Walker(const AccessProgram& program, const WalkSink& sink) : ProgramWalk(program), sink_(sink) { events_.reserve(kBatch); }

  bool run(const AccessNode& body) {
    visit(body);
    flush();
    return !isStopped_;
  }

private:
  friend ProgramWalk<Walker>;

  void call(const AccessNode& node) {
    for (const SiteCode& code : node.accesses)
      if (const std::optional<WalkEvent> access = accessAt(code))
        push(*access);
  }

  void loop(const AccessNode& node) {
    const std::int64_t last = node.last.at(slots_);
    std::int64_t& value = slots_[node.slot];
    value = node.first.at(slots_);
    if (value > last)
      return;
    push({0, node.loop, Kind::Enter});
    if (node.isSteady)
      steadyLoop(node, (last - value) / node.step + 1);
    else
      for (; value <= last && !isStopped_; value += node.step) {
        push({0, node.loop, Kind::Iteration});
        visit(node.children[0]);
      }
    push({0, node.loop, Kind::Leave});
  }

  /// The events of an iteration are those of the one before, their addresses moved on.
  void steadyLoop(const AccessNode& node, std::int64_t trips) {
    row_.assign(1, {0, node.loop, Kind::Iteration});
    strides_.assign(1, 0);
    for (const SiteCode& code : node.accesses) {
      row_.push_back({static_cast<std::uint64_t>(code.address.at(slots_)), code.site, code.isWrite ? Kind::Write : Kind::Read});
      strides_.push_back(static_cast<std::uint64_t>(code.address.factorOf(node.slot) * node.step));
    }
    for (std::int64_t trip = 0; trip < trips && !isStopped_; ++trip) {
      if (events_.size() + row_.size() > kBatch)
        flush();
      const std::size_t at = events_.size();
      events_.resize(at + row_.size());
      for (std::size_t e = 0; e < row_.size(); ++e) {
        events_[at + e] = row_[e];
        row_[e].address += strides_[e];
      }
    }
  }

  void push(const WalkEvent& event) {
    events_.push_back(event);
    if (events_.size() >= kBatch)
      flush();
  }

  void flush() {
    if (!isStopped_ && !events_.empty())
      isStopped_ = !sink_(events_);
    events_.clear();
  }

  const WalkSink& sink_;
  std::vector<WalkEvent> events_;
  std::vector<WalkEvent> row_; ///< an iteration of the steady loop that runs
  std::vector<std::uint64_t> strides_;
};

} // namespace

bool walkAccesses(const AccessProgram& program, const WalkSink& sink) { return Walker(program, sink).run(program.body); }

} // namespace polyloom
