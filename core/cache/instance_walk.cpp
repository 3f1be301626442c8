#include "core/cache/instance_walk.h"

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

class InstanceWalker {
public:
  InstanceWalker(const AccessProgram& program, const InstanceSink& sink, std::stop_token stop)
      : sink_(sink), stop_(std::move(stop)), slots_(program.slots) {}

  bool run(const AccessNode& body) {
    visit(body);
    return !isStopped_;
  }

private:
  void visit(const AccessNode& node) {
    if (isStopped_)
      return;
    switch (node.kind) {
    case LoopNode::Kind::Block:
      for (const AccessNode& child : node.children)
        visit(child);
      break;
    case LoopNode::Kind::If:
      if (const std::size_t arm = holds(node.conditions) ? 0 : 1; arm < node.children.size())
        visit(node.children[arm]);
      break;
    case LoopNode::Kind::For: loop(node); break;
    case LoopNode::Kind::Call:
      if (holds(node.conditions))
        call(node);
      break;
    }
  }

  bool holds(const std::vector<IndexCode>& conditions) const {
    return std::ranges::all_of(conditions, [this](const IndexCode& condition) { return condition.at(slots_) != 0; });
  }

  void loop(const AccessNode& node) {
    const std::int64_t last = node.last.at(slots_);
    std::int64_t& value = slots_[node.slot];
    for (value = node.first.at(slots_); value <= last && !isStopped_; value += node.step) {
      isStopped_ = stop_.stop_requested();
      begin(node.loop);
      visit(node.children[0]);
    }
  }

  /// An iteration without instances begins with none: the loop's next one takes its place.
  void begin(std::uint32_t loop) {
    begun_.erase(std::ranges::find(begun_, loop), begun_.end());
    begun_.push_back(loop);
  }

  void call(const AccessNode& node) {
    point_.clear();
    for (const IndexCode& iterator : node.iterators)
      point_.push_back(iterator.at(slots_));
    accesses_.clear();
    for (const SiteCode& code : node.accesses)
      access(code);
    isStopped_ = isStopped_ || !sink_({node.statement, point_, accesses_, begun_});
    begun_.clear();
  }

  void access(const SiteCode& code) {
    if (code.condition && code.condition->at(slots_) == 0)
      return;
    const auto address = static_cast<std::uint64_t>(code.address.at(slots_));
    if (code.end == 0 || (address >= code.lowest && address < code.end))
      accesses_.push_back({address, code.site, code.isWrite ? WalkEvent::Kind::Write : WalkEvent::Kind::Read});
  }

  const InstanceSink& sink_;
  std::stop_token stop_;
  std::vector<std::int64_t> slots_;
  std::vector<std::int64_t> point_;
  std::vector<WalkEvent> accesses_;
  std::vector<std::uint32_t> begun_;
  bool isStopped_ = false;
};

} // namespace

bool walkInstances(const AccessProgram& program, const InstanceSink& sink, std::stop_token stop) {
  return InstanceWalker(program, sink, std::move(stop)).run(program.body);
}

} // namespace polyloom
