#include "core/codegen/register_block.h"

#include "core/codegen/c_expr.h"

#include <algorithm>
#include <set>

namespace polyloom {

namespace {

using Op = IndexExpr::Op;

constexpr std::int64_t kMostCopies = 512;      ///< of one statement
constexpr std::int64_t kMostHeldBytes = 4096;  ///< twice the registers of a processor with 32 vectors of 64 bytes

bool isFixed(const LoopNode& node) {
  return node.kind == LoopNode::Kind::For && node.step == 1 &&
         (node.attributes.vectorWidth > 1 || node.attributes.unroll == kUnrollFull);
}

class BlockFinder {
public:
  BlockFinder(const Kernel& kernel, const LoopNode& loop) : kernel_(kernel), loop_(loop) {}

  std::optional<RegisterBlock> find() {
    block_.first = loop_.first;
    block_.last = loop_.last;
    if (loop_.kind != LoopNode::Kind::For || loop_.attributes.parallel || isFixed(loop_) || !collect(loop_.children[0], 1))
      return std::nullopt;
    if (block_.fixed.empty())
      return std::nullopt;
    cut();
    for (const StatementCall* call : block_.calls)
      hold(*call);
    if (block_.held.empty() || (hasMovingLanes_ && std::ranges::none_of(block_.held, &HeldCell::isInParts)))
      return std::nullopt;
    pad();
    demandFullLoops();
    return std::move(block_);
  }

private:
  /// Gathers the fixed loops and the calls; false where there is anything else. `copies`: of what stands here.
  bool collect(const LoopNode& node, std::int64_t copies) {
    switch (node.kind) {
    case LoopNode::Kind::Call:
      block_.calls.push_back(&node.call);
      around_.emplace(&node.call, open_);
      return true;
    case LoopNode::Kind::If: return false;
    case LoopNode::Kind::Block:
      return std::ranges::all_of(node.children, [&](const LoopNode& child) { return collect(child, copies); });
    case LoopNode::Kind::For: break;
    }
    if (!isFixed(node) || !addFixed(node))
      return false;
    copies *= block_.fixed.at(node.variable).span + 1;
    open_.insert(node.variable);
    const bool isFine = copies <= kMostCopies && collect(node.children[0], copies);
    open_.erase(node.variable);
    return isFine;
  }

  bool addFixed(const LoopNode& node) {
    const std::vector<LinearForm> lows = partsOf(node.first, Op::Max), highs = partsOf(node.last, Op::Min);
    for (const LinearForm& low : lows)
      for (const LinearForm& high : highs)
        if (const LinearForm span = high.plus(low, -1); span.isConstant() && isWhole(node, span.constant()))
          return addFixed(node, low, span.constant(), lows, highs);
    return false;
  }

  static bool isWhole(const LoopNode& node, std::int64_t span) {
    const int width = node.attributes.vectorWidth;
    return width > 1 ? span == width - 1 : span > 0 && span < kMostCopies;
  }

  bool addFixed(const LoopNode& node, const LinearForm& base, std::int64_t span, const std::vector<LinearForm>& lows,
                const std::vector<LinearForm>& highs) {
    const bool moves = base.mentions(loop_.variable);
    if ((moves && (base.hides(loop_.variable) || node.attributes.vectorWidth == 0)) || block_.fixed.contains(node.variable))
      return false;
    hasMovingLanes_ = hasMovingLanes_ || moves;
    const auto low = lowest(base), high = highest(base);
    if (!low || !high)
      return false;
    FixedLoop fixed{.node = &node, .base = base, .span = span, .root = *low,
                    .reach = high->plus(*low, -1).constant() + span, .lows = {}, .highs = {}, .full = {}};
    const LinearForm last = base.plus(LinearForm(span));
    for (const LinearForm& other : lows)
      if (other != base && !bound(other, base.plus(other, -1), fixed.lows, fixed.full))
        return false;
    for (const LinearForm& other : highs)
      if (other != last && !bound(other, other.plus(last, -1), fixed.highs, fixed.full))
        return false;
    block_.fixed.emplace(node.variable, std::move(fixed));
    return true;
  }

