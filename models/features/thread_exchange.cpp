#include "models/features/thread_exchange.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

/// How a statement's region shares an array out among threads.
struct Portion {
  std::size_t statement = 0;
  int array = 0;
  int loop = -1;      ///< the outermost parallel one; -1: one thread does all
  double stride = 0;  ///< bytes from one thread's part to the next one's, times their number; 0: all threads use all
  double lines = 0;   ///< per execution of the region
  double entries = 0; ///< executions of it
  bool writes = false;
};

Portion portionOf(const NestOutline& outline, const OutlineStatement& statement, const GroupMoves& moves) {
  Portion portion{.array = moves.group->array, .writes = moves.group->hasWrite};
  std::size_t position = 0;
  for (; position < statement.steps.size(); ++position)
    if (outline.loops[static_cast<std::size_t>(statement.steps[position].loop)].attributes.parallel)
      break;
  const bool isShared = position < statement.steps.size();
  if (isShared) {
    portion.loop = statement.steps[position].loop;
    portion.stride = moves.bytes[position] * moves.trips[position];
  }
  portion.entries = isShared ? statement.steps[position].entries : 1;
  portion.lines = moves.lines(isShared ? position : 0, 64);
  return portion;
}

/// Writes to lines that other threads write at the same time: uneven iterations are handed out in small pieces, and the
/// pieces of neighboring threads meet in one line. Half of them find the line gone.
double contested(const NestOutline& outline, const OutlineStatement& statement, const GroupMoves& moves, const MachineFacts& machine) {
  if (!moves.group->hasWrite || moves.rank == 0 || moves.array->isPrivate)
    return 0;
  for (std::size_t k = 0; k < statement.steps.size(); ++k) {
    const OutlineLoop& loop = outline.loops[static_cast<std::size_t>(statement.steps[k].loop)];
    if (!loop.attributes.parallel)
      continue;
    const double piece = std::abs(moves.bytes[k]) * std::max(1.0, loop.trips() / machine.chunks);
    return loop.isUneven && moves.bytes[k] != 0 ? 0.5 * statement.instances * std::max(0.0, 1 - piece / 64) : 0;
  }
  return 0;
}

/// Whether a thread finds in its caches what it has had before.
bool isAlike(const Portion& a, const Portion& b) {
  if (a.loop == b.loop)
    return true;
  return (a.loop < 0) == (b.loop < 0) && std::abs(a.stride - b.stride) <= 0.2 * std::max(std::abs(a.stride), std::abs(b.stride));
}

} // namespace

std::vector<double> exchangedLines(const NestOutline& outline, const Traffic& traffic, const MachineFacts& machine, int threads) {
  std::vector<double> lines(outline.statements.size(), 0.0);
  std::vector<Portion> portions;
  for (std::size_t s = 0; s < outline.statements.size(); ++s)
    for (const GroupMoves& moves : traffic.moves[s]) {
      if (moves.rank == 0 || moves.array->isPrivate)
        continue;
      portions.push_back(portionOf(outline, outline.statements[s], moves));
      portions.back().statement = s;
    }
  const double others = 1 - 1.0 / std::max(1, threads);
  for (std::size_t s = 0; s < outline.statements.size(); ++s)
    for (const GroupMoves& moves : traffic.moves[s])
      lines[s] += others * contested(outline, outline.statements[s], moves, machine);
  for (const Portion& portion : portions) {
    const bool isMoved = std::ranges::any_of(portions, [&](const Portion& other) {
      return other.array == portion.array && (other.writes || portion.writes) && !isAlike(portion, other);
    });
    if (isMoved)
      lines[portion.statement] += others * portion.entries * std::min(portion.lines, machine.levels[1].bytes / 64);
  }
  return lines;
}

} // namespace polyloom
