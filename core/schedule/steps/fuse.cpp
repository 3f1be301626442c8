#include "core/schedule/steps/fuse.h"

#include "core/isl/extra.h"
#include "core/schedule/bodies.h"
#include "core/schedule/combine.h"
#include "core/schedule/loop_range.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

namespace polyloom {

namespace {

using Path = std::vector<TreePtr>;

/// Why two loops that do not stand in the same body cannot be fused, and what would help. The paths part at a place
/// that both have.
std::unexpected<Diagnostic> refuseApart(const Path& first, const Path& second) {
  const std::string& a = first.back()->name;
  const std::string& b = second.back()->name;
  std::size_t place = 0;
  while (place < first.size() && place < second.size() && first[place] == second[place])
    ++place;
  if (place == first.size() || place == second.size())
    return failure("not-neighbors", fmt::format("{} is inside {}; only loops beside each other can be fused",
                                                place == first.size() ? b : a, place == first.size() ? a : b));
  const std::string& outerA = first[place]->name;
  const std::string& outerB = second[place]->name;
  if (outerA == a || outerB == b) {
    const std::string& inner = outerA == a ? b : a;
    const std::string& outer = outerA == a ? outerB : outerA;
    return failure("not-neighbors", fmt::format("{} and {} do not stand in the same body: {} is inside {}; interchange "
                                                "{} {} first", a, b, inner, outer, outer, inner));
  }
  return failure("not-neighbors", fmt::format("{} and {} do not stand in the same body; fuse {} {} first", a, b, outerA,
                                              outerB));
}

/// The path to the sequence that has both loops as children, or a refusal.
Result<Path> pathToCommonSequence(const ScheduleTree& tree, const std::string& first, const std::string& second) {
  const Result<Path> firstPath = requireLoop(tree, first);
  if (!firstPath)
    return std::unexpected(firstPath.error());
  const Result<Path> secondPath = requireLoop(tree, second);
  if (!secondPath)
    return std::unexpected(secondPath.error());
  if (first == second)
    return failure("repeated-loop", fmt::format("{} is named twice", first));
  const bool haveParents = firstPath->size() > 1 && secondPath->size() > 1;
  if (!haveParents || (*firstPath)[firstPath->size() - 2] != (*secondPath)[secondPath->size() - 2])
    return refuseApart(*firstPath, *secondPath);
  return Path(firstPath->begin(), firstPath->end() - 1);
}

/// "; reorder S0 S1 first", or nothing where no two statements name the places.
std::string orReorder(const ScheduleTree& tree, const SharedBody& places, const Scop& scop) {
  const std::string step = reorderText(tree, places, scop);
  return step.empty() ? "" : fmt::format("; {} first", step);
}

/// Refuses places in the wrong order, and anything between them.
std::optional<Diagnostic> refuseBetween(const ScheduleTree& tree, const SharedBody& places, const Scop& scop) {
  const std::vector<TreePtr>& children = places.sequence->children;
  const std::string& a = children[places.first]->name;
  const std::string& b = children[places.second]->name;
  if (places.first > places.second)
    return failure("not-neighbors", fmt::format("{} runs after {}; name the earlier loop first", a, b)).error();
  if (places.first + 1 == places.second)
    return std::nullopt;
  const TreeNode& between = *children[places.first + 1];
  return failure("not-neighbors",
                 fmt::format("{} stands between {} and {}{}",
                             between.isLoop() ? "loop " + between.name : joinWords(statementsBelow(between, scop)), a, b,
                             orReorder(tree, places, scop)))
      .error();
}

/// The largest number modulo which all values of the fused loop are congruent in one nest, as far as both strides tell:
/// 0, 2, 4 … and 1, 3, 5 … have only 1.
std::int64_t commonStride(const TreeNode& a, const TreeNode& b, const Path& around) {
  const std::int64_t stride = std::gcd(a.stride, b.stride);
  if (stride == 1)
    return 1;
  for (const auto& [first, left] : a.values) {
    for (const auto& [second, right] : b.values) {
      const isl::set instances = a.domain.extract_set(left.space().domain());
      isl::map together = instances.product(b.domain.extract_set(right.space().domain())).unwrap();
      for (const TreePtr& node : around)
        if (node->isLoop())
          together = together.intersect(equalMap(node->values.at(first), node->values.at(second)));
      const auto modulus = static_cast<long>(stride);
      if (!together.is_subset(equalMap(left.mod(modulus), right.mod(modulus))))
        return 1;
    }
  }
  return stride;
}

/// A statement's function on both loops' instances: one function, or one per part of the statement.
isl::pw_aff joinOn(const TreeNode& a, const isl::pw_aff& left, const TreeNode& b, const isl::pw_aff& right) {
  if (left.plain_is_equal(right))
    return left;
  const isl::space space = left.space().domain();
  return joinPieces(left.intersect_domain(a.domain.extract_set(space)),
                    right.intersect_domain(b.domain.extract_set(space)));
}

LoopValues joinValues(const TreeNode& a, const TreeNode& b) {
  LoopValues all = a.values;
  for (const auto& [statement, value] : b.values) {
    const auto [known, isNew] = all.emplace(statement, value);
    if (!isNew)
      known->second = joinOn(a, known->second, b, value);
  }
  return all;
}

/// A statement's value of the fused loop as a sum of quotients. Where the sums of its two parts differ in shape, the
/// value itself.
std::vector<Quotient> joinSums(const TreeNode& a, const TreeNode& b, const std::string& statement,
                               const isl::pw_aff& value) {
  if (!a.values.contains(statement) || !b.values.contains(statement))
    return quotientsOf(a.values.contains(statement) ? a : b, statement);
  std::vector<Quotient> sum = quotientsOf(a, statement);
  const std::vector<Quotient> right = quotientsOf(b, statement);
  const auto matches = [](const Quotient& x, const Quotient& y) { return x.factor == y.factor && x.size == y.size; };
  if (!std::ranges::equal(sum, right, matches))
    return {{1, 1, value}};
  for (std::size_t q = 0; q < right.size(); ++q)
    sum[q].base = joinOn(a, sum[q].base, b, right[q].base);
  return sum;
}

/// The body with neighboring leaves of one statement as one leaf, where the loops around give each of their instances
/// a time of its own: parts that were split become one again. `path` ends with the body's loop.
TreePtr mergeLeaves(const TreePtr& body, Path path) {
  std::vector<TreePtr> merged;
  path.push_back(body);
  for (const TreePtr& child : body->children) {
    if (!merged.empty() && child->kind == TreeNode::Kind::Leaf && merged.back()->kind == TreeNode::Kind::Leaf) {
      const isl::union_set both = merged.back()->domain.unite(child->domain).coalesce();
      if (statementsIn(both).size() == 1 && aroundOf(path, both.as_set()).is_injective()) {
        merged.back() = std::make_shared<const TreeNode>(TreeNode{.domain = both});
        continue;
      }
    }
    merged.push_back(child);
  }
  return makeSequence(merged);
}

TreePtr fuseLoops(const TreeNode& a, const TreeNode& b, const Path& around) {
  LoopValues values = joinValues(a, b);
  std::map<std::string, std::vector<Quotient>> quotients;
  for (const auto& [statement, value] : values)
    quotients.emplace(statement, joinSums(a, b, statement, value));
  TreeNode fused = withQuotients(a, std::move(values), std::move(quotients));
  fused.domain = a.domain.unite(b.domain);
  fused.children = {makeSequence({a.children.front(), b.children.front()})};
  fused.stride = commonStride(a, b, around);
  fused.attributes = a.attributes == b.attributes ? a.attributes : LoopAttributes{};
  Path path = around;
  path.push_back(std::make_shared<const TreeNode>(fused));
  return withChild(fused, mergeLeaves(fused.children.front(), std::move(path)));
}

Result<ScheduleTree> applyFuse(const Schedule& schedule, const Step& step) {
  const ScheduleTree& tree = schedule.tree();
  const std::string& first = step.word("first");
  const std::string& second = step.word("second");
  const Result<Path> path = pathToCommonSequence(tree, first, second);
  if (!path)
    return std::unexpected(path.error());
  std::vector<TreePtr> children = path->back()->children;
  const auto placeOf = [&](const std::string& name) {
    const auto isNamed = [&](const TreePtr& node) { return node->isLoop() && node->name == name; };
    return static_cast<std::size_t>(std::ranges::find_if(children, isNamed) - children.begin());
  };
  const SharedBody places{path->back(), placeOf(first), placeOf(second)};
  if (std::optional<Diagnostic> refusal = refuseBetween(tree, places, schedule.program()))
    return std::unexpected(std::move(*refusal));
  children[places.first] = fuseLoops(*children[places.first], *children[places.second], *path);
  children.erase(children.begin() + static_cast<std::ptrdiff_t>(places.second));
  return replaceNode(tree, path->back().get(), makeSequence(children));
}

} // namespace

StepKind fuseStep() {
  return {.name = "fuse",
          .form = "fuse {first} {second}",
          .summary = "Two neighboring loops become one.",
          .help = "Equal loop values meet in one iteration; the first loop's body runs first. Bounds may differ: the "
                  "fused loop covers both ranges and each statement keeps its own. Pays when the second loop reads "
                  "what the first has just written. Shift the second one where it would run too early.",
          .before = "for i\n  S0(i)\nfor j\n  S1(j)",
          .after = "for i\n  S0(i)\n  S1(i)",
          .example = "fuse i i_2",
          .peers = "Clint, LOOPer, Pluto, Polly",
          .parameters = {{.name = "first", .kind = StepParameter::Kind::Loop, .help = "the earlier loop; its name stays"},
                         {.name = "second", .kind = StepParameter::Kind::Loop, .help = "the loop right after it", .place = StepParameter::Place::After}},
          .apply = applyFuse};
}

} // namespace polyloom
