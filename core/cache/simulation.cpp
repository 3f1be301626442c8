#include "core/cache/simulation.h"

#include "core/base/check.h"
#include "core/cache/access_walk.h"
#include "core/codegen/loop_count.h"

#include <algorithm>
#include <bit>
#include <chrono>

namespace polyloom {

namespace {

using Events = std::span<const WalkEvent>;

/// Where each site's accesses ended: per site one counter per level and one for memory.
class SiteCounts {
public:
  SiteCounts(const CacheHierarchy& caches, std::size_t sites)
      : simulator_(caches), sources_(caches.levels.size() + 1), counts_(sites * sources_) {}

  void take(Events events) {
    for (const WalkEvent& event : events)
      if (event.isAccess())
        ++counts_[event.number * sources_ + simulator_.access(event.address, event.kind == WalkEvent::Kind::Write)];
  }

  void addTo(AccessTotals& totals, std::size_t site) const {
    totals.misses.resize(sources_ - 1);
    for (std::size_t source = 0; source < sources_; ++source) {
      const std::uint64_t count = counts_[site * sources_ + source];
      totals.accesses += count;
      for (std::size_t level = 0; level < source; ++level)
        totals.misses[level] += count;
    }
  }

  const CacheSimulator& simulator() const { return simulator_; }

private:
  CacheSimulator simulator_;
  std::size_t sources_;
  std::vector<std::uint64_t> counts_;
};

/// Reuse distances by the site that touches again.
class SiteDistances {
public:
  SiteDistances(std::size_t lines, unsigned lineShift, std::size_t sites)
      : distances_(lines), histograms_(sites), lineShift_(lineShift) {}

  void take(Events events) {
    for (const WalkEvent& event : events) {
      if (!event.isAccess())
        continue;
      const std::uint64_t distance = distances_.touch(static_cast<std::uint32_t>(event.address >> lineShift_));
      ReuseHistogram& histogram = histograms_[event.number];
      ++(distance == ReuseDistances::kFirstTouch ? histogram.firstTouches : histogram.counts[bucketOf(distance)]);
    }
  }

  const ReuseHistogram& of(std::size_t site) const { return histograms_[site]; }

private:
  ReuseDistances distances_;
  std::vector<ReuseHistogram> histograms_;
  unsigned lineShift_;
};

/// Everything that is counted during a walk.
class Counting {
public:
  Counting(const AccessProgram& program, const SimulationOptions& options)
      : program_(program), options_(options),
        lineShift_(static_cast<unsigned>(std::countr_zero(options.caches.levels.front().lineBytes))),
        lines_((program.places.end >> lineShift_) + 1), counts_(options.caches, program.sites.size()),
        distances_(options.withDistances ? lines_ : 0, lineShift_, program.sites.size()),
        footprints_(program.loops.size(), options.withLoops ? lines_ : 0, lineShift_) {}

  /// False where the limit is reached, or the user stops it.
  bool take(Events events) {
    const Events wanted = withinLimit(events);
    counts_.take(wanted);
    if (options_.withDistances)
      distances_.take(wanted);
    if (options_.withLoops)
      footprints_.take(wanted);
    return wanted.size() == events.size() && !options_.stop.stop_requested();
  }

  Simulation result() const {
    Simulation result{.caches = options_.caches, .accesses = accesses_};
    for (std::size_t level = 0; level < result.caches.levels.size(); ++level)
      result.levels.push_back(counts_.simulator().counts(level));
    addArrays(result);
    addLoops(result);
    return result;
  }

private:
  Events withinLimit(Events events) {
    for (std::size_t e = 0; e < events.size(); ++e) {
      if (!events[e].isAccess())
        continue;
      if (options_.limit != 0 && accesses_ == options_.limit)
        return events.first(e);
      POLYLOOM_CHECK(events[e].address < program_.places.end); // what counts by lines has no room beyond
      ++accesses_;
    }
    return events;
  }

  void addArrays(Simulation& result) const {
    result.arrays.resize(program_.places.arrays.size());
    for (std::size_t a = 0; a < result.arrays.size(); ++a)
      result.arrays[a].bytes = program_.places.arrays[a].bytes;
    for (std::size_t site = 0; site < program_.sites.size(); ++site) {
      SimulatedArray& array = result.arrays[static_cast<std::size_t>(program_.sites[site].array)];
      counts_.addTo(array.totals, site);
      array.distances.add(distances_.of(site));
      result.distances.add(distances_.of(site));
    }
  }

  void addLoops(Simulation& result) const {
    for (std::size_t l = 0; l < program_.loops.size(); ++l)
      result.loops.push_back({.place = program_.loops[l], .footprint = footprints_.loops()[l]});
    for (SimulatedLoop& loop : result.loops)
      loop.totals.misses.resize(result.levels.size());
    for (std::size_t site = 0; site < program_.sites.size(); ++site)
      for (int around = program_.sites[site].loop; around >= 0;
           around = program_.loops[static_cast<std::size_t>(around)].parent)
        counts_.addTo(result.loops[static_cast<std::size_t>(around)].totals, site);
  }

  const AccessProgram& program_;
  const SimulationOptions& options_;
  unsigned lineShift_;
  std::size_t lines_;
  SiteCounts counts_;
  SiteDistances distances_;
  LoopFootprints footprints_;
  std::uint64_t accesses_ = 0;
};

/// The accesses of a whole run, without walking it; nothing where that is too much work.
std::optional<std::uint64_t> countAll(const Kernel& kernel, const std::map<std::string, std::int64_t>& values,
                                      const ArrayPlaces& places) {
  std::vector<std::int64_t> perStatement;
  for (const KernelStatement& statement : kernel.statements)
    perStatement.push_back(accessesOf(statement, places));
  const auto weight = [&](const LoopNode& node) -> std::optional<std::int64_t> {
    if (node.kind != LoopNode::Kind::Call)
      return std::nullopt;
    return perStatement.at(static_cast<std::size_t>(node.call.statement));
  };
  const std::optional<std::int64_t> count = countReached(kernel.body, values, weight);
  return count ? std::optional(static_cast<std::uint64_t>(*count)) : std::nullopt;
}

} // namespace

Result<Simulation> simulateCaches(const Kernel& kernel, const std::map<std::string, std::int64_t>& parameters,
                                  const SimulationOptions& options) {
  if (std::optional<Diagnostic> impossible = whyImpossible(options.caches))
    return std::unexpected(*std::move(impossible));
  std::map<std::string, std::int64_t> values = parameters;
  for (const KernelParameter& parameter : kernel.parameters)
    values.emplace(parameter.name, parameter.value);
  const auto begin = std::chrono::steady_clock::now();
  const Result<AccessProgram> program = accessProgram(kernel, values);
  if (!program)
    return std::unexpected(program.error());
  Counting counting(*program, options);
  const bool isWhole = walkAccesses(*program, [&](Events events) { return counting.take(events); });
  if (options.stop.stop_requested())
    return failure("canceled", "the simulation was canceled");
  Simulation result = counting.result();
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  for (std::size_t a = 0; a < result.arrays.size(); ++a)
    result.arrays[a].name = kernel.arrays[a].name;
  std::erase_if(result.arrays, [](const SimulatedArray& array) { return array.totals.accesses == 0; });
  result.isUpperBound = !isWhole && !alwaysMakesAll(program->body);
  result.totalAccesses = isWhole ? result.accesses : countAll(kernel, values, program->places);
  return result;
}

} // namespace polyloom
