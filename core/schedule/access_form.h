// Some of an array's accesses, called as the source writes them: "A[j][k]".
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"
#include "core/schedule/affine_text.h"

#include <string>
#include <vector>

namespace polyloom {

/// An array, or those of its accesses whose subscripts are these sums of iterators and parameters.
struct AccessForm {
  int array = 0;
  std::vector<AffineAmount> subscripts; ///< empty: all accesses

  bool isWhole() const { return subscripts.empty(); }
};

/// Whether the word can be an access: a name, and anything in brackets behind it. What is in them is judged later.
bool looksLikeAccess(const std::string& word);

/// "A" or "A[j][k-1]". Refuses an array that the program does not have, and other than one sum per dimension.
Result<AccessForm> readAccessForm(const Scop& scop, const std::string& word);

/// Whether the access is one of the array's, with these subscripts in the statement's own iterators.
bool hasForm(const Scop& scop, const Statement& statement, const Access& access, const AccessForm& form);

} // namespace polyloom
