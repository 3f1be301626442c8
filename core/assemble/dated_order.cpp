#include "core/assemble/dated_order.h"

#include "core/assemble/names.h"
#include "core/isl/extra.h"
#include "core/isl/sets.h"

#include <fmt/format.h>

#include <map>
#include <optional>

namespace polyloom {

namespace {

/// The dates of one statement, dimension by dimension.
std::vector<isl::pw_aff> dimensionsOf(const DatedStatement& statement, const isl::set& context) {
  const bool isFunction = statement.date.is_single_valued();
  const isl::map date = isFunction ? statement.date : statement.date.intersect_domain(statement.domain.intersect_params(context));
  const isl::pw_multi_aff function = date.as_pw_multi_aff();
  std::vector<isl::pw_aff> dimensions;
  for (int d = 0; d < static_cast<int>(dimensionCount(date.range())); ++d)
    dimensions.push_back(function.at(d).coalesce());
  return dimensions;
}

/// The one number that an expression is, or nothing.
std::optional<long> numberOf(const isl::pw_aff& value) {
  if (value.n_piece() != 1 || !isConstant(value))
    return std::nullopt;
  return value.max_val().num_si();
}

class OrderBuilder {
public:
  explicit OrderBuilder(const DatedProgram& program) : program_(&program) {
    for (const DatedStatement& statement : program.statements) {
      dates_.push_back(dimensionsOf(statement, program.context));
      length_ = std::max(length_, dates_.back().size());
      order_.statements.emplace_back();
    }
    for (const Parameter& parameter : program.scop.parameters)
      names_.take(parameter.name);
  }

  DatedOrder build() && {
    Group all;
    for (std::size_t s = 0; s < dates_.size(); ++s)
      all.push_back(s);
    addChildren(all, 0, order_.body);
    return std::move(order_);
  }

private:
  using Group = std::vector<std::size_t>; ///< statements with the same dates so far

  const DatedStatement& statement(std::size_t index) const { return program_->statements[index]; }

  std::optional<long> positionOf(std::size_t index, std::size_t dimension) const {
    return dimension < dates_[index].size() ? numberOf(dates_[index][dimension]) : 0;
  }

  void addChildren(const Group& group, std::size_t dimension, ProgramNode& parent) {
    if (dimension == length_) {
      for (const std::size_t index : group)
        parent.children.push_back({ProgramNode::Kind::Statement, static_cast<int>(index), {}});
      return;
    }
    std::map<long, Group> positions;
    for (const std::size_t index : group) {
      const std::optional<long> position = positionOf(index, dimension);
      if (!position)
        return addLoop(group, dimension, parent);
      positions[*position].push_back(index);
    }
    for (const auto& [position, members] : positions)
      addChildren(members, dimension + 1, parent);
  }

  void addLoop(const Group& group, std::size_t dimension, ProgramNode& parent) {
    const bool countsDown = std::ranges::all_of(group, [&](std::size_t s) { return isIterator(s, dimension, true); });
    const std::string iterator = iteratorName(group, dimension, countsDown);
    const auto loop = static_cast<int>(order_.loops.size());
    order_.loops.push_back({.name = names_.take(iterator), .iterator = iterator, .range = {}});
    isl::set values;
    for (const std::size_t index : group) {
      DatedLoops& loops = order_.statements[index];
      const isl::pw_aff date = dateOf(index, dimension);
      loops.loops.push_back(loop);
      loops.values.push_back(countsDown ? date.neg() : date);
      const isl::set image = imageOf(index);
      values = values.is_null() ? image : values.unite(image);
    }
    const long stride = values.stride(static_cast<int>(dimensionCount(values)) - 1).num_si();
    order_.loops.back().step = (countsDown ? -1 : 1) * std::max(stride, 1L);
    ProgramNode node{ProgramNode::Kind::Loop, loop, {}};
    addChildren(group, dimension + 1, node);
    parent.children.push_back(std::move(node));
  }

  isl::pw_aff dateOf(std::size_t index, std::size_t dimension) const {
    return dimension < dates_[index].size() ? dates_[index][dimension]
                                            : constantAff(statement(index).domain.space(), 0);
  }

  /// Whether the date is the statement's own iterator for its next loop, or its negative.
  bool isIterator(std::size_t index, std::size_t dimension, bool isNegative) const {
    const std::size_t next = order_.statements[index].loops.size();
    if (next >= statement(index).iterators.size())
      return false;
    const isl::set& domain = statement(index).domain;
    const isl::pw_aff iterator = dimensionAff(domain.space(), static_cast<unsigned>(next));
    return domain.intersect_params(program_->context).is_subset(dateOf(index, dimension).eq_set(isNegative ? iterator.neg() : iterator));
  }

  std::string iteratorName(const Group& group, std::size_t dimension, bool countsDown) const {
    for (const std::size_t index : group)
      if (isIterator(index, dimension, countsDown))
        return statement(index).iterators[order_.statements[index].loops.size()];
    return dimension < program_->dateNames.size() ? program_->dateNames[dimension] : fmt::format("c{}", dimension + 1);
  }

  /// The values of the loops so far, the last one's as the last dimension.
  isl::set imageOf(std::size_t index) const {
    const std::vector<isl::pw_aff>& values = order_.statements[index].values;
    isl::pw_aff_list list(statement(index).domain.ctx(), static_cast<int>(values.size()));
    for (const isl::pw_aff& value : values)
      list = list.add(value);
    return mapToVector(statement(index).domain, list).range();
  }

  const DatedProgram* program_;
  std::vector<std::vector<isl::pw_aff>> dates_;
  std::size_t length_ = 0;
  DatedOrder order_;
  UniqueNames names_;
};

} // namespace

DatedOrder orderOf(const DatedProgram& program) {
  return OrderBuilder(program).build();
}

} // namespace polyloom
