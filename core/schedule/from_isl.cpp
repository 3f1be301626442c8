#include "core/schedule/from_isl.h"

#include "core/isl/affine_view.h"
#include "core/isl/extra.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

namespace polyloom {

namespace {

Diagnostic badTree(std::string message) { return {"bad-schedule", std::move(message)}; }

std::string namesIn(const isl::union_set& instances) {
  const std::set<std::string> names = statementsIn(instances);
  return joinWords({names.begin(), names.end()});
}

isl::set partOf(const isl::union_set& domain, const isl::pw_aff& value) {
  return domain.extract_set(value.space().domain());
}

/// Only factors of floors: no iterator, no parameter, no constant.
bool isSumOfFloors(const AffineView& view) {
  return !view.floors.empty() && view.constant == 0 && view.parameters.empty() &&
         std::ranges::all_of(view.dimensions, [](std::int64_t factor) { return factor == 0; });
}

/// Fills in what the tree knows about quotients: one floor(base / size) everywhere is a tile loop.
void recognizeTiles(TreeNode& loop) {
  std::int64_t size = 0;
  bool isTile = true;
  std::map<std::string, std::vector<Quotient>> sums;
  LoopValues bases;
  for (const auto& [statement, value] : loop.values) {
    const std::optional<AffineView> view = viewOf(value);
    if (!view || !isSumOfFloors(*view))
      return;
    for (const FloorView& floor : view->floors)
      sums[statement].push_back({floor.factor, floor.size, floor.base});
    const FloorView& first = view->floors.front();
    isTile = isTile && view->floors.size() == 1 && first.factor == 1 && (size == 0 || size == first.size);
    size = first.size;
    bases.insert_or_assign(statement, first.base);
  }
  if (isTile) {
    loop.tileSize = size;
    loop.bases = std::move(bases);
  } else {
    loop.sums = std::move(sums);
  }
}

/// Builds our tree from the leaves up; names are empty.
class Builder {
public:
  explicit Builder(const Scop& scop) : scop_(scop) {}

  /// `around`: per statement the values of the loops outside. Null where nothing of `domain` is left.
  Result<TreePtr> build(const isl::schedule_node& node, const isl::union_set& domain,
                        const std::vector<LoopValues>& around) const {
    if (domain.is_empty())
      return TreePtr();
    if (node.isa<isl::schedule_node_band>())
      return band(node.as<isl::schedule_node_band>(), 0, domain, around);
    if (node.isa<isl::schedule_node_sequence>() || node.isa<isl::schedule_node_set>())
      return sequence(node, domain, around);
    if (node.isa<isl::schedule_node_filter>())
      return build(node.child(0), domain.intersect(node.as<isl::schedule_node_filter>().filter()), around);
    if (node.isa<isl::schedule_node_mark>() || node.isa<isl::schedule_node_domain>())
      return build(node.child(0), domain, around);
    if (node.isa<isl::schedule_node_leaf>())
      return leaves(domain);
    return std::unexpected(badTree("the schedule has a context, guard, extension or expansion node; only domain, band, "
                                   "sequence, set, filter and mark nodes can be loops and statements"));
  }

private:
  Result<TreePtr> band(const isl::schedule_node_band& node, unsigned member, const isl::union_set& domain,
                       const std::vector<LoopValues>& around) const {
    if (member == node.n_member())
      return build(node.child(0), domain, around);
    TreeNode loop{.kind = TreeNode::Kind::Loop, .domain = domain};
    const Result<LoopValues> values = valuesOf(node.partial_schedule().at(static_cast<int>(member)), domain);
    if (!values)
      return std::unexpected(values.error());
    loop.values = *values;
    std::vector<LoopValues> within = around;
    within.push_back(loop.values);
    Result<TreePtr> child = band(node, member + 1, domain, within);
    if (!child || *child == nullptr)
      return child;
    loop.children = {std::move(*child)};
    loop.stride = strideOf(within, domain);
    recognizeTiles(loop);
    return std::make_shared<const TreeNode>(std::move(loop));
  }

  Result<LoopValues> valuesOf(const isl::union_pw_aff& member, const isl::union_set& domain) const {
    LoopValues values;
    for (const Statement& statement : scop_.statements) {
      const isl::set instances = domain.extract_set(statement.domain.space());
      if (instances.is_empty())
        continue;
      const isl::pw_aff value = valueOn(member, statement.domain.space());
      if (!instances.is_subset(value.domain()))
        return std::unexpected(badTree(fmt::format("a band gives no value to some instances of {}", statement.name)));
      values.emplace(statement.name, value);
    }
    return values;
  }

  /// The stride of the innermost of these loops among the values of one nest.
  std::int64_t strideOf(const std::vector<LoopValues>& loops, const isl::union_set& domain) const {
    isl::set all;
    for (const auto& [statement, value] : loops.back()) {
      isl::pw_aff_list list(scop_.ctx(), static_cast<int>(loops.size()));
      for (const LoopValues& values : loops)
        list = list.add(values.at(statement));
      const isl::set image = mapToVector(partOf(domain, value), list).range();
      all = all.is_null() ? image : all.unite(image);
    }
    const isl::val stride = all.get_stride(static_cast<int>(loops.size()) - 1);
    const bool isSmall = stride.is_pos() && stride.le(std::numeric_limits<int>::max());
    return isSmall ? stride.get_num_si() : 1; // 0: a single value
  }

