#include "core/schedule/decompose.h"

#include "core/isl/affine_view.h"
#include "core/schedule/affine_text.h"
#include "core/schedule/integer_rows.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace polyloom {

namespace {

using Names = std::vector<std::string>;

/// Statements in the order of the leaves.
void collectLeaves(const TreeNode& node, Names& statements) {
  if (node.kind == TreeNode::Kind::Leaf)
    std::ranges::copy(statementsIn(node.domain), std::back_inserter(statements));
  for (const TreePtr& child : node.children)
    collectLeaves(*child, statements);
}

Names leavesOf(const TreeNode& node) {
  Names statements;
  collectLeaves(node, statements);
  return statements;
}

/// A function of a statement's instances without divisions.
std::optional<AffineView> plainView(const isl::pw_aff& value) {
  std::optional<AffineView> view = viewOf(value);
  return view && view->floors.empty() ? view : std::nullopt;
}

/// How a target loop's values come from loops that are there: the same way for all statements.
struct Combination {
  IntegerRow outer;                              ///< factors of the loops outside, already in place
  IntegerRow nest;                               ///< factors of the loops of the nest
  std::map<std::string, AffineAmount> shifts = {}; ///< what is left, per statement
};

AffineAmount difference(const AffineView& target, const std::vector<AffineView>& loops, const IntegerRow& factors) {
  AffineAmount rest{target.constant, {target.parameters.begin(), target.parameters.end()}};
  for (std::size_t k = 0; k < loops.size(); ++k) {
    rest.constant -= factors[k] * loops[k].constant;
    for (const auto& [name, factor] : loops[k].parameters)
      rest.factors[name] -= factors[k] * factor;
  }
  std::erase_if(rest.factors, [](const auto& entry) { return entry.second == 0; });
  return rest;
}

class Decomposer {
public:
  explicit Decomposer(const ScopPtr& scop) : schedule_(Schedule::original(scop)) {}

  std::optional<std::vector<Step>> run(const ScheduleTree& target) {
    Names wanted = leavesOf(*target.root()), present = leavesOf(*schedule_.tree().root());
    std::ranges::sort(wanted);
    std::ranges::sort(present);
    if (wanted != present || !place(*target.root(), 0))
      return std::nullopt;
    return schedule_.recipe();
  }

private:
  bool step(const std::string& line) {
    const Result<Step> parsed = parseStep(line);
    Result<Schedule> next = parsed ? apply(schedule_, *parsed) : std::unexpected(parsed.error());
    if (next)
      schedule_ = std::move(*next);
    return next.has_value();
  }

  /// The loops around a statement, outermost first.
  std::vector<TreePtr> loopsAround(const std::string& statement) const {
    std::vector<TreePtr> loops;
    TreePtr node = schedule_.tree().root();
    while (node->kind != TreeNode::Kind::Leaf) {
      if (node->isLoop())
        loops.push_back(node);
      const auto next = std::ranges::find_if(node->children, [&](const TreePtr& child) {
        return statementsIn(child->domain).contains(statement);
      });
      node = *next;
    }
    return loops;
  }

  /// The loops from `depth` on that hold exactly these statements, nested directly.
  std::vector<TreePtr> nestOf(const Names& statements, std::size_t depth) const {
    const std::vector<TreePtr> loops = loopsAround(statements.front());
    const std::set<std::string> wanted(statements.begin(), statements.end());
    std::vector<TreePtr> nest;
    for (std::size_t k = depth; k < loops.size(); ++k) {
      if (statementsIn(loops[k]->domain) != wanted || (k > depth && loops[k - 1]->children.front() != loops[k]))
        break;
      nest.push_back(loops[k]);
    }
    return nest;
  }

  /// Brings the target's statements, whose outer `depth` loops are in place, into its order.
  bool place(const TreeNode& target, std::size_t depth) {
    const Schedule before = schedule_;
    if (placeTogether(target, depth))
      return true;
    schedule_ = before;
    return placeApart(target, depth);
  }

  /// Without taking loops apart that the target has as one.
  bool placeTogether(const TreeNode& target, std::size_t depth) {
    const Names statements = leavesOf(target);
    if (target.kind == TreeNode::Kind::Leaf)
      return loopsAround(statements.front()).size() == depth;
    if (target.isLoop())
      return matchLoop(target, statements, depth) && place(*target.children.front(), depth + 1);
    std::vector<Names> groups;
    for (const TreePtr& child : target.children)
      groups.push_back(leavesOf(*child));
    return separateInOrder(groups, depth) &&
           std::ranges::all_of(target.children, [&](const TreePtr& child) { return place(*child, depth); });
  }

