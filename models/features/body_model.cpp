#include "models/features/body_model.h"

#include "models/features/overlap.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr double kSumsAtOnce = 4; ///< vectors that compilers keep a sum in

/// Looks at all statements of one innermost loop together.
class BodyReader {
public:
  BodyReader(const NestOutline& outline, const std::vector<std::vector<GroupMoves>>& moves, const MachineFacts& machine)
      : outline_(outline), moves_(moves), machine_(machine) {
    for (const OutlineStatement& statement : outline.statements)
      shapes_.push_back(bodyShape(statement, outline));
  }

  std::vector<InstanceCost> read() {
    std::vector<InstanceCost> found(outline_.statements.size());
    for (std::size_t s = 0; s < found.size(); ++s)
      findRecurrences(s, found[s]);
    for (std::size_t s = 0; s < found.size(); ++s)
      found[s].compilerLanes = compilerLanes(s, found);
    for (std::size_t s = 0; s < found.size(); ++s) {
      if (found[s].carriesSum && found[s].compilerLanes > 1) // every lane of several vectors has a sum of its own
        found[s].latency /= found[s].compilerLanes * kSumsAtOnce;
      addInstructions(s, found[s]);
    }
    return found;
  }

private:
  const ProcessorCosts& costs() const { return machine_.costs; }
  const OutlineStatement& statement(std::size_t s) const { return outline_.statements[s]; }

  /// Whether both stand in the same innermost loop.
  bool areTogether(std::size_t a, std::size_t b) const {
    return shapes_[a].body >= 0 && shapes_[b].body >= 0 && loopOf(a) == loopOf(b);
  }
  int loopOf(std::size_t s) const { return statement(s).steps[static_cast<std::size_t>(shapes_[s].body)].loop; }

  const GroupMoves& movesOf(std::size_t s, const AccessFacts& access) const { return moves_[s][static_cast<std::size_t>(access.group)]; }

  /// The access's place in a dimension where all loops have the value 0.
  double cellOf(const GroupMoves& moves, const AccessFacts& access, std::size_t s, std::size_t d) const {
    const AccessFacts& first = statement(s).facts->accesses[static_cast<std::size_t>(moves.group->first)];
    return moves.origin[d] + access.subscripts[d].constant - first.subscripts[d].constant;
  }

  /// After how many iterations of the loop a read finds what a write of the same group shape has written; < 0: never;
  /// 0: in the same iteration.
  double distance(std::size_t writer, const AccessFacts& written, std::size_t reader, const AccessFacts& found,
                  std::size_t loop, bool& isSum) const {
    const GroupMoves& write = movesOf(writer, written);
    const GroupMoves& read = movesOf(reader, found);
    if (write.group->array != read.group->array || write.rank != read.rank || (writer != reader && write.array->isInRegisters()))
      return -1;
    for (std::size_t l = 0; l <= loop; ++l)
      for (std::size_t d = 0; d < write.rank; ++d)
        if (write.step(l, d) != read.step(l, d))
          return -1;
    double distance = -1;
    bool moves = false;
    for (std::size_t d = 0; d < write.rank; ++d) {
      const double apart = cellOf(write, written, writer, d) - cellOf(read, found, reader, d);
      const double step = write.step(loop, d);
      moves = moves || step != 0;
      if (step == 0 && apart != 0)
        return -1;
      if (step == 0)
        continue;
      const double times = apart / step;
      if (distance >= 0 && times != distance)
        return -1;
      distance = times;
    }
    isSum = !moves;
    return moves ? distance : 1;
  }

  void findRecurrences(std::size_t s, InstanceCost& cost) const {
    const BodyShape& shape = shapes_[s];
    if (shape.body < 0)
      return;
    const auto body = static_cast<std::size_t>(shape.body);
    const StatementFacts& facts = *statement(s).facts;
    for (std::size_t w = 0; w < outline_.statements.size(); ++w) {
      const StatementFacts& writer = *statement(w).facts;
      if (!areTogether(s, w) || writer.accesses.empty())
        continue;
      const bool isCycle = w == s || readsFrom(w, s);
      const AccessFacts& written = writer.accesses.front();
      const GroupMoves& write = movesOf(w, written);
      for (const AccessFacts& read : facts.accesses) {
        if (read.isWrite || !read.isUsed)
          continue;
        bool isSum = false;
        const double apart = distance(w, written, s, read, body, isSum);
        if (apart < 1)
          continue;
        const double chain = read.latency + (w == s ? 0 : writer.depth) + (isSum || apart == 1 ? 0 : costs().forwarding);
        const double trips = statement(s).steps[body].trips();
        if (isCycle) // what only goes on from one statement to the next keeps neither waiting
          cost.latency = std::max(cost.latency, costs().latencyFactor * chain / apart / sideBySide(s, write) * std::max(0.0, trips - 1) / std::max(1.0, trips));
        (isSum ? cost.carriesSum : cost.carriesFlow) = true;
      }
    }
  }

