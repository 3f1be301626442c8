#include "core/legality/order_walk.h"

#include "core/isl/extra.h"
#include "core/isl/relations.h"
#include "core/program/reduction.h"
#include "core/schedule/values.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace polyloom {

namespace {

/// Pairs of a dependence that no loop or sequence so far has put in order.
///
/// At a loop of quotients the pairs are not split: that its values are equal on both sides is left to `equalTiles`, which
/// is imposed where it matters. Divisions make isl slow, and most questions are answered without them.
struct Pending {
  int dependence = 0;
  isl::map pairs;
  bool isReduction = false; ///< only matters where instances run at the same time
  bool isInTiles = false;   ///< below a loop of quotients
  isl::map equalTiles;      ///< those pairs of `pairs` that are meant have equal values of all loops of quotients so far
  std::vector<std::pair<Quotient, Quotient>> settled = {}; ///< the source's and the sink's: equal in equalTiles
  std::vector<std::pair<isl::pw_aff, isl::pw_aff>> rising = {}; ///< bases that never decrease from source to sink

  Pending with(isl::map part) const {
    return {dependence, std::move(part), isReduction, isInTiles, equalTiles, settled, rising};
  }
};

class LegalityWalk {
public:
  explicit LegalityWalk(const OrderQuestion& question)
      : question_(question), scop_(*question.program), dependences_(question.dependences) {
    report_.dependences = dependences_;
    report_.carriers.resize(dependences_.all().size());
    std::vector<Pending> pending;
    for (std::size_t d = 0; d < dependences_.all().size(); ++d)
      start(static_cast<int>(d), pending);
    report_.relaxedReductions = std::ranges::any_of(pending, &Pending::isReduction);
    walk(*question.tree.root(), std::move(pending));
    report_.verdict =
        report_.violations.empty() ? LegalityReport::Verdict::Legal : LegalityReport::Verdict::Illegal;
  }

  LegalityReport take() { return std::move(report_); }

private:
  /// All pairs of a dependence. Where reductions may change their order, an update that others depend on is no longer
  /// the last or the first of its cell: then every update counts.
  void start(int number, std::vector<Pending>& pending) const {
    const Dependence& dependence = dependences_.all()[static_cast<std::size_t>(number)];
    const bool reassociate = question_.reassociate && !question_.strictArrays.contains(dependence.array);
    const auto isRelaxed = [&](int index) {
      const Statement& statement = scop_.statements[static_cast<std::size_t>(index)];
      return reassociate && statement.accesses.front().array == dependence.array && isReduction(statement);
    };
    const bool fromRelaxed = isRelaxed(dependence.from);
    const bool needsAll = fromRelaxed || isRelaxed(dependence.to); // its own updates may meet on two threads, too
    const isl::map pairs =
        needsAll ? dependences_.withPairsAcrossWrites(*question_.firstStage, static_cast<std::size_t>(number))
                 : dependence.relation;
    const Pending all{number, pairs, false, false, isl::map::universe(pairs.space())};
    if (dependence.from != dependence.to || !fromRelaxed) {
      pending.push_back(all);
      return;
    }
    const Statement& statement = scop_.statements[static_cast<std::size_t>(dependence.from)];
    Pending updates = all.with(updatesOfOneCell(statement, pairs));
    updates.isReduction = true;
    if (const isl::map others = pairs.subtract(updates.pairs); !others.is_empty())
      pending.push_back(all.with(others));
    if (!updates.pairs.is_empty())
      pending.push_back(std::move(updates));
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
    const auto [forward, backward, equal] = comparisonAt(node, pair);
    judge(node, pair, forward, backward);
    const isl::map rest = having(pair.pairs, equal);
    if (!rest.is_empty())
      inside.push_back(pair.with(rest));
  }

  /// Judges a loop of quotients and lets all pairs pass. Where no term of the sum ever decreases from source to sink,
  /// neither does the sum, and at an equal sum each term is equal; only where that fails are the values compared.
  void walkQuotients(const TreeNode& node, const Pending& pair, std::vector<Pending>& inside) {
    const auto [forward, backward, equal] = comparisonAt(node, pair);
    Pending next = pair;
    const Terms terms = settle(node, next);
    if (terms == Terms::Grow)
      judge(node, pair, forward, isl::map::empty(forward.space()));
    else if (terms == Terms::MayShrink)
      judge(node, pair, forward, backward);
    next.isInTiles = true;
    next.equalTiles = both(next.equalTiles, equal);
    inside.push_back(std::move(next));
  }

  /// What the terms of a loop's sum do from source to sink.
  enum class Terms { Stay, Grow, MayShrink };

  /// Unless a term may shrink, notes that all are equal where their sum is.
  Terms settle(const TreeNode& node, Pending& pair) const {
    const std::vector<Quotient> source = quotientsOf(node, statementName(fromOf(pair)));
    const std::vector<Quotient> sink = quotientsOf(node, statementName(toOf(pair)));
    const auto matches = [](const Quotient& a, const Quotient& b) { return a.factor == b.factor && a.size == b.size; };
    if (pair.isReduction || !std::ranges::equal(source, sink, matches))
      return Terms::MayShrink; // a reduction may run backward: an equal sum says nothing then
    std::vector<std::pair<Quotient, Quotient>> fresh;
    for (std::size_t q = 0; q < source.size(); ++q) {
      if (std::ranges::any_of(pair.settled, [&](const auto& known) {
            return isSameQuotient(known.first, source[q]) && isSameQuotient(known.second, sink[q]);
          }))
        continue;
      if (!neverShrinks(source[q], sink[q], pair))
        return Terms::MayShrink;
      fresh.emplace_back(source[q], sink[q]);
    }
    pair.settled.insert(pair.settled.end(), fresh.begin(), fresh.end());
    return fresh.empty() ? Terms::Stay : Terms::Grow;
  }

