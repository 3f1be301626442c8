// Executable code as plain values: what the C emitter prints and the JIT compiles. No isl objects in here.
#pragma once

#include "core/program/expr.h"
#include "core/program/loop_attributes.h"

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace polyloom {

/// An integer expression over loop variables and parameters, in the operators that isl's AST generator uses.
struct IndexExpr {
  enum class Op {
    Constant, ///< `value`
    Variable, ///< a loop variable or a parameter: `name`
    Add, Subtract, Multiply, Negate, Min, Max,
    DivideExact,   ///< the dividend is known to be a multiple of the divisor
    DivideFloor,   ///< rounds towards minus infinity; divisor > 0
    DividePositive, ///< the dividend is known to be >= 0
    ModuloPositive, ///< the dividend is known to be >= 0
    ModuloZero,    ///< only compared with zero; any sign of the dividend
    Select,        ///< operands[0] ? operands[1] : operands[2]
    Equal, Less, LessEqual, Greater, GreaterEqual, And, Or,
  };
  Op op = Op::Constant;
  std::int64_t value = 0;
  std::string name = {};
  std::vector<IndexExpr> operands = {}; ///< Min, Max, Add, And, Or may have two or more; the others as C would
};

/// One execution of a statement: everything its instance needs, in terms of the surrounding loop variables.
struct StatementCall {
  int statement = 0;                                ///< index into Kernel::statements
  std::vector<IndexExpr> iterators;                 ///< the source iterators' values, outermost first
  std::vector<std::vector<IndexExpr>> subscripts;   ///< per access of the statement, one expression per dimension
  std::vector<IndexExpr> affineValues;              ///< per Expr::Affine
  /// Where one of these does not hold, the instance is none of the program's: it is computed in vain, and reaches no
  /// array but a block's own.
  std::vector<IndexExpr> membership = {};
};

/// A node of the generated code.
struct LoopNode {
  enum class Kind { Block, For, If, Call };
  Kind kind = Kind::Block;
  // For: for (variable = first; variable <= last; variable += step)
  std::string variable = {}; ///< unique within its nest
  std::string loop = {};     ///< the schedule's loop this code comes from; empty for a loop that has none
  LoopAttributes attributes = {};
  IndexExpr first = {}, last = {};
  std::int64_t step = 1;
  bool isUneven = false; ///< a parallel loop's iterations differ in length: whoever is free takes the next ones
  /// Arrays that exist only here: a parallel loop's threads each have them for themselves, a block (the first arm of a
  /// test) has them on the stack, anew whenever it runs.
  std::vector<int> privateArrays = {};
  // If
  IndexExpr condition = {};
  // Call
  StatementCall call = {};
  std::vector<LoopNode> children = {}; ///< Block: in order; For: one body; If: then, and optionally else
};

/// An array as the kernel sees it: row-major, extents over the parameters.
struct KernelArray {
  std::string name;
  ElementType element = ElementType::Float64;
  std::vector<IndexExpr> extents;
  bool isLocal = false;     ///< its values are not results
  bool isConfined = false;  ///< likewise, but the kernel may read what it holds before
  bool isGenerated = false; ///< made by a step of the recipe: the code that needs it allocates it, aligned to 64 bytes
};

struct KernelStatement {
  std::string name;
  std::vector<int> arrays;  ///< per access (accesses[0] is the write): index into Kernel::arrays
  ExprPtr value;            ///< Expr::Read counts accesses, Expr::Scalar counts Kernel::scalars
  int source = -1;          ///< the program's statement that it executes; -1: it moves cells to or from registers
};

struct KernelParameter {
  std::string name;
  std::int64_t value = 0; ///< the default
};

struct KernelScalar {
  std::string name;
  ElementType type = ElementType::Float64;
  double value = 1.5; ///< the default
};

/// A program in a given order, ready to be printed or compiled.
struct Kernel {
  std::string function;
  std::vector<KernelParameter> parameters;
  std::vector<KernelScalar> scalars;
  std::vector<KernelArray> arrays;
  std::vector<KernelStatement> statements;
  LoopNode body;
};

/// The value of an expression; `lookup` gives the variables' values.
std::int64_t evaluate(const IndexExpr& expr, const std::function<std::int64_t(const std::string&)>& lookup);

/// Whether the expression names the variable.
bool mentions(const IndexExpr& expr, const std::string& variable);

/// The names of the kernel's parameters, scalars and arrays: no loop variable may hide one.
std::set<std::string> declaredNames(const Kernel& kernel);

} // namespace polyloom
