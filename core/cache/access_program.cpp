#include "core/cache/access_program.h"

#include "core/base/check.h"
#include "core/cache/read_order.h"

#include <algorithm>

namespace polyloom {

namespace {

using Op = IndexExpr::Op;

bool isCertain(const SiteCode& code) { return !code.condition && code.end == 0; }

class Builder {
public:
  Builder(const Kernel& kernel, IndexNames names, AccessProgram& program)
      : kernel_(kernel), names_(std::move(names)), program_(program) {
    for (const KernelStatement& statement : kernel.statements)
      reads_.push_back(readOrder(*statement.value));
  }

  AccessNode build(const LoopNode& node) {
    switch (node.kind) {
    case LoopNode::Kind::Block: return buildBlock(node);
    case LoopNode::Kind::For: return buildLoop(node);
    case LoopNode::Kind::If: {
      AccessNode test{.kind = LoopNode::Kind::If};
      test.conditions.emplace_back(node.condition, names_);
      for (const LoopNode& arm : node.children)
        test.children.push_back(build(arm));
      return test;
    }
    case LoopNode::Kind::Call: break;
    }
    return buildCall(node.call);
  }

private:
  AccessNode buildBlock(const LoopNode& node) {
    AccessNode block;
    for (const LoopNode& child : node.children)
      block.children.push_back(build(child));
    return block;
  }

  AccessNode buildLoop(const LoopNode& node) {
    AccessNode loop{.kind = LoopNode::Kind::For, .slot = program_.slots++,
                    .loop = static_cast<std::uint32_t>(program_.loops.size()), .first = {node.first, names_},
                    .last = {node.last, names_}, .step = node.step};
    const int depth = around_ < 0 ? 0 : program_.loops[static_cast<std::size_t>(around_)].depth + 1;
    program_.loops.push_back({node.variable, node.loop, around_, depth});
    const int outer = std::exchange(around_, static_cast<int>(loop.loop));
    POLYLOOM_CHECK(!names_.slots.contains(node.variable)); // it would hide another variable
    names_.slots[node.variable] = loop.slot;
    loop.children.push_back(build(node.children.at(0)));
    names_.slots.erase(node.variable);
    around_ = outer;
    loop.isSteady = collectSteady(loop.children[0], loop.slot, loop.accesses);
    if (!loop.isSteady)
      loop.accesses.clear();
    return loop;
  }

  /// Whether a body consists of calls whose accesses move steadily.
  static bool collectSteady(const AccessNode& node, std::size_t slot, std::vector<SiteCode>& accesses) {
    if (node.kind == LoopNode::Kind::Block)
      return std::ranges::all_of(node.children,
                                 [&](const AccessNode& child) { return collectSteady(child, slot, accesses); });
    if (node.kind != LoopNode::Kind::Call || !node.conditions.empty())
      return false;
    for (const SiteCode& code : node.accesses) {
      if (!isCertain(code) || code.address.hides(slot))
        return false;
      accesses.push_back(code);
    }
    return true;
  }

  AccessNode buildCall(const StatementCall& call) {
    AccessNode node{.kind = LoopNode::Kind::Call, .statement = static_cast<std::uint32_t>(call.statement)};
    for (const IndexExpr& iterator : call.iterators)
      node.iterators.emplace_back(iterator, names_);
    for (const IndexExpr& test : call.membership)
      node.conditions.emplace_back(test, names_);
    for (const OrderedRead& read : reads_.at(static_cast<std::size_t>(call.statement)))
      addAccess(node, call, read);
    addAccess(node, call, {.access = 0});
    return node;
  }

  void addAccess(AccessNode& node, const StatementCall& call, const OrderedRead& read) {
    const int array = kernel_.statements[static_cast<std::size_t>(call.statement)].arrays.at(read.access);
    const ArrayPlace& place = program_.places.arrays.at(static_cast<std::size_t>(array));
    if (!place.isInMemory)
      return;
    const bool isWrite = read.access == 0;
    SiteCode code{.site = static_cast<std::uint32_t>(program_.sites.size()), .isWrite = isWrite,
                  .address = IndexCode(static_cast<std::int64_t>(place.base))};
    const std::vector<IndexExpr>& subscripts = call.subscripts.at(read.access);
    for (std::size_t d = 0; d < subscripts.size(); ++d)
      code.address = code.address.plus(IndexCode(subscripts[d], names_), place.strides.at(d));
    if (const std::optional<IndexExpr> condition = conditionOf(read, call.affineValues))
      code.condition.emplace(*condition, names_);
    if (read.isAssumed) {
      code.lowest = place.base;
      code.end = place.base + place.bytes;
    }
    program_.sites.push_back({array, call.statement, isWrite, around_, read.isAssumed});
    node.accesses.push_back(std::move(code));
  }

  const Kernel& kernel_;
  IndexNames names_;
  AccessProgram& program_;
  std::vector<std::vector<OrderedRead>> reads_; ///< per statement
  int around_ = -1;                             ///< the `for` that is being built
};

bool isOpaque(const Expr& expr) {
  return expr.kind == Expr::Kind::Opaque ||
         std::ranges::any_of(expr.operands, [](const ExprPtr& operand) { return isOpaque(*operand); });
}

} // namespace

Result<AccessProgram> accessProgram(const Kernel& kernel, const std::map<std::string, std::int64_t>& parameters) {
  for (const KernelStatement& statement : kernel.statements)
    if (isOpaque(*statement.value))
      return failure("no-value", statement.name + " has no value: what it reads is not known in full");
  IndexNames names{.parameters = parameters};
  for (const KernelParameter& parameter : kernel.parameters)
    names.parameters.emplace(parameter.name, parameter.value);
  Result<ArrayPlaces> places = placeArrays(kernel, names.parameters);
  if (!places)
    return std::unexpected(places.error());
  AccessProgram program{.places = *std::move(places)};
  program.body = Builder(kernel, std::move(names), program).build(kernel.body);
  return program;
}

std::int64_t accessesOf(const KernelStatement& statement, const ArrayPlaces& places) {
  const auto isInMemory = [&](std::size_t access) {
    return places.arrays.at(static_cast<std::size_t>(statement.arrays.at(access))).isInMemory;
  };
  const auto reads = readOrder(*statement.value);
  return std::ranges::count_if(reads, [&](const OrderedRead& read) { return isInMemory(read.access); }) +
         (isInMemory(0) ? 1 : 0);
}

bool alwaysMakesAll(const AccessNode& node) {
  const bool isSure = node.kind == LoopNode::Kind::If || node.conditions.empty();
  return isSure && std::ranges::all_of(node.accesses, isCertain) && std::ranges::all_of(node.children, alwaysMakesAll);
}

} // namespace polyloom
