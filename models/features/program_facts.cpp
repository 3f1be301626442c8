#include "models/features/program_facts.h"

#include <algorithm>
#include <optional>

namespace polyloom {

namespace {

/// Goes through a statement's value: counts, and the longest chain of operations above each read.
class ValueReader {
public:
  explicit ValueReader(StatementFacts& facts) : facts_(facts) {}

  /// `above`: cycles from this value to the result. Returns the cycles that the value itself takes.
  double read(const Expr& expr, double above) {
    const double own = latencyOf(expr);
    count(expr);
    if (expr.kind == Expr::Kind::Read && expr.index >= 0 && expr.index < std::ssize(facts_.accesses)) {
      AccessFacts& access = facts_.accesses[static_cast<std::size_t>(expr.index)];
      access.latency = std::max(access.latency, above);
      access.isUsed = true;
    }
    if (expr.kind == Expr::Kind::Select)
      facts_.isConditional = true;
    double below = 0;
    for (const ExprPtr& operand : expr.operands)
      below = std::max(below, read(*operand, above + own));
    return below + own;
  }

private:
  static bool isRoot(const Expr& expr) { return expr.name.starts_with("sqrt"); }
  /// One or two instructions, none of them a call.
  static bool isPlainCall(const Expr& expr) {
    return expr.name.starts_with("f") || expr.name == "abs" || expr.name == "labs";
  }

  static bool isComparison(Operator op) {
    return op == Operator::Less || op == Operator::LessEqual || op == Operator::Greater || op == Operator::GreaterEqual ||
           op == Operator::Equal || op == Operator::NotEqual;
  }

  static bool comparesFloating(const Expr& expr) {
    return std::ranges::any_of(expr.operands, [](const ExprPtr& operand) { return isFloating(operand->type); });
  }

  static double latencyOf(const Expr& expr) {
    switch (expr.kind) {
    case Expr::Kind::Unary: return 1;
    case Expr::Kind::Select: return isFloating(expr.type) ? kChooseLatency : kIntegerChooseLatency;
    case Expr::Kind::Cast: return kMultiplyLatency;
    case Expr::Kind::Call: return isRoot(expr) ? kRootLatency : isPlainCall(expr) ? kChooseLatency : kCallLatency;
    case Expr::Kind::Binary: break;
    default: return 0;
    }
    if (isComparison(expr.op))
      return comparesFloating(expr) ? kChooseLatency : kIntegerChooseLatency;
    if (!isFloating(expr.type))
      return expr.op == Operator::Divide || expr.op == Operator::Remainder ? kDivideLatency
             : expr.op == Operator::Multiply                              ? kMultiplyLatency
                                                                          : kIntegerLatency;
    return expr.op == Operator::Divide ? kDivideLatency : expr.op == Operator::Multiply ? kMultiplyLatency : kAddLatency;
  }

  void count(const Expr& expr) {
    OperationCounts& counts = facts_.operations;
    switch (expr.kind) {
    case Expr::Kind::Unary: counts.choose += expr.op == Operator::Negate ? 0.5 : 1; break;
    case Expr::Kind::Select: (isFloating(expr.type) ? counts.choose : counts.integerChoose) += 1; break;
    case Expr::Kind::Cast: counts.cast += 1; break;
    case Expr::Kind::Affine: counts.integer += 1; break;
    case Expr::Kind::Call: (isRoot(expr) ? counts.root : isPlainCall(expr) ? counts.choose : counts.call) += 1; break;
    case Expr::Kind::Binary: countBinary(expr); break;
    default: break;
    }
  }

  void countBinary(const Expr& expr) {
    OperationCounts& counts = facts_.operations;
    if (expr.op == Operator::And || expr.op == Operator::Or)
      facts_.isConditional = true;
    if (isComparison(expr.op))
      (comparesFloating(expr) ? counts.choose : counts.integerChoose) += 1;
    else if (expr.op == Operator::Divide || expr.op == Operator::Remainder)
      counts.divide += 1;
    else if (!isFloating(expr.type))
      counts.integer += 1;
    else
      (expr.op == Operator::Multiply ? counts.multiply : counts.add) += 1;
  }

