#include "core/poly/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace polyloom {

namespace {

constexpr std::string_view kHead = "polyloom-program";
constexpr std::size_t kMostStatements = 200;

std::optional<ElementType> typeOf(const std::string& word) {
  static constexpr std::array<std::pair<std::string_view, ElementType>, 6> kTypes = {{
      {"char", ElementType::Int8}, {"short", ElementType::Int16}, {"int", ElementType::Int32},
      {"long", ElementType::Int64}, {"float", ElementType::Float32}, {"double", ElementType::Float64}}};
  for (const auto& [name, type] : kTypes)
    if (name == word)
      return type;
  return std::nullopt;
}

class DocumentParser {
public:
  DocumentParser(const std::string& path, const std::string& text)
      : text_(text), bodyBegin_(readHead(path)), tokens_(tokensOf(path, text, bodyBegin_)) {}

  PolyDocument parse() && {
    while (tokens_.peek().kind != PolyToken::Kind::End)
      item();
    return std::move(document_);
  }

private:
  /// Reads `polyloom-program 1 [name]`; returns where the rest begins.
  std::size_t readHead(const std::string& path) {
    const std::size_t begin = findPolyHead(text_);
    std::size_t end = text_.find('\n', begin);
    end = end == std::string::npos ? text_.size() : end;
    const auto line = 1 + static_cast<int>(std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
    PolyTokens words(tokensOf(path, text_.substr(begin + kHead.size(), end - begin - kHead.size()), 0));
    const SourceRange place{.file = path, .line = line, .column = 1};
    if (words.next().text != "1")
      failPoly("wrong-version", place, "the first line does not name version 1; wanted polyloom-program 1, and a name");
    document_.name = words.peek().kind == PolyToken::Kind::Word ? words.next().text : "kernel";
    if (words.peek().kind != PolyToken::Kind::End)
      failPoly("bad-text", place, "the first line has more than a name; wanted polyloom-program 1, and a name");
    return end;
  }

  void item() {
    const PolyToken token = tokens_.peek();
    if (tokens_.accept("parameters"))
      return parameters();
    if (tokens_.accept("assume"))
      return document_.assumptions.push_back(parseExpression(tokens_));
    if (tokens_.accept("scalar"))
      return scalars();
    if (tokens_.accept("array"))
      return arrays();
    if (tokens_.accept("order"))
      return order();
    if (token.kind == PolyToken::Kind::Word && tokens_.peek(1).text == ":")
      return statement();
    failPoly("bad-text", token.range,
             fmt::format("'{}' stands where parameters, assume, scalar, array, order, or a statement's name and ':' is wanted",
                         token.text));
  }

  void parameters() {
    do {
      PolyParameter parameter{tokens_.expectName("a parameter's name")};
      if (tokens_.accept("="))
        parameter.value = integer();
      document_.parameters.push_back(std::move(parameter));
    } while (tokens_.accept(","));
  }

  std::int64_t integer() {
    const bool isNegative = tokens_.accept("-");
    const PolyToken token = tokens_.next();
    std::int64_t value = 0;
    const char* end = token.text.data() + token.text.size();
    if (token.kind != PolyToken::Kind::Integer || std::from_chars(token.text.data(), end, value).ec != std::errc())
      failPoly("bad-text", token.range, fmt::format("'{}' stands where an integer is wanted", token.text));
    return isNegative ? -value : value;
  }

  ElementType type() {
    const std::optional<ElementType> type = typeOf(tokens_.peek().text);
    if (type)
      tokens_.next();
    return type.value_or(ElementType::Float64);
  }

  void scalars() {
    do {
      PolyScalar scalar{tokens_.expectName("a scalar's name")};
      if (tokens_.accept("=")) {
        const bool isNegative = tokens_.accept("-");
        const PolyToken number = tokens_.next();
        if (number.kind != PolyToken::Kind::Integer && number.kind != PolyToken::Kind::Floating)
          failPoly("bad-text", number.range, fmt::format("'{}' stands where a number is wanted", number.text));
        scalar.value = (isNegative ? -1 : 1) * std::strtod(number.text.c_str(), nullptr);
      }
      scalar.type = type();
      document_.scalars.push_back(std::move(scalar));
    } while (tokens_.accept(","));
  }

  void arrays() {
    do {
      PolyArray array{tokens_.peek()};
      array.extents = parseCell(tokens_).operands;
      array.type = type();
      document_.arrays.push_back(std::move(array));
    } while (tokens_.accept(","));
  }

  std::vector<PolyToken> names(const char* what) {
    std::vector<PolyToken> names;
    tokens_.expect("[");
    if (tokens_.accept("]"))
      return names;
    do {
      names.push_back(tokens_.expectName(what));
    } while (tokens_.accept(","));
    tokens_.expect("]");
    return names;
  }

  void statement() {
    PolyStatement statement{tokens_.next()};
    if (document_.statements.size() == kMostStatements)
      failPoly("too-many-statements", statement.name.range, fmt::format("there are more than {} statements", kMostStatements));
    tokens_.expect(":");
    tokens_.expect("{");
    if (tokens_.peek().kind == PolyToken::Kind::Word) {
      const PolyToken again = tokens_.next();
      if (again.text != statement.name.text)
        failPoly("bad-text", again.range, fmt::format("the set of {} holds instances of '{}'; wanted {}[…]",
                                                      statement.name.text, again.text, statement.name.text));
    }
    statement.iterators = names("an iterator");
    if (tokens_.accept(":"))
      statement.condition = parseExpression(tokens_);
    tokens_.expect("}");
    while (clause(statement)) {
    }
    document_.statements.push_back(std::move(statement));
  }

  bool clause(PolyStatement& statement) {
    // A statement may be called like a clause: then a colon follows.
    const PolyToken word = tokens_.peek();
    if (tokens_.peek(1).text == ":" || (word.text != "writes" && word.text != "reads" && word.text != "is"))
      return false;
    tokens_.next();
    if (word.text == "is") {
      if (statement.assignment)
        failPoly("bad-text", word.range, fmt::format("{} has a second line \"is\"", statement.name.text));
      statement.assignment = assignment();
      return true;
    }
    std::vector<PolySyntax>& cells = word.text == "writes" ? statement.writes : statement.reads;
    do {
      cells.push_back(parseCell(tokens_));
    } while (tokens_.accept(","));
    return true;
  }

  PolyAssignment assignment() {
    const std::size_t begin = tokens_.peek().begin;
    PolySyntax place = parseCell(tokens_);
    const PolyToken op = tokens_.next();
    static const std::set<std::string> kOperators = {"=", "+=", "-=", "*=", "/="};
    if (!kOperators.contains(op.text))
      failPoly("bad-text", op.range, fmt::format("'{}' stands where an assignment is wanted: =, +=, -=, *= or /=", op.text));
    PolySyntax value = parseExpression(tokens_);
    const std::string text = sourceText(begin, tokens_.peek().begin);
    tokens_.accept(";");
    return {std::move(place), op.text, std::move(value), text};
  }

  /// The text between two offsets, every run of blanks and comments as one blank.
  std::string sourceText(std::size_t begin, std::size_t end) const {
    std::string text;
    bool inComment = false;
    for (std::size_t at = begin; at < end; ++at) {
      const char c = text_[at];
      inComment = c == '#' || (inComment && c != '\n');
      const bool isBlank = inComment || c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (!isBlank)
        text += c;
      else if (!text.empty() && text.back() != ' ')
        text += ' ';
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }

  void order() {
    document_.hasOrder = true;
    tokens_.expect("{");
    while (!tokens_.accept("}")) {
      PolyDate date{tokens_.expectName("a statement's name")};
      date.iterators = names("an iterator");
      tokens_.expect("->");
      date.range = tokens_.expect("[").range;
      if (!tokens_.isNext("]"))
        do {
          date.date.push_back(parseExpression(tokens_));
        } while (tokens_.accept(","));
      tokens_.expect("]");
      document_.order.push_back(std::move(date));
      if (!tokens_.isNext("}"))
        tokens_.expect(";");
    }
  }

  const std::string& text_;
  PolyDocument document_;
  std::size_t bodyBegin_;
  PolyTokens tokens_;
};

} // namespace

std::size_t findPolyHead(const std::string& text) {
  for (std::size_t line = 0; line < text.size(); line = std::min(text.find('\n', line), text.size() - 1) + 1) {
    const std::size_t first = text.find_first_not_of(" \t\r", line);
    if (first == std::string::npos)
      break;
    if (text.compare(first, kHead.size(), kHead) == 0)
      return first;
    if (text[first] != '#' && text[first] != '\n')
      break;
  }
  return std::string::npos;
}

PolyDocument parseDocument(const std::string& path, const std::string& text) {
  return DocumentParser(path, text).parse();
}

} // namespace polyloom
