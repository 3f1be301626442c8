// What stands between <OpenScop> and </OpenScop>, as it stands there.
#pragma once

#include "core/isl/constraints.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// A union of systems of constraints with its keyword: CONTEXT, DOMAIN, SCATTERING, READ, WRITE, MAY_WRITE.
/// Sets have outputs only; the context has neither outputs nor inputs. The first output of an access is the array's
/// number, the others are its subscripts.
struct OpenScopRelation {
  std::string kind;
  std::vector<ConstraintSystem> parts;
  int line = 0; ///< of the keyword
};

/// The text of a statement, in its own iterators.
struct OpenScopBody {
  std::vector<std::string> iterators;
  std::string text;
};

struct OpenScopStatement {
  std::vector<OpenScopRelation> relations;
  std::optional<OpenScopBody> body = {};
  int line = 0;
};

/// A program in OpenScop's terms (C. Bastoul: OpenScop, a specification and a library for data exchange in polyhedral
/// compilation tools, 2011).
struct OpenScopBlock {
  OpenScopRelation context;
  std::vector<std::string> parameters; ///< names; empty where the text has none
  std::vector<OpenScopStatement> statements;
  std::map<int, std::string> arrays;   ///< names by number, iterators and parameters possibly among them
  std::vector<std::string> scatteringNames = {};
  std::string file = {}; ///< the source's, from the coordinates
  int firstLine = 0, lastLine = 0, indentation = 0; ///< of the region in that file
  int line = 0;          ///< of <OpenScop>
};

} // namespace polyloom
