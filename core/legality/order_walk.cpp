#include "core/legality/order_walk.h"

#include "core/isl/extra.h"
#include "core/program/reduction.h"

#include <algorithm>

namespace polyloom {

namespace {

/// Pairs of a dependence that no loop or sequence so far has put in order.
struct Pending {
  int dependence = 0;
  isl::map pairs;
  bool isReduction = false; ///< only matters where instances run at the same time
  /// Quotients (of the source's statement) that are known to be equal on both sides; only in the quick walk.
  std::vector<Quotient> settled = {};
};

class LegalityWalk {
public:
  /// With `quick`, tile loops (and wavefronts of them) keep all pairs instead of splitting them by quotients: where all
  /// bases never decrease from source to sink, neither do the quotients, and pairs at an equal sum of quotients have
  /// each of them equal. What is then found legal is; what is found violated may be not.
  LegalityWalk(const OrderQuestion& question, bool quick)
      : question_(question), scop_(*question.program), dependences_(question.dependences), quick_(quick) {
    report_.dependences = dependences_;
    report_.carriers.resize(dependences_.all().size());
    std::vector<Pending> pending;
    for (std::size_t d = 0; d < dependences_.all().size(); ++d) {
      pending.push_back(start(static_cast<int>(d)));
      report_.relaxedReductions = report_.relaxedReductions || pending.back().isReduction;
    }
    walk(*question.tree.root(), std::move(pending));
    report_.verdict =
        report_.violations.empty() ? LegalityReport::Verdict::Legal : LegalityReport::Verdict::Illegal;
  }

  LegalityReport take() { return std::move(report_); }

private:
  /// All pairs of a dependence. Where reductions may change their order, an update that others depend on is no longer
  /// the last or the first of its cell: then every update counts.
  Pending start(int number) const {
    const Dependence& dependence = dependences_.all()[static_cast<std::size_t>(number)];
    const bool reassociate = question_.reassociate && !question_.strictArrays.contains(dependence.array);
    const auto isRelaxed = [&](int index) {
      const Statement& statement = scop_.statements[static_cast<std::size_t>(index)];
      return reassociate && statement.accesses.front().array == dependence.array && isReduction(statement);
    };
    const bool fromRelaxed = isRelaxed(dependence.from);
    if (dependence.from == dependence.to)
      return {number, dependence.relation, fromRelaxed};
    const bool isNeighbor = (fromRelaxed || isRelaxed(dependence.to)) && !dependence.isComplete;
    return {number, isNeighbor ? withPairsAcrossWrites(*question_.firstStage, dependence) : dependence.relation, false};
  }

  void walk(const TreeNode& node, std::vector<Pending> pending) {
    if (pending.empty())
      return;
    switch (node.kind) {
    case TreeNode::Kind::Leaf:
      for (const Pending& pair : pending)
        if (!pair.isReduction)
          violate(pair, Violation::Cause::Unordered, {}, pair.pairs);
      return;
    case TreeNode::Kind::Loop: walkLoop(node, pending); return;
    case TreeNode::Kind::Sequence: walkSequence(node, pending); return;
    }
  }

  void walkLoop(const TreeNode& node, const std::vector<Pending>& pending) {
    std::vector<Pending> inside;
    for (const Pending& pair : pending) {
      if (!quick_ || !walkQuotients(node, pair, inside))
        walkValues(node, pair, inside);
    }
    walk(*node.children.front(), std::move(inside));
  }

  /// Splits the pairs by the loop's values.
  void walkValues(const TreeNode& node, const Pending& pair, std::vector<Pending>& inside) {
    const isl::pw_aff& source = node.values.at(statementName(fromOf(pair)));
    const isl::pw_aff& sink = node.values.at(statementName(toOf(pair)));
    const isl::map forward = pair.pairs.intersect(lessMap(source, sink));
    const isl::map backward = pair.pairs.intersect(greaterMap(source, sink));
    if (isPrivate(node, pair))
      carryPrivately(node, pair, forward.unite(backward), backward);
    else
      judge(node, pair, forward, backward);
    const isl::map rest = pair.pairs.intersect(equalMap(source, sink));
    if (!rest.is_empty())
      inside.push_back({pair.dependence, rest, pair.isReduction, pair.settled});
  }

