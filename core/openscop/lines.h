// The lines of an OpenScop text.
#pragma once

#include "core/base/diagnostic.h"

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace polyloom {

/// Thrown while a text is taken apart; parseOpenScop turns it into a failure.
class BadOpenScop : public std::runtime_error {
public:
  BadOpenScop(const std::string& message, SourceRange range) : std::runtime_error(message), range_(std::move(range)) {}
  const SourceRange& range() const { return range_; }

private:
  SourceRange range_;
};

/// One line without its comment and the blanks around it.
struct OpenScopLine {
  std::string text;
  int number = 0; ///< from 1
  int column = 0; ///< of the first character
};

/// Walks over the lines that say something.
class OpenScopLines {
public:
  OpenScopLines(const std::string& text, std::string path);

  /// The next line that is neither blank nor a comment, or nothing at the end. Does not move on.
  const OpenScopLine* peek();
  /// The same; moves on. Throws at the end: `wanted` names what is missing.
  OpenScopLine next(const std::string& wanted);
  /// The next line as it stands, comments included: for statement texts. Skips blank lines and whole-line comments.
  OpenScopLine nextVerbatim(const std::string& wanted);

  /// The next line's integers, `least` to `most` of them.
  std::vector<std::int64_t> integers(const std::string& wanted, std::size_t least, std::size_t most);
  /// The next line's one integer, from `low` to `high`.
  int integer(const std::string& wanted, int low, int high);

  [[noreturn]] void fail(const std::string& message, const OpenScopLine& line) const;

private:
  bool skipBlank();
  OpenScopLine current(bool withComment) const;

  std::vector<std::string> lines_;
  std::size_t position_ = 0;
  OpenScopLine peeked_;
  std::string path_;
};

/// The words of a line, separated by blanks.
std::vector<std::string> wordsOf(const std::string& line);

} // namespace polyloom
