#include "core/oracle/storage.h"

#include "core/base/check.h"
#include "core/oracle/memory.h"
#include "core/oracle/order.h"

#include <algorithm>
#include <list>
#include <map>
#include <set>

namespace polyloom {

namespace {

/// Two instances that have to stay in order.
struct Pair {
  std::size_t first = 0, second = 0;
  int reused = -1; ///< >= 0: only because this buffer is used again
};

/// All pairs that touch one cell in an order.
std::vector<Pair> pairsOf(const Stage& stage, const CellRun& run, const CellNumbers& numbers,
                          const std::vector<std::size_t>& order) {
  struct Use {
    std::size_t instance;
    bool isWrite;
  };
  std::map<int, std::vector<Use>> uses;
  for (const std::size_t i : order) {
    const auto statement = static_cast<std::size_t>(run.execution.instances[i].statement);
    const auto& accesses = stage.program->statements[statement].accesses;
    for (std::size_t a = accesses.size(); a-- > 0;) // the write comes last
      if (run.cells[i][a] != CellRun::kNoCell)
        uses[run.cells[i][a]].push_back({i, accesses[a].isWrite});
  }
  std::vector<Pair> found;
  for (const auto& [cell, all] : uses) {
    const int array = numbers.cellOf(cell).array;
    const bool isBuffer = stage.bufferOf(array) != nullptr;
    for (std::size_t a = 0; a < all.size(); ++a) {
      bool overwritten = false;
      for (std::size_t b = a + 1; b < all.size(); ++b) {
        const bool isFlow = all[a].isWrite && !all[b].isWrite && !overwritten;
        if (all[a].instance != all[b].instance && (all[a].isWrite || all[b].isWrite))
          found.push_back({all[a].instance, all[b].instance, isBuffer && !isFlow ? array : -1});
        overwritten = overwritten || all[b].isWrite;
      }
    }
  }
  return found;
}

/// Per buffer, the parallel loop that all its users have as their first one around, or null: at these values or at
/// others, since code allocates a buffer once.
using Owners = std::map<int, const TreeNode*>;

Owners ownersIn(const Stage& stage, const NewOrder& order) {
  Owners owners;
  for (const Buffer& buffer : stage.buffers) {
    std::set<const TreeNode*> around;
    for (int s = 0; s < static_cast<int>(stage.program->statements.size()); ++s) {
      if (!touches(stage.program->statements[static_cast<std::size_t>(s)], buffer.array))
        continue;
      for (const std::vector<const TreeNode*>* loops : order.schedule().loopsAround(s)) {
        const auto parallel = std::ranges::find_if(
            *loops, [](const TreeNode* loop) { return loop != nullptr && loop->attributes.parallel; });
        around.insert(parallel == loops->end() ? nullptr : *parallel);
      }
    }
    owners[buffer.array] = around.size() == 1 ? *around.begin() : nullptr;
  }
  return owners;
}

bool keeps(const NewOrder& order, const Owners& owners, const Pair& pair, bool isLast) {
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

std::string inWords(const Scop& scop, const CellRun& run, const FlowDifference& difference) {
  if (!difference.readers.empty())
    return toText(scop, run.execution.instances[difference.readers.front()]) + " reads another value";
  return difference.inResults ? "a result is another one" : "";
}

} // namespace

/// What is known about the stages of recent schedules.
class StorageOracle::Stages {
public:
  explicit Stages(ScopPtr source) : source_(std::move(source), nullptr, numbers_) {}

  /// A stage in the order that it begins with.
  struct Run {
    std::vector<Pair> pairs;
    FlowDifference difference;
  };
  /// A stage of a schedule, and the order that it ends with.
  struct Part {
    const Stage& stage;
    const ScheduleTree& end;
    bool isFirst = false, isLast = false;
  };

  static std::vector<Part> partsOf(const Schedule& schedule) {
    std::vector<Part> parts;
    for (const FinishedStage& finished : schedule.finishedStages())
      parts.push_back({*finished.stage, finished.end, parts.empty(), false});
    parts.push_back({schedule.stage(), schedule.tree(), parts.empty(), true});
    return parts;
  }

  const Scop& source() const { return source_.scop(); }

  const Run& runOf(const Part& part, const Values& parameters) {
    Known& known = knownOf(part.stage.program, part.stage.base);
    const auto [place, isNew] = known.runs.try_emplace(parameters);
    if (isNew) {
      const std::vector<std::size_t> order =
          part.isFirst ? sourceOrder(known.program->at(parameters)) : orderAt(known, parameters).sequential();
      place->second = {pairsOf(part.stage, known.program->at(parameters), numbers_, order),
                       differenceIn(known, parameters, order)};
    }
    return place->second;
  }

  FlowDifference differenceAtEnd(const Schedule& schedule, const Values& parameters) {
    Known& known = knownOf(schedule.programPtr(), schedule.tree());
    return differenceIn(known, parameters, orderAt(known, parameters).sequential());
  }

  /// The first pair for which `isMeant` and that the part's end does not keep, or null.
  template <typename IsMeant> const Pair* brokenPair(const Part& part, const Values& parameters, const IsMeant& isMeant) {
    const Run& run = runOf(part, parameters);
    Known& end = knownOf(part.stage.program, part.end);
    const NewOrder order = orderAt(end, parameters);
    const Owners owners = ownersIn(part.stage, order);
    const auto found = std::ranges::find_if(
        run.pairs, [&](const Pair& pair) { return isMeant(pair) && !keeps(order, owners, pair, part.isLast); });
    return found == run.pairs.end() ? nullptr : &*found;
  }

  const std::vector<Instance>& instancesOf(const Part& part, const Values& parameters) {
    return knownOf(part.stage.program, part.end).program->at(parameters).execution.instances;
  }
  const CellRun& sourceRun(const Values& parameters) { return source_.at(parameters); }