  /// Every statement in a nest of its own, then fused.
  bool placeApart(const TreeNode& target, std::size_t depth) {
    const Names statements = leavesOf(target);
    if (statements.size() < 2)
      return false;
    std::vector<Names> singles;
    for (const std::string& statement : statements)
      singles.push_back({statement});
    if (!separateInOrder(singles, depth))
      return false;
    return std::ranges::all_of(statements, [&](const std::string& s) { return placeAlone(target, s, depth); }) &&
           fuse(target, depth);
  }

  bool placeAlone(const TreeNode& target, const std::string& statement, std::size_t depth) {
    if (target.kind == TreeNode::Kind::Leaf)
      return loopsAround(statement).size() == depth;
    if (target.isLoop())
      return matchLoop(target, {statement}, depth) && placeAlone(*target.children.front(), statement, depth + 1);
    const auto child = std::ranges::find_if(
        target.children, [&](const TreePtr& node) { return statementsIn(node->domain).contains(statement); });
    return placeAlone(**child, statement, depth);
  }

  bool fuse(const TreeNode& target, std::size_t depth) {
    if (target.isLoop()) {
      const Names statements = leavesOf(target);
      const std::string first = loopsAround(statements.front())[depth]->name;
      for (const std::string& statement : statements) {
        const std::string name = loopsAround(statement)[depth]->name;
        if (name != first && !step(fmt::format("fuse {} {}", first, name)))
          return false;
      }
    }
    const std::size_t inside = depth + (target.isLoop() ? 1 : 0);
    return std::ranges::all_of(target.children, [&](const TreePtr& child) { return fuse(*child, inside); });
  }

  /// Gives each group loops of its own from `depth` on, and brings the groups into their order.
  bool separateInOrder(const std::vector<Names>& groups, std::size_t depth) {
    const Names present = leavesOf(*schedule_.tree().root());
    std::vector<Names> asTheyStand = groups;
    std::ranges::sort(asTheyStand, {}, [&](const Names& group) { return std::ranges::find_first_of(present, group); });
    return separate(asTheyStand, depth) && reorder(groups);
  }

  /// Distributes loops from `depth` on until each group has loops of its own.
  bool separate(const std::vector<Names>& groups, std::size_t depth) {
    std::set<std::string> first;
    for (std::size_t g = 0; g + 1 < groups.size(); ++g) {
      first.insert(groups[g].begin(), groups[g].end());
      for (TreePtr mixed = innermostMixed(groups, first, depth); mixed != nullptr;
           mixed = innermostMixed(groups, first, depth)) {
        std::string last;
        for (const std::string& statement : leavesOf(*mixed))
          if (first.contains(statement))
            last = statement;
        const std::size_t before = loopNames(schedule_.tree()).size();
        if (!step(fmt::format("distribute {} after {}", mixed->name, last)) ||
            loopNames(schedule_.tree()).size() > before + 1)
          return false;
        if (isMixed(*pathToLoop(schedule_.tree(), mixed->name).back(), first))
          return false; // the groups' statements alternate
      }
    }
    return true;
  }

  static bool isMixed(const TreeNode& loop, const std::set<std::string>& first) {
    const Names statements = leavesOf(loop);
    const auto count = std::ranges::count_if(statements, [&](const std::string& s) { return first.contains(s); });
    return count > 0 && count < static_cast<std::ptrdiff_t>(statements.size());
  }

  TreePtr innermostMixed(const std::vector<Names>& groups, const std::set<std::string>& first, std::size_t depth) const {
    TreePtr innermost;
    std::size_t most = 0;
    for (const Names& group : groups) {
      for (const std::string& statement : group) {
        const std::vector<TreePtr> loops = loopsAround(statement);
        for (std::size_t k = depth; k < loops.size(); ++k)
          if (isMixed(*loops[k], first) && k + 1 > most) {
            innermost = loops[k];
            most = k + 1;
          }
      }
    }
    return innermost;
  }

  /// Moves groups that stand side by side in one body, each before the one that is in its place.
  bool reorder(const std::vector<Names>& groups) {
    Names wanted;
    for (const Names& group : groups)
      wanted.push_back(group.front());
    for (std::size_t g = 0; g < wanted.size(); ++g) {
      Names present = leavesOf(*schedule_.tree().root());
      std::erase_if(present, [&](const std::string& s) { return std::ranges::find(wanted, s) == wanted.end(); });
      if (present[g] != wanted[g] && !step(fmt::format("reorder {} {}", wanted[g], present[g])))
        return false;
    }
    return true;
  }

