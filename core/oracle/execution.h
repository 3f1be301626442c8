// A program by brute force: every instance and every conflict, one by one, at small parameter values.
#pragma once

#include "core/isl/points.h"
#include "core/program/scop.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polyloom {

/// Values of the program's parameters, in its order.
using Values = std::vector<std::int64_t>;

/// The largest value, without its sign.
std::int64_t sizeOf(const Values& parameters);

/// One execution of a statement.
struct Instance {
  int statement = 0;
  std::vector<std::int64_t> point;
  friend auto operator<=>(const Instance&, const Instance&) = default;
};

/// "S1[2, 0]", and one after the other.
std::string toText(const Scop& scop, const Instance& instance);
std::string toText(const Scop& scop, const std::vector<Instance>& instances);

/// Two instances that touch one cell, at least one writing it; indices into Execution::instances, first < second.
using Conflict = std::pair<std::size_t, std::size_t>;

/// A program at fixed parameter values, in the source's order.
struct Execution {
  Values parameters;
  std::vector<Instance> instances;
  std::vector<Conflict> conflicts; ///< all of them, those implied by others included; sorted

  std::size_t indexOf(const Instance& instance) const;
};

/// A cell of an array of the program.
struct Cell {
  int array = 0;
  std::vector<std::int64_t> subscripts;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

/// A program as plain numbers: which instances there are, and what they touch. isl has no part in an answer.
class PlainProgram {
public:
  explicit PlainProgram(const Scop& scop); ///< refers to it

  const Scop& scop() const { return *scop_; }

  bool exists(const Instance& instance, const Values& parameters) const;
  /// The cells that an instance writes, or reads.
  std::vector<Cell> cells(const Instance& instance, const Values& parameters, bool isWrite) const;
  /// The cell of one access; nothing for a conditional read that does not happen.
  std::optional<Cell> cellOf(const Instance& instance, std::size_t access, const Values& parameters) const;
  /// Whether the source executes `a` before `b`: from the nest of loops and statements alone.
  bool isBefore(const Instance& a, const Instance& b) const;

private:
  struct PlainAccess {
    bool isWrite = false;
    int array = 0;
    PointSet where;
    std::vector<PointFunction> subscripts;
  };
  struct PlainStatement {
    PointSet domain;
    std::vector<PlainAccess> accesses;
    /// On the way down to the statement: places in bodies (>= 0) and, for a loop, ~depth.
    std::vector<std::int64_t> path;
  };
  void findPaths(const ProgramNode& node, std::vector<std::int64_t>& path, std::int64_t depth);
  void addStatement(const Statement& statement, const std::vector<std::string>& parameters);
  std::vector<std::int64_t> sourceKey(const Instance& instance) const;
  static std::vector<std::int64_t> pointOf(const Instance& instance, const Values& parameters);

  const Scop* scop_;
  std::vector<PlainStatement> statements_;
};

/// Enumerates domains and accesses point by point.
Execution execute(const PlainProgram& program, const Values& parameters);
Execution execute(const Scop& scop, const Values& parameters);

/// The executions that have instances, for parameters from 0 to `largest` within the context, at least one of them
/// `largest`.
std::vector<Execution> executionsAt(const PlainProgram& program, int largest);

/// The same for all largest values from 0 to `bound`, in this order.
std::vector<Execution> executions(const PlainProgram& program, int bound);
std::vector<Execution> executions(const Scop& scop, int bound);

/// The set at these values of the program's parameters.
isl::set atValues(const Scop& scop, isl::set set, const Values& parameters);

} // namespace polyloom
