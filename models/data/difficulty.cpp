#include "models/data/difficulty.h"

#include "core/generate/shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace polyloom {

namespace {

/// Operators and operands of a program's assignments; a subscripted array is an operand of its own.
class Halstead {
public:
  void take(const Statement& statement) {
    operators_.insert("=");
    operand("array " + std::to_string(statement.accesses.front().array));
    takeExpression(statement, *statement.value);
  }

  int decisions() const { return decisions_; }
  double difficulty() const {
    return operands_.empty() ? 0
                             : static_cast<double>(operators_.size()) / 2 * static_cast<double>(allOperands_) /
                                   static_cast<double>(operands_.size());
  }

private:
  void operand(std::string name) {
    ++allOperands_;
    operands_.insert(std::move(name));
  }

  void takeExpression(const Statement& statement, const Expr& expr) {
    switch (expr.kind) {
    case Expr::Kind::Integer: operand(std::to_string(expr.integer)); break;
    case Expr::Kind::Floating: operand(fmt::format("{}", expr.floating)); break;
    case Expr::Kind::Read:
      operand("array " + std::to_string(statement.accesses[static_cast<std::size_t>(expr.index)].array));
      break;
    case Expr::Kind::Scalar: operand("scalar " + std::to_string(expr.index)); break;
    case Expr::Kind::Affine: operand(statement.name + " value " + std::to_string(expr.index)); break;
    case Expr::Kind::Unary:
    case Expr::Kind::Binary:
      operators_.insert(spelling(expr.op) + std::to_string(expr.operands.size()));
      decisions_ += expr.op == Operator::And || expr.op == Operator::Or ? 1 : 0;
      break;
    case Expr::Kind::Select:
      operators_.insert("?:");
      ++decisions_;
      break;
    case Expr::Kind::Call: operators_.insert(expr.name); break;
    case Expr::Kind::Cast:
    case Expr::Kind::Opaque: break;
    }
    for (const ExprPtr& each : expr.operands)
      takeExpression(statement, *each);
  }

  std::set<std::string> operators_, operands_;
  int allOperands_ = 0;
  int decisions_ = 0;
};

double growth(double measure, double least) { return std::log2(std::max(measure, least) / least); }

} // namespace

ProgramMeasures measuresOf(const Scop& scop) {
  const ProgramShape shape = shapeOf(scop);
  ProgramMeasures measures{.depth = static_cast<int>(shape.depth),
                           .statements = static_cast<int>(shape.statements),
                           .nests = static_cast<int>(shape.nests)};
  Halstead halstead;
  for (const Statement& statement : scop.statements) {
    halstead.take(statement);
    measures.slantedBounds += static_cast<int>(relatedLoops(statement).size());
  }
  measures.cyclomatic = 1 + static_cast<int>(scop.loops.size()) + halstead.decisions();
  measures.halstead = halstead.difficulty();
  return measures;
}

double difficultyOf(const ProgramMeasures& measures) {
  return growth(measures.cyclomatic, 1) + growth(measures.halstead, 0.5) +
         2 * (growth(measures.depth, 1) + growth(measures.nests, 1) + growth(1 + measures.slantedBounds, 1));
}

} // namespace polyloom
