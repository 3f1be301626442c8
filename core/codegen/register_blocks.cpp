#include "core/codegen/register_blocks.h"

#include "core/codegen/index_expr.h"
#include "core/codegen/partial_results.h"
#include "core/codegen/register_block.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace polyloom {

namespace {

using Op = IndexExpr::Op;

constexpr int kMostSums = 8; ///< of a sum's parts: more than any processor needs to hide the latency of an addition

void collectVariables(const LoopNode& node, std::set<std::string>& names) {
  if (node.kind == LoopNode::Kind::For)
    names.insert(node.variable);
  for (const LoopNode& child : node.children)
    collectVariables(child, names);
}

IndexExpr conjunction(const std::vector<IndexExpr>& tests) {
  return tests.size() == 1 ? tests.front() : IndexExpr{.op = Op::And, .operands = tests};
}

/// Rewrites one loop.
class BlockWriter {
public:
  BlockWriter(Kernel& kernel, std::set<std::string>& names, const RegisterBlock& block, const LoopNode& loop)
      : kernel_(kernel), names_(names), block_(block), copies_(copiesOf(block, loop)) {
    for (const HeldCell& cell : block.held)
      addRegisters(cell);
    for (const auto& [variable, fixed] : block.fixed)
      bindings_.emplace(variable, valueOf(variable).toIndexExpr());
  }

  LoopNode write(const LoopNode& loop) {
    LoopNode held{.kind = LoopNode::Kind::Block, .privateArrays = registers_};
    for (std::size_t c = 0; c < block_.held.size(); ++c)
      held.children.push_back(moves(c, true));
    addLoops(loop, held.children);
    for (std::size_t c = 0; c < block_.held.size(); ++c)
      held.children.push_back(moves(c, false));

    std::vector<IndexExpr> conditions = {{.op = Op::LessEqual, .operands = {block_.first, block_.last}}};
    conditions.insert(conditions.end(), block_.conditions.begin(), block_.conditions.end());
    if (!block_.full.empty() && !block_.inside.empty())
      conditions.push_back({.op = Op::Or, .operands = {conjunction(block_.full.toConditions()), conjunction(block_.inside.toConditions())}});
    LoopNode test{.kind = LoopNode::Kind::If, .condition = conjunction(conditions), .children = {withRest(loop, held)}};
    if (conditions.size() > 1 || block_.hasBefore || block_.hasAfter)
      test.children.push_back(loop);
    return test;
  }

private:
  /// How many groups of lanes sum up side by side: as often as the loop is unrolled.
  static std::int64_t copiesOf(const RegisterBlock& block, const LoopNode& loop) {
    const bool hasParts = std::ranges::any_of(block.held, &HeldCell::isInParts);
    const bool isUnrolled = loop.attributes.unroll > 1 && loop.attributes.unroll <= kMostSums && loop.step == 1;
    return hasParts && isUnrolled ? loop.attributes.unroll : 1;
  }

  /// The loop over the part where registers hold. Where parts of sums stand side by side, as many iterations at once, and
  /// those that are left.
  void addLoops(const LoopNode& loop, std::vector<LoopNode>& loops) {
    LoopNode rest = partOf(loop, block_.first, block_.last);
    if (copies_ > 1) {
      LoopNode main = partOf(loop, block_.first, plus(block_.last, 1 - copies_));
      main.step = copies_;
      main.attributes.unroll = rest.attributes.unroll = 0;
      std::string name = loop.variable + "_u";
      while (!names_.insert(name).second)
        name += "_";
      copy_ = {.op = Op::Variable, .name = name};
      shift_ = {{loop.variable, {.op = Op::Add, .operands = {{.op = Op::Variable, .name = loop.variable}, copy_}}}};
      LoopNode group{.kind = LoopNode::Kind::For, .variable = name, .loop = loop.loop, .attributes = {.unroll = kUnrollFull}};
      group.last = {.value = copies_ - 1};
      group.children = {rewritten(loop.children[0])};
      main.children = {std::move(group)};
      loops.push_back(std::move(main));
      copy_ = {};
      shift_.clear();
      const IndexExpr count = LinearForm(block_.last).plus(LinearForm(block_.first), -1).plus(LinearForm(1)).toIndexExpr();
      const IndexExpr groups{.op = Op::DivideFloor, .operands = {count, {.value = copies_}}};
      rest.first = LinearForm(block_.first).plus(LinearForm(groups), copies_).toIndexExpr();
    }
    rest.children = {rewritten(loop.children[0])};
    loops.push_back(std::move(rest));
  }

  static LoopNode partOf(const LoopNode& loop, const IndexExpr& first, const IndexExpr& last) {
    LoopNode part = loop;
    part.first = first;
    part.last = last;
    return part;
  }

  /// The block among what of the loop runs before and after it.
  LoopNode withRest(const LoopNode& loop, const LoopNode& held) const {
    if (!block_.hasBefore && !block_.hasAfter)
      return held;
    LoopNode all{.kind = LoopNode::Kind::Block};
    if (block_.hasBefore)
      all.children.push_back(partOf(loop, loop.first, plus(block_.first, -1)));
    all.children.push_back(held);
    if (block_.hasAfter)
      all.children.push_back(partOf(loop, plus(block_.last, 1), loop.last));
    return all;
  }