  /// Judges a loop over sums of quotients by their bases and lets all pairs pass. False where the values are no such
  /// sums, or not the same one on both sides.
  bool walkQuotients(const TreeNode& node, const Pending& pair, std::vector<Pending>& inside) {
    const std::vector<Quotient> source = quotientsOf(node, statementName(fromOf(pair)));
    const std::vector<Quotient> sink = quotientsOf(node, statementName(toOf(pair)));
    const auto matches = [](const Quotient& a, const Quotient& b) { return a.factor == b.factor && a.size == b.size; };
    if (pair.isReduction || isPrivate(node, pair) || source.empty() || !std::ranges::equal(source, sink, matches))
      return false; // a reduction may run backward: an equal sum says nothing then
    Pending next = pair;
    for (std::size_t q = 0; q < source.size(); ++q) {
      if (std::ranges::any_of(pair.settled, [&](const Quotient& known) { return isSameQuotient(known, source[q]); }))
        continue;
      const isl::map grows = pair.pairs.intersect(lessMap(source[q].base, sink[q].base));
      const isl::map shrinks = pair.pairs.intersect(greaterMap(source[q].base, sink[q].base));
      const bool keepsSign = source[q].factor > 0;
      judge(node, pair, keepsSign ? grows : shrinks, keepsSign ? shrinks : grows);
      next.settled.push_back(source[q]);
    }
    inside.push_back(std::move(next));
    return true;
  }

  /// Whether the pairs are about the reuse of a buffer that each thread of the loop would have for itself.
  bool isPrivate(const TreeNode& node, const Pending& pair) const {
    const Dependence& dependence = dependences_.all()[static_cast<std::size_t>(pair.dependence)];
    const auto loops = question_.privateLoops.find(dependence.array);
    return dependence.kind != DependenceKind::Flow && loops != question_.privateLoops.end() &&
           loops->second.contains(&node);
  }

  /// Such pairs never keep the loop from being parallel; only a sequential loop has to keep them in order.
  void carryPrivately(const TreeNode& node, const Pending& pair, const isl::map& different, const isl::map& backward) {
    if (node.attributes.parallel && !question_.onlyOrder)
      return;
    if (!different.is_empty())
      carry(pair, node.name);
    if (!backward.is_empty())
      violate(pair, Violation::Cause::Order, node.name, backward);
  }

  /// Notes what a loop does to the pairs that it runs forward and backward.
  void judge(const TreeNode& node, const Pending& pair, const isl::map& forward, const isl::map& backward) {
    const bool carries = !forward.is_empty();
    const bool reverses = !backward.is_empty();
    if (carries || reverses) {
      carry(pair, node.name);
      report_.carryingLoops.insert(node.name);
    }
    const bool together =
        !question_.onlyOrder && (node.attributes.parallel || node.attributes.vectorWidth > 0);
    if (together && (carries || reverses))
      violate(pair, node.attributes.parallel ? Violation::Cause::Parallel : Violation::Cause::Lanes, node.name,
              forward.unite(backward));
    else if (reverses && !pair.isReduction)
      violate(pair, Violation::Cause::Order, node.name, backward);
  }

  void walkSequence(const TreeNode& node, const std::vector<Pending>& pending) {
    std::vector<std::vector<Pending>> inside(node.children.size());
    for (const Pending& pair : pending) {
      for (std::size_t from = 0; from < node.children.size(); ++from) {
        for (std::size_t to = 0; to <= from; ++to) {
          const isl::map part = between(pair, *node.children[from], *node.children[to]);
          if (part.is_empty())
            continue;
          if (from == to)
            inside[from].push_back({pair.dependence, part, pair.isReduction, pair.settled});
          else if (!pair.isReduction)
            violate(pair, Violation::Cause::Order, {}, part);
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
  }

  void violate(const Pending& pair, Violation::Cause cause, const std::string& loop, const isl::map& pairs) {
    report_.violations.push_back({.dependence = pair.dependence,
                                  .of = dependences_.all()[static_cast<std::size_t>(pair.dependence)],
                                  .program = question_.program,
                                  .cause = cause,
                                  .loop = loop,
                                  .pairs = pairs});
  }

  int fromOf(const Pending& pair) const { return dependences_.all()[static_cast<std::size_t>(pair.dependence)].from; }
  int toOf(const Pending& pair) const { return dependences_.all()[static_cast<std::size_t>(pair.dependence)].to; }
  const std::string& statementName(int index) const { return scop_.statements[static_cast<std::size_t>(index)].name; }

  const OrderQuestion& question_;
  const Scop& scop_;
  const Dependences& dependences_;
  bool quick_;
  LegalityReport report_;
};

bool hasTiles(const TreeNode& node) {
  return node.tileSize > 0 || !node.sums.empty() ||
         std::ranges::any_of(node.children, [](const TreePtr& child) { return hasTiles(*child); });
}

} // namespace

LegalityReport judgeOrder(const OrderQuestion& question) {
  if (hasTiles(*question.tree.root())) {
    LegalityReport quick = LegalityWalk(question, true).take();
    if (quick.verdict == LegalityReport::Verdict::Legal)
      return quick;
  }
  return LegalityWalk(question, false).take();
}

} // namespace polyloom
