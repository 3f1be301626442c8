// Is a schedule legal? Exact, per dependence, with the reason when it is not.
#pragma once

#include "core/program/dependences.h"
#include "core/schedule/schedule.h"

#include <isl/cpp.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace polyloom {

struct LegalityOptions {
  /// Lets reductions change their order (their rounding then changes, too).
  bool reassociate = false;
  /// Bound on isl's work; beyond it the verdict is Unknown. The default lasts for all but one in a thousand random
  /// schedules of random programs; the worst of those take some seconds until then.
  unsigned long maxOperations = 1'000'000;
};

/// Pairs of one dependence that the schedule does not keep.
struct Violation {
  /// Instances of one statement that come between a write and a read and take the cell.
  struct Overwriting {
    int statement = 0;
    isl::map afterSource; ///< { source -> overwriting instance }
    isl::map beforeSink;  ///< { overwriting instance -> sink }
  };
  enum class Cause {
    Order,    ///< the sink runs before the source
    Parallel, ///< the two may run at the same time on different threads
    Lanes,    ///< the two run in the same vector instruction
    Unordered, ///< the schedule gives both the same time
    Storage    ///< the sink no longer finds in the array's cells what the source has written
  };
  int dependence = 0; ///< index into LegalityReport::dependences; -1: of a storage that a later step changed
  Dependence of;      ///< that dependence
  ScopPtr program;    ///< whose statements and arrays it counts
  Cause cause = Cause::Order;
  std::string loop; ///< where; empty: in the order of statements. Storage: along which the array was changed
  isl::map pairs;   ///< { source -> sink }, never empty
  std::vector<Overwriting> overwritten = {}; ///< Storage, contracted: by whom; expanded: empty
  bool isSharedSum = false; ///< updates of a relaxed reduction: lanes may share its cell, threads may not
  bool isFromBefore = false; ///< Storage: what is read was there before the region; source and sink are the reader
};

struct LegalityReport {
  enum class Verdict { Legal, Illegal, Unknown };
  Verdict verdict = Verdict::Legal;
  std::string reason;                ///< for Unknown
  std::vector<Violation> violations; ///< for Illegal
  Dependences dependences; ///< those of the schedule's present storage: the source's, where no step changed it
  /// Per dependence, the loops that carry some of its pairs, outermost first.
  std::vector<std::vector<std::string>> carriers;
  /// Loops of the tree at which some dependence is carried; all others may run in parallel.
  std::set<std::string> carryingLoops;
  /// A reduction's order was relaxed: the verdict holds up to rounding.
  bool relaxedReductions = false;
};

/// Judges the schedule against the dependences of its source, for all admissible parameter values.
///
/// Where steps have changed storage, legal means: the source's flow is kept, and the order keeps the dependences of the
/// new cells, too. Every stage is judged in its own (see Stage): the finished ones by their order alone, the running
/// one with its parallel loops and lanes; then each change of storage is judged by the flow on its array.
///
/// Walks the tree with the pairs that are not ordered yet: at a loop the pairs with different values are carried or
/// violated, at a sequence the pairs in different children. A tile loop, or a sum of such, is judged by its values before
/// the division where these never decrease from source to sink (a permutable band), else exactly.
/// Cost: some milliseconds, a tenth of a second for a hundred dependences or a dozen loops; bounded by `maxOperations`.
LegalityReport checkLegality(const Schedule& schedule, const Dependences& dependences,
                             const LegalityOptions& options = {});

} // namespace polyloom
