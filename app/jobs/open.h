// The one place where a file becomes programs, whatever language it is written in.
#pragma once

#include "core/base/diagnostic.h"
#include "core/frontend/extract.h"
#include "core/program/scop.h"

#include <isl/cpp.h>

#include <string>
#include <vector>

namespace polyloom {

/// The programs of a file, told apart by its text: OpenScop (has a line <OpenScop>), a program text (its first line is
/// `polyloom-program 1`), else C. Fails as their readers do; a file of C has at least one region.
Result<std::vector<ScopPtr>> openProgram(isl::ctx ctx, const std::string& path, const PreprocessorOptions& options = {});

} // namespace polyloom