  StatementFacts& facts_;
};

bool haveSameSlopes(const AccessFacts& a, const AccessFacts& b) {
  return a.array == b.array && std::ranges::equal(a.subscripts, b.subscripts, [](const auto& left, const auto& right) {
    return left.coefficients == right.coefficients && left.floors == right.floors;
  });
}

bool isSameCell(const AccessFacts& a, const AccessFacts& b) {
  return haveSameSlopes(a, b) && std::ranges::equal(a.subscripts, b.subscripts, {}, &NumericForm::constant, &NumericForm::constant);
}

void makeGroups(StatementFacts& facts) {
  for (std::size_t a = 0; a < facts.accesses.size(); ++a) {
    AccessFacts& access = facts.accesses[a];
    const auto group = std::ranges::find_if(facts.groups, [&](const AccessGroup& each) {
      return haveSameSlopes(facts.accesses[static_cast<std::size_t>(each.first)], access);
    });
    access.group = static_cast<int>(group - facts.groups.begin());
    if (group == facts.groups.end()) {
      AccessGroup made{.array = access.array, .first = static_cast<int>(a), .low = {}, .high = {}};
      for (const NumericForm& subscript : access.subscripts)
        made.low.push_back(subscript.constant);
      made.high = made.low;
      facts.groups.push_back(std::move(made));
    } else {
      const bool isNew = std::ranges::none_of(facts.accesses.begin(), facts.accesses.begin() + static_cast<std::ptrdiff_t>(a),
                                              [&](const AccessFacts& before) { return isSameCell(before, access); });
      group->distinct += isNew ? 1 : 0;
      for (std::size_t d = 0; d < access.subscripts.size(); ++d) {
        group->low[d] = std::min(group->low[d], access.subscripts[d].constant);
        group->high[d] = std::max(group->high[d], access.subscripts[d].constant);
      }
    }
    AccessGroup& own = facts.groups[static_cast<std::size_t>(access.group)];
    (access.isWrite ? own.hasWrite : own.hasRead) = true;
  }
}

/// x = x op e, told by the cells.
void markUpdates(StatementFacts& facts) {
  for (AccessFacts& access : facts.accesses) {
    access.isUpdated = !access.isWrite && isSameCell(access, facts.accesses.front());
    facts.isReduction = facts.isReduction || access.isUpdated;
  }
}

} // namespace

bool isCopy(const StatementFacts& facts) {
  return facts.statement.value != nullptr && facts.statement.value->kind == Expr::Kind::Read;
}

double ArrayFacts::bytes() const {
  double bytes = elementBytes;
  for (const double extent : extents)
    bytes *= std::max(extent, 1.0);
  return bytes;
}

double ArrayFacts::stride(std::size_t dimension) const {
  double bytes = elementBytes;
  for (std::size_t d = dimension + 1; d < extents.size(); ++d)
    bytes *= std::max(extents[d], 1.0);
  return bytes;
}

ArrayFacts arrayFacts(const Array& array, const ParameterPoint& parameters) {
  ArrayFacts facts{.name = array.name, .extents = {}, .elementBytes = static_cast<double>(sizeOf(array.element)),
                   .isPrivate = array.isGenerated, .isLocal = array.isLocal};
  for (const isl::pw_aff& extent : array.extents)
    facts.extents.push_back(std::max(1.0, numericForm(extent, parameters).constant));
  return facts;
}

StatementFacts statementFacts(const Scop& scop, const Statement& statement, const ParameterPoint& parameters) {
  StatementFacts facts{.operations = {}, .accesses = {}, .groups = {}, .statement = statement};
  for (const Access& access : statement.accesses) {
    const Array& array = scop.arrays[static_cast<std::size_t>(access.array)];
    AccessFacts made{.array = access.array, .isWrite = access.isWrite, .subscripts = {}, .isUsed = access.isWrite};
    for (const isl::pw_aff& subscript : subscriptsOf(access, array.extents.size()))
      made.subscripts.push_back(numericForm(subscript, parameters));
    for (const NumericForm& subscript : made.subscripts)
      facts.isExact = facts.isExact && subscript.isExact;
    facts.accesses.push_back(std::move(made));
  }
  if (!statement.accesses.empty())
    facts.type = scop.arrays[static_cast<std::size_t>(statement.accesses.front().array)].element;
  if (statement.value != nullptr)
    facts.depth = ValueReader(facts).read(*statement.value, 0);
  makeGroups(facts);
  markUpdates(facts);
  return facts;
}

} // namespace polyloom
