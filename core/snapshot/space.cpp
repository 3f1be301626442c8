#include "core/snapshot/make_snapshot.h"

#include "core/base/check.h"
#include "core/isl/extra.h"
#include "core/isl/points.h"
#include "core/legality/stage_dependences.h"
#include "core/program/assumptions.h"
#include "core/program/dependences.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"
#include "core/snapshot/view_values.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace polyloom {

namespace {

constexpr std::size_t kManyPoints = 20000; ///< whose arrows keep a reader waiting

/// Thrown inside isl's callbacks to leave an enumeration early.
struct EnoughPoints {};

/// A leaf of the tree with what surrounds it, outermost first. Places alternate: the position in a sequence (0 where
/// there is none), then a loop's value.
struct LeafPath {
  const TreeNode* leaf = nullptr;
  int statement = 0;
  std::vector<const TreeNode*> loops;
  std::vector<int> positions; ///< positions[d] precedes loops[d]; one more at the end
};

void collectLeaves(const TreeNode& node, LeafPath path, std::vector<LeafPath>& leaves) {
  switch (node.kind) {
  case TreeNode::Kind::Leaf:
    path.leaf = &node;
    path.positions.resize(path.loops.size() + 1, 0);
    leaves.push_back(std::move(path));
    return;
  case TreeNode::Kind::Loop:
    path.positions.resize(path.loops.size() + 1, 0);
    path.loops.push_back(&node);
    collectLeaves(*node.children.front(), std::move(path), leaves);
    return;
  case TreeNode::Kind::Sequence:
    for (std::size_t c = 0; c < node.children.size(); ++c) {
      LeafPath below = path;
      below.positions.push_back(static_cast<int>(c));
      collectLeaves(*node.children[c], std::move(below), leaves);
    }
    return;
  }
}

/// Draws the statements of the source; the copies of `pack` are left out.
class SpaceBuilder {
public:
  SpaceBuilder(const Schedule& schedule, const ParameterValues& values, std::size_t limit, std::stop_token stop)
      : schedule_(schedule), scop_(schedule.program()), statements_(schedule.source()->statements.size()),
        limit_(limit), stop_(std::move(stop)) {
    const std::vector<std::int64_t> defaults = viewValues(*schedule.source());
    for (std::size_t p = 0; p < scop_.parameters.size(); ++p) {
      const std::string& name = scop_.parameters[p].name;
      const auto given = values.find(name);
      space_.parameters.emplace_back(name, given == values.end() ? defaults[p] : given->second);
    }
    collectLeaves(*schedule.tree().root(), {}, leaves_);
    index_.resize(statements_);
    for (LeafPath& leaf : leaves_)
      leaf.statement = findStatement(scop_, statementsBelow(*leaf.leaf, scop_).front()).value();
    std::erase_if(leaves_, [this](const LeafPath& leaf) { return !isDrawn(leaf.statement); });
    std::ranges::stable_sort(leaves_, {}, &LeafPath::statement);
  }

  SpaceSnapshot build(const Dependences& dependences, const std::function<void(const SpaceSnapshot&)>& pointsDone) {
    if (const auto refusal = refuseBrokenAssumption(*schedule_.source(), {space_.parameters.begin(), space_.parameters.end()}))
      space_.refusal = toText(*refusal);
    for (const LeafPath& leaf : leaves_)
      addLeaf(leaf);
    rank();
    if (pointsDone && total_ >= kManyPoints && !isFull())
      pointsDone(space_);
    for (std::size_t d = 0; d < dependences.all().size() && !isFull(); ++d)
      if (isDrawn(dependences.all()[d]))
        addArrows(dependences.all()[d], static_cast<int>(d));
    return std::move(space_);
  }

private:
  using Row = std::vector<std::int32_t>;

  template <typename T> T atValues(T object) const {
    for (const auto& [name, value] : space_.parameters)
      object = fixParameter(object, name, value);
    return object;
  }

  bool isDrawn(int statement) const { return static_cast<std::size_t>(statement) < statements_; }

  /// That a buffer is used again says nothing about instances of the source.
  bool isDrawn(const Dependence& dependence) const {
    const bool isReuse =
        dependence.kind != DependenceKind::Flow && schedule_.stage().bufferOf(dependence.array) != nullptr;
    return !isReuse && isDrawn(dependence.from) && isDrawn(dependence.to);
  }

  bool isFull() const { return space_.truncated || stop_.stop_requested(); }

