#include "core/codegen/computed_copies.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace polyloom {

namespace {

/// Equal as trees, whatever access their reads are of.
bool isSameForm(const Expr& a, const Expr& b) {
  if (a.kind != b.kind || a.type != b.type || a.op != b.op || a.name != b.name || a.operands.size() != b.operands.size())
    return false;
  if (a.integer != b.integer || a.floating != b.floating || (a.kind == Expr::Kind::Scalar && a.index != b.index))
    return false;
  return std::ranges::equal(a.operands, b.operands,
                            [](const ExprPtr& left, const ExprPtr& right) { return isSameForm(*left, *right); });
}

bool isConstant(const Expr& expr) {
  switch (expr.kind) {
  case Expr::Kind::Integer:
  case Expr::Kind::Floating:
  case Expr::Kind::Scalar: return true;
  case Expr::Kind::Unary:
  case Expr::Kind::Binary:
  case Expr::Kind::Cast:
    return std::ranges::all_of(expr.operands, [](const ExprPtr& operand) { return isConstant(*operand); });
  default: return false;
  }
}

/// The one access whose value the tree computes with, beside constants; nothing where it needs more.
std::optional<int> onlyRead(const Expr& expr) {
  if (expr.kind == Expr::Kind::Read)
    return expr.index;
  if (expr.kind != Expr::Kind::Unary && expr.kind != Expr::Kind::Binary)
    return std::nullopt;
  std::optional<int> read;
  for (const ExprPtr& operand : expr.operands) {
    if (isConstant(*operand))
      continue;
    const std::optional<int> found = onlyRead(*operand);
    if (!found || read)
      return std::nullopt;
    read = found;
  }
  return read;
}

template <typename Change> ExprPtr withOperands(const Expr& expr, Change change) {
  Expr result = expr;
  for (ExprPtr& operand : result.operands)
    operand = change(operand);
  return std::make_shared<const Expr>(std::move(result));
}

/// The tree with the form's value, wherever it is computed from one of these accesses, read there.
ExprPtr withoutForm(const ExprPtr& expr, const Expr& form, const std::vector<int>& accesses) {
  const std::optional<int> read = onlyRead(*expr);
  if (read && isSameForm(*expr, form) && std::ranges::find(accesses, *read) != accesses.end())
    return makeRead(*read, form.type);
  return withOperands(*expr, [&](const ExprPtr& operand) { return withoutForm(operand, form, accesses); });
}

/// The form with another access in its place.
ExprPtr onAccess(const ExprPtr& form, int access) {
  if (form->kind == Expr::Kind::Read)
    return makeRead(access, form->type);
  return withOperands(*form, [&](const ExprPtr& operand) { return onAccess(operand, access); });
}

/// What the copies into one buffer can compute.
class BufferPass {
public:
  BufferPass(Kernel& kernel, int buffer) : kernel_(kernel), buffer_(buffer) {}

  void run() {
    for (std::size_t s = 0; s < kernel_.statements.size(); ++s)
      if (!sort(s))
        return;
    if (copies_.empty() || form_ == nullptr || form_->kind == Expr::Kind::Read || !isFloating(form_->type))
      return; // integers could overflow where nothing reads them
    for (const std::size_t copy : copies_)
      kernel_.statements[copy].value = onAccess(form_, 1);
    for (const std::size_t reader : readers_) {
      KernelStatement& statement = kernel_.statements[reader];
      statement.value = withoutForm(statement.value, *form_, accessesOf(statement));
    }
  }

private:
  /// Whether the statement leaves the choice, as a copy, as a reader of the same form, or as one without the buffer.
  bool sort(std::size_t number) {
    const KernelStatement& statement = kernel_.statements[number];
    const bool writes = statement.arrays.front() == buffer_;
    const std::vector<int> reads = accessesOf(statement);
    if (writes) {
      copies_.push_back(number);
      return reads.empty() && statement.value->kind == Expr::Kind::Read;
    }
    if (reads.empty())
      return true;
    readers_.push_back(number);
    return meet(statement.value, reads);
  }

  /// The reads of the buffer among the statement's accesses.
  std::vector<int> accessesOf(const KernelStatement& statement) const {
    std::vector<int> reads;
    for (std::size_t a = 1; a < statement.arrays.size(); ++a)
      if (statement.arrays[a] == buffer_)
        reads.push_back(static_cast<int>(a));
    return reads;
  }

  /// Finds the largest forms around the accesses; false where one of them is another one than elsewhere.
  bool meet(const ExprPtr& expr, const std::vector<int>& accesses) {
    if (const std::optional<int> read = onlyRead(*expr); read && expr->type == typeOfBuffer()) {
      if (std::ranges::find(accesses, *read) == accesses.end())
        return true;
      if (form_ == nullptr)
        form_ = expr;
      return isSameForm(*expr, *form_);
    }
    return std::ranges::all_of(expr->operands, [&](const ExprPtr& operand) { return meet(operand, accesses); });
  }

  ElementType typeOfBuffer() const { return kernel_.arrays[static_cast<std::size_t>(buffer_)].element; }

  Kernel& kernel_;
  int buffer_;
  std::vector<std::size_t> copies_, readers_;
  ExprPtr form_;
};

} // namespace

Kernel withComputedCopies(Kernel kernel) {
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a)
    if (kernel.arrays[a].isGenerated && kernel.arrays[a].isLocal)
      BufferPass(kernel, static_cast<int>(a)).run();
  return kernel;
}

} // namespace polyloom
