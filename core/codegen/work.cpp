#include "core/codegen/work.h"

#include "core/codegen/loop_count.h"
#include "core/codegen/make_kernel.h"
#include "core/isl/context.h"
#include "core/isl/sets.h"
#include "core/program/dependences.h"
#include "core/program/live_in.h"

#include <algorithm>
#include <span>

namespace polyloom {

namespace {

using Values = std::map<std::string, std::int64_t>;

constexpr std::chrono::seconds kLongest{10};

/// Thrown in this file only: something cannot be counted.
struct NotCounted {};

std::int64_t orThrow(const std::optional<std::int64_t>& count) {
  return count ? *count : throw NotCounted{};
}

bool isFloatingOperation(const Expr& expr) {
  const bool isArithmetic = expr.op == Operator::Add || expr.op == Operator::Subtract ||
                            expr.op == Operator::Multiply || expr.op == Operator::Divide;
  return isFloating(expr.type) && ((expr.kind == Expr::Kind::Binary && isArithmetic) || expr.kind == Expr::Kind::Call);
}

std::int64_t floatingOperationsIn(const Expr& expr) {
  std::int64_t count = 0;
  if (expr.kind == Expr::Kind::Select)
    return floatingOperationsIn(*expr.operands.at(0)) +
           std::max(floatingOperationsIn(*expr.operands.at(1)), floatingOperationsIn(*expr.operands.at(2)));
  for (const ExprPtr& operand : expr.operands)
    count += floatingOperationsIn(*operand);
  if (isFloatingOperation(expr))
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

/// Counts the operations of one statement that are needed.
class NeededOperations {
public:
  NeededOperations(const Scop& scop, const Statement& statement, std::int64_t instances, const Values& values)
      : scop_(scop), statement_(statement), instances_(instances), point_(values.begin(), values.end()) {}

  std::int64_t in(const Expr& expr) const {
    if (expr.kind == Expr::Kind::Select)
      return in(*expr.operands.at(0)) + std::max(in(*expr.operands.at(1)), in(*expr.operands.at(2)));
    std::int64_t count = isFloatingOperation(expr) ? timesOf(expr) : 0;
    for (const ExprPtr& operand : expr.operands)
      count += in(*operand);
    return count;
  }

private:
  /// How many different values the operation may have at most: one for each combination of the cells that it comes from.
  std::int64_t timesOf(const Expr& expr) const {
    std::vector<int> reads;
    if (!collectReads(expr, reads) || instances_ == 0)
      return instances_;
    if (reads.empty())
      return 1;
    isl::map cells = relationOf(reads.front());
    for (const int read : std::span(reads).subspan(1))
      cells = cells.range_product(relationOf(read));
    return cells.is_injective() ? instances_
                                : static_cast<std::int64_t>(countPoints(atParameters(cells.range().flatten(), point_)));
  }

  /// Whether the value depends on nothing but cells that nobody writes, and which accesses read them.
  bool collectReads(const Expr& expr, std::vector<int>& reads) const {
    if (expr.kind == Expr::Kind::Affine || expr.kind == Expr::Kind::Select)
      return false;
    if (expr.kind == Expr::Kind::Read) {
      const int array = statement_.accesses.at(static_cast<std::size_t>(expr.index)).array;
      const auto writes = [&](const Statement& other) { return other.accesses.at(0).array == array; };
      if (std::ranges::any_of(scop_.statements, writes))
        return false;
      reads.push_back(expr.index);
    }
    return std::ranges::all_of(expr.operands, [&](const ExprPtr& operand) { return collectReads(*operand, reads); });
  }

  isl::map relationOf(int access) const {
    return statement_.accesses.at(static_cast<std::size_t>(access)).relation.intersect_domain(statement_.domain);
  }

  const Scop& scop_;
  const Statement& statement_;
  std::int64_t instances_;
  ParameterPoint point_;
};

std::int64_t neededOperationsOf(const Scop& scop, const Kernel& kernel, const Values& values) {
  std::int64_t count = 0;
  for (std::size_t s = 0; s < scop.statements.size(); ++s) {
    const auto instances = orThrow(countReached(kernel.body, values, [&](const LoopNode& node) -> std::optional<std::int64_t> {
      if (node.kind != LoopNode::Kind::Call)
        return std::nullopt;
      return kernel.statements.at(static_cast<std::size_t>(node.call.statement)).source == static_cast<int>(s) ? 1 : 0;
    }));
    const Statement& statement = scop.statements[s];
    count += NeededOperations(scop, statement, instances, values).in(*statement.value);
  }
  return count;
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
    Work work{.floatingOperations = floatingOperationsOf(*kernel, values),
              .neededOperations = neededOperationsOf(*scop, *kernel, values)};
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
