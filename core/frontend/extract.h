// C to Scop, through Clang's libraries. This header is free of Clang's types.
#pragma once

#include "core/base/diagnostic.h"
#include "core/isl/context.h"
#include "core/program/scop.h"

#include <string>
#include <vector>

namespace polyloom {

/// How to preprocess: `-I` folders and `-D` definitions ("NAME" or "NAME=VALUE").
struct PreprocessorOptions {
  std::vector<std::string> includes;
  std::vector<std::string> defines;
};

/// The text of a file. Refuses a folder, and what cannot be read ("unreadable-file").
Result<std::string> readSource(const std::string& path);

/// All regions (`#pragma scop` … `#pragma endscop`) of a C file, in textual order.
///
/// Refuses the whole file at the first region that cannot be read, with file, line, column, the offending text and a
/// sentence; nothing is half-loaded. Cost: one Clang parse (tens of milliseconds) plus isl work per access.
Result<std::vector<ScopPtr>> extractFile(isl::ctx ctx, const std::string& path,
                                         const PreprocessorOptions& options = {});

/// The same for text that is not (or not yet) in a file; `path` names it in messages.
Result<std::vector<ScopPtr>> extractText(isl::ctx ctx, const std::string& path, const std::string& text,
                                         const PreprocessorOptions& options = {});

} // namespace polyloom
