// The words and signs of a program text.
#pragma once

#include "core/base/diagnostic.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace polyloom {

/// Thrown while a program text is read; readPoly turns it into a failure.
struct BadPoly {
  Diagnostic diagnostic;
};

/// A word, a number or a sign with its place.
struct PolyToken {
  enum class Kind { Word, Integer, Floating, Sign, End };
  Kind kind = Kind::End;
  std::string text = {};
  SourceRange range = {};
  std::size_t begin = 0, end = 0; ///< offsets in the text
};

/// The text's tokens; the last one is End. `#` starts a comment. Line breaks are blanks.
/// `begin` is where to start. Throws BadPoly at a character that no program text has.
std::vector<PolyToken> tokensOf(const std::string& path, const std::string& text, std::size_t begin);

/// Goes through tokens.
class PolyTokens {
public:
  explicit PolyTokens(std::vector<PolyToken> tokens) : tokens_(std::move(tokens)) {}

  const PolyToken& peek(std::size_t ahead = 0) const;
  PolyToken next();
  bool isNext(const std::string& text) const { return peek().kind != PolyToken::Kind::End && peek().text == text; }
  /// Moves on where the next token is this one.
  bool accept(const std::string& text);
  PolyToken expect(const std::string& text);
  PolyToken expectName(const std::string& what);

private:
  std::vector<PolyToken> tokens_;
  std::size_t position_ = 0;
};

/// Throws BadPoly at this place.
[[noreturn]] void failPoly(const std::string& code, const SourceRange& range, const std::string& message);

} // namespace polyloom
