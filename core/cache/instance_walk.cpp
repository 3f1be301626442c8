#include "core/cache/instance_walk.h"

#include "core/cache/program_walk.h"

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

class InstanceWalker : private ProgramWalk<InstanceWalker> {
public:
  InstanceWalker(const AccessProgram& program, const InstanceSink& sink, std::stop_token stop)
      : ProgramWalk(program), sink_(sink), stop_(std::move(stop)) {}

  bool run(const AccessNode& body) {
    visit(body);
    return !isStopped_;
  }

private:
  friend ProgramWalk<InstanceWalker>;

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
      if (const std::optional<WalkEvent> access = accessAt(code))
        accesses_.push_back(*access);
    isStopped_ = isStopped_ || !sink_({node.statement, point_, accesses_, begun_});
    begun_.clear();
  }

  const InstanceSink& sink_;
  std::stop_token stop_;
  std::vector<std::int64_t> point_;
  std::vector<WalkEvent> accesses_;
  std::vector<std::uint32_t> begun_;
};

} // namespace

bool walkInstances(const AccessProgram& program, const InstanceSink& sink, std::stop_token stop) {
  return InstanceWalker(program, sink, std::move(stop)).run(program.body);
}

} // namespace polyloom
