// Expressions that statements compute: plain values, free of isl.
#pragma once

#include "core/program/types.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace polyloom {

struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;

/// C's operators on values. And, Or and Select evaluate lazily, as in C: operands have no side effects, but a read in
/// one that is not evaluated may lie outside its array (see Access).
enum class Operator {
  Negate, Not, BitNot,
  Add, Subtract, Multiply, Divide, Remainder,
  Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual,
  And, Or, BitAnd, BitOr, BitXor, ShiftLeft, ShiftRight,
};

/// One node of a statement's right-hand side. Immutable; shared between programs and schedules.
///
/// Every implicit conversion of C stands as a Cast, so both operands of a binary arithmetic node have its type
/// (comparisons: the same type on both sides, result Int32).
struct Expr {
  enum class Kind {
    Integer,  ///< a constant: `integer`
    Floating, ///< a constant: `floating`
    Read,     ///< the value read by the statement's access number `index`
    Scalar,   ///< a data scalar that the region only reads: Scop::scalars[index]
    Affine,   ///< an integer value affine in iterators and parameters: Statement::affineValues[index]
    Unary,    ///< `op` operands[0]
    Binary,   ///< operands[0] `op` operands[1]
    Select,   ///< operands[0] ? operands[1] : operands[2]
    Call,     ///< a pure function of C's math library: `name`(operands…)
    Cast,     ///< operands[0] converted to `type`
    Opaque,   ///< unknown: the program came without it. Such a statement can be ordered, never executed
  };

  Kind kind = Kind::Integer;
  ElementType type = ElementType::Int32;
  std::int64_t integer = 0;
  double floating = 0;
  int index = -1;
  Operator op = Operator::Add;
  std::string name = {};
  std::vector<ExprPtr> operands = {};
};

ExprPtr makeInteger(std::int64_t value, ElementType type = ElementType::Int32);
ExprPtr makeFloating(double value, ElementType type = ElementType::Float64);
ExprPtr makeRead(int access, ElementType type);
ExprPtr makeScalar(int scalar, ElementType type);
ExprPtr makeAffine(int affineValue, ElementType type);
ExprPtr makeUnary(Operator op, ElementType type, ExprPtr operand);
ExprPtr makeBinary(Operator op, ElementType type, ExprPtr left, ExprPtr right);
ExprPtr makeSelect(ExprPtr condition, ExprPtr ifTrue, ExprPtr ifFalse);
ExprPtr makeCall(std::string function, ElementType type, std::vector<ExprPtr> arguments);
/// The value of a statement whose text nobody can execute.
ExprPtr makeOpaque(ElementType type);
/// The operand itself where it has the type already.
ExprPtr makeCast(ElementType type, ExprPtr operand);

/// Whether computing the value may stop the program: it divides integers by what may be 0 or -1.
bool mayTrap(const Expr& expr);

/// C's spelling of an operator.
const char* spelling(Operator op);

/// The functions of <math.h> (and abs, labs) that a region may call: pure, no errno that anyone reads.
bool isPureMathFunction(const std::string& name);

} // namespace polyloom
