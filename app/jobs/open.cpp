#include "app/jobs/open.h"

#include "core/openscop/parse.h"
#include "core/openscop/read.h"
#include "core/poly/read.h"

namespace polyloom {

Result<std::vector<ScopPtr>> openProgram(isl::ctx ctx, const std::string& path, const PreprocessorOptions& options) {
  const Result<std::string> text = readSource(path);
  if (!text)
    return std::unexpected(text.error());
  if (isOpenScop(*text))
    return readOpenScop(ctx, path, *text);
  if (!isPoly(*text))
    return extractText(ctx, path, *text, options);
  const Result<ScopPtr> program = readPoly(ctx, path, *text);
  if (!program)
    return std::unexpected(program.error());
  return std::vector<ScopPtr>{*program};
}

} // namespace polyloom
