#include "core/oracle/order.h"

#include "core/base/check.h"
#include "core/isl/extra.h"

#include <algorithm>
#include <numeric>

namespace polyloom {

PlainSchedule::PlainSchedule(const Schedule& schedule) : PlainSchedule(schedule.program(), schedule.tree()) {}

PlainSchedule::PlainSchedule(const Scop& scop, const ScheduleTree& tree)
    : scop_(&scop), leaves_(scop_->statements.size()) {
  for (const Parameter& parameter : scop_->parameters)
    parameters_.push_back(parameter.name);
  std::vector<Loop> path;
  visit(*tree.root(), path);
}

void PlainSchedule::visit(const TreeNode& node, std::vector<Loop>& path) {
  if (node.kind == TreeNode::Kind::Leaf) {
    node.domain.foreach_set([&](const isl::set& instances) { addLeaf(instances, path); });
    return;
  }
  for (std::size_t c = 0; c < node.children.size(); ++c) {
    path.push_back(node.isLoop() ? Loop{&node, 0} : Loop{nullptr, static_cast<std::int64_t>(c)});
    visit(*node.children[c], path);
    path.pop_back();
  }
}

void PlainSchedule::addLeaf(const isl::set& instances, const std::vector<Loop>& path) {
  const std::string name = tupleName(instances);
  Leaf leaf{PointSet(instances, parameters_), {}, {}, {}};
  for (const Loop& step : path) {
    leaf.loops.push_back(step.node);
    leaf.isConcurrent.push_back(step.node != nullptr &&
                                (step.node->attributes.parallel || step.node->attributes.vectorWidth > 0));
    if (step.node == nullptr) {
      leaf.path.push_back({nullptr, step.place});
      continue;
    }
    auto& function = functions_[{step.node, name}];
    if (function == nullptr)
      function = std::make_shared<const PointFunction>(step.node->values.at(name), parameters_);
    leaf.path.push_back({function, 0});
  }
  leaves_[static_cast<std::size_t>(*findStatement(*scop_, name))].push_back(std::move(leaf));
}

PlainSchedule::Place PlainSchedule::placeOf(const Instance& instance, const Values& parameters) const {
  std::vector<std::int64_t> point = parameters;
  point.insert(point.end(), instance.point.begin(), instance.point.end());
  Place place;
  for (const Leaf& leaf : leaves_[static_cast<std::size_t>(instance.statement)]) {
    if (!leaf.domain.contains(point))
      continue;
    POLYLOOM_CHECK(place.isConcurrent == nullptr); // one place per instance
    place.isConcurrent = &leaf.isConcurrent;
    place.loops = &leaf.loops;
    place.values.reserve(leaf.path.size());
    for (const Element& element : leaf.path)
      place.values.push_back(element.value == nullptr ? element.place : element.value->at(point).value());
  }
  POLYLOOM_CHECK(place.isConcurrent != nullptr);
  return place;
}

std::vector<const std::vector<const TreeNode*>*> PlainSchedule::loopsAround(int statement) const {
  std::vector<const std::vector<const TreeNode*>*> all;
  for (const Leaf& leaf : leaves_[static_cast<std::size_t>(statement)])
    all.push_back(&leaf.loops);
  return all;
}

bool isBefore(const PlainSchedule::Place& a, const PlainSchedule::Place& b) {
  const std::size_t depth = std::min(a.values.size(), b.values.size());
  for (std::size_t d = 0; d < depth; ++d)
    if (a.values[d] != b.values[d])
      return a.values[d] < b.values[d] && !(*a.isConcurrent)[d];
  return false;
}

NewOrder::NewOrder(std::shared_ptr<const PlainSchedule> schedule, const Execution& execution)
    : schedule_(std::move(schedule)) {
  places_.reserve(execution.instances.size());
  for (const Instance& instance : execution.instances)
    places_.push_back(schedule_->placeOf(instance, execution.parameters));
}

NewOrder::NewOrder(const Schedule& schedule, const Execution& execution)
    : NewOrder(std::make_shared<const PlainSchedule>(schedule), execution) {}

std::vector<std::size_t> NewOrder::sequential() const {
  std::vector<std::size_t> order(places_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::size_t index) -> const std::vector<std::int64_t>& {
    return places_[index].values;
  });
  return order;
}

bool isKeptApart(const PlainSchedule::Place& a, const PlainSchedule::Place& b) {
  const std::size_t depth = std::min(a.values.size(), b.values.size());
  for (std::size_t d = 0; d < depth; ++d)
    if (a.values[d] != b.values[d]) {
      const TreeNode* loop = (*a.loops)[d];
      return loop == nullptr || !loop->attributes.parallel;
    }
  return false;
}

const Conflict* firstViolated(const NewOrder& order, const Execution& execution,
                              const std::function<bool(const Conflict&)>& isRelaxed) {
  for (const Conflict& conflict : execution.conflicts) {
    if (order.isBefore(conflict.first, conflict.second))
      continue;
    const bool mayTurn = isRelaxed && isRelaxed(conflict);
    if (!mayTurn || !isKeptApart(order.placeOf(conflict.first), order.placeOf(conflict.second)))
      return &conflict;
  }
  return nullptr;
}

} // namespace polyloom