  /// Sees to it that a further bound of a fixed loop is never passed: in a part of the block's loop where it moves with
  /// it, by a test where it does not. `room`: what is left up to the bound.
  bool bound(const LinearForm& bound, const LinearForm& room, std::vector<LinearForm>& bounds, Constraints& tests) {
    const auto low = lowest(room.withoutQuotients());
    if (!low || low->hides(loop_.variable))
      return false;
    const std::int64_t factor = low->factorOf(loop_.variable);
    if (factor == 0 || loop_.step != 1) {
      bounds.push_back(bound);
      return require(room, tests);
    }
    // factor * k + rest >= 0
    const LinearForm rest = low->with(loop_.variable, LinearForm());
    const auto divided = [&](const LinearForm& form, std::int64_t by) {
      return by == 1 ? form.toIndexExpr()
                     : IndexExpr{.op = Op::DivideFloor, .operands = {form.toIndexExpr(), {.value = by}}};
    };
    if (factor > 0)
      from_.push_back(divided(LinearForm(factor - 1).plus(rest, -1), factor));
    else
      to_.push_back(divided(rest, -factor));
    return true;
  }

  /// The greatest (Op::Max) or least of these, without those that another one is always beyond.
  static IndexExpr extreme(Op op, const IndexExpr& own, const std::vector<IndexExpr>& others) {
    std::vector<LinearForm> parts = partsOf(own, op);
    for (const IndexExpr& other : others) {
      const LinearForm added(other);
      const auto isBeyond = [op](const LinearForm& form, const LinearForm& than) {
        const LinearForm distance = op == Op::Max ? form.plus(than, -1) : than.plus(form, -1);
        return distance.isConstant() && distance.constant() >= 0;
      };
      if (std::ranges::any_of(parts, [&](const LinearForm& part) { return isBeyond(part, added); }))
        continue;
      std::erase_if(parts, [&](const LinearForm& part) { return isBeyond(added, part); });
      parts.push_back(added);
    }
    IndexExpr result = parts.front().toIndexExpr();
    for (std::size_t p = 1; p < parts.size(); ++p)
      result = {.op = op, .operands = {std::move(result), parts[p].toIndexExpr()}};
    return result;
  }

  /// Cuts the loop where the bounds that move with it begin and cease to matter.
  void cut() {
    block_.first = from_.empty() ? loop_.first : extreme(Op::Max, loop_.first, from_);
    block_.last = to_.empty() ? loop_.last : extreme(Op::Min, loop_.last, to_);
    block_.hasBefore = toC(block_.first) != toC(loop_.first);
    block_.hasAfter = toC(block_.last) != toC(loop_.last);
  }

  /// The smallest value over all values of the fixed loops, each on its own.
  std::optional<LinearForm> lowest(LinearForm form) const {
    for (const auto& [variable, fixed] : block_.fixed) {
      if (form.hides(variable))
        return std::nullopt;
      const std::int64_t reach = form.factorOf(variable) < 0 ? fixed.reach : 0;
      form = form.with(variable, fixed.root.plus(LinearForm(reach)));
    }
    return form;
  }

  std::optional<LinearForm> highest(const LinearForm& form) const {
    const auto negated = lowest(LinearForm().plus(form, -1));
    return negated ? std::optional(LinearForm().plus(*negated, -1)) : std::nullopt;
  }

  /// The smallest value over all iterations of the loop as well.
  std::optional<LinearForm> lowestInLoop(const LinearForm& form) const {
    const auto low = lowest(form);
    if (!low || low->hides(loop_.variable))
      return std::nullopt;
    return low->with(loop_.variable, LinearForm(low->factorOf(loop_.variable) > 0 ? block_.first : block_.last));
  }

  /// Whether the form cannot be negative in the loop's part: one of the bounds that make up the part's tells.
  bool isNeverNegative(const LinearForm& form) const {
    const auto low = lowest(form);
    if (!low || low->hides(loop_.variable))
      return false;
    const bool rises = low->factorOf(loop_.variable) > 0;
    return std::ranges::any_of(partsOf(rises ? block_.first : block_.last, rises ? Op::Max : Op::Min), [&](const LinearForm& part) {
      const LinearForm value = low->with(loop_.variable, part);
      return value.isConstant() && value.constant() >= 0;
    });
  }

  /// Adds the test that the form is not negative; false where it cannot be.
  bool require(const LinearForm& form, Constraints& tests) const {
    if (isNeverNegative(form))
      return true;
    const auto low = lowestInLoop(form.withoutQuotients());
    if (!low || (low->isConstant() && low->constant() < 0))
      return false;
    tests.add(*low);
    return true;
  }

