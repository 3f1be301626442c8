// A schedule's sets, functions and relations in notation and numbers: plain values for those who teach.
#pragma once

#include "core/snapshot/snapshot.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// Affine functions as rows of integers.
struct AffineMatrix {
  struct Row {
    std::string name;
    std::vector<std::int64_t> coefficients; ///< one per column; empty: the function is not affine
    std::string text;                       ///< isl notation
  };
  std::vector<std::string> columns; ///< iterators, parameters, "1"
  std::vector<Row> rows;
};

/// Conditions as rows of integers: the sum of coefficients times columns is zero, or not negative.
struct ConstraintTable {
  struct Row {
    bool isEquality = false;
    std::vector<std::int64_t> coefficients; ///< one per column
  };
  std::vector<std::string> columns; ///< iterators (a sink's with a prime), auxiliary integers, parameters, "1"
  std::vector<Row> rows;            ///< all of them hold
};

/// What a loop's value does from the source of a dependence to its sink: exactly the signs that occur, over all
/// admissible parameter values.
struct DirectionEntry {
  bool isLess = false, isEqual = false, isGreater = false; ///< the source's value is that, compared with the sink's
  std::optional<std::int64_t> least, largest;              ///< of sink - source; nothing: no bound
  bool isConstant() const { return least && least == largest; }
};

/// One entry per loop around both statements, outermost first.
struct DirectionVector {
  std::vector<std::string> loops;
  std::vector<DirectionEntry> entries;
  bool isKnown = true; ///< false: isl would have needed more work than allowed
};

/// "1", "<", "<=", "*" and the like; "?" where nothing is known.
inline std::string toText(const DirectionEntry& entry) {
  if (entry.isConstant())
    return std::to_string(*entry.least);
  // Bits: less, equal, greater.
  constexpr const char* kSigns[] = {"?", ">", "=", ">=", "<", "<>", "<=", "*"};
  return kSigns[(entry.isLess ? 4 : 0) + (entry.isEqual ? 2 : 0) + (entry.isGreater ? 1 : 0)];
}

/// "(1, 0, <)", "()" without common loops, "?".
inline std::string toText(const DirectionVector& vector) {
  if (!vector.isKnown)
    return "?";
  std::string text;
  for (const DirectionEntry& entry : vector.entries)
    text += (text.empty() ? "" : ", ") + toText(entry);
  return "(" + text + ")";
}

/// Least and largest distance: "1", "1 …", "-2 … 3", "… 0".
inline std::string rangeText(const DirectionEntry& entry) {
  if (entry.isConstant())
    return std::to_string(*entry.least);
  const std::string least = entry.least ? std::to_string(*entry.least) + " " : "";
  return least + "…" + (entry.largest ? " " + std::to_string(*entry.largest) : "");
}

/// Where instances of a statement run in the new order: most have one place, the parts of a split loop are several.
struct StatementPlace {
  std::vector<std::string> loops;
  AffineMatrix order;                 ///< rows: loops; columns: the statement's iterators
  std::vector<AffineMatrix> accesses; ///< per access; rows: subscripts; columns: the loops
};

struct StatementMathematics {
  struct Access {
    std::string text;    ///< "writes C[i][j]"
    AffineMatrix matrix; ///< rows: subscripts; columns: the statement's iterators
  };
  std::string name;
  std::string domain; ///< isl notation, over several lines
  std::vector<ConstraintTable> constraints; ///< of the domain: it is the union of these
  std::vector<Access> accesses;
  std::vector<StatementPlace> places;
};

struct DependenceMathematics {
  DependenceInfo::Kind kind = DependenceInfo::Kind::Flow;
  std::string array, from, to;
  std::string relation; ///< isl notation, over several lines
  std::vector<ConstraintTable> constraints;
  std::optional<DirectionVector> source;  ///< in the source's order; none where a step made one of the statements
  std::vector<DirectionVector> reordered; ///< in the new order: one per pair of places that has instances
};

/// All of it for one recipe. Dependences stand in the order of ScheduleSnapshot::dependences.
struct MathematicsSnapshot {
  std::string recipe;
  std::vector<CodeLine> schedule; ///< the schedule tree in isl's notation
  std::vector<StatementMathematics> statements;
  std::vector<DependenceMathematics> dependences;
};

using MathematicsSnapshotPtr = std::shared_ptr<const MathematicsSnapshot>;

} // namespace polyloom
