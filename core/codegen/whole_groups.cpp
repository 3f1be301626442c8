#include "core/codegen/whole_groups.h"

#include "core/codegen/constraints.h"
#include "core/codegen/index_expr.h"
#include "core/codegen/linear.h"

#include <algorithm>
#include <optional>

namespace polyloom {

namespace {

using Op = IndexExpr::Op;

constexpr std::int64_t kMostJammed = 64;

bool isJammed(const LoopNode& node) { return node.attributes.unroll == kUnrollFull; }

bool isFixed(const LoopNode& node) {
  return node.kind == LoopNode::Kind::For && node.step == 1 && (isJammed(node) || node.attributes.vectorWidth > 1);
}

/// Makes one nest whole and gathers what that takes.
class WholeNest {
public:
  /// `moving`: groups that are whole only for some values of this variable stay as they are. Empty: none do.
  explicit WholeNest(std::string moving = {}) : moving_(std::move(moving)) {}

  /// The nest with whole groups; nothing where that cannot be told, or where no jammed one is ever cut off.
  std::optional<LoopNode> make(LoopNode nest) {
    if (!fix(nest) || !hasJammed_ || whole_.empty())
      return std::nullopt;
    return nest;
  }

  /// What must not be negative for that.
  const std::vector<LinearForm>& demands() const { return whole_.forms(); }

private:
  struct Fixed {
    std::string variable;
    LinearForm start;
    std::int64_t span = 0;
  };

  bool fix(LoopNode& node) {
    if (node.kind == LoopNode::Kind::Call)
      return true;
    if (node.kind == LoopNode::Kind::If || !node.privateArrays.empty())
      return false;
    if (node.kind == LoopNode::Kind::For && (!isFixed(node) || !fixBounds(node)))
      return false;
    const bool areFixed = std::ranges::all_of(node.children, [&](LoopNode& child) { return fix(child); });
    if (node.kind == LoopNode::Kind::For)
      around_.pop_back();
    return areFixed;
  }

  bool fixBounds(LoopNode& loop) {
    const std::vector<LinearForm> lows = partsOf(loop.first, Op::Max), highs = partsOf(loop.last, Op::Min);
    for (const LinearForm& low : lows)
      for (const LinearForm& high : highs)
        if (const LinearForm span = high.plus(low, -1); span.isConstant() && isSpan(loop, span.constant()))
          return fixBounds(loop, low, high);
    return false;
  }

  bool fixBounds(LoopNode& loop, const LinearForm& low, const LinearForm& high) {
    std::vector<LinearForm> demands;
    for (const LinearForm& other : partsOf(loop.first, Op::Max))
      demands.push_back(low.plus(other, -1));
    for (const LinearForm& other : partsOf(loop.last, Op::Min))
      demands.push_back(other.plus(high, -1));
    around_.push_back({loop.variable, low, high.plus(low, -1).constant()});
    if (!std::ranges::all_of(demands, [&](LinearForm& demand) { return reduce(demand); }))
      return false;
    if (!moving_.empty() && std::ranges::any_of(demands, [&](const LinearForm& demand) { return demand.mentions(moving_); }))
      return true;
    for (const LinearForm& demand : demands)
      if (!demand.isConstant())
        whole_.add(demand);
    hasJammed_ = hasJammed_ || isJammed(loop);
    loop.first = low.toIndexExpr();
    loop.last = high.toIndexExpr();
    return true;
  }

  static bool isSpan(const LoopNode& loop, std::int64_t span) {
    const int width = loop.attributes.vectorWidth;
    return width > 1 ? span == width - 1 : span >= 0 && span < kMostJammed;
  }

  /// The form's least value in the groups around; false where that is none or negative.
  bool reduce(LinearForm& form) const {
    for (auto fixed = around_.rbegin(); fixed != around_.rend(); ++fixed) {
      if (form.hides(fixed->variable))
        return false;
      const std::int64_t reach = form.factorOf(fixed->variable) < 0 ? fixed->span : 0;
      form = form.with(fixed->variable, fixed->start.plus(LinearForm(reach)));
    }
    return !form.isConstant() || form.constant() >= 0;
  }

