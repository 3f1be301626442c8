#include "models/features/cache_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace polyloom {

namespace {

constexpr double kLine = 64, kPage = 4096;
constexpr double kStart = 512; ///< bytes after which a processor has seen where a run goes
constexpr std::size_t kNowhere = ~std::size_t{0};

/// The lines of one group in one execution of a subtree.
struct Touched {
  int array = 0;
  const GroupMoves* moves = nullptr;
  std::size_t from = 0; ///< the first loop of the subtree
  double lines = 0, pages = 0;
};

/// Whether the loops around the subtree move both groups alike, so that they are at the same place of the array.
bool areTogether(const Touched& a, const Touched& b) {
  return a.array == b.array && a.from == b.from && a.moves->rank == b.moves->rank &&
         std::equal(a.moves->steps.begin(), a.moves->steps.begin() + static_cast<std::ptrdiff_t>(a.from * a.moves->rank),
                    b.moves->steps.begin());
}

/// Fills a Traffic.
class TrafficCounter {
public:
  TrafficCounter(const NestOutline& outline, const MachineFacts& machine, int threads)
      : outline_(outline), machine_(machine), threads_(threads) {}

  Traffic count() {
    for (const OutlineStatement& statement : outline_.statements) {
      traffic_.moves.push_back(movesOf(statement, outline_));
      traffic_.groups.emplace_back(statement.facts->groups.size());
    }
    below_.resize(outline_.loops.size());
    for (std::size_t s = 0; s < outline_.statements.size(); ++s)
      for (const StatementStep& step : outline_.statements[s].steps)
        below_[static_cast<std::size_t>(step.loop)].push_back(s);
    traffic_.loops.resize(outline_.loops.size());
    shares_.resize(outline_.statements.size());
    for (std::size_t s = 0; s < shares_.size(); ++s)
      shares_[s].resize((outline_.statements[s].steps.size() + 1) * traffic_.moves[s].size());
    std::vector<std::size_t> all(outline_.statements.size());
    for (std::size_t s = 0; s < all.size(); ++s)
      all[s] = s;
    traffic_.whole = setOf(all, 0, 0);
    for (std::size_t l = 0; l < outline_.loops.size(); ++l) {
      const auto depth = static_cast<std::size_t>(outline_.loops[l].depth);
      traffic_.loops[l].execution = setOf(below_[l], depth, depth + 1);
      traffic_.loops[l].iteration = setOf(below_[l], depth + 1, kNowhere);
    }
    for (std::size_t s = 0; s < outline_.statements.size(); ++s)
      for (std::size_t g = 0; g < traffic_.moves[s].size(); ++g)
        fillGroup(s, g);
    return std::move(traffic_);
  }

private:
  /// Lines of the statements' loops from number `from` on; groups at one place count once, and each one's share of them
  /// is kept as number `keep`.
  WorkingSet setOf(const std::vector<std::size_t>& statements, std::size_t from, std::size_t keep) {
    touched_.clear();
    for (const std::size_t s : statements)
      for (const GroupMoves& moves : traffic_.moves[s])
        touched_.push_back({moves.group->array, &moves, from, moves.lines(from, kLine), moves.lines(from, kPage)});
    WorkingSet set;
    leader_.assign(touched_.size(), 0);
    for (std::size_t t = 0; t < touched_.size(); ++t) {
      leader_[t] = t;
      for (std::size_t u = 0; u < t && leader_[t] == t; ++u)
        if (leader_[u] == u && areTogether(touched_[u], touched_[t]))
          leader_[t] = u;
    }
    std::size_t t = 0;
    for (const std::size_t s : statements)
      for (std::size_t g = 0; g < traffic_.moves[s].size(); ++g, ++t)
        addMember(s, g, keep, t, set);
    return set;
  }

  void addMember(std::size_t s, std::size_t g, std::size_t keep, std::size_t t, WorkingSet& set) {
    double lines = 0, pages = 0, allLines = 0, allPages = 0;
    for (std::size_t u = 0; u < touched_.size(); ++u) {
      if (leader_[u] != leader_[t])
        continue;
      lines = std::max(lines, touched_[u].lines);
      pages = std::max(pages, touched_[u].pages);
      allLines += touched_[u].lines;
      allPages += touched_[u].pages;
    }
    if (leader_[t] == t) {
      set.lines += kLine * lines;
      set.pages += kPage * pages;
    }
    if (keep != kNowhere)
      shares_[s][keep * traffic_.moves[s].size() + g] = {touched_[t].lines * lines / allLines,
                                                        touched_[t].pages * pages / allPages};
  }