  void addLeaf(const LeafPath& leaf) {
    space_.clouds.push_back({.statement = leaf.statement});
    InstanceCloud& cloud = space_.clouds.back();
    describeLoops(leaf, cloud);
    leaf.leaf->domain.foreach_set([&](const isl::set& part) {
      const std::vector<PointFunction> times = timesOf(leaf, part);
      std::vector<std::int64_t> place = parameterValues(); // and the source's iterators after them
      const std::size_t parameters = place.size();
      enumerate(atValues(part.intersect_params(scop_.context)).project_out_all_params(),
                [&](const std::vector<std::int64_t>& source) {
                  place.resize(parameters);
                  place.insert(place.end(), source.begin(), source.end());
                  std::vector<std::int64_t> row;
                  for (const PointFunction& time : times)
                    row.push_back(valueAt(time, place));
                  row.insert(row.end(), source.begin(), source.end());
                  addInstance(leaf, cloud, row);
                });
    });
  }

  /// The values of the loops around the leaf. Asking plain functions beats having isl enumerate what they hold.
  std::vector<PointFunction> timesOf(const LeafPath& leaf, const isl::set& part) const {
    std::vector<std::string> names;
    for (const auto& [name, value] : space_.parameters)
      names.push_back(name);
    std::vector<PointFunction> times;
    for (const TreeNode* loop : leaf.loops)
      times.emplace_back(loop->values.at(tupleName(part)), names);
    return times;
  }

  std::vector<std::int64_t> parameterValues() const {
    std::vector<std::int64_t> values;
    for (const auto& [name, value] : space_.parameters)
      values.push_back(value);
    return values;
  }

  static std::int64_t valueAt(const PointFunction& function, const std::vector<std::int64_t>& place) {
    const std::optional<std::int64_t> value = function.at(place);
    POLYLOOM_CHECK(value.has_value());
    return *value;
  }

  void describeLoops(const LeafPath& leaf, InstanceCloud& cloud) const {
    const Statement& statement = scop_.statements[static_cast<std::size_t>(cloud.statement)];
    for (const int loop : statement.loops)
      cloud.sourceLoops.push_back(scop_.loops[static_cast<std::size_t>(loop)].name);
    for (const TreeNode* loop : leaf.loops) {
      cloud.timeLoops.push_back(loop->name);
      cloud.timeIsTile.push_back(loop->countsTiles());
    }
  }

  template <typename Visit> void enumerate(const isl::set& rows, const Visit& visit) {
    try {
      rows.foreach_point([&](const isl::point& point) {
        if (total_ >= limit_)
          space_.truncated = true;
        if (isFull())
          throw EnoughPoints{};
        ++total_;
        visit(coordinates(point));
      });
    } catch (const EnoughPoints&) {
    }
  }

  void addInstance(const LeafPath& leaf, InstanceCloud& cloud, const std::vector<std::int64_t>& row) {
    const std::size_t loops = leaf.loops.size();
    Row source;
    Row order;
    for (std::size_t d = 0; d < loops; ++d) {
      cloud.time.push_back(static_cast<std::int32_t>(row[d]));
      order.push_back(leaf.positions[d]);
      order.push_back(static_cast<std::int32_t>(row[d]));
    }
    order.push_back(leaf.positions[loops]);
    for (std::size_t d = loops; d < row.size(); ++d)
      source.push_back(static_cast<std::int32_t>(row[d]));
    cloud.source.insert(cloud.source.end(), source.begin(), source.end());
    const Place place{static_cast<int>(space_.clouds.size()) - 1, static_cast<std::int32_t>(cloud.count)};
    index_[static_cast<std::size_t>(cloud.statement)].emplace(std::move(source), place);
    instances_.push_back({place, &leaf, std::move(order)});
    ++cloud.count;
  }

