// What a schedule does not change: a statement's arithmetic and its accesses as numbers, the arrays' sizes.
#pragma once

#include "core/isl/numeric_forms.h"
#include "core/program/scop.h"

#include <array>
#include <string>
#include <vector>

namespace polyloom {

/// How many operations of each kind one instance does.
struct OperationCounts {
  double add = 0, multiply = 0, divide = 0, root = 0;
  double call = 0;    ///< exp, log, pow, sin: tens of cycles each
  double choose = 0;  ///< comparisons, choices, minima and maxima, absolute values of floating-point numbers
  double integerChoose = 0; ///< the same of integers
  double integer = 0; ///< on integers, whatever they are
  double cast = 0;

  double floating() const { return add + multiply + divide + root; }
};

/// An access: Expr::Read counts accesses by their position.
struct AccessFacts {
  int array = 0;
  bool isWrite = false;
  std::vector<NumericForm> subscripts; ///< one per dimension of the array
  int group = 0;      ///< accesses of a statement that differ by constants only share one
  double latency = 0; ///< cycles from having the value that it reads to having the result; 0 for a write
  bool isUsed = true; ///< whether the value is read at all
  bool isUpdated = false; ///< a read of the cell that the statement writes
};

/// Accesses that differ by constants: per dimension, the smallest and the largest of them.
struct AccessGroup {
  int array = 0;
  int first = 0; ///< an access of the group
  bool hasRead = false, hasWrite = false;
  std::vector<double> low, high;
  int distinct = 1; ///< accesses of different cells
};

struct StatementFacts {
  ElementType type = ElementType::Float64;
  OperationCounts operations;
  std::vector<AccessFacts> accesses;
  std::vector<AccessGroup> groups;
  bool isReduction = false;  ///< x = x op e
  bool isConditional = false; ///< holds a choice, && or ||
  double depth = 0;          ///< cycles of the longest chain of operations
  bool isExact = true;       ///< every subscript was understood
  Statement statement;       ///< keeps alive what identifies these facts
};

struct ArrayFacts {
  std::string name;
  std::vector<double> extents;
  double elementBytes = 8;
  bool isPrivate = false; ///< a buffer of `pack` or another array that a step made
  bool isLocal = false;

  double bytes() const;
  /// A few cells of a step's own: compilers keep them in registers.
  bool isInRegisters() const { return isPrivate && bytes() <= 16 * elementBytes; }
  /// Of one step of a dimension, in bytes.
  double stride(std::size_t dimension) const;
};

/// Cycles that an operation's result takes, roughly those of today's processors.
inline constexpr double kAddLatency = 3, kMultiplyLatency = 3, kFusedLatency = 4, kDivideLatency = 13, kRootLatency = 20,
                        kCallLatency = 60, kIntegerLatency = 1, kChooseLatency = 3, kIntegerChooseLatency = 1;

/// Whether the statement only moves a value, as the copies of `pack` do.
bool isCopy(const StatementFacts& facts);

StatementFacts statementFacts(const Scop& scop, const Statement& statement, const ParameterPoint& parameters);
ArrayFacts arrayFacts(const Array& array, const ParameterPoint& parameters);

} // namespace polyloom
