#include "core/oracle/execution.h"

#include "core/base/check.h"
#include "core/isl/extra.h"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace polyloom {

namespace {

std::vector<std::string> parameterNames(const Scop& scop) {
  std::vector<std::string> names;
  for (const Parameter& parameter : scop.parameters)
    names.push_back(parameter.name);
  return names;
}

struct Touch {
  std::size_t instance = 0;
  bool isWrite = false;
};

/// Who touches each cell.
std::map<Cell, std::vector<Touch>> touches(const PlainProgram& program, const Execution& execution) {
  std::map<Cell, std::vector<Touch>> result;
  for (std::size_t i = 0; i < execution.instances.size(); ++i)
    for (const bool isWrite : {false, true})
      for (Cell& cell : program.cells(execution.instances[i], execution.parameters, isWrite))
        result[std::move(cell)].push_back({i, isWrite});
  return result;
}

} // namespace

std::int64_t sizeOf(const Values& parameters) {
  std::int64_t size = 0;
  for (const std::int64_t value : parameters)
    size = std::max(size, std::abs(value));
  return size;
}

std::string toText(const Scop& scop, const Instance& instance) {
  std::string text = scop.statements[static_cast<std::size_t>(instance.statement)].name + "[";
  for (std::size_t d = 0; d < instance.point.size(); ++d)
    text += (d == 0 ? "" : ", ") + std::to_string(instance.point[d]);
  return text + "]";
}

std::string toText(const Scop& scop, const std::vector<Instance>& instances) {
  std::string text;
  for (const Instance& instance : instances)
    text += (text.empty() ? "" : " ") + toText(scop, instance);
  return text;
}

std::size_t Execution::indexOf(const Instance& instance) const {
  const auto found = std::ranges::find(instances, instance);
  POLYLOOM_CHECK(found != instances.end());
  return static_cast<std::size_t>(found - instances.begin());
}

PlainProgram::PlainProgram(const Scop& scop) : scop_(&scop) {
  const std::vector<std::string> parameters = parameterNames(*scop_);
  for (const Statement& statement : scop_->statements)
    addStatement(statement, parameters);
  std::vector<std::int64_t> path;
  findPaths(scop_->body, path, 0);
}

void PlainProgram::addStatement(const Statement& statement, const std::vector<std::string>& parameters) {
  PlainStatement plain{PointSet(statement.domain.intersect_params(scop_->context), parameters), {}, {}};
  for (const Access& access : statement.accesses) {
    PlainAccess touched{access.isWrite, access.array, PointSet(access.relation.domain(), parameters), {}};
    const isl::pw_multi_aff subscripts = access.relation.as_pw_multi_aff();
    const std::size_t rank = scop_->arrays[static_cast<std::size_t>(access.array)].extents.size();
    for (std::size_t d = 0; d < rank; ++d)
      touched.subscripts.emplace_back(subscripts.at(static_cast<int>(d)), parameters);
    plain.accesses.push_back(std::move(touched));
  }
  statements_.push_back(std::move(plain));
}

void PlainProgram::findPaths(const ProgramNode& node, std::vector<std::int64_t>& path, std::int64_t depth) {
  if (node.kind == ProgramNode::Kind::Statement) {
    statements_[static_cast<std::size_t>(node.index)].path = path;
    return;
  }
  const bool isLoop = node.kind == ProgramNode::Kind::Loop;
  if (isLoop)
    path.push_back(~depth);
  for (std::size_t c = 0; c < node.children.size(); ++c) {
    path.push_back(static_cast<std::int64_t>(c));
    findPaths(node.children[c], path, depth + (isLoop ? 1 : 0));
    path.pop_back();
  }
  if (isLoop)
    path.pop_back();
}

std::vector<std::int64_t> PlainProgram::pointOf(const Instance& instance, const Values& parameters) {
  std::vector<std::int64_t> point = parameters;
  point.insert(point.end(), instance.point.begin(), instance.point.end());
  return point;
}

bool PlainProgram::exists(const Instance& instance, const Values& parameters) const {
  const auto index = static_cast<std::size_t>(instance.statement);
  return instance.point.size() == scop_->statements[index].loops.size() &&
         statements_[index].domain.contains(pointOf(instance, parameters));
}