  /// Whether a statement reads what the other one writes in the same loop, now or in an earlier iteration.
  bool readsFrom(std::size_t reader, std::size_t writer) const {
    const StatementFacts& from = *statement(writer).facts;
    const auto body = static_cast<std::size_t>(shapes_[reader].body);
    return std::ranges::any_of(statement(reader).facts->accesses, [&](const AccessFacts& read) {
      bool isSum = false;
      return !read.isWrite && read.isUsed && !from.accesses.empty() && distance(writer, from.accesses.front(), reader, read, body, isSum) >= 0;
    });
  }

  /// How many chains run at the same time, of the iterations that are jammed or lanes.
  double sideBySide(std::size_t s, const GroupMoves& write) const {
    double chains = 1;
    for (std::size_t l = static_cast<std::size_t>(shapes_[s].body) + 1; l < write.trips.size(); ++l)
      chains *= static_cast<int>(l) == shapes_[s].laneLoop ? std::max(1.0, statement(s).steps[l].trips()) : write.trips[l];
    return chains;
  }

  bool hasLoopInside(const OutlineLoop& loop) const {
    return std::ranges::any_of(loop.loops, [&](int inner) {
      const OutlineLoop& inside = outline_.loops[static_cast<std::size_t>(inner)];
      return !(inside.isTrivial() || inside.isShort) || hasLoopInside(inside);
    });
  }

  /// Whether it reads where other iterations of its body may write.
  bool readsOwnRow(std::size_t s) const {
    const auto body = static_cast<std::size_t>(shapes_[s].body);
    const auto write = std::ranges::find_if(moves_[s], [](const GroupMoves& moves) { return moves.group->hasWrite; });
    return write != moves_[s].end() && std::ranges::any_of(moves_[s], [&](const GroupMoves& read) {
      return &read != &*write && mayMeet(statement(s), *write, read, body);
    });
  }

  /// Vectors that a compiler makes: of a loop whose accesses stand still or go on by one, and carry nothing.
  double compilerLanes(std::size_t s, const std::vector<InstanceCost>& found) const {
    const BodyShape& shape = shapes_[s];
    if (shape.body < 0 || shape.lanes > 1 || shape.copies > 1)
      return 1;
    const auto body = static_cast<std::size_t>(shape.body);
    const OutlineLoop& loop = outline_.loops[static_cast<std::size_t>(loopOf(s))];
    if (hasLoopInside(loop) || loop.attributes.unroll > 1 || loop.attributes.parallel)
      return 1;
    double widest = 1;
    for (std::size_t other = 0; other < found.size(); ++other) {
      if (!areTogether(s, other))
        continue;
      const StatementFacts& facts = *statement(other).facts;
      if (readsOwnRow(other))
        return 1;
      if (found[other].carriesFlow || (found[other].carriesSum && isFloating(facts.type)) || facts.operations.call > 0)
        return 1;
      for (const GroupMoves& moves : moves_[other]) {
        if (moves.array->isInRegisters())
          continue;
        widest = std::max(widest, moves.array->elementBytes);
        const StrideClass stride = strideClass(moves.bytes[body], moves.array->elementBytes);
        const bool isStored = moves.group->hasWrite;
        if (stride == StrideClass::Large || stride == StrideClass::Small || (isStored && stride == StrideClass::Still && !found[other].carriesSum))
          return 1;
      }
    }
    const double lanes = machine_.vectorBytes / widest;
    return statement(s).steps[body].trips() >= lanes ? lanes : 1;
  }

