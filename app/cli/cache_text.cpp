#include "app/cli/cache_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace polyloom {

namespace {

/// An order that was simulated.
struct Column {
  std::string name;
  const Simulation* simulation = nullptr;
};

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "" : fmt::format("{:.1f} %", 100 * static_cast<double>(part) / static_cast<double>(whole));
}

/// Columns count characters, not bytes: names and headings here are ASCII.
std::string row(const std::string& head, const std::vector<Column>& columns,
                const std::function<std::string(const Simulation&)>& cell) {
  std::string text = fmt::format("{:<26}", head);
  for (const Column& column : columns)
    text += fmt::format("{:>24}", cell(*column.simulation));
  return text + "\n";
}

/// A count and its part of a whole.
std::string counted(std::uint64_t part, std::uint64_t whole) {
  return fmt::format("{:>14} {:>8}", part, percent(part, whole));
}

std::string levelRows(const CacheHierarchy& caches, const std::vector<Column>& columns) {
  std::string text;
  for (std::size_t l = 0; l < caches.levels.size(); ++l) {
    const std::string name = fmt::format("L{} ", caches.levels[l].level);
    const auto reached = [l](const Simulation& s) { return s.levels[l].hits + s.levels[l].misses; };
    text += row(name + "hits", columns, [&](const Simulation& s) { return counted(s.levels[l].hits, reached(s)); });
    text += row(name + "misses", columns, [&](const Simulation& s) { return counted(s.levels[l].misses, reached(s)); });
    text += row(name + "write-backs", columns, [&](const Simulation& s) { return counted(s.levels[l].writebacks, 0); });
  }
  return text;
}

const SimulatedArray* findArray(const Simulation& simulation, const std::string& name) {
  const auto found = std::ranges::find(simulation.arrays, name, &SimulatedArray::name);
  return found == simulation.arrays.end() ? nullptr : &*found;
}

/// Per array its misses in each level, as part of its accesses.
std::string arrayRows(const CacheHierarchy& caches, const std::vector<Column>& columns) {
  std::vector<std::string> names;
  for (const Column& column : columns)
    for (const SimulatedArray& array : column.simulation->arrays)
      if (std::ranges::find(names, array.name) == names.end())
        names.push_back(array.name);
  std::string text;
  for (const std::string& name : names) {
    text += row(name + " accesses", columns, [&](const Simulation& s) {
      const SimulatedArray* array = findArray(s, name);
      return counted(array == nullptr ? 0 : array->totals.accesses, s.accesses);
    });
    for (std::size_t l = 0; l < caches.levels.size(); ++l)
      text += row(fmt::format("{} L{} misses", name, caches.levels[l].level), columns, [&](const Simulation& s) {
        const SimulatedArray* array = findArray(s, name);
        return array == nullptr ? "" : counted(array->totals.misses[l], array->totals.accesses);
      });
  }
  return text;
}

std::string histogramRows(const std::vector<Column>& columns) {
  std::size_t used = 0;
  for (const Column& column : columns)
    for (std::size_t bucket = 0; bucket < column.simulation->distances.counts.size(); ++bucket)
      if (column.simulation->distances.counts[bucket] != 0)
        used = std::max(used, bucket + 1);
  std::string text;
  for (std::size_t bucket = 0; bucket < used; ++bucket) {
    const std::uint64_t end = std::uint64_t{1} << bucket;
    text += row(bucket < 2 ? fmt::format("{}", end - 1) : fmt::format("{} to {}", end / 2, end - 1), columns,
                [&](const Simulation& s) { return counted(s.distances.counts[bucket], s.distances.total()); });
  }
  return text + row("first touches", columns, [](const Simulation& s) {
           return counted(s.distances.firstTouches, s.distances.total());
         });
}

/// "192 bytes", of the median; "~" where times differ.
std::string linesText(const LineCounts& counts, std::uint64_t lineBytes) {
  if (counts.times() == 0)
    return "not finished";
  const bool isSame = counts.mean() == static_cast<double>(counts.largest());
  return (isSame ? "" : "~") + byteText(counts.median() * lineBytes);
}

std::string loopRows(const Column& column) {
  const Simulation& simulation = *column.simulation;
  std::string text = fmt::format("{:<26}{:>14}", "loops of " + column.name, "accesses");
  for (const CacheLevel& level : simulation.caches.levels)
    text += fmt::format("{:>14}", fmt::format("L{} misses", level.level));
  text += fmt::format("{:>16}{:>16}\n", "an iteration", "all of them");
  for (const SimulatedLoop& loop : simulation.loops) {
    text += fmt::format("{:<26}{:>14}", std::string(2 * static_cast<std::size_t>(loop.place.depth), ' ') + loop.place.variable,
                        loop.totals.accesses);
    for (const std::uint64_t misses : loop.totals.misses)
      text += fmt::format("{:>14}", misses);
    const std::uint64_t lineBytes = simulation.caches.levels.front().lineBytes;
    text += fmt::format("{:>16}{:>16}\n", linesText(loop.footprint.iterations, lineBytes),
                        linesText(loop.footprint.executions, lineBytes));
  }
  return text;
}

} // namespace

std::string cacheText(const CacheAnswer& answer, std::span<const std::string> names) {
  std::vector<Column> columns = {{"original", &answer.original}};
  std::string text = simulatedSentence() + "\n";
  for (const CacheLevel& level : answer.caches.levels)
    text += toText(level) + (&level == &answer.caches.levels.back() ? "" : "; ");
  text += answer.caches.isMachines ? " (this machine's)\n" : " (assumed: this machine does not describe its caches)\n";
  for (std::size_t s = 0; s < answer.schedules.size(); ++s) {
    const CachedSchedule& schedule = answer.schedules[s];
    if (!schedule.message.empty())
      text += fmt::format("{}: {}\n", names[s], schedule.message);
    if (schedule.simulation)
      columns.push_back({names[s], &*schedule.simulation});
  }
  std::string heads = fmt::format("\n{:<26}", "");
  for (const Column& column : columns)
    heads += fmt::format("{:>24}", column.name);
  text += heads + "\n" + levelRows(answer.caches, columns) + "\n" + arrayRows(answer.caches, columns);
  text += "\nother lines between two touches of a line\n" + histogramRows(columns);
  text += "\nwhat loops touch, by lines; medians where ~ stands\n";
  for (const Column& column : columns)
    text += loopRows(column);
  text += "\n";
  for (const Column& column : columns)
    text += fmt::format("{}: {}, in {:.2f} s ({:.1f} million a second)\n", column.name, shareSentence(*column.simulation),
                        column.simulation->seconds,
                        static_cast<double>(column.simulation->accesses) / column.simulation->seconds / 1e6);
  return text;
}

} // namespace polyloom
