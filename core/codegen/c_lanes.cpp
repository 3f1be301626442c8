#include "core/codegen/c_lanes.h"

#include "core/codegen/c_expr.h"
#include "core/codegen/c_lane_macros.h"
#include "core/codegen/linear.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace polyloom {

namespace {

using Op = IndexExpr::Op;

/// Which lanes take part, counted from 0: from the largest of `firsts` to the least of `lasts`. Neither: all.
struct LaneRange {
  std::vector<LinearForm> firsts, lasts;

  bool isAll() const { return firsts.empty() && lasts.empty(); }
};

std::string extremeText(Op op, const std::vector<LinearForm>& forms, int other) {
  if (forms.empty())
    return std::to_string(other);
  IndexExpr result = forms.front().toIndexExpr();
  for (std::size_t f = 1; f < forms.size(); ++f)
    result = {.op = op, .operands = {std::move(result), forms[f].toIndexExpr()}};
  return toC(result);
}

/// The name of the last lane that takes part, where not all do.
const char* const kLastLane = "pl_last";

/// The iterations of a vector loop that one statement executes.
struct LaneGroup {
  std::string variable;
  int width = 0;
  LinearForm start; ///< the variable's value in lane 0

  std::string rangeText(const LaneRange& lanes) const {
    return extremeText(Op::Max, lanes.firsts, 0) + ", " + extremeText(Op::Min, lanes.lasts, width - 1);
  }
};

struct LaneLoop {
  LaneGroup group;
  std::vector<IndexExpr> isWhole; ///< all lanes take part where all of these hold
};

std::optional<LaneLoop> laneLoopOf(const LoopNode& loop) {
  const int width = loop.attributes.vectorWidth;
  if (loop.step != 1 || width < 2 || !isLaneCount(width))
    return std::nullopt;
  const std::vector<LinearForm> lows = partsOf(loop.first, Op::Max), highs = partsOf(loop.last, Op::Min);
  const auto endOf = [&](const LinearForm& low) { return low.plus(LinearForm(width - 1)); };
  const auto start = std::ranges::find_if(lows, [&](const LinearForm& low) {
    return std::ranges::find(highs, endOf(low)) != highs.end();
  });
  if (start == lows.end())
    return std::nullopt; // more iterations than lanes
  LaneLoop result{.group = {.variable = loop.variable, .width = width, .start = *start}, .isWhole = {}};
  for (const LinearForm& low : lows)
    if (low != *start)
      result.isWhole.push_back({.op = Op::LessEqual, .operands = {low.toIndexExpr(), start->toIndexExpr()}});
  for (const LinearForm& high : highs)
    if (high != endOf(*start))
      result.isWhole.push_back({.op = Op::LessEqual, .operands = {endOf(*start).toIndexExpr(), high.toIndexExpr()}});
  return result;
}

bool isRead(const Expr& expr) { return expr.kind == Expr::Kind::Read; }

/// Whether the value is made of cells, constants and scalars of one type by operations that vectors have.
bool isArithmetic(const Kernel& kernel, const KernelStatement& statement, const Expr& expr, ElementType element) {
  if (expr.type != element)
    return false;
  const auto operandsAre = [&] {
    return std::ranges::all_of(expr.operands, [&](const ExprPtr& operand) { return isArithmetic(kernel, statement, *operand, element); });
  };
  switch (expr.kind) {
  case Expr::Kind::Integer:
  case Expr::Kind::Floating:
  case Expr::Kind::Scalar: return true;
  case Expr::Kind::Read:
    return kernel.arrays[static_cast<std::size_t>(statement.arrays[static_cast<std::size_t>(expr.index)])].element == element;
  case Expr::Kind::Unary: return expr.op == Operator::Negate && operandsAre();
  case Expr::Kind::Binary:
    return (expr.op == Operator::Add || expr.op == Operator::Subtract || expr.op == Operator::Multiply ||
            (expr.op == Operator::Divide && isFloating(element))) && operandsAre();
  default: return false;
  }
}

const KernelStatement& statementOf(const Kernel& kernel, const StatementCall& call) {
  return kernel.statements[static_cast<std::size_t>(call.statement)];
}

ElementType writtenElement(const Kernel& kernel, const StatementCall& call) {
  return kernel.arrays[static_cast<std::size_t>(statementOf(kernel, call).arrays[0])].element;
}

/// One call of a group as a statement on vectors.
class LaneStatement {
public:
  LaneStatement(const Kernel& kernel, const LaneGroup& group, const StatementCall& call, const std::set<int>& registers)
      : kernel_(kernel), group_(group), statement_(statementOf(kernel, call)), call_(call), registers_(registers),
        element_(writtenElement(kernel, call)), macro_(laneMacro(element_, group.width)) {}

