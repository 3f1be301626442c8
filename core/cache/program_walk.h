// Going through an access program as its loops run: what all walks have in common.
#pragma once

#include "core/cache/access_walk.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace polyloom {

/// `Walk` derives from it and says what a loop and an execution of a statement do: `loop(node)` and `call(node)`.
/// A base by template and not by virtual functions: a walk costs nanoseconds per access.
template <typename Walk> class ProgramWalk {
protected:
  explicit ProgramWalk(const AccessProgram& program) : slots_(program.slots) {}

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
    case LoopNode::Kind::For: static_cast<Walk*>(this)->loop(node); break;
    case LoopNode::Kind::Call:
      if (holds(node.conditions))
        static_cast<Walk*>(this)->call(node);
      break;
    }
  }

  /// The access at a place of the program; nothing where its condition does not hold, or what is assumed of it.
  std::optional<WalkEvent> accessAt(const SiteCode& code) const {
    if (code.condition && code.condition->at(slots_) == 0)
      return std::nullopt;
    const auto address = static_cast<std::uint64_t>(code.address.at(slots_));
    if (code.end != 0 && (address < code.lowest || address >= code.end))
      return std::nullopt;
    return WalkEvent{address, code.site, code.isWrite ? WalkEvent::Kind::Write : WalkEvent::Kind::Read};
  }

  std::vector<std::int64_t> slots_; ///< values of the loops and sizes
  bool isStopped_ = false;          ///< the sink has had enough

private:
  bool holds(const std::vector<IndexCode>& conditions) const {
    return std::ranges::all_of(conditions, [this](const IndexCode& condition) { return condition.at(slots_) != 0; });
  }
};

} // namespace polyloom