  /// Numbers all instances in the new order.
  void rank() {
    std::vector<std::size_t> sorted(instances_.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::ranges::sort(sorted, [&](std::size_t a, std::size_t b) { return instances_[a].order < instances_[b].order; });
    positions_.resize(space_.clouds.size());
    for (std::size_t c = 0; c < space_.clouds.size(); ++c) {
      space_.clouds[c].rank.resize(space_.clouds[c].count);
      positions_[c].resize(space_.clouds[c].count);
    }
    for (std::size_t rank = 0; rank < sorted.size(); ++rank) {
      const Place& place = instances_[sorted[rank]].place;
      const auto cloud = static_cast<std::size_t>(place.cloud);
      space_.clouds[cloud].rank[static_cast<std::size_t>(place.number)] = static_cast<std::int32_t>(rank);
      positions_[cloud][static_cast<std::size_t>(place.number)] = sorted[rank];
    }
  }

  /// Per pair of clouds.
  using ArrowGroups = std::map<std::pair<int, int>, DependenceArrows>;

  void addArrows(const Dependence& dependence, int number) {
    ArrowGroups groups;
    const isl::map pairs = atValues(dependence.relation).project_out_all_params();
    const auto& sources = index_[static_cast<std::size_t>(dependence.from)];
    const auto& sinks = index_[static_cast<std::size_t>(dependence.to)];
    std::size_t count = 0;
    const auto add = [&](const Place& from, const Place& to) {
      if (++count > limit_)
        space_.truncated = true;
      else
        addArrow(from, to, groups);
    };
    // Most dependences are functions one way round: what is read was written once.
    if (const isl::map reversed = pairs.reverse(); reversed.is_single_valued())
      followFunction(reversed, sinks, sources, [&](const Place& to, const Place& from) { add(from, to); });
    else if (pairs.is_single_valued())
      followFunction(pairs, sources, sinks, add);
    else
      followPairs(pairs, sources, sinks, add);
    for (auto& [clouds, arrows] : groups) {
      arrows.dependence = number;
      std::tie(arrows.fromCloud, arrows.toCloud) = clouds;
      space_.arrows.push_back(std::move(arrows));
    }
  }

  template <typename Index, typename Add>
  void followFunction(const isl::map& map, const Index& arguments, const Index& results, const Add& add) const {
    const isl::pw_multi_aff function = map.as_pw_multi_aff();
    std::vector<PointFunction> columns;
    for (unsigned d = 0; d < dimensionCount(map.range()); ++d)
      columns.emplace_back(function.at(static_cast<int>(d)), std::vector<std::string>{});
    const PointSet domain(map.domain(), {});
    for (const auto& [row, place] : arguments) {
      if (isFull())
        return;
      const std::vector<std::int64_t> argument(row.begin(), row.end());
      if (!domain.contains(argument))
        continue;
      Row result;
      for (const PointFunction& column : columns)
        result.push_back(static_cast<std::int32_t>(valueAt(column, argument)));
      if (const auto found = results.find(result); found != results.end())
        add(place, found->second);
    }
  }

  template <typename Index, typename Add>
  void followPairs(const isl::map& map, const Index& sources, const Index& sinks, const Add& add) const {
    const std::size_t split = dimensionCount(map.domain());
    try {
      map.wrap().foreach_point([&](const isl::point& point) {
        if (isFull())
          throw EnoughPoints{};
        const std::vector<std::int64_t> row = coordinates(point);
        const auto from = sources.find(Row(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(split)));
        const auto to = sinks.find(Row(row.begin() + static_cast<std::ptrdiff_t>(split), row.end()));
        if (from != sources.end() && to != sinks.end())
          add(from->second, to->second);
      });
    } catch (const EnoughPoints&) {
    }
  }

  /// An instance's cloud and its number there.
  struct Place {
    int cloud = 0;
    std::int32_t number = 0;
  };

  struct Instance {
    Place place;
    const LeafPath* leaf = nullptr;
    Row order;
  };

  void addArrow(const Place& from, const Place& to, ArrowGroups& groups) const {
    DependenceArrows& arrows = groups[{from.cloud, to.cloud}];
    arrows.from.push_back(from.number);
    arrows.to.push_back(to.number);
    arrows.violated.push_back(!isOrdered(instanceAt(from), instanceAt(to)));
  }

  const Instance& instanceAt(const Place& place) const {
    return instances_[positions_[static_cast<std::size_t>(place.cloud)][static_cast<std::size_t>(place.number)]];
  }

  /// Whether the new order surely runs `first` before `second`: iterations of a parallel or lane loop have no order.
  static bool isOrdered(const Instance& first, const Instance& second) {
    const std::size_t common = std::min(first.order.size(), second.order.size());
    for (std::size_t place = 0; place < common; ++place) {
      if (first.order[place] == second.order[place])
        continue;
      if (place % 2 == 1) {
        const LoopAttributes& attributes = first.leaf->loops[place / 2]->attributes;
        if (attributes.parallel || attributes.vectorWidth > 0)
          return false;
      }
      return first.order[place] < second.order[place];
    }
    return false;
  }

  const Schedule& schedule_;
  const Scop& scop_;
  std::size_t statements_; ///< of the source: the first ones
  std::size_t limit_;
  std::stop_token stop_;
  std::vector<LeafPath> leaves_;
  SpaceSnapshot space_;
  std::size_t total_ = 0;
  std::vector<std::map<Row, Place>> index_; ///< per statement, by source coordinates
  std::vector<Instance> instances_;
  std::vector<std::vector<std::size_t>> positions_; ///< per cloud and instance: index into instances_
};

} // namespace

SpaceSnapshot makeSpaceSnapshot(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe,
                                const ParameterValues& values, std::size_t limit, std::stop_token stop,
                                const std::function<void(const SpaceSnapshot&)>& pointsDone) {
  const Replay replayed = replay(scop, recipe.steps);
  return SpaceBuilder(replayed.schedule, values, limit, std::move(stop))
      .build(currentDependences(replayed.schedule, dependences), pointsDone);
}

} // namespace polyloom
