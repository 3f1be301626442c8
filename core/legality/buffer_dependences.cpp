#include "core/legality/buffer_dependences.h"

#include "core/base/check.h"
#include "core/isl/extra.h"
#include "core/program/reduction.h"
#include "core/schedule/tree_edit.h"

#include <string>

namespace polyloom {

namespace {

class BufferDependences {
public:
  BufferDependences(const Stage& stage, const Dependences& before, const Scop& firstStage)
      : scop_(*stage.program), buffer_(stage.buffers.back()), before_(before), firstStage_(firstStage) {
    POLYLOOM_CHECK(stage.changed.contains(buffer_.array));
    for (int s = 0; s < static_cast<int>(scop_.statements.size()); ++s)
      if (buffer_.fillings.contains(at(s).name))
        users_.push_back(s);
    for (const TreePtr& node : pathToLoop(stage.base, buffer_.loop))
      if (node->isLoop())
        loops_.push_back(node);
  }

  std::vector<Dependence> find() && {
    addKept();
    for (const int from : users_)
      for (const int to : users_) {
        addCopied(from, to);
        addReuse(from, to, DependenceKind::Anti);
        addReuse(from, to, DependenceKind::Output);
      }
    return std::move(found_);
  }

private:
  const Statement& at(int statement) const { return scop_.statements[static_cast<std::size_t>(statement)]; }

  bool isCopy(int statement) const { return buffer_.copies.contains(at(statement).name); }
  bool fills(int statement) const { return isCopy(statement) && at(statement).accesses.front().array == buffer_.array; }
  bool empties(int statement) const { return isCopy(statement) && !fills(statement); }

  isl::map pairsOnCells(int from, int to, DependenceKind kind) const {
    const isl::union_map sources = accessesOf(scop_, at(from), buffer_.array, kind != DependenceKind::Anti);
    const isl::union_map sinks = accessesOf(scop_, at(to), buffer_.array, kind != DependenceKind::Flow);
    return sources.apply_range(sinks.reverse()).extract_map(allPairs(at(from).domain, at(to).domain).space());
  }

  /// Pairs in one filling, and pairs whose source is in an earlier one.
  struct Parted {
    isl::map same, earlier;
  };

  Parted part(const isl::map& pairs, int from, int to) const {
    Parted parted{pairs, isl::map::empty(pairs.space())};
    for (const TreePtr& loop : loops_) {
      if (parted.same.is_empty())
        break;
      const isl::pw_aff& source = loop->values.at(at(from).name);
      const isl::pw_aff& sink = loop->values.at(at(to).name);
      parted.earlier = parted.earlier.unite(parted.same.intersect(lessMap(source, sink)));
      parted.same = parted.same.intersect(equalMap(source, sink));
    }
    return parted;
  }

  void add(DependenceKind kind, int from, int to, const isl::map& relation, bool isComplete = true) {
    if (!relation.is_empty())
      found_.push_back({kind, buffer_.array, from, to, relation, isComplete});
  }

  /// What the packed array's dependences say within a filling. Updates that may change places need all their pairs.
  void addKept() {
    for (std::size_t d = 0; d < before_.all().size(); ++d) {
      Dependence dependence = before_.all()[d];
      if (dependence.array != buffer_.packed || !isRedirected(dependence.from) || !isRedirected(dependence.to))
        continue;
      if (!dependence.isComplete && (isReduction(at(dependence.from)) || isReduction(at(dependence.to)))) {
        dependence.relation = before_.withPairsAcrossWrites(firstStage_, d);
        dependence.isComplete = true;
      }
      add(dependence.kind, dependence.from, dependence.to,
          part(dependence.relation, dependence.from, dependence.to).same.coalesce(), dependence.isComplete);
    }
  }

  bool isRedirected(int statement) const {
    return buffer_.fillings.contains(at(statement).name) && !isCopy(statement);
  }

  /// What a copy puts in and takes out.
  void addCopied(int from, int to) {
    if (fills(to) || empties(from) || !(fills(from) || empties(to)))
      return;
    add(DependenceKind::Output, from, to, inFilling(from, to, DependenceKind::Output).coalesce());
    add(DependenceKind::Flow, from, to, inFilling(from, to, DependenceKind::Flow).subtract(overwritten(from, to)).coalesce());
  }

  isl::map inFilling(int from, int to, DependenceKind kind) const {
    return part(pairsOnCells(from, to, kind), from, to).same;
  }

  /// Pairs of a write and a read with another write to the cell in between: all three in one filling. What the copy has
  /// put in may be lost there, on whatever thread; and only the last value is copied out.
  isl::map overwritten(int from, int to) const {
    isl::map all = isl::map::empty(allPairs(at(from).domain, at(to).domain).space());
    for (const int between : users_) {
      if (isCopy(between) || isReduction(at(between)))
        continue;
      const isl::map before = fills(from) ? inFilling(from, between, DependenceKind::Output)
                                          : keptPairs(from, between, DependenceKind::Output);
      const isl::map after = empties(to) ? inFilling(between, to, DependenceKind::Flow)
                                         : keptPairs(between, to, DependenceKind::Flow);
      all = all.unite(before.apply_range(after));
    }
    return all;
  }

  /// Of the dependences that addKept has found.
  isl::map keptPairs(int from, int to, DependenceKind kind) const {
    isl::map pairs = isl::map::empty(allPairs(at(from).domain, at(to).domain).space());
    for (const Dependence& dependence : found_)
      if (dependence.kind == kind && dependence.from == from && dependence.to == to)
        pairs = pairs.unite(dependence.relation);
    return pairs;
  }

  /// That a later filling takes a cell. Not coalesced: of many pieces that costs more than it saves.
  void addReuse(int from, int to, DependenceKind kind) {
    add(kind, from, to, part(pairsOnCells(from, to, kind), from, to).earlier);
  }

  const Scop& scop_;
  const Buffer& buffer_;
  const Dependences& before_;
  const Scop& firstStage_;
  std::vector<int> users_;     ///< statements that use the buffer
  std::vector<TreePtr> loops_; ///< each of their iterations is a filling
  std::vector<Dependence> found_;
};

} // namespace

std::vector<Dependence> dependencesOnNewBuffer(const Stage& stage, const Dependences& before, const Scop& firstStage) {
  return BufferDependences(stage, before, firstStage).find();
}

} // namespace polyloom
