#include "core/program/reduction.h"

#include <algorithm>

namespace polyloom {

namespace {

class ReductionMatcher {
public:
  explicit ReductionMatcher(const Statement& statement) : statement_(statement) {}

  bool matches() const {
    const Expr& value = *statement_.value;
    switch (value.kind) {
    case Expr::Kind::Binary:
      if (value.op == Operator::Add || value.op == Operator::Multiply)
        return isUpdate(value.operands[0], value.operands[1]) || isUpdate(value.operands[1], value.operands[0]);
      return value.op == Operator::Subtract && isUpdate(value.operands[0], value.operands[1]);
    case Expr::Kind::Call:
      if (value.name != "fmin" && value.name != "fmax" && value.name != "fminf" && value.name != "fmaxf")
        return false;
      return isUpdate(value.operands[0], value.operands[1]) || isUpdate(value.operands[1], value.operands[0]);
    case Expr::Kind::Select: return isMinOrMax(value);
    default: return false;
    }
  }

private:
  /// `accumulator` reads the written cell and `rest` does not.
  bool isUpdate(const ExprPtr& accumulator, const ExprPtr& rest) const {
    if (accumulator->kind != Expr::Kind::Read || touchesWrittenCell(*rest))
      return false;
    const Access& read = statement_.accesses[static_cast<std::size_t>(accumulator->index)];
    const Access& write = statement_.accesses.front();
    return read.array == write.array && read.relation.is_equal(write.relation);
  }

  bool touchesWrittenCell(const Expr& expr) const {
    if (expr.kind == Expr::Kind::Read && meetsWrite(statement_.accesses[static_cast<std::size_t>(expr.index)]))
      return true;
    return std::ranges::any_of(expr.operands, [&](const ExprPtr& operand) { return touchesWrittenCell(*operand); });
  }

  bool meetsWrite(const Access& read) const {
    const Access& write = statement_.accesses.front();
    return read.array == write.array &&
           !read.relation.intersect(write.relation).intersect_domain(statement_.domain).is_empty();
  }

  /// (a < b) ? a : b and its kin, the two sides equal to the comparison's.
  bool isMinOrMax(const Expr& select) const {
    const Expr& condition = *select.operands[0];
    const bool compares = condition.kind == Expr::Kind::Binary &&
                          (condition.op == Operator::Less || condition.op == Operator::LessEqual ||
                           condition.op == Operator::Greater || condition.op == Operator::GreaterEqual);
    if (!compares)
      return false;
    const ExprPtr& a = condition.operands[0];
    const ExprPtr& b = condition.operands[1];
    const ExprPtr& yes = select.operands[1];
    const ExprPtr& no = select.operands[2];
    const bool same = (isSame(*a, *yes) && isSame(*b, *no)) || (isSame(*a, *no) && isSame(*b, *yes));
    return same && (isUpdate(a, b) || isUpdate(b, a));
  }

  bool isSame(const Expr& a, const Expr& b) const {
    if (a.kind != b.kind || a.type != b.type || a.integer != b.integer || a.floating != b.floating || a.op != b.op ||
        a.name != b.name || a.operands.size() != b.operands.size())
      return false;
    if (a.kind == Expr::Kind::Read) {
      const Access& left = statement_.accesses[static_cast<std::size_t>(a.index)];
      const Access& right = statement_.accesses[static_cast<std::size_t>(b.index)];
      return left.array == right.array && left.relation.is_equal(right.relation);
    }
    if (a.index != b.index)
      return false;
    for (std::size_t i = 0; i < a.operands.size(); ++i)
      if (!isSame(*a.operands[i], *b.operands[i]))
        return false;
    return true;
  }

  const Statement& statement_;
};

} // namespace

bool isReduction(const Statement& statement) { return ReductionMatcher(statement).matches(); }

isl::map updatesOfOneCell(const Statement& reduction, const isl::map& pairs) {
  const Access& write = reduction.accesses.front();
  const auto touches = std::ranges::count(reduction.accesses, write.array, &Access::array);
  if (touches == 2) // the update alone
    return pairs;
  return pairs.intersect(write.relation.apply_range(write.relation.reverse()));
}

} // namespace polyloom
