#include "core/codegen/c_source.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace polyloom {

namespace {

std::size_t offsetOf(const std::string& text, int line, int column) {
  std::size_t at = 0;
  for (int next = 1; next < line && at != std::string::npos; ++next)
    at = text.find('\n', at) == std::string::npos ? std::string::npos : text.find('\n', at) + 1;
  return at == std::string::npos ? at : at + static_cast<std::size_t>(column) - 1;
}

/// Where what starts here ends, if that is no code: a comment, a literal, a line of the preprocessor. Else `at`.
std::size_t endOfOther(const std::string& text, std::size_t at) {
  const auto behind = [&](const char* mark, std::size_t from) {
    const std::size_t found = text.find(mark, from);
    return found == std::string::npos ? text.size() : found + std::string_view(mark).size();
  };
  if (text.compare(at, 2, "//") == 0)
    return behind("\n", at);
  if (text.compare(at, 2, "/*") == 0)
    return behind("*/", at + 2);
  std::size_t end = at + 1;
  if (text[at] == '"' || text[at] == '\'') {
    while (end < text.size() && text[end] != text[at])
      end += text[end] == '\\' ? 2 : 1;
    return std::min(end + 1, text.size());
  }
  if (text[at] != '#')
    return at;
  do
    end = behind("\n", end);
  while (end < text.size() && end >= 2 && text[end - 2] == '\\');
  return end;
}

} // namespace

std::string indentOf(const RegionSource& source) {
  const std::size_t textStart = source.text.find_first_not_of(" \t\r\n", source.begin);
  if (textStart == std::string::npos || textStart == 0)
    return {};
  const std::size_t lineStart = source.text.rfind('\n', textStart - 1) + 1;
  return source.text.substr(lineStart, textStart - lineStart);
}

std::string withRestrict(const Scop& scop) {
  std::string text = scop.source.text.substr(0, scop.source.begin);
  std::map<std::size_t, std::string> insertions;
  for (const Array& array : scop.arrays) {
    const bool isArgument = std::ranges::find(scop.arguments, array.name) != scop.arguments.end();
    const std::size_t at = offsetOf(text, array.range.line, array.range.column);
    if (!isArgument || array.range.file != scop.source.path || !array.range.isKnown() ||
        text.compare(at, array.name.size(), array.name) != 0)
      continue;
    const std::size_t behind = at + array.name.size();
    if (text.compare(behind, 1, "[") == 0)
      insertions[behind + 1] = text.compare(behind + 1, 1, "]") == 0 ? "restrict" : "restrict ";
    else if (const std::size_t before = text.find_last_not_of(' ', at - 1); before != std::string::npos && text[before] == '*')
      insertions[before + 1] = before + 1 == at ? " restrict " : " restrict";
  }
  for (auto insertion = insertions.rbegin(); insertion != insertions.rend(); ++insertion)
    text.insert(insertion->first, insertion->second);
  return text;
}

std::optional<std::size_t> functionStart(const Scop& scop) {
  const std::string& text = scop.source.text;
  std::size_t start = std::string::npos;
  int depth = 0;
  for (std::size_t at = 0; at < scop.source.begin;) {
    if (const std::size_t end = endOfOther(text, at); end != at) {
      at = end;
      continue;
    }
    const char c = text[at++];
    if (std::isspace(static_cast<unsigned char>(c)) != 0)
      continue;
    if (start == std::string::npos)
      start = at - 1;
    depth += c == '{' || c == '(' || c == '[' ? 1 : c == '}' || c == ')' || c == ']' ? -1 : 0;
    if (depth == 0 && (c == ';' || c == '}'))
      start = std::string::npos;
  }
  if (start == std::string::npos || depth == 0 || text.find(scop.function, start) > text.find('{', start))
    return std::nullopt;
  return start;
}

} // namespace polyloom
