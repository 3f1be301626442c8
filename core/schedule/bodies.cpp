#include "core/schedule/bodies.h"

#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

namespace polyloom {

namespace {

std::vector<std::size_t> holders(const TreeNode& node, const std::string& statement) {
  std::vector<std::size_t> found;
  for (std::size_t c = 0; c < node.children.size(); ++c)
    if (statementsIn(node.children[c]->domain).contains(statement))
      found.push_back(c);
  return found;
}

bool meetAt(const TreePtr& scope, const std::string& first, const std::string& second, const SharedBody& places) {
  const Result<SharedBody> found = findSharedBody(scope, first, second);
  return found && found->sequence == places.sequence && found->first == places.first && found->second == places.second;
}

/// "S1 S0" where two statements name the places below `scope`.
std::optional<std::string> namesBelow(const TreePtr& scope, const SharedBody& places, const Scop& scop) {
  for (const std::string& first : statementsBelow(*places.sequence->children[places.first], scop))
    for (const std::string& second : statementsBelow(*places.sequence->children[places.second], scop))
      if (first != second && meetAt(scope, first, second, places))
        return first + " " + second;
  return std::nullopt;
}

} // namespace

Result<SharedBody> findSharedBody(const TreePtr& scope, const std::string& first, const std::string& second) {
  const std::vector<std::size_t> a = holders(*scope, first);
  const std::vector<std::size_t> b = holders(*scope, second);
  if (a.empty() || b.empty())
    return failure("not-there", a.empty() ? first : second);
  if (a.size() > 1 || b.size() > 1)
    return failure("copies", a.size() > 1 ? first : second);
  if (a.front() == b.front())
    return findSharedBody(scope->children[a.front()], first, second);
  return SharedBody{scope, a.front(), b.front()};
}

std::string reorderText(const ScheduleTree& tree, const SharedBody& places, const Scop& scop) {
  if (const auto names = namesBelow(tree.root(), places, scop))
    return "reorder " + *names;
  for (const std::string& name : loopNames(tree))
    if (const auto names = namesBelow(pathToLoop(tree, name).back(), places, scop))
      return fmt::format("reorder {} in {}", *names, name);
  return {};
}

} // namespace polyloom
