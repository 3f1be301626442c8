#include "core/base/diagnostic.h"

#include <fmt/format.h>

namespace polyloom {

std::string toText(const Diagnostic& diagnostic) {
  const SourceRange& range = diagnostic.range;
  std::string text;
  if (!range.file.empty())
    text += range.file + ":";
  if (range.isKnown())
    text += fmt::format("{}:{}:", range.line, range.column);
  if (!text.empty())
    text += " ";
  text += diagnostic.message;
  for (const std::string& note : diagnostic.notes)
    text += "\n  " + note;
  return text;
}

} // namespace polyloom