  void addInstructions(std::size_t s, InstanceCost& cost) const {
    const StatementFacts& facts = *statement(s).facts;
    const double element = sizeOf(facts.type);
    const double hardware = std::max(1.0, machine_.vectorBytes / element);
    const double lanes = shapes_[s].lanes > 1 ? shapes_[s].lanes : std::pow(cost.compilerLanes, costs().compilerGain);
    const double packed = std::min(lanes, hardware);
    const OperationCounts& count = facts.operations;
    const double fused = std::min(count.add, count.multiply);
    cost.arithmetic = (costs().arithmetic * (count.add + count.multiply - 0.8 * fused) + costs().choose * count.choose + costs().integerChoose * count.integerChoose +
                       costs().integer * count.integer + costs().cast * count.cast) / packed +
                      (costs().divide * count.divide + costs().root * count.root) / std::max(1.0, packed * 0.6) + costs().call * count.call;
    for (const GroupMoves& moves : moves_[s])
      addAccesses(s, moves, packed, cost);
    const double instructions = (count.floating() + count.choose + count.integerChoose + count.integer + count.cast) / packed +
                                cost.loads / costs().load + cost.stores / costs().store;
    cost.arithmetic = std::max(cost.arithmetic, costs().issue * instructions);
  }

  void addAccesses(std::size_t s, const GroupMoves& moves, double packed, InstanceCost& cost) const {
    const BodyShape& shape = shapes_[s];
    if (moves.rank == 0 || moves.array->isInRegisters())
      return;
    if (shape.body >= 0 && moves.bytes[static_cast<std::size_t>(shape.body)] == 0 && moves.trips[static_cast<std::size_t>(shape.body)] <= 1)
      return; // stays in a register while the loop runs
    double shared = 1; // jammed iterations that use one value
    for (std::size_t l = static_cast<std::size_t>(shape.body + 1); l < moves.trips.size(); ++l)
      if (static_cast<int>(l) != shape.laneLoop && !moves.movesAlong(l))
        shared *= std::max(1.0, statement(s).steps[l].trips());
    double load = costs().load / packed, store = costs().store / packed;
    if (shape.laneLoop >= 0) {
      const auto lane = static_cast<std::size_t>(shape.laneLoop);
      const StrideClass stride = strideClass(moves.bytes[lane], moves.array->elementBytes);
      if (stride == StrideClass::Still)
        load = costs().load / std::max(1.0, shape.lanes);
      else if (stride != StrideClass::Unit) {
        load = costs().gather;
        store = costs().scatter;
      }
    }
    const double reads = moves.group->distinct - (moves.group->hasWrite && !moves.group->hasRead ? 1 : 0);
    cost.loads += load * std::max(0.0, reads) / shared;
    if (moves.group->hasWrite)
      cost.stores += store / shared;
  }

  const NestOutline& outline_;
  const std::vector<std::vector<GroupMoves>>& moves_;
  const MachineFacts& machine_;
  std::vector<BodyShape> shapes_;
};

} // namespace

StrideClass strideClass(double bytes, double elementBytes) {
  const double size = std::abs(bytes);
  if (size == 0)
    return StrideClass::Still;
  if (size <= elementBytes)
    return StrideClass::Unit;
  return size <= 128 ? StrideClass::Small : StrideClass::Large;
}

BodyShape bodyShape(const OutlineStatement& statement, const NestOutline& outline) {
  BodyShape shape;
  for (std::size_t k = statement.steps.size(); k-- > 0;) {
    const OutlineLoop& loop = outline.loops[static_cast<std::size_t>(statement.steps[k].loop)];
    const double trips = std::max(1.0, statement.steps[k].trips());
    if (loop.role == OutlineLoop::Role::Lanes) {
      shape.laneLoop = static_cast<int>(k);
      shape.lanes *= trips;
    } else if (loop.role == OutlineLoop::Role::Strip) {
      shape.copies *= trips;
    } else if (loop.isShort) {
      shape.unrolled *= trips;
    } else if (!loop.isTrivial()) {
      shape.body = static_cast<int>(k);
      break;
    }
  }
  return shape;
}

double InstanceCost::cycles() const { return std::max({arithmetic, loads, stores, latency}); }

std::vector<InstanceCost> instanceCosts(const NestOutline& outline, const std::vector<std::vector<GroupMoves>>& moves,
                                        const MachineFacts& machine) {
  return BodyReader(outline, moves, machine).read();
}

} // namespace polyloom