  Result<TreePtr> sequence(const isl::schedule_node& node, const isl::union_set& domain,
                           const std::vector<LoopValues>& around) const {
    std::vector<TreePtr> children;
    isl::union_set rest = domain;
    for (unsigned c = 0; c < node.n_children(); ++c) {
      const isl::schedule_node child = node.child(static_cast<int>(c));
      const isl::union_set part = domain.intersect(child.as<isl::schedule_node_filter>().filter());
      if (!part.is_subset(rest))
        return std::unexpected(badTree("two children of a sequence have instances in common"));
      rest = rest.subtract(part);
      Result<TreePtr> made = build(child, domain, around);
      if (!made)
        return made;
      if (*made != nullptr)
        children.push_back(std::move(*made));
    }
    if (node.isa<isl::schedule_node_set>()) // any order will do: the program's
      std::ranges::sort(children, {}, [&](const TreePtr& child) { return firstStatement(*child); });
    if (!rest.is_empty())
      return std::unexpected(badTree(fmt::format("the filters of a sequence leave out instances of {}",
                                                 namesIn(rest))));
    return makeSequence(children);
  }

  std::ptrdiff_t firstStatement(const TreeNode& node) const {
    const std::set<std::string> present = statementsIn(node.domain);
    return std::ranges::find_if(scop_.statements, [&](const Statement& s) { return present.contains(s.name); }) -
           scop_.statements.begin();
  }

  TreePtr leaves(const isl::union_set& domain) const {
    std::vector<TreePtr> all;
    for (const Statement& statement : scop_.statements) {
      const isl::set instances = domain.extract_set(statement.domain.space());
      if (!instances.is_empty())
        all.push_back(std::make_shared<const TreeNode>(TreeNode{.domain = isl::union_set(instances)}));
    }
    return makeSequence(all);
  }

  const Scop& scop_;
};

/// Gives every loop a name: the iterator that its values grow with and that no loop around it is called by.
class Naming {
public:
  explicit Naming(const Scop& scop) : scop_(scop) {}

  std::vector<std::string> namesOf(const TreeNode& root) {
    visit(root, {});
    return std::move(names_);
  }

private:
  void visit(const TreeNode& node, std::set<std::string> around) {
    if (node.isLoop()) {
      const std::string base = iteratorOf(node, around);
      around.insert(base);
      std::string name = base;
      for (int suffix = 2; std::ranges::find(names_, name) != names_.end(); ++suffix)
        name = fmt::format("{}_{}", base, suffix);
      names_.push_back(name);
    }
    for (const TreePtr& child : node.children)
      visit(*child, around);
  }

  std::string iteratorOf(const TreeNode& loop, const std::set<std::string>& around) const {
    std::string candidate;
    for (const auto& [name, value] : loop.countsTiles() && loop.tileSize > 0 ? loop.bases : loop.values) {
      const std::optional<AffineView> view = viewOf(value);
      const Statement& statement = scop_.statements[static_cast<std::size_t>(*findStatement(scop_, name))];
      for (std::size_t d = 0; view && d < view->dimensions.size(); ++d) {
        const std::string& iterator = scop_.loops[static_cast<std::size_t>(statement.loops[d])].iterator;
        if (view->dimensions[d] != 0 && (candidate.empty() || around.contains(candidate)))
          candidate = loop.tileSize > 0 ? iterator + "t" : iterator;
      }
    }
    return candidate.empty() ? "c" : candidate;
  }

  const Scop& scop_;
  std::vector<std::string> names_;
};

TreePtr renamed(const TreeNode& node, const std::vector<std::string>& names, std::size_t& next) {
  TreeNode copy = node;
  if (node.isLoop())
    copy.name = names[next++];
  for (TreePtr& child : copy.children)
    child = renamed(*child, names, next);
  return std::make_shared<const TreeNode>(std::move(copy));
}

} // namespace

Result<ScheduleTree> treeFromIsl(const isl::schedule& schedule, const Scop& scop) {
  const isl::union_set wanted = domainOf(scop);
  for (const std::string& name : statementsIn(schedule.domain()))
    if (!findStatement(scop, name))
      return std::unexpected(badTree(fmt::format("no statement is called {}", name)));
  if (const isl::union_set missing = wanted.subtract(schedule.domain()); !missing.is_empty())
    return std::unexpected(badTree(fmt::format("the schedule's domain lacks instances of {}",
                                               namesIn(missing))));
  const Result<TreePtr> root = Builder(scop).build(schedule.root(), wanted, {});
  if (!root)
    return std::unexpected(root.error());
  std::size_t next = 0;
  return ScheduleTree(renamed(**root, Naming(scop).namesOf(**root), next));
}

Result<ScheduleTree> withLoopNames(const ScheduleTree& tree, const std::vector<std::string>& names) {
  const std::size_t count = loopNames(tree).size();
  if (names.size() != count)
    return failure("wrong-count", fmt::format("the schedule has {} {}, found {} {}", count,
                                              count == 1 ? "loop" : "loops", names.size(),
                                              names.size() == 1 ? "name" : "names"));
  for (auto name = names.begin(); name != names.end(); ++name)
    if (std::find(names.begin(), name, *name) != name)
      return failure("repeated-loop", fmt::format("{} is named twice", *name));
  std::size_t next = 0;
  return ScheduleTree(renamed(*tree.root(), names, next));
}

} // namespace polyloom