  /// For these lanes; what the others hold in a register is anything.
  std::optional<std::string> write(const LaneRange& lanes) {
    if (!isArithmetic(kernel_, statement_, *statement_.value, element_) || !findStrides() || !isNeighboring(0))
      return std::nullopt;
    std::map<std::size_t, std::string> cells;
    for (std::size_t access = 1; access < strides_.size(); ++access)
      if (!strides_[access].isZero()) {
        std::optional<std::string> text = readText(access, lanes);
        if (!text)
          return std::nullopt;
        cells.emplace(access, std::move(*text));
      }
    std::string value = valueText(kernel_, call_, cells);
    if (!readsVector(*statement_.value))
      value = fmt::format("{}_all({})", macro_, value);
    const std::string cell = cellText(kernel_, call_, 0);
    return isWithin(0, lanes) ? fmt::format("{}({}) = {};", macro_, cell, value)
                              : fmt::format("{}_store({}, {}, {});", macro_, cell, value, group_.rangeText(lanes));
  }

private:
  /// How far the cells of neighboring lanes are apart in memory, in elements.
  struct Stride {
    std::vector<std::int64_t> steps; ///< per subscript
    bool isZero() const { return std::ranges::all_of(steps, [](std::int64_t step) { return step == 0; }); }
  };

  /// Fills `strides_`; the subscripts become those of the first lane. False where lanes move in no such way.
  bool findStrides() {
    for (std::vector<IndexExpr>& subscripts : call_.subscripts) {
      Stride& stride = strides_.emplace_back();
      for (IndexExpr& subscript : subscripts) {
        const LinearForm form(subscript);
        if (form.hides(group_.variable))
          return false;
        stride.steps.push_back(form.factorOf(group_.variable));
        if (stride.steps.back() != 0)
          subscript = form.with(group_.variable, group_.start).toIndexExpr();
      }
    }
    return true;
  }

  bool isNeighboring(std::size_t access) const {
    const std::vector<std::int64_t>& steps = strides_[access].steps;
    return !steps.empty() && steps.back() == 1 && std::ranges::count(steps, 0) + 1 == std::ssize(steps);
  }

  /// Whether all lanes may touch their cells.
  bool isWithin(std::size_t access, const LaneRange& lanes) const {
    return lanes.isAll() || registers_.contains(statement_.arrays[access]);
  }

  std::optional<std::string> readText(std::size_t access, const LaneRange& lanes) const {
    const std::string cell = cellText(kernel_, call_, access);
    if (isNeighboring(access))
      return isWithin(access, lanes) ? fmt::format("{}({})", macro_, cell)
                                     : fmt::format("{}_load({}, {})", macro_, cell, group_.rangeText(lanes));
    if (!isWithin(access, lanes))
      return std::nullopt;
    return fmt::format("{}_apart({}, {})", macro_, cell, strideText(access));
  }

  std::string strideText(std::size_t access) const {
    const KernelArray& array = kernel_.arrays[static_cast<std::size_t>(statement_.arrays[access])];
    IndexExpr row{.value = 1};
    LinearForm total;
    for (std::size_t d = array.extents.size(); d-- > 0;) {
      total = total.plus(LinearForm(row), strides_[access].steps[d]);
      row = row.op == Op::Constant && row.value == 1 ? array.extents[d]
                                                     : IndexExpr{.op = Op::Multiply, .operands = {array.extents[d], row}};
    }
    return toC(total.toIndexExpr());
  }

  /// C has no vector of one value in all lanes but beside another vector.
  bool readsVector(const Expr& expr) const {
    return (isRead(expr) && !strides_[static_cast<std::size_t>(expr.index)].isZero()) ||
           std::ranges::any_of(expr.operands, [&](const ExprPtr& operand) { return readsVector(*operand); });
  }

