#include "core/oracle/storage.h"

#include "core/isl/extra.h"
#include "core/oracle/order.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

namespace polyloom {

namespace {

/// An array's cell. Arrays with new cells are others than those of the source.
using StorageCell = std::pair<int, std::vector<std::int64_t>>;

/// The cells that an instance touches, per access; none where a conditional read does not happen.
using Touched = std::map<Instance, std::vector<std::optional<StorageCell>>>;

Touched touchedCells(const Scop& scop, const Values& parameters) {
  Touched touched;
  for (int s = 0; s < static_cast<int>(scop.statements.size()); ++s) {
    const Statement& statement = scop.statements[static_cast<std::size_t>(s)];
    const isl::set domain = statement.domain.intersect_params(scop.context);
    atValues(scop, domain, parameters).foreach_point([&](const isl::point& point) {
      touched[{s, coordinates(point)}].resize(statement.accesses.size());
    });
    for (std::size_t a = 0; a < statement.accesses.size(); ++a) {
      const Access& access = statement.accesses[a];
      const isl::set pairs = atValues(scop, access.relation.intersect_domain(domain).wrap(), parameters);
      pairs.foreach_point([&](const isl::point& point) {
        const std::vector<std::int64_t> values = coordinates(point);
        const auto split = values.begin() + static_cast<std::ptrdiff_t>(statement.loops.size());
        touched.at({s, {values.begin(), split}})[a] = StorageCell{access.array, {split, values.end()}};
      });
    }
  }
  return touched;
}

/// All instances of a program, in a tree's order on one thread.
std::vector<Instance> inOrderOf(const Scop& scop, const ScheduleTree& tree, const Touched& touched,
                                const Values& parameters) {
  Execution all{.parameters = parameters};
  for (const auto& [instance, cells] : touched)
    all.instances.push_back(instance);
  std::vector<Instance> ordered;
  for (const std::size_t index : NewOrder(std::make_shared<const PlainSchedule>(scop, tree), all).sequential())
    ordered.push_back(all.instances[index]);
  return ordered;
}

/// Whose value a cell holds: an instance's, or what was there before (statement < 0).
using Origin = Instance;

/// What a run read and left behind.
struct Flow {
  std::map<std::pair<Instance, std::size_t>, Origin> reads; ///< per instance of the source and number of its access
  std::map<StorageCell, Origin> results;                           ///< arrays that are seen outside
};

Origin originBefore(const Scop& scop, const StorageCell& cell) {
  const Array& array = scop.arrays[static_cast<std::size_t>(cell.first)];
  return {array.isGenerated ? -1000 - cell.first : -1 - cell.first, cell.second};
}

Flow run(const Scop& scop, std::size_t sourceStatements, const std::vector<Instance>& order, const Touched& touched) {
  Flow found;
  std::map<StorageCell, Origin> memory;
  for (const Instance& instance : order) {
    const std::vector<std::optional<StorageCell>>& cells = touched.at(instance);
    const bool isCopy = static_cast<std::size_t>(instance.statement) >= sourceStatements;
    Origin value = instance;
    for (std::size_t a = 1; a < cells.size(); ++a) {
      if (!cells[a] || scop.statements[static_cast<std::size_t>(instance.statement)].accesses[a].isWrite)
        continue;
      const auto held = memory.find(*cells[a]);
      const Origin origin = held == memory.end() ? originBefore(scop, *cells[a]) : held->second;
      if (isCopy)
        value = origin;
      else
        found.reads[{instance, a}] = origin;
    }
    memory[cells.front().value()] = value;
  }
  for (const auto& [cell, origin] : memory) {
    const Array& array = scop.arrays[static_cast<std::size_t>(cell.first)];
    if (!array.isLocal && !array.isConfined && origin != originBefore(scop, cell))
      found.results[cell] = origin;
  }
  return found;
}

/// The reads of a program that find another value than in the source, and results that end as another one.
struct Difference {
  std::set<Instance> readers;
  bool inResults = false;
};

Difference differenceOf(const Scop& source, const Flow& expected, const Flow& actual) {
  Difference difference;
  for (const auto& [read, origin] : expected.reads) {
    const bool isUndefined =
        origin.statement < 0 && source.arrays[static_cast<std::size_t>(-1 - origin.statement)].isLocal;
    if (!isUndefined && actual.reads.at(read) != origin)
      difference.readers.insert(read.first);
  }
  difference.inResults = expected.results != actual.results;
  return difference;
}

Flow runSource(const Schedule& schedule, const Values& parameters) {
  const Scop& source = *schedule.source();
  return run(source, source.statements.size(), execute(source, parameters).instances,
             touchedCells(source, parameters));
}

/// Two instances that have to stay in order.
struct Pair {
  std::size_t first = 0, second = 0;
  int reused = -1; ///< >= 0: only because this buffer is used again
};

/// A stage at fixed parameter values.
class StageRun {
public:
  StageRun(const Schedule& schedule, const Stage& stage, const ScheduleTree& end, const Values& parameters)
      : stage_(stage), scop_(*stage.program), end_(end), touched_(touchedCells(scop_, parameters)) {
    isFirst_ = &stage == &schedule.firstStage();
    execution_.parameters = parameters;
    execution_.instances = isFirst_ ? execute(*schedule.source(), parameters).instances
                                    : inOrderOf(scop_, stage.base, touched_, parameters);
    sourceStatements_ = schedule.source()->statements.size();
  }

