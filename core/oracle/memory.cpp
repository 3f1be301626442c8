#include "core/oracle/memory.h"

#include "core/isl/extra.h"

#include <algorithm>
#include <utility>

namespace polyloom {

int CellNumbers::numberOf(const Cell& cell) {
  const auto [place, isNew] = numbers_.try_emplace(cell, static_cast<int>(cells_.size()));
  if (isNew)
    cells_.push_back(&place->first);
  return place->second;
}

MemoryProgram::MemoryProgram(ScopPtr scop, MemoryProgram* source, CellNumbers& numbers)
    : scop_(std::move(scop)), plain_(*scop_), source_(source), numbers_(numbers) {}

std::vector<Instance> MemoryProgram::instancesOf(int statement, const Values& parameters) {
  const auto index = static_cast<std::size_t>(statement);
  const isl::set& domain = scop_->statements[index].domain;
  std::vector<Instance> instances;
  if (source_ != nullptr && index < source_->scop().statements.size() &&
      domain.get() == source_->scop().statements[index].domain.get()) {
    for (const Instance& instance : source_->at(parameters).execution.instances)
      if (instance.statement == statement)
        instances.push_back(instance);
    return instances;
  }
  atValues(*scop_, domain.intersect_params(scop_->context), parameters).foreach_point([&](const isl::point& point) {
    instances.push_back({statement, coordinates(point)});
  });
  std::ranges::sort(instances);
  return instances;
}

const CellRun& MemoryProgram::at(const Values& parameters) {
  const auto [place, isNew] = runs_.try_emplace(parameters);
  CellRun& run = place->second;
  if (!isNew)
    return run;
  run.execution.parameters = parameters;
  for (int s = 0; s < static_cast<int>(scop_->statements.size()); ++s) {
    const std::size_t accesses = scop_->statements[static_cast<std::size_t>(s)].accesses.size();
    for (Instance& instance : instancesOf(s, parameters)) {
      std::vector<int>& cells = run.cells.emplace_back();
      for (std::size_t a = 0; a < accesses; ++a) {
        const std::optional<Cell> cell = plain_.cellOf(instance, a, parameters);
        cells.push_back(cell ? numbers_.numberOf(*cell) : CellRun::kNoCell);
      }
      run.execution.instances.push_back(std::move(instance));
    }
  }
  return run;
}

Flow flowOf(const Scop& scop, std::size_t copies, const CellRun& run, const std::vector<std::size_t>& order) {
  Flow found;
  std::map<int, Origin> memory;
  found.reads.resize(run.cells.size());
  for (const std::size_t number : order) {
    const std::vector<int>& cells = run.cells[number];
    const auto statement = static_cast<std::size_t>(run.execution.instances[number].statement);
    const std::vector<Access>& accesses = scop.statements[statement].accesses;
    auto value = static_cast<Origin>(number);
    std::vector<Origin>& reads = found.reads[number];
    reads.assign(cells.size(), Flow::kNothing);
    for (std::size_t a = 0; a < cells.size(); ++a) {
      if (accesses[a].isWrite || cells[a] == CellRun::kNoCell)
        continue;
      const auto held = memory.find(cells[a]);
      reads[a] = held == memory.end() ? ~static_cast<Origin>(cells[a]) : held->second;
      if (statement >= copies)
        value = reads[a];
    }
    for (std::size_t a = 0; a < cells.size(); ++a)
      if (accesses[a].isWrite && cells[a] != CellRun::kNoCell)
        memory[cells[a]] = value;
  }
  for (const auto& [cell, origin] : memory)
    if (origin != ~static_cast<Origin>(cell))
      found.results.emplace(cell, origin);
  return found;
}

FlowDifference differenceOf(const Scop& source, const CellNumbers& numbers, const Flow& expected, const Flow& actual) {
  const auto arrayOf = [&](int cell) { return static_cast<std::size_t>(numbers.cellOf(cell).array); };
  const auto isUndefined = [&](Origin origin) {
    return origin < 0 && source.arrays[arrayOf(static_cast<int>(~origin))].isLocal;
  };
  FlowDifference difference;
  for (std::size_t i = 0; i < expected.reads.size(); ++i) {
    const std::vector<Origin>& wanted = expected.reads[i];
    for (std::size_t a = 0; a < wanted.size(); ++a)
      if (wanted[a] != Flow::kNothing && !isUndefined(wanted[a]) && actual.reads[i][a] != wanted[a]) {
        difference.readers.push_back(i);
        break;
      }
  }
  const auto resultsOf = [&](const Flow& flow) {
    std::map<int, Origin> results;
    for (const auto& [cell, origin] : flow.results) {
      const std::size_t array = arrayOf(cell);
      if (array < source.arrays.size() && !source.arrays[array].isLocal && !source.arrays[array].isConfined)
        results.emplace(cell, origin);
    }
    return results;
  };
  difference.inResults = resultsOf(expected) != resultsOf(actual);
  return difference;
}

} // namespace polyloom