  void addRegisters(const HeldCell& cell) {
    const KernelArray& held = kernel_.arrays[static_cast<std::size_t>(cell.array)];
    KernelArray array{.name = held.name + "_r", .element = held.element, .isLocal = true, .isGenerated = true};
    while (!names_.insert(array.name).second)
      array.name += "_";
    for (const std::string& loop : cell.loops)
      if (!loop.empty())
        array.extents.push_back({.value = block_.fixed.at(loop).reach + 1});
    if (cell.isInParts() && copies_ > 1)
      array.extents.push_back({.value = copies_});
    if (cell.isInParts())
      array.extents.push_back({.value = block_.fixed.at(cell.lanes).span + 1});
    if (array.extents.empty())
      array.extents.push_back({.value = 1});
    registers_.push_back(static_cast<int>(kernel_.arrays.size()));
    kernel_.arrays.push_back(std::move(array));
  }

  /// A fixed loop's variable as a sum of the new ones, which all count from zero.
  LinearForm valueOf(const std::string& variable) const {
    LinearForm value = block_.fixed.at(variable).base;
    for (const auto& [outer, fixed] : block_.fixed)
      if (value.factorOf(outer) != 0)
        value = value.with(outer, valueOf(outer));
    return value.plus(LinearForm(IndexExpr{.op = Op::Variable, .name = variable}));
  }

  IndexExpr rewritten(const IndexExpr& expr) const {
    return LinearForm(substitute(substitute(expr, bindings_), shift_)).toIndexExpr();
  }

  LoopNode rewritten(const LoopNode& node) {
    LoopNode result = node;
    if (node.kind == LoopNode::Kind::For) {
      result.first = {.value = 0};
      result.last = {.value = block_.fixed.at(node.variable).span};
    } else if (node.kind == LoopNode::Kind::Call) {
      result.call = rewritten(node.call);
    }
    for (LoopNode& child : result.children)
      child = rewritten(child);
    return result;
  }

  StatementCall rewritten(const StatementCall& call) {
    StatementCall result = call;
    KernelStatement statement = kernel_.statements[static_cast<std::size_t>(call.statement)];
    for (std::size_t a = 0; a < call.subscripts.size(); ++a) {
      const HeldCell* cell = heldCellOf(kernel_, block_, call, a);
      if (cell == nullptr) {
        for (IndexExpr& subscript : result.subscripts[a])
          subscript = rewritten(subscript);
        continue;
      }
      statement.arrays[a] = registers_[static_cast<std::size_t>(cell - block_.held.data())];
      result.subscripts[a] = placeOf(*cell);
      if (cell->isInParts() && copies_ > 1)
        result.subscripts[a].push_back(copy_);
      if (cell->isInParts())
        result.subscripts[a].push_back({.op = Op::Variable, .name = cell->lanes});
    }
    for (std::vector<IndexExpr>* values : {&result.iterators, &result.affineValues})
      for (IndexExpr& value : *values)
        value = rewritten(value);
    if (!block_.padded.empty())
      result.membership = membership(*heldCellOf(kernel_, block_, call, 0));
    result.statement = static_cast<int>(kernel_.statements.size());
    kernel_.statements.push_back(std::move(statement));
    return result;
  }

  /// Where a held cell is among the registers; of one in parts, where its parts are.
  std::vector<IndexExpr> placeOf(const HeldCell& cell) const {
    std::vector<IndexExpr> place;
    for (const std::string& loop : cell.loops)
      if (!loop.empty())
        place.push_back(valueOf(loop).plus(block_.fixed.at(loop).root, -1).toIndexExpr());
    if (place.empty() && !cell.isInParts())
      place.push_back({.value = 0});
    return place;
  }

  /// Loops that load or store all cells of one kind, in pieces of the size that the body uses.
  LoopNode moves(std::size_t number, bool loads) {
    if (block_.full.empty() || membership(block_.held[number]).empty())
      return movesOf(number, loads, false);
    LoopNode test{.kind = LoopNode::Kind::If, .condition = conjunction(block_.full.toConditions())};
    test.children = {movesOf(number, loads, false), movesOf(number, loads, true)};
    return test;
  }

  /// `some`: only those that belong to iterations that run.
  LoopNode movesOf(std::size_t number, bool loads, bool some) {
    const HeldCell& cell = block_.held[number];
    LoopNode nest = moveOf(number, loads);
    if (some) {
      LoopNode test{.kind = LoopNode::Kind::If, .condition = conjunction(membership(cell))};
      test.children.push_back(std::move(nest));
      if (loads)
        test.children.push_back(clearing(number));
      nest = std::move(test);
    }
    for (const FixedLoop* fixed : innermostFirst(cell)) {
      LoopNode around{.kind = LoopNode::Kind::For, .variable = fixed->node->variable, .attributes = fixed->node->attributes};
      around.last = {.value = fixed->span};
      around.children.push_back(std::move(nest));
      nest = std::move(around);
    }
    return nest;
  }

