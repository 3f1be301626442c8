// Taking apart the words of the grammar of kernels.
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace polyloom {

inline bool isDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
inline bool isWordStart(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
inline bool isWordPart(char c) { return isWordStart(c) || isDigit(c); }

/// The name that begins there.
inline std::string_view wordAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && isWordPart(text[end]))
    ++end;
  return text.substr(at, end - at);
}

/// The number that begins there.
inline std::string_view numberAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (isDigit(text[end]) || (text[end] == '.' && text.substr(end, 2) != "..")))
    ++end;
  return text.substr(at, end - at);
}

/// What stands within the bracket that opens there.
inline std::string_view bracketAt(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (std::size_t end = at; end < text.size(); ++end) {
    depth += text[end] == '[' ? 1 : 0;
    if (text[end] == ']' && --depth == 0)
      return text.substr(at + 1, end - at - 1);
  }
  return text.substr(at + 1);
}

inline bool mentionsWord(std::string_view text, std::string_view name) {
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view word = wordAt(text, at);
    if (!word.empty() && word == name)
      return true;
    at += word.empty() ? 1 : word.size();
  }
  return false;
}

/// How often the piece stands in the text.
inline std::size_t countOf(std::string_view text, std::string_view piece) {
  std::size_t count = 0;
  for (std::size_t at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + 1))
    ++count;
  return count;
}

inline std::vector<std::string> splitWords(std::string_view text, char separator) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

/// "i=1..a-1" as i, 1, a-1; "i=a" begins at 0.
inline std::tuple<std::string, std::string, std::string> rangeOf(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::size_t dots = text.find("..");
  const std::string iterator = text.substr(0, equals);
  if (dots == std::string::npos)
    return {iterator, "0", text.substr(equals + 1)};
  return {iterator, text.substr(equals + 1, dots - equals - 1), text.substr(dots + 2)};
}

} // namespace polyloom
