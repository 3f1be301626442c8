#include "tests/support/instances.h"

#include "core/base/check.h"
#include "core/isl/extra.h"

#include <algorithm>
#include <numeric>
#include <ranges>
#include <tuple>

namespace polyloom::test {

namespace {

/// The place of an instance in the source: numbers of statements and loops in their bodies, and loop values.
using SourceKey = std::vector<std::int64_t>;

class SourceWalk {
public:
  SourceWalk(const Scop& scop, const Values& parameters) : scop_(scop), parameters_(parameters) {
    visit(scop.body, {});
    std::ranges::sort(found_);
  }

  std::vector<Instance> instances() const {
    std::vector<Instance> result;
    for (const auto& [key, instance] : found_)
      result.push_back(instance);
    return result;
  }

private:
  /// `path` holds places (>= 0) and, for each loop, ~depth of the iterator: its value is filled in per instance.
  void visit(const ProgramNode& node, std::vector<std::int64_t> path) {
    if (node.kind == ProgramNode::Kind::Statement) {
      addInstances(node.index, path);
      return;
    }
    if (node.kind == ProgramNode::Kind::Loop)
      path.push_back(~static_cast<std::int64_t>(depth_++));
    for (std::size_t c = 0; c < node.children.size(); ++c) {
      path.push_back(static_cast<std::int64_t>(c));
      visit(node.children[c], path);
      path.pop_back();
    }
    if (node.kind == ProgramNode::Kind::Loop)
      --depth_;
  }

  void addInstances(int index, const std::vector<std::int64_t>& path) {
    const Statement& statement = scop_.statements[static_cast<std::size_t>(index)];
    const isl::set domain = atValues(scop_, statement.domain.intersect_params(scop_.context), parameters_);
    domain.foreach_point([&](const isl::point& point) {
      const Instance instance{index, coordinates(point)};
      SourceKey key;
      for (const std::int64_t element : path) {
        if (element >= 0) {
          key.push_back(element);
          continue;
        }
        const auto depth = static_cast<std::size_t>(~element);
        const SourceLoop& loop = scop_.loops[static_cast<std::size_t>(statement.loops[depth])];
        key.push_back(loop.step > 0 ? instance.point[depth] : -instance.point[depth]);
      }
      found_.emplace_back(std::move(key), instance);
    });
  }