  Difference difference(const Schedule& schedule) const {
    return differenceOf(*schedule.source(), runSource(schedule, execution_.parameters),
                        run(scop_, sourceStatements_, execution_.instances, touched_));
  }

  /// The first pair that the stage's end does not keep, in words.
  std::optional<std::string> brokenPair(bool isLast) const {
    const NewOrder order(std::make_shared<const PlainSchedule>(scop_, end_), execution_);
    const Owners owners = ownersIn(order);
    for (const Pair& pair : pairs())
      if (!keeps(order, owners, pair, isLast))
        return toText(scop_, execution_.instances[pair.first]) + " has to stay before " +
               toText(scop_, execution_.instances[pair.second]);
    return std::nullopt;
  }

  bool breaks(const Instance& source, const Instance& sink, bool isLast) const {
    const NewOrder order(std::make_shared<const PlainSchedule>(scop_, end_), execution_);
    const Owners owners = ownersIn(order);
    return std::ranges::any_of(pairs(), [&](const Pair& pair) {
      return execution_.instances[pair.first] == source && execution_.instances[pair.second] == sink &&
             !keeps(order, owners, pair, isLast);
    });
  }

private:
  /// Per buffer, the parallel loop that all its users have as their first one around, or null.
  using Owners = std::map<int, const TreeNode*>;

  Owners ownersIn(const NewOrder& order) const {
    Owners owners;
    for (int array = 0; array < static_cast<int>(scop_.arrays.size()); ++array)
      if (stage_.bufferOf(array) != nullptr)
        owners.emplace(array, ownerOf(order, array));
    return owners;
  }

  std::vector<Pair> pairs() const {
    struct Use {
      std::size_t instance;
      bool isWrite;
    };
    std::map<StorageCell, std::vector<Use>> uses;
    for (std::size_t i = 0; i < execution_.instances.size(); ++i) {
      const Instance& instance = execution_.instances[i];
      const auto& accesses = scop_.statements[static_cast<std::size_t>(instance.statement)].accesses;
      for (std::size_t a = accesses.size(); a-- > 0;) // the write comes last
        if (const auto& cell = touched_.at(instance)[a])
          uses[*cell].push_back({i, accesses[a].isWrite});
    }
    std::vector<Pair> found;
    for (const auto& [cell, all] : uses) {
      const bool isBuffer = stage_.bufferOf(cell.first) != nullptr;
      for (std::size_t a = 0; a < all.size(); ++a) {
        bool overwritten = false;
        for (std::size_t b = a + 1; b < all.size(); ++b) {
          const bool isFlow = all[a].isWrite && !all[b].isWrite && !overwritten;
          if (all[a].instance != all[b].instance && (all[a].isWrite || all[b].isWrite))
            found.push_back({all[a].instance, all[b].instance, isBuffer && !isFlow ? cell.first : -1});
          overwritten = overwritten || all[b].isWrite;
        }
      }
    }
    return found;
  }

