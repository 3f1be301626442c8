// What views show: plain values, copied freely between threads and processes.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/preset.h"
#include "core/snapshot/answers.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace polyloom {

/// The region as it was read: never changes while a file is open.
struct ProgramSnapshot {
  struct Statement {
    std::string name;
    std::string text;
    SourceRange range;
    std::vector<std::string> loops;    ///< source loop names, outermost first
    std::vector<std::string> iterators; ///< the C variables of these loops, which need not be unique
    std::vector<std::string> accesses; ///< "writes B[i]", "reads A[i - 1]", in source iterators
    std::string domain;                ///< isl notation
  };
  struct Parameter {
    std::string name;
    std::int64_t value = 0;     ///< for measuring
    std::int64_t viewValue = 0; ///< for drawing: small
  };
  struct Scalar {
    std::string name;
    std::string type;
    double value = 0;
  };
  struct Loop {
    std::string name;
    SourceRange range; ///< of its head
  };
  std::string function;
  std::string path;
  std::string source; ///< the file's text
  std::vector<Statement> statements;
  std::vector<Parameter> parameters;
  std::vector<Scalar> scalars;
  std::vector<Preset> presets;
  std::vector<std::string> arrays; ///< names of arrays and written scalars
  std::vector<std::string> assumptions;
  std::vector<Loop> loops; ///< of the source
};

/// A node of the transformed loop tree, in depth-first order.
struct LoopTreeNode {
  enum class Kind { Sequence, Loop, Statement };
  Kind kind = Kind::Loop;
  std::string name; ///< the loop's or statement's name; empty for a sequence
  int depth = 0;    ///< in the tree; the roots have 0
  int parent = -1;  ///< index of the parent node
  // Loops only:
  bool parallelLegal = false; ///< no dependence is carried here
  bool parallel = false;      ///< asked for
  int vectorWidth = 0;
  int unroll = 0; ///< -1: full
  bool isTile = false; ///< a tile loop: its values count tiles
};

struct DependenceInfo {
  enum class Kind { Flow, Anti, Output };
  Kind kind = Kind::Flow;
  std::string array;
  std::string from, to;  ///< statements
  std::string relation;  ///< isl notation
  bool violated = false;
  std::string carriedBy; ///< the transformed loop that carries it; empty: by statement order, or by several loops
};

/// Two instances in the wrong order, at the smallest parameter values that show it.
struct WitnessInfo {
  DependenceInfo::Kind kind = DependenceInfo::Kind::Flow;
  std::string array;
  std::string cell;            ///< "B[2]"
  std::string sourceStatement, sinkStatement;
  std::vector<std::int64_t> source, sink; ///< source iterators' values
  std::vector<std::pair<std::string, std::int64_t>> parameters;
  std::string sentence;
};

struct VerdictInfo {
  enum class Kind { Legal, Illegal, Unknown };
  Kind kind = Kind::Legal;
  std::string sentence; ///< one line for the message bar
  std::vector<WitnessInfo> witnesses;
};

/// The outcome of one line of the recipe.
struct StepInfo {
  enum class Outcome { Applied, Refused, Illegal };
  std::string text;
  Outcome outcome = Outcome::Applied;
  std::string message;
  std::vector<std::string> expands; ///< the steps that it stands for; empty where it is none but itself
};

/// All instances of one statement, or of one of its copies, at the view's parameter values. Packed: row r of `source` holds the source
/// iterators of instance r, row r of `time` the values of the transformed loops around it, outermost first.
struct InstanceCloud {
  int statement = 0;                  ///< index into ProgramSnapshot::statements
  std::vector<std::string> sourceLoops;
  std::vector<std::string> timeLoops; ///< names in the transformed tree
  std::vector<bool> timeIsTile;       ///< per time loop: it counts tiles
  std::vector<std::int32_t> source;   ///< count × sourceLoops.size()
  std::vector<std::int32_t> time;     ///< count × timeLoops.size()
  std::vector<std::int32_t> rank;     ///< per instance: its place in the new execution order
  std::size_t count = 0;
};

/// Instance pairs of one dependence: indices into two clouds. Copies of statements have arrows of their own.
struct DependenceArrows {
  int dependence = 0; ///< index into ScheduleSnapshot::dependences
  int fromCloud = 0, toCloud = 0;
  std::vector<std::int32_t> from, to;
  std::vector<bool> violated;
};

/// Points and arrows at given parameter values.
struct SpaceSnapshot {
  std::vector<std::pair<std::string, std::int64_t>> parameters;
  std::vector<InstanceCloud> clouds; ///< one per copy of a statement (most have one), in the statements' order
  std::vector<DependenceArrows> arrows;
  bool truncated = false; ///< there were more points or arrows than the limit
  std::string refusal;    ///< why nothing is drawn: the values break an assumption; empty: they do not
};

/// A line of generated code and what it comes from.
struct CodeLine {
  std::string text;
  std::string loop;      ///< the loop whose head or pragma stands here
  int statement = -1;    ///< the statement whose body stands here
};

/// A schedule as the window shows it.
struct ScheduleSnapshot {
  std::vector<StepInfo> steps;
  std::string recipe; ///< text, one step a line
  VerdictInfo verdict;
  std::vector<LoopTreeNode> tree;
  std::vector<DependenceInfo> dependences;
  std::vector<CodeLine> code; ///< C with OpenMP pragmas
  std::string islSchedule;
  SpaceSnapshot space;
};

/// A schedule's measured time against the original's.
struct MeasurementInfo {
  enum class Outcome { Measured, WrongResult, Crashed, TimedOut, Refused };
  Outcome outcome = Outcome::Measured;
  std::string label;      ///< the recipe's last step, or "original"
  std::string recipe;
  double median = 0;      ///< seconds
  double low = 0, high = 0; ///< 95 % interval of the median
  double speedup = 1, speedupLow = 1, speedupHigh = 1;
  std::string result;     ///< "equal", "within tolerance", "different"
  double maxRelativeError = 0;
  std::string message;    ///< why it was not measured
  std::size_t samples = 0, outliers = 0; ///< outliers count among the samples
  std::string warning;    ///< a sentence; empty where nothing is wrong with the loop that was timed
  std::vector<std::string> notes; ///< more sentences: achieved rates, hardware events, outliers, the warning
  std::string taken;      ///< of a stored figure: when it was measured, in UTC ("2026-02-01T10:11:12Z"); else empty
};

using ProgramSnapshotPtr = std::shared_ptr<const ProgramSnapshot>;
using ScheduleSnapshotPtr = std::shared_ptr<const ScheduleSnapshot>;

} // namespace polyloom
