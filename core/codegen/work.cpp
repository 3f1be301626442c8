#include "core/codegen/work.h"

#include "core/codegen/loop_count.h"
#include "core/codegen/make_kernel.h"
#include "core/isl/context.h"
#include "core/isl/sets.h"
#include "core/program/dependences.h"
#include "core/program/live_in.h"

#include <algorithm>

namespace polyloom {

namespace {

using Values = std::map<std::string, std::int64_t>;

constexpr std::chrono::seconds kLongest{10};

/// Thrown in this file only: something cannot be counted.
struct NotCounted {};

std::int64_t orThrow(const std::optional<std::int64_t>& count) {
  return count ? *count : throw NotCounted{};
}

std::int64_t floatingOperationsIn(const Expr& expr) {
  std::int64_t count = 0;
  if (expr.kind == Expr::Kind::Select)
    return floatingOperationsIn(*expr.operands.at(0)) +
           std::max(floatingOperationsIn(*expr.operands.at(1)), floatingOperationsIn(*expr.operands.at(2)));
  for (const ExprPtr& operand : expr.operands)
    count += floatingOperationsIn(*operand);
  const bool isArithmetic = expr.op == Operator::Add || expr.op == Operator::Subtract ||
                            expr.op == Operator::Multiply || expr.op == Operator::Divide;
  if (isFloating(expr.type) &&
      ((expr.kind == Expr::Kind::Binary && isArithmetic) || expr.kind == Expr::Kind::Call))
    ++count;
  return count;
}

std::int64_t floatingOperationsOf(const Kernel& kernel, const Values& values) {
  std::vector<std::int64_t> perStatement;
  for (const KernelStatement& statement : kernel.statements)
    perStatement.push_back(floatingOperationsIn(*statement.value));
  return orThrow(countReached(kernel.body, values, [&](const LoopNode& node) -> std::optional<std::int64_t> {
    if (node.kind != LoopNode::Kind::Call)
      return std::nullopt;
    return perStatement.at(static_cast<std::size_t>(node.call.statement));
  }));
}

/// The cells that the accesses touch at these values.
std::int64_t cellsOf(const isl::union_map& accesses, const Values& values) {
  const ParameterPoint point(values.begin(), values.end());
  double count = 0;
  accesses.range().foreach_set([&](const isl::set& cells) { count += countPoints(atParameters(cells, point)); });
  return static_cast<std::int64_t>(count); // exact far beyond any memory
}

void addTraffic(const Scop& scop, int array, const Values& values, Work& work) {
  isl::union_map writes = isl::union_map::empty(scop.ctx());
  for (const Statement& statement : scop.statements)
    writes = writes.unite(accessesOf(scop, statement, array, true));
  const std::int64_t size = sizeOf(scop.arrays[static_cast<std::size_t>(array)].element);
  work.bytesRead += size * cellsOf(readsFromBefore(scop, array), values);
  if (!scop.arrays[static_cast<std::size_t>(array)].isConfined)
    work.bytesWritten += size * cellsOf(writes, values);
}

} // namespace

Result<Work> workOf(const ScopPtr& scop, const Values& parameters) {
  Values values = parameters;
  for (const Parameter& parameter : scop->parameters)
    values.emplace(parameter.name, parameter.value);
  const Result<Kernel> kernel = makeKernel(Schedule::original(scop));
  if (!kernel)
    return std::unexpected(kernel.error());
  const auto tooComplex = failure("too-complex", "the operations and cells of " + scop->function +
                                                     " cannot be counted with reasonable effort");
  const IslDeadline deadline(scop->ctx(), kLongest);
  try {
    const IslQuota quota(scop->ctx(), kDependenceOperations);
    Work work{.floatingOperations = floatingOperationsOf(*kernel, values)};
    for (std::size_t a = 0; a < scop->arrays.size(); ++a)
      if (!scop->arrays[a].isLocal)
        addTraffic(*scop, static_cast<int>(a), values, work);
    return work;
  } catch (const NotCounted&) {
    return tooComplex;
  } catch (const isl::exception_quota&) {
    return tooComplex;
  } catch (const isl::exception_abort&) {
    if (!deadline.isOver())
      throw; // canceled
    return tooComplex;
  }
}

} // namespace polyloom
