// Presets: sizes under a name that comments of a file give. Free of Clang.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"

#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// A comment of the file.
struct Comment {
  std::string text; ///< with its slashes and stars
  unsigned offset = 0;
  SourceRange range;
};

/// Where the comments of one function stand: after the previous function with a region, up to the function's end.
struct CommentSpan {
  unsigned begin = 0, end = 0;
};

/// The program with the presets that the comments in the span give: `// preset NAME: PARAMETER=INTEGER …`, one a line
/// of a comment. What does not begin like that is prose. A value for an argument that this region does not use is
/// dropped: another region of the function may need it.
///
/// Refuses words that are no PARAMETER=INTEGER ("bad-preset"), names that the function does not have
/// ("unknown-preset-parameter"), and a preset or a parameter that is given twice ("duplicate-preset").
Result<ScopPtr> withPresets(ScopPtr scop, const std::vector<Comment>& comments, CommentSpan span);

} // namespace polyloom
