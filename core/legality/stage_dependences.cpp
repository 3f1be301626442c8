#include "core/legality/stage_dependences.h"

#include "core/isl/extra.h"
#include "core/legality/buffer_dependences.h"
#include "core/legality/stage_cache.h"

namespace polyloom {

namespace {

/// Walks down the tree with the pairs that are at the same place so far, and collects those that are in order.
class OrderedPairsWalk {
public:
  explicit OrderedPairsWalk(const isl::map& pairs)
      : source_(tupleName(pairs.domain())), sink_(tupleName(pairs.range())), found_(isl::map::empty(pairs.space())) {}

  void walk(const TreeNode& node, const isl::map& pairs) {
    if (pairs.is_empty())
      return;
    if (node.isLoop()) {
      const isl::pw_aff& from = node.values.at(source_);
      const isl::pw_aff& to = node.values.at(sink_);
      found_ = found_.unite(pairs.intersect(lessMap(from, to)));
      walk(*node.children.front(), pairs.intersect(equalMap(from, to)));
      return;
    }
    for (std::size_t first = 0; first < node.children.size(); ++first) {
      const isl::map part = pairs.intersect_domain(instances(*node.children[first], pairs.domain()));
      for (std::size_t second = first + 1; second < node.children.size(); ++second)
        found_ = found_.unite(part.intersect_range(instances(*node.children[second], pairs.range())));
      walk(*node.children[first], part.intersect_range(instances(*node.children[first], pairs.range())));
    }
  }

  isl::map take() { return found_.coalesce(); }

private:
  static isl::set instances(const TreeNode& node, const isl::set& like) {
    return node.domain.extract_set(like.space());
  }

  std::string source_, sink_;
  isl::map found_;
};

constexpr DependenceKind kKinds[] = {DependenceKind::Flow, DependenceKind::Anti, DependenceKind::Output};

/// Pairs of instances of two statements that touch one cell in these ways.
isl::map pairsOnCells(const Scop& scop, const Statement& from, const Statement& to, int array, DependenceKind kind) {
  const isl::union_map sources = accessesOf(scop, from, array, kind != DependenceKind::Anti);
  const isl::union_map sinks = accessesOf(scop, to, array, kind != DependenceKind::Flow);
  return sources.apply_range(sinks.reverse()).extract_map(allPairs(from.domain, to.domain).space());
}

/// All pairs on the array's cells, in the order that the stage begins with.
void addMemoryPairs(const Stage& stage, int array, std::vector<Dependence>& result) {
  const Scop& scop = *stage.program;
  const Buffer* buffer = stage.bufferOf(array);
  for (std::size_t from = 0; from < scop.statements.size(); ++from) {
    for (std::size_t to = 0; to < scop.statements.size(); ++to) {
      const Statement& source = scop.statements[from];
      const Statement& sink = scop.statements[to];
      if (!touches(source, array) || !touches(sink, array))
        continue;
      for (const DependenceKind kind : kKinds) {
        isl::map pairs = pairsOnCells(scop, source, sink, array, kind);
        if (buffer != nullptr && kind == DependenceKind::Flow)
          pairs = pairs.intersect(buffer->fillings.at(source.name).apply_range(buffer->fillings.at(sink.name).reverse()));
        const isl::map ordered = orderedPairs(stage.base, pairs);
        if (!ordered.is_empty())
          result.push_back({kind, array, static_cast<int>(from), static_cast<int>(to), ordered, true});
      }
    }
  }
}

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
    for (const int array : changed)
      if (!isNewBuffer(stage, array)) {
        addMemoryPairs(stage, array, all);
      } else {
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
