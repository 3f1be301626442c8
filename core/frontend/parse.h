// Clang's run over one file.
#pragma once

#include "core/frontend/extract.h"

namespace polyloom {

/// Parses the text as C, finds its regions and builds their programs. isl's exceptions pass through.
Result<std::vector<ScopPtr>> parseAndBuild(isl::ctx ctx, const std::string& path, const std::string& text,
                                           const PreprocessorOptions& options);

} // namespace polyloom
