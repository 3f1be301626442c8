#include "core/poly/token.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace polyloom {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Lexer {
public:
  Lexer(const std::string& path, const std::string& text, std::size_t begin) : path_(path), text_(text), at_(begin) {
    line_ += static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
    const std::size_t newline = begin == 0 ? std::string::npos : text.rfind('\n', begin - 1);
    lineStart_ = newline == std::string::npos ? 0 : newline + 1;
  }

  std::vector<PolyToken> run() && {
    std::vector<PolyToken> tokens;
    do {
      skipBlanks();
      tokens.push_back(next());
    } while (tokens.back().kind != PolyToken::Kind::End);
    return tokens;
  }

private:
  char at(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void skipBlanks() {
    for (bool inComment = false; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') {
        ++line_;
        lineStart_ = at_ + 1;
        inComment = false;
      } else if (c == '#') {
        inComment = true;
      } else if (!inComment && c != ' ' && c != '\t' && c != '\r') {
        return;
      }
    }
  }

  PolyToken next() {
    const std::size_t begin = at_;
    PolyToken::Kind kind = PolyToken::Kind::End;
    if (at_ < text_.size())
      kind = isLetter(at()) ? word() : isDigit(at()) || (at() == '.' && isDigit(at(1))) ? number() : sign();
    const auto column = static_cast<int>(begin - lineStart_) + 1;
    const auto length = static_cast<int>(at_ - begin);
    return {kind, text_.substr(begin, at_ - begin), {path_, line_, column, line_, column + length}, begin, at_};
  }

  PolyToken::Kind word() {
    while (isLetter(at()) || isDigit(at()))
      ++at_;
    return PolyToken::Kind::Word;
  }

  void digits() {
    while (isDigit(at()))
      ++at_;
  }

  PolyToken::Kind number() {
    const std::size_t begin = at_;
    digits();
    if (at() == '.') {
      ++at_;
      digits();
    }
    const std::size_t sign = at(1) == '+' || at(1) == '-' ? 1 : 0;
    if ((at() == 'e' || at() == 'E') && isDigit(at(1 + sign))) {
      at_ += 1 + sign;
      digits();
    }
    if (at() == 'f')
      ++at_;
    return text_.find_first_of(".eEf", begin) < at_ ? PolyToken::Kind::Floating : PolyToken::Kind::Integer;
  }

  PolyToken::Kind sign() {
    static constexpr std::array<std::string_view, 11> kPairs = {"->", "<=", ">=", "==", "!=", "&&",
                                                                "||", "+=", "-=", "*=", "/="};
    const std::string_view two = std::string_view(text_).substr(at_, 2);
    if (std::ranges::find(kPairs, two) != kPairs.end()) {
      at_ += 2;
      return PolyToken::Kind::Sign;
    }
    if (std::string_view("{}[]():,;<>=+-*/%!?").find(at()) == std::string_view::npos) {
      const auto column = static_cast<int>(at_ - lineStart_) + 1;
      failPoly("bad-text", {path_, line_, column, line_, column + 1},
               fmt::format("the character '{}' has no place in a program text", at() < ' ' ? '?' : at()));
    }
    ++at_;
    return PolyToken::Kind::Sign;
  }

  const std::string& path_;
  const std::string& text_;
  std::size_t at_, lineStart_ = 0;
  int line_ = 1;
};

} // namespace

std::vector<PolyToken> tokensOf(const std::string& path, const std::string& text, std::size_t begin) {
  return Lexer(path, text, begin).run();
}

const PolyToken& PolyTokens::peek(std::size_t ahead) const {
  return tokens_[std::min(position_ + ahead, tokens_.size() - 1)];
}

PolyToken PolyTokens::next() {
  PolyToken token = peek();
  if (token.kind != PolyToken::Kind::End)
    ++position_;
  return token;
}

bool PolyTokens::accept(const std::string& text) {
  if (!isNext(text))
    return false;
  next();
  return true;
}

namespace {

std::string shown(const PolyToken& token) {
  return token.kind == PolyToken::Kind::End ? "the text ends" : fmt::format("'{}' stands", token.text);
}

} // namespace

PolyToken PolyTokens::expect(const std::string& text) {
  if (!isNext(text))
    failPoly("bad-text", peek().range, fmt::format("{} where '{}' is wanted", shown(peek()), text));
  return next();
}

PolyToken PolyTokens::expectName(const std::string& what) {
  if (peek().kind != PolyToken::Kind::Word)
    failPoly("bad-text", peek().range, fmt::format("{} where {} is wanted", shown(peek()), what));
  return next();
}

void failPoly(const std::string& code, const SourceRange& range, const std::string& message) {
  throw BadPoly{{code, message, range}};
}

} // namespace polyloom