std::optional<Cell> PlainProgram::cellOf(const Instance& instance, std::size_t access, const Values& parameters) const {
  const PlainAccess& touched = statements_[static_cast<std::size_t>(instance.statement)].accesses[access];
  const std::vector<std::int64_t> point = pointOf(instance, parameters);
  if (!touched.where.contains(point))
    return std::nullopt;
  Cell cell{touched.array, {}};
  for (const PointFunction& subscript : touched.subscripts)
    cell.subscripts.push_back(subscript.at(point).value());
  return cell;
}

std::vector<Cell> PlainProgram::cells(const Instance& instance, const Values& parameters, bool isWrite) const {
  const auto& accesses = statements_[static_cast<std::size_t>(instance.statement)].accesses;
  std::vector<Cell> cells;
  for (std::size_t a = 0; a < accesses.size(); ++a)
    if (accesses[a].isWrite == isWrite)
      if (std::optional<Cell> cell = cellOf(instance, a, parameters))
        cells.push_back(std::move(*cell));
  return cells;
}

std::vector<std::int64_t> PlainProgram::sourceKey(const Instance& instance) const {
  std::vector<std::int64_t> key = statements_[static_cast<std::size_t>(instance.statement)].path;
  for (std::int64_t& element : key) {
    if (element >= 0)
      continue;
    const auto depth = static_cast<std::size_t>(~element);
    const Statement& statement = scop_->statements[static_cast<std::size_t>(instance.statement)];
    const SourceLoop& loop = scop_->loops[static_cast<std::size_t>(statement.loops[depth])];
    element = loop.step > 0 ? instance.point[depth] : -instance.point[depth];
  }
  return key;
}

bool PlainProgram::isBefore(const Instance& a, const Instance& b) const { return sourceKey(a) < sourceKey(b); }

isl::set atValues(const Scop& scop, isl::set set, const Values& parameters) {
  for (std::size_t p = 0; p < parameters.size(); ++p)
    set = fixParameter(set, scop.parameters[p].name, parameters[p]);
  return set.project_out_all_params();
}

Execution execute(const PlainProgram& program, const Values& parameters) {
  const Scop& scop = program.scop();
  Execution execution{.parameters = parameters, .instances = {}, .conflicts = {}};
  for (int s = 0; s < static_cast<int>(scop.statements.size()); ++s) {
    const isl::set domain = scop.statements[static_cast<std::size_t>(s)].domain.intersect_params(scop.context);
    atValues(scop, domain, parameters).foreach_point([&](const isl::point& point) {
      execution.instances.push_back({s, coordinates(point)});
    });
  }
  std::ranges::sort(execution.instances, [&](const Instance& a, const Instance& b) { return program.isBefore(a, b); });
  for (const auto& [cell, all] : touches(program, execution))
    for (const Touch& first : all)
      for (const Touch& second : all)
        if (first.instance < second.instance && (first.isWrite || second.isWrite))
          execution.conflicts.emplace_back(first.instance, second.instance);
  std::ranges::sort(execution.conflicts);
  const auto repeated = std::ranges::unique(execution.conflicts);
  execution.conflicts.erase(repeated.begin(), repeated.end());
  return execution;
}

Execution execute(const Scop& scop, const Values& parameters) { return execute(PlainProgram(scop), parameters); }

std::vector<Execution> executionsAt(const PlainProgram& program, int largest) {
  std::vector<Execution> result;
  Values values(program.scop().parameters.size(), 0);
  for (bool isDone = false; !isDone;) {
    if (largest == (values.empty() ? 0 : std::ranges::max(values)))
      if (Execution execution = execute(program, values); !execution.instances.empty())
        result.push_back(std::move(execution));
    isDone = true;
    for (std::int64_t& value : values) {
      isDone = value == largest;
      value = isDone ? 0 : value + 1;
      if (!isDone)
        break;
    }
  }
  return result;
}

std::vector<Execution> executions(const PlainProgram& program, int bound) {
  std::vector<Execution> result;
  for (int largest = 0; largest <= bound; ++largest)
    std::ranges::move(executionsAt(program, largest), std::back_inserter(result));
  return result;
}

std::vector<Execution> executions(const Scop& scop, int bound) { return executions(PlainProgram(scop), bound); }

} // namespace polyloom