  void hold(const StatementCall& call) {
    const auto written = static_cast<std::size_t>(statementOf(call).arrays[0]);
    HeldCell cell{.array = static_cast<int>(written), .subscripts = cellOf(call, 0), .loops = {}};
    const bool isKnown = std::ranges::any_of(block_.held, [&](const HeldCell& other) {
      return other.array == cell.array && other.subscripts == cell.subscripts;
    });
    if (isKnown || !nameLoops(cell))
      return;
    findParts(cell, call);
    if (heldBytes(cell) > kMostHeldBytes)
      return;
    std::vector<IndexExpr> apart;
    for (const StatementCall* other : block_.calls)
      for (std::size_t access = 0; access < other->subscripts.size(); ++access)
        if (statementOf(*other).arrays[access] == cell.array && !isApart(cell, cellOf(*other, access), other == &call, apart))
          return;
    for (IndexExpr& condition : apart)
      if (std::ranges::none_of(block_.conditions, [&](const IndexExpr& known) { return toC(known) == toC(condition); }))
        block_.conditions.push_back(std::move(condition));
    block_.held.push_back(std::move(cell));
  }

  /// Whether different values of the fixed loops mean different cells, the same ones in all iterations.
  bool nameLoops(HeldCell& cell) const {
    for (const LinearForm& subscript : cell.subscripts) {
      std::vector<std::string> named;
      if (subscript.mentions(loop_.variable))
        return false;
      for (const auto& [variable, fixed] : block_.fixed)
        if (subscript.hides(variable) || (subscript.factorOf(variable) != 0 && fixed.base.mentions(loop_.variable)))
          return false;
        else if (subscript.factorOf(variable) != 0)
          named.push_back(variable);
      if (named.size() > 1)
        return false;
      cell.loops.push_back(named.empty() ? "" : named.front());
    }
    return true;
  }

  /// The group of lanes that update the cell together, where they do.
  void findParts(HeldCell& cell, const StatementCall& call) const {
    const std::optional<KernelReduction> reduction = reductionOf(kernel_, call);
    for (const std::string& variable : around_.at(&call))
      if (reduction && block_.fixed.at(variable).node->attributes.vectorWidth > 1 && mayMeet(call, variable)) {
        cell.lanes = variable;
        cell.reduction = *reduction;
      }
  }

  std::int64_t heldBytes(const HeldCell& cell) const {
    std::int64_t bytes = sizeOf(kernel_.arrays[static_cast<std::size_t>(cell.array)].element);
    for (const std::string& loop : cell.loops)
      bytes *= loop.empty() ? 1 : block_.fixed.at(loop).reach + 1;
    return !cell.isInParts() ? bytes : bytes * (block_.fixed.at(cell.lanes).span + 1);
  }

  /// Whether the cells of an access are the held ones, one by one, or others; notes what has to be tested for that.
  /// `isOwn`: of the call that the cell was found at, alone to touch one in parts.
  bool isApart(const HeldCell& cell, const std::vector<LinearForm>& other, bool isOwn, std::vector<IndexExpr>& tests) const {
    if (other == cell.subscripts)
      return isOwn || !cell.isInParts();
    std::vector<IndexExpr> ways;
    for (std::size_t d = 0; d < other.size(); ++d)
      for (const auto& [above, below] : {std::pair(&other[d], &cell.subscripts[d]), std::pair(&cell.subscripts[d], &other[d])}) {
        const auto high = highest(*below);
        const auto low = lowest(*above);
        if (high && low && isNeverNegative(low->plus(*high, -1).plus(LinearForm(-1))))
          return true;
        const auto gap = high && low ? lowestInLoop(low->plus(*high, -1)) : std::nullopt;
        if (!gap || gap->isConstant())
          continue;
        ways.push_back(gap->isAtLeast(1));
      }
    if (ways.empty())
      return false;
    tests.push_back(ways.size() == 1 ? ways.front() : IndexExpr{.op = Op::Or, .operands = ways});
    return true;
  }