  /// Whether factor · base never decreases along the pairs, so that the rounded quotient does not either.
  bool neverShrinks(const Quotient& source, const Quotient& sink, Pending& pair) const {
    const bool keepsSign = source.factor > 0;
    const std::pair rises(keepsSign ? source.base : source.base.neg(), keepsSign ? sink.base : sink.base.neg());
    if (std::ranges::any_of(pair.rising, [&](const auto& known) {
          return known.first.plain_is_equal(rises.first) && known.second.plain_is_equal(rises.second);
        }))
      return true;
    const Comparison& bases = question_.comparisons.of(source.base, sink.base);
    if (haveAny(pair.pairs, keepsSign ? bases.greater : bases.less))
      return false;
    pair.rising.push_back(rises);
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
  void judgeReuse(const TreeNode& node, const Pending& pair, const isl::map& forward, const isl::map& backward) {
    if (node.attributes.parallel && !question_.onlyOrder)
      return;
    const bool reverses = happens(pair, backward);
    if (reverses || happens(pair, forward))
      carry(pair, node.name);
    if (reverses)
      violate(pair, Violation::Cause::Order, node.name, having(pair.pairs, both(backward, pair.equalTiles)));
  }

  /// Whether the loop runs instances at the same time that must not. Lanes sum up in parts of their own; threads have
  /// none.
  bool runsTogether(const TreeNode& node, const Pending& pair) const {
    return !question_.onlyOrder &&
           (node.attributes.parallel || (node.attributes.vectorWidth > 0 && !pair.isReduction));
  }

  /// Notes what a loop does to the pairs that it runs forward and backward.
  void judge(const TreeNode& node, const Pending& pair, const isl::map& forward, const isl::map& backward) {
    if (isPrivate(node, pair))
      return judgeReuse(node, pair, forward, backward);
    const bool carries = happens(pair, forward);
    const bool reverses = happens(pair, backward);
    if (carries || reverses) {
      carry(pair, node.name);
      report_.carryingLoops.insert(node.name);
    }
    if (runsTogether(node, pair) && (carries || reverses))
      violate(pair, node.attributes.parallel ? Violation::Cause::Parallel : Violation::Cause::Lanes, node.name,
              having(pair.pairs, both(forward.unite(backward), pair.equalTiles)));
    else if (reverses && !pair.isReduction)
      violate(pair, Violation::Cause::Order, node.name, having(pair.pairs, both(backward, pair.equalTiles)));
  }

  /// Whether pairs that reach this place in the tree meet a condition.
  static bool happens(const Pending& pair, const isl::map& condition) {
    return haveAny(pair.pairs, condition) &&
           (!pair.isInTiles || haveAny(pair.pairs, both(condition, pair.equalTiles)));
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
    const isl::set sources = from.domain.extract_set(pair.pairs.space().domain());
    const isl::set sinks = to.domain.extract_set(pair.pairs.space().range());
    return pair.pairs.intersect_domain(sources).intersect_range(sinks);
  }

  void carry(const Pending& pair, const std::string& loop) {
    std::vector<std::string>& loops = report_.carriers[static_cast<std::size_t>(pair.dependence)];
    if (std::ranges::find(loops, loop) == loops.end())
      loops.push_back(loop);
  }

  /// Notes pairs that the order of statements does not keep.
  void violateOrder(const Pending& pair, Violation::Cause cause, const isl::map& part) {
    if (pair.isReduction)
      return;
    if (const isl::map pairs = having(part, pair.equalTiles); !pairs.is_empty())
      violate(pair, cause, {}, pairs);
  }

  void violate(const Pending& pair, Violation::Cause cause, const std::string& loop, const isl::map& pairs) {
    report_.violations.push_back({.dependence = pair.dependence,
                                  .of = dependences_.all()[static_cast<std::size_t>(pair.dependence)],
                                  .program = question_.program,
                                  .cause = cause,
                                  .loop = loop,
                                  .pairs = pairs,
                                  .isSharedSum = pair.isReduction});
  }

  /// By the loop's values: forward, backward, equal.
  const Comparison& comparisonAt(const TreeNode& node, const Pending& pair) const {
    return question_.comparisons.of(node.values.at(statementName(fromOf(pair))), node.values.at(statementName(toOf(pair))));
  }
  int fromOf(const Pending& pair) const { return dependences_.all()[static_cast<std::size_t>(pair.dependence)].from; }
  int toOf(const Pending& pair) const { return dependences_.all()[static_cast<std::size_t>(pair.dependence)].to; }
  const std::string& statementName(int index) const { return scop_.statements[static_cast<std::size_t>(index)].name; }

  const OrderQuestion& question_;
  const Scop& scop_;
  const Dependences& dependences_;
  LegalityReport report_;
};

} // namespace

LegalityReport judgeOrder(const OrderQuestion& question) { return LegalityWalk(question).take(); }

} // namespace polyloom
