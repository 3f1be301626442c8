// The regions of a file: what stands between `#pragma scop` and `#pragma endscop`.
#pragma once

#include "core/base/diagnostic.h"
#include "core/frontend/source_map.h"

#include <clang/AST/Decl.h>
#include <clang/AST/Stmt.h>

#include <string>
#include <vector>

namespace polyloom {

/// One of the two pragmas, in the order of the file.
struct RegionPragma {
  bool isBegin = false;
  unsigned offset = 0; ///< of the `#`
  SourceRange range;
};

/// A region in Clang's terms.
struct Region {
  const clang::FunctionDecl* function = nullptr;
  std::vector<const clang::Stmt*> statements;
  SourceRange range;           ///< of `#pragma scop`
  unsigned begin = 0, end = 0; ///< as in RegionSource
};

/// Refuses pragmas that do not pair up ("missing-endscop", "stray-endscop"), that cut a statement in two
/// ("region-cuts-statement"), and a file without any ("no-region").
Result<std::vector<Region>> findRegions(const SourceMap& source, const std::string& text,
                                        const std::vector<RegionPragma>& pragmas);

} // namespace polyloom