  const Scop& scop_;
  const Values& parameters_;
  std::size_t depth_ = 0;
  std::vector<std::pair<SourceKey, Instance>> found_;
};

struct Touch {
  std::size_t instance = 0;
  bool isWrite = false;
};

/// Who touches each cell.
std::map<std::pair<int, std::vector<std::int64_t>>, std::vector<Touch>> touches(const Scop& scop,
                                                                              const Execution& execution) {
  std::map<std::pair<int, std::vector<std::int64_t>>, std::vector<Touch>> result;
  for (int s = 0; s < static_cast<int>(scop.statements.size()); ++s) {
    const Statement& statement = scop.statements[static_cast<std::size_t>(s)];
    for (const Access& access : statement.accesses) {
      const isl::set domain = statement.domain.intersect_params(scop.context);
      const isl::set pairs = atValues(scop, access.relation.intersect_domain(domain).wrap(), execution.parameters);
      pairs.foreach_point([&](const isl::point& point) {
        std::vector<std::int64_t> values = coordinates(point);
        const auto split = values.begin() + static_cast<std::ptrdiff_t>(statement.loops.size());
        const std::size_t index = execution.indexOf({s, {values.begin(), split}});
        result[{access.array, {split, values.end()}}].push_back({index, access.isWrite});
      });
    }
  }
  return result;
}

} // namespace

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

isl::set atValues(const Scop& scop, isl::set set, const Values& parameters) {
  for (std::size_t p = 0; p < parameters.size(); ++p)
    set = fixParameter(set, scop.parameters[p].name, parameters[p]);
  return set.project_out_all_params();
}

Execution execute(const Scop& scop, const Values& parameters) {
  Execution execution{.parameters = parameters, .instances = SourceWalk(scop, parameters).instances()};
  for (const auto& [cell, all] : touches(scop, execution))
    for (const Touch& first : all)
      for (const Touch& second : all)
        if (first.instance < second.instance && (first.isWrite || second.isWrite))
          execution.conflicts.emplace_back(first.instance, second.instance);
  std::ranges::sort(execution.conflicts);
  const auto repeated = std::ranges::unique(execution.conflicts);
  execution.conflicts.erase(repeated.begin(), repeated.end());
  return execution;
}

std::vector<Execution> executions(const Scop& scop, int bound) {
  std::vector<Execution> result;
  Values values(scop.parameters.size(), 0);
  for (bool isDone = false; !isDone;) {
    Execution execution = execute(scop, values);
    if (!execution.instances.empty())
      result.push_back(std::move(execution));
    isDone = true;
    for (std::int64_t& value : values) {
      isDone = value == bound;
      value = isDone ? 0 : value + 1;
      if (!isDone)
        break;
    }
  }
  return result;
}

NewOrder::NewOrder(const Schedule& schedule, const Execution& execution)
    : NewOrder(schedule.program(), schedule.tree(), execution) {}

NewOrder::NewOrder(const Scop& scop, const ScheduleTree& tree, const Execution& execution)
    : scop_(scop), execution_(execution), keys_(execution.instances.size()) {
  std::vector<PathElement> path;
  visit(*tree.root(), path);
}

void NewOrder::visit(const TreeNode& node, std::vector<PathElement>& path) {
  if (node.kind == TreeNode::Kind::Leaf) {
    node.domain.foreach_set([&](const isl::set& instances) {
      visitLeaf(*findStatement(scop_, tupleName(instances)), instances, path);
    });
    return;
  }
  for (std::size_t c = 0; c < node.children.size(); ++c) {
    path.push_back(node.isLoop() ? PathElement{&node, 0} : PathElement{nullptr, static_cast<std::int64_t>(c)});
    visit(*node.children[c], path);
    path.pop_back();
  }
}

void NewOrder::visitLeaf(int statement, const isl::set& instances, const std::vector<PathElement>& path) {
  const std::string& name = scop_.statements[static_cast<std::size_t>(statement)].name;
  isl::pw_aff_list values(scop_.ctx(), static_cast<int>(path.size() + 1));
  for (const PathElement& element : path)
    values = values.add(element.loop != nullptr ? element.loop->values.at(name)
                                                : constantAff(instances.space(), element.place));
  values = values.add(constantAff(instances.space(), 0)); // a statement without loops has a vector, too
  const isl::set graph = atValues(scop_, mapToVector(instances, values).wrap(), execution_.parameters);
  const std::size_t depth = scop_.statements[static_cast<std::size_t>(statement)].loops.size();
  graph.foreach_point([&](const isl::point& point) {
    const std::vector<std::int64_t> all = coordinates(point);
    const auto split = all.begin() + static_cast<std::ptrdiff_t>(depth);
    Key& key = keys_[execution_.indexOf({statement, {all.begin(), split}})];
    POLYLOOM_CHECK(key.empty()); // one place per instance
    for (std::size_t p = 0; p < path.size(); ++p) {
      const TreeNode* loop = path[p].loop;
      const bool isConcurrent = loop != nullptr && (loop->attributes.parallel || loop->attributes.vectorWidth > 0);
      key.push_back({*(split + static_cast<std::ptrdiff_t>(p)), isConcurrent, loop});
    }
  });
}

bool NewOrder::isBefore(std::size_t a, std::size_t b) const {
  for (std::size_t e = 0; e < std::min(keys_[a].size(), keys_[b].size()); ++e) {
    const KeyElement& left = keys_[a][e];
    const KeyElement& right = keys_[b][e];
    if (left.value != right.value)
      return !left.isConcurrent && left.value < right.value;
  }
  return false;
}

std::vector<std::size_t> NewOrder::sequential() const {
  std::vector<std::size_t> order(keys_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, [](const Key& a, const Key& b) {
    return std::ranges::lexicographical_compare(a, b, {}, &KeyElement::value, &KeyElement::value);
  }, [&](std::size_t index) -> const Key& { return keys_[index]; });
  return order;
}

const Conflict* firstViolated(const NewOrder& order, const Execution& execution) {
  for (const Conflict& conflict : execution.conflicts)
    if (!order.isBefore(conflict.first, conflict.second))
      return &conflict;
  return nullptr;
}

} // namespace polyloom::test
