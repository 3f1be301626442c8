#include "core/legality/legality.h"

#include "core/isl/context.h"
#include "core/isl/extra.h"
#include "core/program/reduction.h"
#include "core/schedule/tree_edit.h"
#include "core/schedule/values.h"

#include <algorithm>
#include <map>
#include <optional>

namespace polyloom {

namespace {

/// Pairs of a dependence that no loop or sequence so far has put in order.
///
/// At a loop of quotients the pairs are not split: that these values are equal on both sides is left to be imposed
/// later (`deferred`), where a violation has to be exact. Divisions make isl slow, and most recipes never need them.
struct Pending {
  int dependence = 0;
  isl::map pairs;
  bool isReduction = false; ///< only matters where instances run at the same time
  std::vector<const TreeNode*> deferred = {};
  /// Quotients (of the source's statement) that are equal on both sides once the deferred loops are.
  std::vector<Quotient> settled = {};

  Pending with(isl::map part) const { return {dependence, std::move(part), isReduction, deferred, settled}; }
};

class LegalityWalk {
public:
  LegalityWalk(const Schedule& schedule, const Dependences& dependences, bool reassociate)
      : scop_(schedule.program()), dependences_(dependences) {
    report_.carriers.resize(dependences.all().size());
    std::vector<Pending> pending;
    for (std::size_t d = 0; d < dependences.all().size(); ++d) {
      pending.push_back(start(static_cast<int>(d), reassociate));
      report_.relaxedReductions = report_.relaxedReductions || pending.back().isReduction;
    }
    walk(*schedule.tree().root(), std::move(pending));
    report_.verdict =
        report_.violations.empty() ? LegalityReport::Verdict::Legal : LegalityReport::Verdict::Illegal;
  }

  LegalityReport take() { return std::move(report_); }

private:
  /// All pairs of a dependence. Where reductions may change their order, an update that others depend on is no longer
  /// the last or the first of its cell: then every update counts.
  Pending start(int number, bool reassociate) const {
    const Dependence& dependence = dependences_.all()[static_cast<std::size_t>(number)];
    const auto isRelaxed = [&](int index) {
      const Statement& statement = scop_.statements[static_cast<std::size_t>(index)];
      return reassociate && statement.accesses.front().array == dependence.array && isReduction(statement);
    };
    const bool fromRelaxed = isRelaxed(dependence.from);
    if (dependence.from == dependence.to)
      return {number, dependence.relation, fromRelaxed};
    const bool isNeighbor = fromRelaxed || isRelaxed(dependence.to);
    return {number, isNeighbor ? withPairsAcrossWrites(scop_, dependence) : dependence.relation, false};
  }

  void walk(const TreeNode& node, std::vector<Pending> pending) {
    if (pending.empty())
      return;
    switch (node.kind) {
    case TreeNode::Kind::Leaf:
      for (const Pending& pair : pending)
        violateOrder(pair, Violation::Cause::Unordered, pair.pairs);
      return;
    case TreeNode::Kind::Loop: walkLoop(node, pending); return;
    case TreeNode::Kind::Sequence: walkSequence(node, pending); return;
    }
  }

  void walkLoop(const TreeNode& node, const std::vector<Pending>& pending) {
    std::vector<Pending> inside;
    for (const Pending& pair : pending) {
      if (node.countsTiles())
        walkQuotients(node, pair, inside);
      else
        walkValues(node, pair, inside);
    }
    walk(*node.children.front(), std::move(inside));
  }

  /// Splits the pairs by the loop's values.
  void walkValues(const TreeNode& node, const Pending& pair, std::vector<Pending>& inside) {
    const isl::pw_aff& source = node.values.at(statementName(fromOf(pair)));
    const isl::pw_aff& sink = node.values.at(statementName(toOf(pair)));
    judge(node, pair, pair.pairs.intersect(lessMap(source, sink)), pair.pairs.intersect(greaterMap(source, sink)));
    const isl::map rest = pair.pairs.intersect(equalMap(source, sink));
    if (!rest.is_empty())
      inside.push_back(pair.with(rest));
  }

  /// Judges a loop of quotients and lets all pairs pass. Where no term of the sum ever decreases from source to sink,
  /// neither does the sum, and at an equal sum each term is equal; only where that fails are the values compared.
  void walkQuotients(const TreeNode& node, const Pending& pair, std::vector<Pending>& inside) {
    const std::string& from = statementName(fromOf(pair));
    const std::string& to = statementName(toOf(pair));
    const isl::map increases = lessMap(node.values.at(from), node.values.at(to));
    Pending next = pair;
    if (const std::optional<bool> grows = neverDecreases(quotientsOf(node, from), quotientsOf(node, to), next)) {
      if (*grows)
        judge(node, pair, pair.pairs.intersect(increases), isl::map::empty(increases.space()));
    } else {
      judge(node, pair, pair.pairs.intersect(increases),
            pair.pairs.intersect(greaterMap(node.values.at(from), node.values.at(to))));
    }
    next.deferred.push_back(&node);
    inside.push_back(std::move(next));
  }

  /// Whether any term of a sum grows from source to sink, where none ever decreases; settles all of them then.
  /// Nothing where that is not so.
  static std::optional<bool> neverDecreases(const std::vector<Quotient>& source, const std::vector<Quotient>& sink,
                                            Pending& pair) {
    const auto matches = [](const Quotient& a, const Quotient& b) { return a.factor == b.factor && a.size == b.size; };
    if (pair.isReduction || !std::ranges::equal(source, sink, matches))
      return std::nullopt; // a reduction may run backward: an equal sum says nothing then
    bool grows = false;
    std::vector<Quotient> settled = pair.settled;
    for (std::size_t q = 0; q < source.size(); ++q) {
      if (std::ranges::any_of(pair.settled, [&](const Quotient& known) { return isSameQuotient(known, source[q]); }))
        continue;
      const auto against = source[q].factor > 0 ? greaterMap : lessMap;
      if (!pair.pairs.intersect(against(source[q].base, sink[q].base)).is_empty())
        return std::nullopt;
      settled.push_back(source[q]);
      grows = true;
    }
    pair.settled = std::move(settled);
    return grows;
  }

