#include "core/codegen/loop_count.h"

#include "core/base/check.h"

#include <algorithm>

namespace polyloom {

namespace {

/// Thrown in this file only: the steps are used up, or the sum does not fit.
struct NotCounted {};

std::int64_t sumOf(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_add_overflow(a, b, &result))
    throw NotCounted{};
  return result;
}

std::int64_t productOf(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_mul_overflow(a, b, &result))
    throw NotCounted{};
  return result;
}

/// Sums, differences and products: with one factor constant the value is affine in every variable.
bool isAffine(const IndexExpr& expr) {
  using Op = IndexExpr::Op;
  switch (expr.op) {
  case Op::Constant:
  case Op::Variable: return true;
  case Op::Add:
  case Op::Subtract:
  case Op::Negate: return std::ranges::all_of(expr.operands, isAffine);
  case Op::Multiply:
    return std::ranges::all_of(expr.operands, isAffine) &&
           std::ranges::any_of(expr.operands, [](const IndexExpr& e) { return e.op == Op::Constant; });
  default: return false;
  }
}

/// Whether what is counted below (and in the bounds of) a node can depend on the variable.
bool depends(const LoopNode& node, const std::string& variable) {
  if (node.kind == LoopNode::Kind::For && (mentions(node.first, variable) || mentions(node.last, variable)))
    return true;
  if (node.kind == LoopNode::Kind::If && mentions(node.condition, variable))
    return true;
  return std::ranges::any_of(node.children, [&](const LoopNode& child) { return depends(child, variable); });
}

class Counter {
public:
  Counter(const std::map<std::string, std::int64_t>& values, const NodeWeight& weight, std::int64_t steps)
      : values_(values), weight_(weight), steps_(steps) {}

  std::int64_t count(const LoopNode& node) {
    if (const std::optional<std::int64_t> own = weight_(node))
      return *own;
    switch (node.kind) {
    case LoopNode::Kind::Block: {
      std::int64_t sum = 0;
      for (const LoopNode& child : node.children)
        sum = sumOf(sum, count(child));
      return sum;
    }
    case LoopNode::Kind::If: {
      const std::size_t arm = valueOf(node.condition) != 0 ? 0 : 1;
      return arm < node.children.size() ? count(node.children[arm]) : 0;
    }
    case LoopNode::Kind::For: return countLoop(node, node.children.at(0));
    case LoopNode::Kind::Call: break;
    }
    POLYLOOM_CHECK(node.kind != LoopNode::Kind::Call);
    return 0;
  }

private:
  std::int64_t valueOf(const IndexExpr& expr) {
    return evaluate(expr, [this](const std::string& name) { return values_.at(name); });
  }

  std::int64_t tripsOf(const LoopNode& loop) {
    const std::int64_t first = valueOf(loop.first), last = valueOf(loop.last);
    return last < first ? 0 : (last - first) / loop.step + 1;
  }

  /// All values of the loop, as far as one part of its body goes.
  std::int64_t countLoop(const LoopNode& loop, const LoopNode& part) {
    if (part.kind == LoopNode::Kind::Block && !weight_(part)) {
      std::int64_t sum = 0;
      for (const LoopNode& child : part.children)
        sum = sumOf(sum, countLoop(loop, child));
      return sum;
    }
    const std::int64_t trips = tripsOf(loop);
    if (trips == 0 || !matters(part))
      return 0;
    const std::int64_t first = valueOf(loop.first);
    if (weight_(part) || !depends(part, loop.variable))
      return productOf(trips, countAt(loop, part, first));
    if (const std::optional<std::int64_t> series = countSeries(loop, part, trips))
      return *series;
    std::int64_t sum = 0;
    for (std::int64_t trip = 0; trip < trips; ++trip) {
      if (--steps_ < 0)
        throw NotCounted{};
      sum = sumOf(sum, countAt(loop, part, first + trip * loop.step));
    }
    return sum;
  }

  /// A loop right below with affine bounds and a body that is always the same runs a number of times that is affine in
  /// the outer variable, where it is not empty at both ends.
  std::optional<std::int64_t> countSeries(const LoopNode& loop, const LoopNode& part, std::int64_t trips) {
    if (part.kind != LoopNode::Kind::For || part.step != 1 || !isAffine(part.first) || !isAffine(part.last) ||
        depends(part.children.at(0), loop.variable) || depends(part.children.at(0), part.variable))
      return std::nullopt;
    const std::int64_t first = valueOf(loop.first);
    const std::int64_t low = rawTripsAt(loop, part, first);
    const std::int64_t high = rawTripsAt(loop, part, first + (trips - 1) * loop.step);
    if (low < 0 || high < 0)
      return std::nullopt;
    values_[part.variable] = 0; // whatever it is
    const std::int64_t once = count(part.children[0]);
    return productOf(productOf(sumOf(low, high), trips) / 2, once);
  }

  std::int64_t rawTripsAt(const LoopNode& loop, const LoopNode& part, std::int64_t value) {
    values_[loop.variable] = value;
    return valueOf(part.last) - valueOf(part.first) + 1;
  }

  std::int64_t countAt(const LoopNode& loop, const LoopNode& part, std::int64_t value) {
    values_[loop.variable] = value;
    return count(part);
  }

  /// Whether anything below counts at all.
  bool matters(const LoopNode& node) const {
    if (const std::optional<std::int64_t> own = weight_(node))
      return *own != 0;
    return std::ranges::any_of(node.children, [this](const LoopNode& child) { return matters(child); });
  }

  std::map<std::string, std::int64_t> values_;
  const NodeWeight& weight_;
  std::int64_t steps_;
};

} // namespace

std::optional<std::int64_t> countReached(const LoopNode& body, const std::map<std::string, std::int64_t>& parameters,
                                         const NodeWeight& weight, std::int64_t maxSteps) {
  try {
    return Counter(parameters, weight, maxSteps).count(body);
  } catch (const NotCounted&) {
    return std::nullopt;
  }
}

} // namespace polyloom
