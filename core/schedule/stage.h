// What a program's arrays look like between two changes of storage, and the order that such a stretch begins with.
#pragma once

#include "core/program/scop.h"
#include "core/schedule/schedule_tree.h"
#include "core/schedule/values.h"

#include <isl/cpp.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace polyloom {

/// An array got a cell per value of a loop. Keeps the flow where every value that is read was written at the same
/// value of the loop.
struct Expansion {
  int array = 0;
  std::string loop;
  LoopValues values; ///< the loop's, for the statements that use the array
  ScopPtr before;    ///< the program as it was
};

/// A dimension of an array got fewer cells, used in turn. Keeps the flow where no other cell's value comes between a
/// write and a read.
struct Contraction {
  int array = 0;
  std::string loop;
  unsigned dimension = 0;
  std::int64_t cells = 1;
  ScopPtr before;
};

/// A small array that `pack` fills and empties. What an instance finds in it was put there in the same filling: one
/// iteration of the loop that it was packed at.
struct Buffer {
  int array = 0;
  int packed = 0;   ///< the array that its values come from
  std::string loop; ///< `pack packed at loop`
  std::set<std::string> copies = {};        ///< statements that fill and empty it
  std::map<std::string, isl::map> fillings; ///< per statement that uses it: { S0[i, j] -> [values of the loops around] }
};

struct StageCache;

/// A program and the order in which its dependences are those of the array cells: the source's, or the order in which
/// `contract` or `pack` found the program (for `pack`, with the copies in their places). `expand` changes the
/// program of the running stage and begins none: whether it comes before or after a reordering is the same.
struct Stage {
  ScopPtr program;
  ScheduleTree base;
  std::vector<Expansion> expansions;      ///< made in this stage
  std::optional<Contraction> contraction; ///< what began it
  std::vector<Buffer> buffers;            ///< all there are so far
  std::set<int> changed;                  ///< arrays with other cells or accesses than in the stage before
  mutable std::shared_ptr<StageCache> cache = nullptr; ///< what core/legality found out about this stage

  const Buffer* bufferOf(int array) const;
};
using StagePtr = std::shared_ptr<const Stage>;

/// A stage and the order that it had reached when the next one began.
struct FinishedStage {
  StagePtr stage;
  ScheduleTree end;
};

/// What a step that changes storage makes.
struct StorageChange {
  Stage stage;               ///< the running one from now on
  ScheduleTree tree;
  bool startsStage = false;  ///< the stage before is finished
};

} // namespace polyloom
