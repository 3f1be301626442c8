// What a cost model sees of one schedule: a loop tree whose loops, statements and accesses carry rows of named numbers.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polyloom {

/// One number of a row.
struct FeatureInfo {
  std::string_view name;    ///< unique within its kind: "extent"
  std::string_view meaning; ///< one sentence for people, with the unit
  float low = 0, high = 1;  ///< values outside are possible, but nothing was made for them
};

/// What a row belongs to.
enum class FeatureKind {
  Program,       ///< the whole schedule
  Loop,          ///< a loop of the tree
  Statement,     ///< a statement below its loops
  StatementLoop, ///< a statement and one of the loops around it
  Access,        ///< an access of a statement
};

/// Names that the networks rely on: log2 of the modelled seconds on the program's and the statements' rows, and the
/// original's minus this schedule's on the program's.
inline constexpr std::string_view kModelledTime = "modelled_log2_time", kModelledSpeedup = "modelled_log2_speedup";

/// The names of a kind's rows, in the order of their values; the same for every schedule.
std::span<const FeatureInfo> featuresOf(FeatureKind kind);

/// Identifies all names with their order, and the featurizer's version: weights made for another schema are refused.
std::string featureSchema();

/// Rows are as long as featuresOf their kind says, and finite.
struct ScheduleFeatures {
  using Row = std::vector<float>;

  struct Loop {
    std::string name; ///< the loop's own, for pointing back
    int parent = -1;  ///< index into `loops`; -1: none
    Row row;
  };
  struct Access {
    std::string array;
    int position = 0; ///< in the statement's list of accesses, for pointing back
    Row row;
  };
  struct Statement {
    std::string name;
    std::vector<int> loops;     ///< indexes, from the outermost to the innermost
    Row row;
    std::vector<Row> loopRows;  ///< one per entry of `loops`
    std::vector<Access> accesses;
  };

  Row program;
  std::vector<Loop> loops;           ///< parents stand before their children, in textual order
  std::vector<Statement> statements; ///< in textual order; in several copies where the schedule makes copies
};

} // namespace polyloom
