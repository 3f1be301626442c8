// What the steps that change storage share: which arrays may change, and their subscripts as functions.
#pragma once

#include "core/base/diagnostic.h"
#include "core/schedule/schedule.h"

#include <isl/cpp.h>

#include <string>
#include <vector>

namespace polyloom {

/// The array of that name; refuses with the names there are.
Result<int> requireArray(const Scop& scop, const std::string& name);

/// The array of that name, if some statement uses it and no buffer stands in for it. `verb` is for the refusal: "expand"
/// or "contract".
Result<int> requireUsedArray(const Schedule& schedule, const std::string& name, const std::string& verb);

/// Whether some access of the statement writes the array.
bool writes(const Statement& statement, int array);

/// Whether only the region uses the array.
bool isOwn(const Array& array);

/// The loop's values for the statements that use the array. Refuses where one of them has instances outside the loop.
Result<LoopValues> requireUsesBelow(const Scop& scop, const TreeNode& loop, int array);

/// What `expand` and `contract` are about: the step's array and its loop, with the loop's values where the array is used.
struct ArrayAlongLoop {
  int array = 0;
  TreePtr loop;
  LoopValues values;
};
/// For a step's parameters "array" and "loop"; the step's name is the verb of the refusals.
Result<ArrayAlongLoop> requireArrayAlongLoop(const Schedule& schedule, const Step& step);

/// The same for an access of this program.
std::vector<isl::pw_aff> subscriptsOf(const Scop& scop, const Access& access);

/// The access with other subscripts, of this array: { S0[i, j] -> tuple[…] } for the instances that it had.
Access withSubscripts(const Access& access, int array, const std::vector<isl::pw_aff>& subscripts,
                      const std::string& tuple);

/// What the relations of an array call its cells.
std::string cellTuple(const Scop& scop, int array);

/// Gives an array of the function, whose declaration stays, a name and a declaration of its own as it gets other
/// cells; a local keeps its name, as its declaration goes with the region.
void declareInRegion(Scop& scop, int array, const std::string& loop);

/// `wanted`, or with the next free of the suffixes _2, _3 …: what no array, scalar, parameter, loop or statement has.
std::string freshProgramName(const Scop& scop, const std::string& wanted);

/// A number as an extent.
isl::pw_aff constantExtent(isl::ctx ctx, std::int64_t value);

/// Lowest and highest value of { [x] }, over the parameters. The set is not empty and bounded.
struct ValueRange {
  isl::pw_aff low, high;
  isl::pw_aff count() const; ///< high - low + 1, and 1 where nothing runs
};
ValueRange rangeOf(const isl::set& values);

} // namespace polyloom