  /// One cell into its register, or back.
  LoopNode moveOf(std::size_t number, bool loads) {
    const HeldCell& cell = block_.held[number];
    const int registers = registers_[number];
    std::vector<IndexExpr> memory;
    for (const LinearForm& subscript : cell.subscripts)
      memory.push_back(rewritten(subscript.toIndexExpr()));
    if (cell.isInParts())
      return loads ? startParts(kernel_, partsOf(number), cell.array, memory) : joinParts(kernel_, partsOf(number), cell.array, memory);
    const KernelArray& array = kernel_.arrays[static_cast<std::size_t>(registers)];
    StatementCall call{.statement = static_cast<int>(kernel_.statements.size())};
    call.subscripts = loads ? std::vector{placeOf(cell), memory} : std::vector{memory, placeOf(cell)};
    kernel_.statements.push_back({.name = fmt::format("{}_{}", array.name, loads ? "in" : "out"),
                                  .arrays = loads ? std::vector{registers, cell.array} : std::vector{cell.array, registers},
                                  .value = makeRead(1, array.element),
                                  .source = -1});
    return {.kind = LoopNode::Kind::Call, .call = std::move(call)};
  }

  PartialResults partsOf(std::size_t number) const {
    const HeldCell& cell = block_.held[number];
    return {.array = registers_[number], .place = placeOf(cell), .copies = copies_,
            .lanes = block_.fixed.at(cell.lanes).span + 1, .variable = cell.lanes, .reduction = cell.reduction};
  }

  /// What is computed in vain starts from zero: no C program may read a variable that was never written.
  LoopNode clearing(std::size_t number) {
    const HeldCell& cell = block_.held[number];
    if (cell.isInParts())
      return clearParts(kernel_, partsOf(number));
    const int registers = registers_[number];
    const KernelArray& array = kernel_.arrays[static_cast<std::size_t>(registers)];
    StatementCall call{.statement = static_cast<int>(kernel_.statements.size())};
    call.subscripts = {placeOf(cell)};
    kernel_.statements.push_back({.name = array.name + "_clear",
                                  .arrays = {registers},
                                  .value = isFloating(array.element) ? makeFloating(0, array.element)
                                                                     : makeInteger(0, array.element),
                                  .source = -1});
    return {.kind = LoopNode::Kind::Call, .call = std::move(call)};
  }

  /// Tests that an iteration of the padded loops around a cell runs.
  std::vector<IndexExpr> membership(const HeldCell& cell) const {
    std::vector<IndexExpr> tests;
    for (const FixedLoop* fixed : innermostFirst(cell)) {
      if (!block_.padded.contains(fixed->node->variable))
        continue;
      const LinearForm value = valueOf(fixed->node->variable);
      for (const LinearForm& low : fixed->lows)
        tests.push_back(value.plus(LinearForm(rewritten(low.toIndexExpr())), -1).isAtLeast(0));
      for (const LinearForm& high : fixed->highs)
        tests.push_back(LinearForm(rewritten(high.toIndexExpr())).plus(value, -1).isAtLeast(0));
    }
    return tests;
  }

  /// The fixed loops on which the cell depends; lanes come first.
  std::vector<const FixedLoop*> innermostFirst(const HeldCell& cell) const {
    std::vector<const FixedLoop*> loops;
    for (const std::string& variable : loopsOf(block_, cell))
      loops.push_back(&block_.fixed.at(variable));
    std::ranges::stable_partition(loops, [](const FixedLoop* loop) { return loop->node->attributes.vectorWidth > 0; });
    return loops;
  }

  Kernel& kernel_;
  std::set<std::string>& names_;
  const RegisterBlock& block_;
  const std::int64_t copies_;  ///< of each part of a sum
  std::vector<int> registers_; ///< arrays, per held cell
  std::map<std::string, IndexExpr> bindings_;
  IndexExpr copy_ = {};                    ///< which copy the code being written updates
  std::map<std::string, IndexExpr> shift_; ///< the loop's variable in that copy
};

class BlockPass {
public:
  explicit BlockPass(Kernel& kernel) : kernel_(kernel), names_(declaredNames(kernel)) {
    collectVariables(kernel.body, names_);
  }

  LoopNode visit(const LoopNode& node) {
    if (const auto block = findRegisterBlock(kernel_, node))
      return BlockWriter(kernel_, names_, *block, node).write(node);
    LoopNode result = node;
    for (LoopNode& child : result.children)
      child = visit(child);
    return result;
  }

private:
  Kernel& kernel_;
  std::set<std::string> names_;
};

} // namespace

Kernel withRegisterBlocks(Kernel kernel) {
  const LoopNode body = kernel.body;
  kernel.body = BlockPass(kernel).visit(body);
  return withSequentialUpdates(std::move(kernel));
}

} // namespace polyloom
