// From statements with dates to a program: for texts that give an order instead of loops.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"

#include <isl/cpp.h>

#include <string>
#include <utility>
#include <vector>

namespace polyloom {

/// An access of a dated statement: { S0[i] -> A[i + 1] }, single-valued.
struct DatedAccess {
  bool isWrite = false;
  int array = 0;
  isl::map relation;
  std::string text = {}; ///< for messages: A[i + 1]
  SourceRange range = {};
};

/// A statement with the dates of its instances. Dates are compared lexicographically, shorter ones as if zeros followed.
struct DatedStatement {
  std::string name;
  isl::set domain; ///< { S0[i] : … }, bounded
  isl::map date;   ///< { S0[i] -> [0, i, 1] }, single-valued on the domain within the context; may be defined on more
  std::vector<std::string> iterators; ///< what the dimensions of the domain are called; unique
  std::vector<DatedAccess> accesses = {}; ///< accesses[0] is a write
  std::vector<isl::pw_aff> affineValues = {}; ///< { S0[i] -> [(2 i)] }
  ExprPtr value = {};
  std::string text = {};
  SourceRange range = {};
};

/// A program in these terms.
struct DatedProgram {
  Scop scop; ///< function, arguments, parameters, scalars, arrays (extents of `inferred` are any) and source
  isl::set context; ///< conditions on the parameters
  std::string contextReason = "the conditions on the parameters hold";
  std::vector<std::pair<int, std::size_t>> inferred = {}; ///< arrays and dimensions whose extents the accesses decide
  std::vector<std::string> dateNames = {};                ///< what the dimensions of the dates are called, if known
  std::vector<DatedStatement> statements;
};

/// The program whose loops run its instances in the order of the dates: a dimension of the dates that is one number for
/// each statement becomes a sequence, any other a loop. Statements whose instances have the same date run in the order
/// of the list.
///
/// A statement whose loops run over its own iterators, in their order, up or down, keeps its domain. Any other is
/// renamed by its dates: the instance S0[i] with the date [j + 1] becomes S0[j + 1], with j = i, as if it had been
/// read from code that was generated for the dates.
///
/// Refuses a date that two instances of a statement share ("order-not-injective"), and what `finishScop` refuses.
Result<ScopPtr> assembleProgram(DatedProgram program);

} // namespace polyloom