  void fillGroup(std::size_t s, std::size_t g) {
    const OutlineStatement& statement = outline_.statements[s];
    const GroupMoves& moves = traffic_.moves[s][g];
    GroupTraffic& group = traffic_.groups[s][g];
    group.footprint = kLine * moves.lines(0, kLine);
    for (std::size_t l = moves.trips.size(); l-- > 0;)
      if (moves.movesAlong(l)) {
        const double run = std::abs(moves.bytes[l]) <= 2 * kLine ? std::abs(moves.bytes[l]) * moves.trips[l] : 0;
        group.stream = run / (run + kStart);
        break;
      }
    if (moves.rank == 0 || moves.array->isInRegisters())
      return; // or always near
    for (std::size_t level = 0; level < kLevels; ++level)
      group.lines[level] = linesThrough(statement, s, g, level);
  }

  double linesThrough(const OutlineStatement& statement, std::size_t s, std::size_t g, std::size_t level) const {
    const std::size_t groups = traffic_.moves[s].size();
    double size = machine_.levels[level].bytes;
    const auto shareOf = [&](std::size_t number) {
      const auto& [lines, pages] = shares_[s][number * groups + g];
      return level < kCaches ? lines : pages;
    };
    const double wholeFit = fitting(traffic_.whole.forLevel(level), size);
    double lines = wholeFit * machine_.costs.warm * shareOf(0);
    double left = 1 - wholeFit;
    for (std::size_t k = 0; k < statement.steps.size(); ++k) {
      const auto loop = static_cast<std::size_t>(statement.steps[k].loop);
      const double fit = std::min(fitting(traffic_.loops[loop].iteration.forLevel(level), size),
                                  level < kCaches ? fittingSets(traffic_.moves[s][g], k + 1, size) : 1);
      lines += left * fit * statement.steps[k].entries * shareOf(k + 1);
      left *= 1 - fit;
      if (level + 1 == kCaches && outline_.loops[loop].attributes.parallel)
        size = machine_.levels[level].bytes / threads_; // which they share from here on
    }
    const double each = traffic_.moves[s][g].lines(statement.steps.size(), machine_.levels[level].lineBytes);
    return lines + left * statement.instances * each;
  }

  /// A cache's sets hold few lines of one place in their pages: bytes / 4096 of them, whatever its ways. Loops from number
  /// `from` on that jump by nearly whole pages meet few places.
  static double fittingSets(const GroupMoves& moves, std::size_t from, double size) {
    double lines = 1;
    auto common = static_cast<std::int64_t>(kPage);
    for (std::size_t l = from; l < moves.trips.size(); ++l) {
      const auto jump = static_cast<std::int64_t>(std::abs(moves.bytes[l]));
      if (jump < static_cast<std::int64_t>(kLine) || moves.trips[l] <= 1)
        continue;
      lines *= moves.trips[l];
      common = std::max(std::gcd(jump, common), static_cast<std::int64_t>(kLine));
    }
    return lines > 1 ? fitting(lines, size / static_cast<double>(common)) : 1;
  }

  const NestOutline& outline_;
  const MachineFacts& machine_;
  int threads_;
  Traffic traffic_;
  std::vector<std::vector<std::size_t>> below_; ///< per loop, its statements
  /// Per statement, lines and pages per group: of the whole run, then of one execution of each loop around.
  std::vector<std::vector<std::pair<double, double>>> shares_;
  std::vector<Touched> touched_;
  std::vector<std::size_t> leader_; ///< of each, the first of those at its place
};

} // namespace

double fitting(double bytes, double levelBytes) {
  const double ratio = bytes / (0.9 * levelBytes);
  return 1 / (1 + ratio * ratio * ratio * ratio);
}

MachineFacts MachineFacts::of(const CacheHierarchy& caches) {
  MachineFacts facts;
  for (std::size_t level = 0; level < std::min(kCaches, caches.levels.size()); ++level) {
    const bool isLast = level + 1 == kCaches;
    const CacheLevel& known = isLast ? caches.levels.back() : caches.levels[level];
    facts.levels[level].bytes = static_cast<double>(known.bytes);
  }
  return facts;
}

Traffic trafficOf(const NestOutline& outline, const MachineFacts& machine, int threads) {
  return TrafficCounter(outline, machine, std::max(1, threads)).count();
}

} // namespace polyloom