  bool keeps(const NewOrder& order, const Owners& owners, const Pair& pair, bool isLast) const {
    const PlainSchedule::Place& a = order.placeOf(pair.first);
    const PlainSchedule::Place& b = order.placeOf(pair.second);
    for (std::size_t e = 0; e < std::min(a.values.size(), b.values.size()); ++e) {
      if (a.values[e] == b.values[e])
        continue;
      const TreeNode* loop = (*a.loops)[e];
      if (isLast && pair.reused >= 0 && loop != nullptr && loop == owners.at(pair.reused))
        return true;
      return a.values[e] < b.values[e] && !(isLast && (*a.isConcurrent)[e]);
    }
    return false;
  }

  /// The parallel loop that all users of a buffer have as their first one around, or null.
  const TreeNode* ownerOf(const NewOrder& order, int buffer) const {
    std::set<const TreeNode*> owners;
    for (std::size_t i = 0; i < execution_.instances.size(); ++i) {
      const auto& cells = touched_.at(execution_.instances[i]);
      if (std::ranges::none_of(cells, [&](const auto& cell) { return cell && cell->first == buffer; }))
        continue;
      const std::vector<const TreeNode*>& loops = *order.placeOf(i).loops;
      const auto parallel = std::ranges::find_if(
          loops, [](const TreeNode* loop) { return loop != nullptr && loop->attributes.parallel; });
      owners.insert(parallel == loops.end() ? nullptr : *parallel);
    }
    return owners.size() == 1 ? *owners.begin() : nullptr;
  }

  const Stage& stage_;
  const Scop& scop_;
  const ScheduleTree& end_;
  Touched touched_;
  Execution execution_;
  bool isFirst_ = false;
  std::size_t sourceStatements_ = 0;
};

std::vector<StageRun> runsOf(const Schedule& schedule, const Values& parameters) {
  std::vector<StageRun> runs;
  for (const FinishedStage& finished : schedule.finishedStages())
    runs.emplace_back(schedule, *finished.stage, finished.end, parameters);
  runs.emplace_back(schedule, schedule.stage(), schedule.tree(), parameters);
  return runs;
}

std::string inWords(const Scop& scop, const Difference& difference) {
  if (!difference.readers.empty())
    return toText(scop, *difference.readers.begin()) + " reads another value";
  return difference.inResults ? "a result is another one" : "";
}

} // namespace

std::optional<std::string> storageFault(const Schedule& schedule, const Values& parameters) {
  const std::vector<StageRun> runs = runsOf(schedule, parameters);
  for (std::size_t s = 0; s < runs.size(); ++s) {
    if (const std::string wrong = inWords(*schedule.source(), runs[s].difference(schedule)); !wrong.empty())
      return "stage " + std::to_string(s) + ": " + wrong;
    if (const auto broken = runs[s].brokenPair(s + 1 == runs.size()))
      return "stage " + std::to_string(s) + ": " + *broken;
  }
  return std::nullopt;
}

std::optional<std::string> valueFault(const Schedule& schedule, const Values& parameters) {
  const Scop& scop = schedule.program();
  const Touched touched = touchedCells(scop, parameters);
  const std::vector<Instance> order = inOrderOf(scop, schedule.tree(), touched, parameters);
  const std::string wrong =
      inWords(*schedule.source(), differenceOf(*schedule.source(), runSource(schedule, parameters),
                                               run(scop, schedule.source()->statements.size(), order, touched)));
  return wrong.empty() ? std::nullopt : std::optional(wrong);
}

std::vector<Instance> instancesInOrder(const Schedule& schedule, const Values& parameters) {
  const Scop& scop = schedule.program();
  return inOrderOf(scop, schedule.tree(), touchedCells(scop, parameters), parameters);
}

std::string deniedBecause(const Schedule& schedule, const StorageClaim& claim, const Values& parameters) {
  const std::vector<StageRun> runs = runsOf(schedule, parameters);
  if (claim.isLostValue) {
    for (const StageRun& one : runs)
      if (one.difference(schedule).readers.contains(claim.sink))
        return {};
    return "every value is found";
  }
  for (std::size_t s = 0; s < runs.size(); ++s)
    if (runs[s].breaks(claim.source, claim.sink, s + 1 == runs.size()))
      return {};
  return "in no stage these two touch a cell and are out of order";
}

} // namespace polyloom