  const Kernel& kernel_;
  const LaneGroup& group_;
  const KernelStatement& statement_;
  StatementCall call_;
  const std::set<int>& registers_;
  ElementType element_;
  std::string macro_;
  std::vector<Stride> strides_; ///< per access
};

/// What a test says of the lanes: which take part where the rest of it holds.
struct LaneTest {
  LaneRange lanes;
  std::vector<IndexExpr> rest;
};

/// left <= right, or left < right.
bool addBound(const LaneGroup& group, const LinearForm& left, const LinearForm& right, bool isStrict, LaneRange& lanes) {
  const LinearForm room = right.plus(left, -1).plus(LinearForm(isStrict ? -1 : 0));
  const std::int64_t factor = room.factorOf(group.variable);
  if (room.hides(group.variable) || (factor != 1 && factor != -1))
    return false;
  const LinearForm rest = room.with(group.variable, group.start);
  if (factor > 0)
    lanes.firsts.push_back(LinearForm().plus(rest, -1));
  else
    lanes.lasts.push_back(rest);
  return true;
}

bool addTest(const LaneGroup& group, const IndexExpr& condition, LaneTest& test) {
  if (!mentions(condition, group.variable)) {
    test.rest.push_back(condition);
    return true;
  }
  if (condition.op == Op::And)
    return std::ranges::all_of(condition.operands, [&](const IndexExpr& part) { return addTest(group, part, test); });
  const auto add = [&](std::size_t left, bool isStrict) {
    return addBound(group, LinearForm(condition.operands[left]), LinearForm(condition.operands[1 - left]), isStrict, test.lanes);
  };
  switch (condition.op) {
  case Op::LessEqual: return add(0, false);
  case Op::Less: return add(0, true);
  case Op::GreaterEqual: return add(1, false);
  case Op::Greater: return add(1, true);
  default: return false;
  }
}

/// The body of a group for some lanes.
class LaneWriter {
public:
  LaneWriter(const Kernel& kernel, const LoopNode& loop, const LaneGroup& group, const std::set<int>& registers)
      : kernel_(kernel), loop_(loop), group_(group), registers_(registers) {}

  std::vector<CodeLine> lines;

  void add(int depth, const std::string& text) {
    lines.push_back({std::string(static_cast<std::size_t>(depth) * 2, ' ') + text, loop_.loop, -1});
  }

  /// False where there is no such text.
  bool write(const LoopNode& node, int depth, const LaneRange& lanes) {
    switch (node.kind) {
    case LoopNode::Kind::Block:
      return node.privateArrays.empty() && std::ranges::all_of(node.children, [&](const LoopNode& child) {
               return write(child, depth, lanes);
             });
    case LoopNode::Kind::Call: return writeCall(node.call, depth, lanes);
    case LoopNode::Kind::If: return writeIf(node, depth, lanes);
    case LoopNode::Kind::For: break;
    }
    return false;
  }

private:
  bool writeCall(const StatementCall& call, int depth, const LaneRange& lanes) {
    if (!lanes.isAll() && registers_.contains(statementOf(kernel_, call).arrays[0]))
      return false; // the others' registers stay as they are
    return writeAnyway(call, depth, lanes);
  }

  bool writeAnyway(const StatementCall& call, int depth, const LaneRange& lanes) {
    const std::optional<std::string> text = LaneStatement(kernel_, group_, call, registers_).write(lanes);
    if (text)
      add(depth, *text);
    return text.has_value();
  }

  bool writeIf(const LoopNode& node, int depth, const LaneRange& lanes) {
    LaneTest test{.lanes = lanes, .rest = {}};
    if (!addTest(group_, node.condition, test))
      return false;
    const bool isPerLane = test.lanes.firsts.size() + test.lanes.lasts.size() > lanes.firsts.size() + lanes.lasts.size();
    const LoopNode& then = node.children.front();
    const bool hasElse = node.children.size() > 1;
    const bool isFill = isPerLane && hasElse && lanes.isAll() && fillsWithZeros(then, node.children[1]);
    if (isPerLane && hasElse && !isFill)
      return false;
    std::vector<std::string> tests;
    for (const IndexExpr& part : test.rest)
      tests.push_back(toC(part));
    const int inner = tests.empty() ? depth : depth + 1;
    if (!tests.empty())
      add(depth, fmt::format("if ({}) {{", fmt::join(tests, " && ")));
    if (!(isFill ? writeAnyway(then.call, inner, test.lanes) : write(then, inner, test.lanes)))
      return false;
    if (tests.empty())
      return !hasElse || isFill;
    if (hasElse) {
      add(depth, "} else {");
      if (!write(node.children[1], inner, lanes))
        return false;
    }
    add(depth, "}");
    return true;
  }