  std::string moving_;
  std::vector<Fixed> around_; ///< outermost first
  Constraints whole_;
  bool hasJammed_ = false;
};

IndexExpr constant(std::int64_t value) { return {.value = value}; }

IndexExpr folded(Op op, IndexExpr first, const std::vector<IndexExpr>& others) {
  for (const IndexExpr& other : others) {
    const bool isConstant = first.op == Op::Constant && other.op == Op::Constant;
    first = {.op = op, .operands = {std::move(first), other}};
    if (isConstant)
      first = constant(evaluate(first, {}));
  }
  return first;
}

/// floor(dividend / divisor)
IndexExpr quotient(const LinearForm& dividend, std::int64_t divisor) {
  if (divisor == 1)
    return dividend.toIndexExpr();
  const IndexExpr result{.op = Op::DivideFloor, .operands = {dividend.toIndexExpr(), constant(divisor)}};
  return dividend.isConstant() ? constant(evaluate(result, {})) : result;
}

/// In which part of a loop nothing is negative, and what has to hold beside.
struct Division {
  std::vector<IndexExpr> tests;
  std::vector<IndexExpr> from, to; ///< the part starts at the largest and ends with the smallest of these

  bool cutsLoop() const { return !from.empty() || !to.empty(); }
};

std::optional<Division> divisionOf(const LoopNode& loop, const std::vector<LinearForm>& demands) {
  Division division;
  for (const LinearForm& demand : demands) {
    if (demand.hides(loop.variable))
      return std::nullopt;
    const std::int64_t factor = demand.factorOf(loop.variable);
    const LinearForm rest = demand.with(loop.variable, LinearForm());
    if (factor == 0)
      division.tests.push_back(demand.isAtLeast(0));
    else if (factor > 0)
      division.from.push_back(quotient(LinearForm(factor - 1).plus(rest, -1), factor));
    else
      division.to.push_back(quotient(rest, -factor));
  }
  return division;
}

/// The loop's parts, in order: with the nest `whole` in the middle, and `body` before and after it.
LoopNode divided(const LoopNode& loop, LoopNode whole, const LoopNode& body, const Division& division) {
  LoopNode parts{.kind = LoopNode::Kind::Block};
  const auto add = [&](IndexExpr first, IndexExpr last, LoopNode nest) {
    LoopNode part = loop;
    part.first = std::move(first);
    part.last = std::move(last);
    part.children.front() = std::move(nest);
    parts.children.push_back(std::move(part));
  };
  const IndexExpr first = folded(Op::Max, loop.first, division.from);
  const std::vector<IndexExpr> froms(division.from.begin(), division.from.end());
  if (!froms.empty())
    add(loop.first, folded(Op::Min, loop.last, {plus(folded(Op::Max, froms.front(), {froms.begin() + 1, froms.end()}), -1)}), body);
  add(first, folded(Op::Min, loop.last, division.to), std::move(whole));
  if (!division.to.empty())
    add(folded(Op::Max, first, {plus(folded(Op::Min, division.to.front(), {division.to.begin() + 1, division.to.end()}), 1)}),
        loop.last, body);
  return parts.children.size() == 1 ? parts.children.front() : parts;
}

/// A loop directly around jammed iterations, with a copy in which they are whole; false where there is none.
bool divide(LoopNode& loop, WholeLoops which) {
  WholeNest nest;
  std::optional<LoopNode> whole = nest.make(loop.children.front());
  const auto division = whole ? divisionOf(loop, nest.demands()) : std::nullopt;
  if (!division || (which == WholeLoops::Uncut && division->cutsLoop()))
    return false;
  const LoopNode& body = loop.children.front();
  LoopNode parts = divided(loop, std::move(*whole), WholeNest(loop.variable).make(body).value_or(body), *division);
  if (division->tests.empty()) {
    loop = std::move(parts);
    return true;
  }
  const IndexExpr condition = division->tests.size() == 1 ? division->tests.front()
                                                          : IndexExpr{.op = Op::And, .operands = division->tests};
  LoopNode rest = std::move(loop);
  loop = {.kind = LoopNode::Kind::If, .condition = condition, .children = {std::move(parts), std::move(rest)}};
  return true;
}

void separate(LoopNode& node, WholeLoops which) {
  const bool isDividable = node.kind == LoopNode::Kind::For && node.step == 1 && !isFixed(node) && !node.attributes.parallel;
  if (isDividable && divide(node, which))
    return;
  const bool isBlock = node.kind == LoopNode::Kind::If && !node.children.front().privateArrays.empty();
  for (std::size_t c = 0; c < (isBlock ? 1 : node.children.size()); ++c)
    separate(node.children[c], which);
}

} // namespace

Kernel withWholeGroups(Kernel kernel, WholeLoops which) {
  separate(kernel.body, which);
  return kernel;
}

} // namespace polyloom
