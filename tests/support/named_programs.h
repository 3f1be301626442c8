// Small programs by name, and C snippets as programs.
#pragma once

#include "core/isl/context.h"
#include "core/program/scop.h"
#include "core/schedule/schedule.h"

#include <string>
#include <vector>

namespace polyloom::test {

/// The context of all tests of one program: it outlives them, as isl demands.
IslContext& context();

/// The only region of a C file. Throws where it is refused, with the sentence.
ScopPtr programOf(const std::string& file);

/// A function `kernel(arguments)` around a region.
std::string fileOf(const std::string& arguments, const std::string& region);

/// programOf(fileOf(…)).
ScopPtr program(const std::string& arguments, const std::string& region);

/// A C file with a name, for tables.
struct NamedProgram {
  std::string name;
  std::string file;
  int bound = 4; ///< parameters up to here keep brute force small
};

/// gemm, jacobi-1d, triangular, blur, strided, downward, imperfect, scalar, guarded, stencil-2d, two-reductions, row-sum,
/// local-array, own-cells, strided-pair: every shape of loops and domains that a step can meet.
const std::vector<NamedProgram>& namedPrograms();

/// The program of that name, made once.
ScopPtr named(const std::string& name);

/// The schedule after these lines. Throws where one does not parse or is refused.
Schedule scheduled(const ScopPtr& scop, const std::vector<std::string>& lines);

/// The last line's refusal; the lines before it must apply. Throws where it applies.
Diagnostic refusal(const ScopPtr& scop, const std::vector<std::string>& lines);

/// The schedule's code without pragmas' options: one line per line, indented by two blanks per level.
std::string code(const Schedule& schedule, bool openMp = true);

/// The code after these lines, before which a newline stands: golden texts begin on a line of their own.
std::string codeAfter(const ScopPtr& scop, const std::vector<std::string>& lines);

} // namespace polyloom::test