  /// The pairs of `part` that reach this place in the tree.
  isl::map exactly(const Pending& pair, isl::map part) const {
    const std::string& from = statementName(fromOf(pair));
    const std::string& to = statementName(toOf(pair));
    for (const TreeNode* loop : pair.deferred)
      part = part.intersect(equalMap(loop->values.at(from), loop->values.at(to)));
    return part;
  }

  /// Notes what a loop does to the pairs that it runs forward and backward.
  void judge(const TreeNode& node, const Pending& pair, const isl::map& forward, const isl::map& backward) {
    const isl::map carried = exactly(pair, forward);
    const isl::map reversed = exactly(pair, backward);
    const bool carries = !carried.is_empty();
    const bool reverses = !reversed.is_empty();
    if (carries || reverses)
      carry(pair, node.name);
    const bool together = node.attributes.parallel || node.attributes.vectorWidth > 0;
    if (together && (carries || reverses))
      violate(pair, node.attributes.parallel ? Violation::Cause::Parallel : Violation::Cause::Lanes, node.name,
              carried.unite(reversed));
    else if (reverses && !pair.isReduction)
      violate(pair, Violation::Cause::Order, node.name, reversed);
  }

  void walkSequence(const TreeNode& node, const std::vector<Pending>& pending) {
    std::map<std::string, std::vector<std::size_t>> places; // per statement, the children that hold instances of it
    for (std::size_t child = 0; child < node.children.size(); ++child)
      for (const std::string& statement : statementsIn(node.children[child]->domain))
        places[statement].push_back(child);
    std::vector<std::vector<Pending>> inside(node.children.size());
    for (const Pending& pair : pending) {
      const std::vector<std::size_t>& sources = places.at(statementName(fromOf(pair)));
      const std::vector<std::size_t>& sinks = places.at(statementName(toOf(pair)));
      const bool isWhole = sources.size() == 1 && sinks.size() == 1; // no statement in several copies: nothing to part
      for (const std::size_t from : sources) {
        for (const std::size_t to : sinks) {
          if (from < to)
            continue;
          const isl::map part = isWhole ? pair.pairs : between(pair, *node.children[from], *node.children[to]);
          if (!isWhole && part.is_empty())
            continue;
          if (from == to)
            inside[from].push_back(pair.with(part));
          else
            violateOrder(pair, Violation::Cause::Order, part);
        }
      }
    }
    for (std::size_t child = 0; child < node.children.size(); ++child)
      walk(*node.children[child], std::move(inside[child]));
  }

  /// The pairs whose source lives in one child and whose sink in the other.
  isl::map between(const Pending& pair, const TreeNode& from, const TreeNode& to) const {
    const isl::set sources = from.domain.extract_set(pair.pairs.domain().space());
    const isl::set sinks = to.domain.extract_set(pair.pairs.range().space());
    return pair.pairs.intersect_domain(sources).intersect_range(sinks);
  }

  void carry(const Pending& pair, const std::string& loop) {
    std::vector<std::string>& loops = report_.carriers[static_cast<std::size_t>(pair.dependence)];
    if (std::ranges::find(loops, loop) == loops.end())
      loops.push_back(loop);
    report_.carryingLoops.insert(loop);
  }

  /// Notes pairs that the order of statements does not keep.
  void violateOrder(const Pending& pair, Violation::Cause cause, const isl::map& part) {
    if (pair.isReduction)
      return;
    if (const isl::map pairs = exactly(pair, part); !pairs.is_empty())
      violate(pair, cause, {}, pairs);
  }

  void violate(const Pending& pair, Violation::Cause cause, const std::string& loop, const isl::map& pairs) {
    report_.violations.push_back({pair.dependence, cause, loop, pairs});
  }

  int fromOf(const Pending& pair) const { return dependences_.all()[static_cast<std::size_t>(pair.dependence)].from; }
  int toOf(const Pending& pair) const { return dependences_.all()[static_cast<std::size_t>(pair.dependence)].to; }
  const std::string& statementName(int index) const { return scop_.statements[static_cast<std::size_t>(index)].name; }

  const Scop& scop_;
  const Dependences& dependences_;
  LegalityReport report_;
};

/// No answer, with the reason: nothing is known to be parallel then.
LegalityReport unknown(const Schedule& schedule, const Dependences& dependences, std::string reason) {
  LegalityReport report;
  report.verdict = LegalityReport::Verdict::Unknown;
  report.reason = std::move(reason);
  report.carriers.resize(dependences.all().size());
  for (const std::string& loop : loopNames(schedule.tree()))
    report.carryingLoops.insert(loop);
  return report;
}

} // namespace

LegalityReport checkLegality(const Schedule& schedule, const Dependences& dependences,
                             const LegalityOptions& options) {
  const IslQuota quota(schedule.program().ctx(), options.maxOperations);
  try {
    return LegalityWalk(schedule, dependences, options.reassociate).take();
  } catch (const isl::exception_quota&) {
    return unknown(schedule, dependences, "the question needs more work than a verdict may cost");
  } catch (const isl::exception_abort&) {
    return unknown(schedule, dependences, "the question was canceled");
  }
}

} // namespace polyloom