  /// Whether a register gets a cell in some lanes and zero in the others: as a load of those lanes does.
  bool fillsWithZeros(const LoopNode& then, const LoopNode& otherwise) const {
    if (then.kind != LoopNode::Kind::Call || otherwise.kind != LoopNode::Kind::Call)
      return false;
    const KernelStatement& copy = statementOf(kernel_, then.call);
    const Expr& zero = *statementOf(kernel_, otherwise.call).value;
    const bool isZero = (zero.kind == Expr::Kind::Integer && zero.integer == 0) ||
                        (zero.kind == Expr::Kind::Floating && zero.floating == 0);
    return isZero && isRead(*copy.value) && copy.arrays.size() == 2 && registers_.contains(copy.arrays[0]) &&
           !registers_.contains(copy.arrays[1]) &&
           cellText(kernel_, then.call, 0) == cellText(kernel_, otherwise.call, 0);
  }

  const Kernel& kernel_;
  const LoopNode& loop_;
  const LaneGroup& group_;
  const std::set<int>& registers_;
};

/// The iterations of a group that is not full, from lane 0 on: with a mask, or lane by lane. Nothing: no such text.
std::vector<CodeLine> partCode(const Kernel& kernel, const LoopNode& loop, const std::set<int>& registers) {
  const LoopNode& body = loop.children.front();
  const LaneGroup group{.variable = loop.variable, .width = loop.attributes.vectorWidth,
                        .start = LinearForm(IndexExpr{.op = Op::Variable, .name = loop.variable})};
  LaneWriter writer(kernel, loop, group, registers);
  writer.add(1, fmt::format("const long {0} = {1}, {2} = {3} - {0};", loop.variable, toC(loop.first), kLastLane, toC(loop.last)));
  if (writer.write(body, 1, {.firsts = {}, .lasts = {LinearForm(IndexExpr{.op = Op::Variable, .name = kLastLane})}}))
    return writer.lines;
  if (body.kind != LoopNode::Kind::Call)
    return {};
  return {{fmt::format("  for (long {0} = {1}; {0} <= {2}; {0}++)", loop.variable, toC(loop.first), toC(loop.last)), loop.loop, -1},
          {"    " + toC(kernel, body.call), {}, statementOf(kernel, body.call).source}};
}

} // namespace

std::optional<std::vector<CodeLine>> laneCode(const Kernel& kernel, const LoopNode& loop, const std::set<int>& registers) {
  const std::optional<LaneLoop> lanes = laneLoopOf(loop);
  if (!lanes)
    return std::nullopt;
  const LoopNode& body = loop.children.front();
  LaneWriter whole(kernel, loop, lanes->group, registers);
  if (lanes->isWhole.empty())
    return whole.write(body, 0, {}) ? std::optional(whole.lines) : std::nullopt;
  std::vector<std::string> tests;
  for (const IndexExpr& test : lanes->isWhole)
    tests.push_back(toC(test));
  whole.add(0, fmt::format("if ({}) {{", fmt::join(tests, " && ")));
  if (!whole.write(body, 1, {}))
    return std::nullopt;
  const std::vector<CodeLine> part = partCode(kernel, loop, registers);
  if (part.empty())
    return std::nullopt;
  whole.add(0, "} else {");
  whole.lines.insert(whole.lines.end(), part.begin(), part.end());
  whole.add(0, "}");
  return whole.lines;
}

std::optional<std::string> singleLaneText(const Kernel& kernel, const StatementCall& call) {
  const KernelStatement& statement = statementOf(kernel, call);
  const ElementType element = writtenElement(kernel, call);
  const Expr& value = *statement.value;
  const bool readsCells = statement.arrays.size() > 1;
  if (!readsCells || !isFloating(element) || !isArithmetic(kernel, statement, value, element))
    return std::nullopt;
  const std::string macro = laneMacro(element, 1);
  std::map<std::size_t, std::string> cells;
  for (std::size_t access = 1; access < statement.arrays.size(); ++access)
    cells.emplace(access, fmt::format("{}({})", macro, cellText(kernel, call, access)));
  return fmt::format("{}({}) = {};", macro, cellText(kernel, call, 0), valueText(kernel, call, cells));
}

} // namespace polyloom
