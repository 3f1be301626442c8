// Generated code as C, line by line.
#pragma once

#include "core/codegen/kernel.h"
#include "core/program/scop.h"
#include "core/snapshot/snapshot.h"

#include <set>
#include <string>
#include <vector>

namespace polyloom {

struct CodeOptions {
  bool openMp = true; ///< pragmas for parallel, vector and unrolled loops
  /// As compilers make the most of it: groups of lanes as GNU C's vectors, threads with copies of what they only read,
  /// and arrays of the function's arguments that the region uses are `restrict`.
  bool forCompilers = false;
  std::set<std::string> pointers = {}; ///< arrays that are pointers where the region stands (whole files know)
  std::string partName = {}; ///< of functions that may stand before the region's (see c_parts.h); empty: none may
};

/// A region's code, and the functions that it calls.
struct RegionText {
  std::vector<CodeLine> lines;
  std::vector<CodeLine> parts; ///< empty unless the options allow some
};
RegionText regionText(const Kernel& kernel, const CodeOptions& options);

/// The region's code with the loop or statement behind each line.
/// Uses the macros pl_min, pl_max and pl_floord (see c_expr.h).
std::vector<CodeLine> regionCode(const Kernel& kernel, const CodeOptions& options = {});

/// The whole file with the region replaced: includes, macros, names and signatures stay. `head` (whole comment lines)
/// stands at the top. Locals of the region are declared where it begins, what belongs to the threads of a parallel loop
/// before that loop, inside the parallel region.
std::string fileCode(const Scop& scop, const Kernel& kernel, CodeOptions options, const std::string& head);

/// A function of its own with the signature of the JIT's kernels: void NAME(void** arrays, const long* parameters,
/// const double* scalars), in the kernel's orders of arrays, parameters and scalars.
std::string standaloneFunction(const Kernel& kernel, CodeOptions options, const std::string& name);

} // namespace polyloom