  /// Makes the loop at `depth` around these statements the target's, from the loops of their nest.
  bool matchLoop(const TreeNode& target, const Names& statements, std::size_t depth) {
    std::vector<TreePtr> nest = nestOf(statements, depth);
    if (nest.empty())
      return false;
    std::optional<Combination> wanted = combinationFor(target, statements, depth, nest.size());
    if (!wanted)
      return false;
    if (!picksOne(wanted->nest)) {
      if (!unimodular(target, statements, depth, nest))
        return false;
      nest = nestOf(statements, depth);
      wanted = combinationFor(target, statements, depth, nest.size());
      if (!wanted || !picksOne(wanted->nest))
        return false;
    }
    const auto picked = static_cast<std::size_t>(
        std::ranges::find_if(wanted->nest, [](std::int64_t factor) { return factor != 0; }) - wanted->nest.begin());
    const std::string loop = nest[picked]->name;
    if (picked > 0 && !step(fmt::format("interchange {} {}", nest.front()->name, loop)))
      return false;
    if (wanted->nest[picked] < 0 && !step(fmt::format("reverse {}", loop)))
      return false;
    return skewAndShift(*wanted, loop, statements);
  }

  static bool picksOne(const IntegerRow& factors) {
    const auto zeros = std::ranges::count(factors, 0);
    const auto ones = std::ranges::count(factors, 1) + std::ranges::count(factors, -1);
    return ones == 1 && zeros + 1 == static_cast<std::ptrdiff_t>(factors.size());
  }

  bool skewAndShift(const Combination& wanted, const std::string& loop, const Names& statements) {
    const std::vector<TreePtr> around = loopsAround(statements.front());
    for (std::size_t k = 0; k < wanted.outer.size(); ++k)
      if (wanted.outer[k] != 0 && !step(fmt::format("skew {} by {} {}", loop, wanted.outer[k], around[k]->name)))
        return false;
    for (const auto& [statement, amount] : wanted.shifts)
      if ((amount.constant != 0 || !amount.factors.empty()) &&
          !step(fmt::format("shift {} {} by {}", statement, loop, toText(amount))))
        return false;
    return true;
  }

  /// How the target's values come from the loops outside and the nest; nothing where they do not, or not alike.
  std::optional<Combination> combinationFor(const TreeNode& target, const Names& statements, std::size_t depth,
                                            std::size_t nest) const {
    std::optional<Combination> all;
    for (const std::string& statement : statements) {
      std::vector<AffineView> views;
      std::vector<IntegerRow> rows;
      for (const TreePtr& loop : loopsAround(statement)) {
        const std::optional<AffineView> view = plainView(loop->values.at(statement));
        if (!view)
          return std::nullopt;
        views.push_back(*view);
        rows.push_back(view->dimensions);
      }
      const std::optional<AffineView> wanted = plainView(target.values.at(statement));
      const std::optional<IntegerRow> factors = wanted ? combinationOf(rows, wanted->dimensions) : std::nullopt;
      if (!factors || std::any_of(factors->begin() + static_cast<std::ptrdiff_t>(depth + nest), factors->end(),
                                  [](std::int64_t factor) { return factor != 0; }))
        return std::nullopt;
      const auto middle = factors->begin() + static_cast<std::ptrdiff_t>(depth);
      Combination mine{{factors->begin(), middle}, {middle, middle + static_cast<std::ptrdiff_t>(nest)}};
      if (all && (all->outer != mine.outer || all->nest != mine.nest))
        return std::nullopt;
      if (!all)
        all = std::move(mine);
      all->shifts.emplace(statement, difference(*wanted, views, *factors));
    }
    return all;
  }

  /// The whole nest by one matrix: the rows of as many target loops, nested directly.
  bool unimodular(const TreeNode& target, const Names& statements, std::size_t depth, const std::vector<TreePtr>& nest) {
    Names rows, loops;
    const TreeNode* row = &target;
    for (const TreePtr& loop : nest) {
      const auto wanted = row->isLoop() ? combinationFor(*row, statements, depth, nest.size()) : std::nullopt;
      if (!wanted)
        return false;
      rows.push_back(fmt::format("{}", fmt::join(wanted->nest, " ")));
      loops.push_back(loop->name);
      row = row->children.front().get();
    }
    return step(fmt::format("unimodular {} by {}", fmt::join(loops, " "), fmt::join(rows, "; ")));
  }

  Schedule schedule_;
};

} // namespace

std::optional<std::vector<Step>> decompose(const ScopPtr& scop, const ScheduleTree& target) {
  return Decomposer(scop).run(target);
}

} // namespace polyloom
