#include "core/legality/stage_dependences.h"

#include "core/isl/extra.h"
#include "core/isl/relations.h"
#include "core/legality/buffer_dependences.h"
#include "core/legality/stage_cache.h"

namespace polyloom {

namespace {

/// Walks down the tree with the pairs that are at the same place so far, and collects those that are in order.
class OrderedPairsWalk {
public:
  explicit OrderedPairsWalk(const isl::map& pairs)
      : space_(pairs.space()), source_(tupleName(space_.domain())), sink_(tupleName(space_.range())) {}

  void walk(const TreeNode& node, const isl::map& pairs) {
    if (pairs.is_empty())
      return;
    if (node.isLoop()) {
      const isl::pw_aff& from = node.values.at(source_);
      const isl::pw_aff& to = node.values.at(sink_);
      add(having(pairs, lessMap(from, to)));
      walk(*node.children.front(), having(pairs, equalMap(from, to)));
      return;
    }
    for (std::size_t first = 0; first < node.children.size(); ++first) {
      const isl::map part = pairs.intersect_domain(instances(*node.children[first], space_.domain()));
      for (std::size_t second = first + 1; second < node.children.size(); ++second)
        add(part.intersect_range(instances(*node.children[second], space_.range())));
      walk(*node.children[first], part.intersect_range(instances(*node.children[first], space_.range())));
    }
  }

  isl::map take() { return uniteAll(space_, std::move(found_)); }

private:
  static isl::set instances(const TreeNode& node, const isl::space& space) {
    return node.domain.extract_set(space);
  }

  void add(const isl::map& pairs) {
    pairs.foreach_basic_map([this](const isl::basic_map& part) { found_.push_back(part); });
  }

  isl::space space_;
  std::string source_, sink_;
  std::vector<isl::basic_map> found_;
};

/// What the statements do to one array, and the pairs of instances that touch one of its cells.
class MemoryPairs {
public:
  MemoryPairs(const Stage& stage, int array) : stage_(stage), array_(array), buffer_(stage.bufferOf(array)) {
    for (const Statement& statement : stage.program->statements) {
      reads_.push_back(accessesOf(*stage.program, statement, array, false));
      writes_.push_back(accessesOf(*stage.program, statement, array, true));
    }
  }

  /// All of them, in the order that the stage begins with. On a buffer, flow is within a filling; from an earlier filling
  /// only where nothing fills the cell again before the read.
  void addTo(std::vector<Dependence>& result) const {
    for (std::size_t from = 0; from < reads_.size(); ++from) {
      for (std::size_t to = 0; to < reads_.size(); ++to) {
        add(DependenceKind::Flow, from, to, flow(from, to), result);
        add(DependenceKind::Anti, from, to, ordered(from, to, reads_[from], writes_[to]), result);
        add(DependenceKind::Output, from, to, ordered(from, to, writes_[from], writes_[to]), result);
      }
    }
  }

private:
  void add(DependenceKind kind, std::size_t from, std::size_t to, const isl::map& pairs,
           std::vector<Dependence>& result) const {
    if (!pairs.is_empty())
      result.push_back({kind, array_, static_cast<int>(from), static_cast<int>(to), pairs, true});
  }

  const Statement& at(std::size_t statement) const { return stage_.program->statements[statement]; }

  /// Pairs that touch one cell by these accesses, the first before the second.
  isl::map ordered(std::size_t from, std::size_t to, const isl::union_map& sources, const isl::union_map& sinks) const {
    const isl::space space = allPairs(at(from).domain, at(to).domain).space();
    if (sources.is_empty() || sinks.is_empty())
      return isl::map::empty(space);
    return orderedPairs(stage_.base, sources.apply_range(sinks.reverse()).extract_map(space));
  }

  isl::map flow(std::size_t from, std::size_t to) const {
    const isl::map all = ordered(from, to, writes_[from], reads_[to]);
    if (buffer_ == nullptr || all.is_empty())
      return all;
    return inOneFilling(all, from, to).unite(fromEarlierFilling(from, to));
  }

  /// Only the last write before the read: to the others the cell's reuse applies, which threads do not share.
  isl::map fromEarlierFilling(std::size_t from, std::size_t to) const {
    const isl::union_map cells = unfilled(to);
    isl::map pairs = ordered(from, to, writes_[from], cells);
    for (std::size_t between = 0; between < writes_.size() && !pairs.is_empty(); ++between)
      pairs = pairs.subtract(ordered(from, between, writes_[from], writes_[between])
                                 .apply_range(ordered(between, to, writes_[between], cells)));
    return pairs.subtract(fillingsOf(from, to));
  }

  isl::map fillingsOf(std::size_t from, std::size_t to) const {
    return buffer_->fillings.at(at(from).name).apply_range(buffer_->fillings.at(at(to).name).reverse());
  }
  isl::map inOneFilling(const isl::map& pairs, std::size_t from, std::size_t to) const {
    return pairs.intersect(fillingsOf(from, to));
  }

  /// The cells that instances of a statement read without an earlier write in their filling.
  isl::union_map unfilled(std::size_t reader) const {
    isl::union_map cells = reads_[reader];
    for (std::size_t from = 0; from < writes_.size(); ++from) {
      if (writes_[from].is_empty())
        continue;
      const isl::map pairs = inOneFilling(ordered(from, reader, writes_[from], reads_[reader]), from, reader);
      cells = cells.subtract(isl::union_map(pairs.reverse()).apply_range(writes_[from]));
    }
    return cells;
  }

  const Stage& stage_;
  int array_;
  const Buffer* buffer_;
  std::vector<isl::union_map> reads_, writes_; ///< per statement
};

const Stage& stageAt(const Schedule& schedule, std::size_t number) {
  const auto& finished = schedule.finishedStages();
  return number < finished.size() ? *finished[number].stage : schedule.stage();
}

/// Whether the array is a buffer that began the stage.
bool isNewBuffer(const Stage& stage, int array) {
  return !stage.buffers.empty() && stage.buffers.back().array == array;
}

} // namespace

Dependences dependencesOf(const Schedule& schedule, std::size_t number, const Dependences& source) {
  const Stage& stage = stageAt(schedule, number);
  if (stage.changed.empty())
    return source;
  std::optional<Dependences>& known = cacheOf(stage).dependences;
  if (known)
    return *known;
  std::vector<Dependence> all;
  const Dependences before = number == 0 ? source : dependencesOf(schedule, number - 1, source);
  for (const Dependence& dependence : before.all())
    if (!stage.changed.contains(dependence.array))
      all.push_back(dependence);
  const std::vector<int> changed(stage.changed.begin(), stage.changed.end());
  if (number == 0) {
    const Dependences fresh = computeDependences(*stage.program, changed);
    all.insert(all.end(), fresh.all().begin(), fresh.all().end());
  } else {
    for (const int array : changed) {
      if (!isNewBuffer(stage, array)) {
        MemoryPairs(stage, array).addTo(all);
        continue;
      }
      const std::vector<Dependence> fresh = dependencesOnNewBuffer(stage, before, *schedule.firstStage().program);
      all.insert(all.end(), fresh.begin(), fresh.end());
    }
  }
  known = Dependences(std::move(all));
  return *known;
}

Dependences currentDependences(const Schedule& schedule, const Dependences& source) {
  return dependencesOf(schedule, schedule.finishedStages().size(), source);
}

isl::map orderedPairs(const ScheduleTree& tree, const isl::map& pairs) {
  OrderedPairsWalk walk(pairs);
  walk.walk(*tree.root(), pairs);
  return walk.take();
}

} // namespace polyloom