  std::vector<std::size_t> finalOrder(const Schedule& schedule, const Values& parameters) {
    return orderAt(knownOf(schedule.programPtr(), schedule.tree()), parameters).sequential();
  }

private:
  /// A stage's program in one order.
  struct Known {
    ScopPtr scop;
    ScheduleTree tree;
    std::shared_ptr<MemoryProgram> program;
    std::shared_ptr<const PlainSchedule> places;
    std::map<Values, Run> runs = {};
  };

  Known& knownOf(const ScopPtr& scop, const ScheduleTree& tree) {
    const auto found = std::ranges::find_if(
        known_, [&](const Known& known) { return known.scop == scop && known.tree.root() == tree.root(); });
    if (found != known_.end()) {
      known_.splice(known_.begin(), known_, found);
      return known_.front();
    }
    constexpr std::size_t kMost = 12; // more than the stages and orders of one schedule
    if (known_.size() == kMost)
      known_.pop_back();
    known_.push_front({scop, tree, programOf(scop), std::make_shared<const PlainSchedule>(*scop, tree)});
    return known_.front();
  }

  std::shared_ptr<MemoryProgram> programOf(const ScopPtr& scop) {
    const auto found = std::ranges::find(known_, scop, &Known::scop);
    return found != known_.end() ? found->program : std::make_shared<MemoryProgram>(scop, &source_, numbers_);
  }

  static NewOrder orderAt(Known& known, const Values& parameters) {
    return {known.places, known.program->at(parameters).execution};
  }

  /// The source's order of the instances of a run of the source, or of the same instances in other storage.
  std::vector<std::size_t> sourceOrder(const CellRun& run) const {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < run.execution.instances.size(); ++i)
      order.push_back(i);
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
      return source_.plain().isBefore(run.execution.instances[a], run.execution.instances[b]);
    });
    return order;
  }

  const Flow& sourceFlow(const Values& parameters) {
    const auto [place, isNew] = sourceFlows_.try_emplace(parameters);
    if (isNew) {
      const CellRun& run = source_.at(parameters);
      place->second = flowOf(source(), source().statements.size(), run, sourceOrder(run));
    }
    return place->second;
  }

  FlowDifference differenceIn(Known& known, const Values& parameters, const std::vector<std::size_t>& order) {
    const CellRun& run = known.program->at(parameters);
    const std::vector<Instance>& instances = source_.at(parameters).execution.instances;
    POLYLOOM_CHECK(instances.size() <= run.execution.instances.size() &&
                   std::equal(instances.begin(), instances.end(), run.execution.instances.begin()));
    return differenceOf(source(), numbers_, sourceFlow(parameters),
                        flowOf(*known.scop, source().statements.size(), run, order));
  }

  CellNumbers numbers_;
  MemoryProgram source_;
  std::map<Values, Flow> sourceFlows_;
  std::list<Known> known_; ///< the latest used first
};

StorageOracle::StorageOracle(ScopPtr source) : stages_(std::make_unique<Stages>(std::move(source))) {}
StorageOracle::~StorageOracle() = default;

std::optional<std::string> StorageOracle::storageFault(const Schedule& schedule, const Values& parameters) {
  const std::vector<Stages::Part> parts = Stages::partsOf(schedule);
  for (std::size_t s = 0; s < parts.size(); ++s) {
    const std::string wrong =
        inWords(stages_->source(), stages_->sourceRun(parameters), stages_->runOf(parts[s], parameters).difference);
    if (!wrong.empty())
      return "stage " + std::to_string(s) + ": " + wrong;
    const Pair* broken = stages_->brokenPair(parts[s], parameters, [](const Pair&) { return true; });
    if (broken == nullptr)
      continue;
    const std::vector<Instance>& instances = stages_->instancesOf(parts[s], parameters);
    return "stage " + std::to_string(s) + ": " + toText(*parts[s].stage.program, instances[broken->first]) +
           " has to stay before " + toText(*parts[s].stage.program, instances[broken->second]);
  }
  return std::nullopt;
}

std::optional<std::string> StorageOracle::valueFault(const Schedule& schedule, const Values& parameters) {
  const std::string wrong = inWords(stages_->source(), stages_->sourceRun(parameters),
                                    stages_->differenceAtEnd(schedule, parameters));
  return wrong.empty() ? std::nullopt : std::optional(wrong);
}

std::vector<Instance> StorageOracle::instancesInOrder(const Schedule& schedule, const Values& parameters) {
  const Stages::Part last = Stages::partsOf(schedule).back();
  std::vector<Instance> ordered;
  for (const std::size_t i : stages_->finalOrder(schedule, parameters))
    ordered.push_back(stages_->instancesOf(last, parameters)[i]);
  return ordered;
}

std::string StorageOracle::deniedBecause(const Schedule& schedule, const StorageClaim& claim, const Values& parameters) {
  const std::vector<Stages::Part> parts = Stages::partsOf(schedule);
  if (claim.isLostValue) {
    const std::vector<Instance>& instances = stages_->sourceRun(parameters).execution.instances;
    for (const Stages::Part& part : parts)
      for (const std::size_t reader : stages_->runOf(part, parameters).difference.readers)
        if (instances[reader] == claim.sink)
          return {};
    return "every value is found";
  }
  for (const Stages::Part& part : parts) {
    const std::vector<Instance>& instances = stages_->instancesOf(part, parameters);
    const auto isClaimed = [&](const Pair& pair) {
      return instances[pair.first] == claim.source && instances[pair.second] == claim.sink;
    };
    if (stages_->brokenPair(part, parameters, isClaimed) != nullptr)
      return {};
  }
  return "in no stage these two touch a cell and are out of order";
}

} // namespace polyloom