  /// Finds the loops that may run too far: what is computed there reaches no cell but the held ones, each its own.
  void pad() {
    Constraints inside;
    for (const StatementCall* call : block_.calls)
      if (mayTrap(*statementOf(*call).value) || !touchesOneHeldCell(*call) || !readsInside(*call, inside))
        return;
    for (const auto& [variable, fixed] : block_.fixed)
      if (isBoundedOutside(fixed) && std::ranges::all_of(block_.calls, [&](const StatementCall* call) {
            return !around_.at(call).contains(variable) || decidesCell(variable, fixed, *call);
          }) && !inside.implyAll(fixed.full)) // where the arrays end with the loop, running too far is never inside
        block_.padded.insert(variable);
    if (!block_.padded.empty())
      block_.inside = std::move(inside);
  }

  /// Tests that the other loops run over their whole span; what that says of the padded ones is said.
  void demandFullLoops() {
    Constraints others, padded;
    for (const auto& [variable, fixed] : block_.fixed)
      (block_.padded.contains(variable) ? padded : others).add(fixed.full);
    std::erase_if(block_.padded, [&](const std::string& variable) { return others.implyAll(block_.fixed.at(variable).full); });
    block_.full = padded.without(others);
    if (block_.full.empty()) {
      block_.padded.clear();
      block_.inside = {};
    }
    for (IndexExpr& condition : others.toConditions())
      block_.conditions.push_back(std::move(condition));
  }

  bool touchesOneHeldCell(const StatementCall& call) const {
    const HeldCell* own = heldCellOf(kernel_, block_, call, 0);
    for (std::size_t access = 1; access < call.subscripts.size(); ++access)
      if (const HeldCell* other = heldCellOf(kernel_, block_, call, access); other != nullptr && other != own)
        return false;
    return own != nullptr;
  }

  /// Whether all reads of the call, but for its held cell, stay within their arrays in missing iterations, too.
  bool readsInside(const StatementCall& call, Constraints& tests) const {
    for (std::size_t access = 1; access < call.subscripts.size(); ++access) {
      const KernelArray& array = kernel_.arrays[static_cast<std::size_t>(statementOf(call).arrays[access])];
      if (heldCellOf(kernel_, block_, call, access) != nullptr)
        continue;
      const std::vector<LinearForm> cell = cellOf(call, access);
      for (std::size_t d = 0; d < cell.size(); ++d)
        if (!require(cell[d], tests) || !require(LinearForm(array.extents[d]).plus(cell[d], -1).plus(LinearForm(-1)), tests))
          return false;
    }
    return true;
  }

  /// Whether the same iterations run each time, and none of them twice.
  bool isBoundedOutside(const FixedLoop& fixed) const {
    const auto isFree = [&](const LinearForm& bound) { return !bound.mentions(loop_.variable); };
    std::size_t outer = 0;
    for (const auto& [variable, around] : block_.fixed)
      if (const std::int64_t factor = fixed.base.factorOf(variable); factor != 0 && (++outer > 1 || factor <= fixed.span))
        return false;
    return std::ranges::all_of(fixed.lows, isFree) && std::ranges::all_of(fixed.highs, isFree);
  }

  /// Whether the call's cell tells in which iteration of the fixed loop it is touched, and whether that one runs.
  bool decidesCell(const std::string& variable, const FixedLoop& fixed, const StatementCall& call) const {
    const std::vector<std::string> loops = loopsOf(block_, *heldCellOf(kernel_, block_, call, 0));
    const auto isKnown = [&](const std::string& name) { return std::ranges::find(loops, name) != loops.end(); };
    const auto isDecided = [&](const LinearForm& bound) {
      return std::ranges::all_of(block_.fixed, [&](const auto& other) {
        return !bound.mentions(other.first) || isKnown(other.first);
      });
    };
    return isKnown(variable) && std::ranges::all_of(fixed.lows, isDecided) && std::ranges::all_of(fixed.highs, isDecided);
  }

  const KernelStatement& statementOf(const StatementCall& call) const {
    return kernel_.statements[static_cast<std::size_t>(call.statement)];
  }

  const Kernel& kernel_;
  const LoopNode& loop_;
  RegisterBlock block_;
  std::vector<IndexExpr> from_, to_;                                ///< bounds of the loop's part
  std::set<std::string> open_;                                      ///< fixed loops around what is being collected
  std::map<const StatementCall*, std::set<std::string>> around_;    ///< fixed loops around each call
  bool hasMovingLanes_ = false; ///< lanes begin elsewhere in each iteration of the loop
};

} // namespace

std::optional<RegisterBlock> findRegisterBlock(const Kernel& kernel, const LoopNode& loop) {
  return BlockFinder(kernel, loop).find();
}

} // namespace polyloom
