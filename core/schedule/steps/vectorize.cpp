#include "core/schedule/steps/vectorize.h"

#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace polyloom {

namespace {

/// The first loop below a node, or null.
const TreeNode* loopBelow(const TreeNode& node) {
  for (const TreePtr& child : node.children) {
    if (child->isLoop())
      return child.get();
    if (const TreeNode* inner = loopBelow(*child))
      return inner;
  }
  return nullptr;
}

/// One loop of lanes per statement of the body: a statement runs for all lanes before the next one starts.
TreePtr lanesOver(const ScheduleTree& tree, const TreeNode& loop, int width, std::set<std::string>& taken) {
  const TreePtr& body = loop.children.front();
  const std::vector<TreePtr> parts =
      body->kind == TreeNode::Kind::Sequence ? body->children : std::vector<TreePtr>{body};
  std::vector<TreePtr> lanes;
  for (const TreePtr& part : parts) {
    TreeNode lane{.kind = TreeNode::Kind::Loop, .domain = part->domain, .children = {part}};
    lane.name = lanes.empty() ? loop.name : freshName(tree, loop.name, taken);
    taken.insert(lane.name);
    lane.values = restrictTo(loop.values, part->domain);
    lane.stride = loop.stride;
    lane.attributes.vectorWidth = width;
    lanes.push_back(std::make_shared<const TreeNode>(std::move(lane)));
  }
  return makeSequence(lanes);
}

Result<ScheduleTree> applyVectorize(const Schedule& schedule, const Step& step) {
  const ScheduleTree& tree = schedule.tree();
  const Result<std::vector<TreePtr>> path = requireLoop(tree, step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  const TreeNode& loop = *path->back();
  if (loop.attributes.vectorWidth > 0)
    return failure("vector-lanes", fmt::format("{} is a group of vector lanes already", loop.name));
  if (const TreeNode* inner = loopBelow(loop))
    return failure("not-innermost", fmt::format("{} has the loop {} inside; only an innermost loop can be vectorized: "
                                                "interchange them first", loop.name, inner->name));
  const int width = static_cast<int>(step.integer("width"));
  TreeNode groups = loop;
  std::set<std::string> taken;
  groups.children = {lanesOver(tree, loop, width, taken)};
  groups.name = freshName(tree, loop.name + "t", taken);
  groups.tileSize = width * loop.stride;
  groups.bases = loop.values;
  groups.values = divideFloor(loop.values, groups.tileSize);
  groups.stride = 1;
  groups.sums.clear();
  return replaceNode(tree, &loop, std::make_shared<const TreeNode>(std::move(groups)));
}

} // namespace

StepKind vectorizeStep() {
  return {.name = "vectorize",
          .form = "vectorize {loop} by {width}",
          .summary = "A loop's iterations become lanes of vector instructions.",
          .help = "Strip-mines the innermost loop; in each group a statement runs for all lanes, in no order, before "
                  "the body's next statement starts. Illegal when that breaks a dependence. Pays when the lanes touch "
                  "neighboring cells. The loop over the groups gets the loop's name with a t.",
          .before = "for j\n  S0(j)\n  S1(j)",
          .after = "for jt\n  S0(lanes of jt)\n  S1(lanes of jt)",
          .example = "vectorize j by 8",
          .peers = "innermost loops: Pluto (as a pragma), Polly",
          .parameters = {{.name = "loop", .kind = StepParameter::Kind::Loop, .help = "an innermost loop"},
                         {.name = "width",
                          .kind = StepParameter::Kind::Integer,
                          .help = "lanes per group",
                          .minimum = 2,
                          .maximum = 64,
                          .initial = "8"}},
          .apply = applyVectorize};
}

} // namespace polyloom
