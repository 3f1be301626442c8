#include "core/schedule/access_form.h"
#include "core/schedule/affine_text.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/step.h"
#include "core/schedule/step_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace polyloom {

namespace {

struct Word {
  std::string text;
  int column = 1; ///< from 1
};

/// The end of the word that starts at `begin`: the next blank or comment; a quoted text is one word.
std::size_t endOfWord(std::string_view line, std::size_t begin) {
  if (line[begin] == '"') {
    const std::size_t quote = line.find('"', begin + 1);
    return quote == std::string_view::npos ? line.size() : quote + 1;
  }
  return std::min(line.find_first_of(" \t\r\v\f#", begin), line.size());
}

std::vector<Word> splitWords(std::string_view line) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < line.size() && line[at] != '#';) {
    if (std::isspace(static_cast<unsigned char>(line[at])) != 0) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    at = endOfWord(line, begin);
    words.push_back({std::string(line.substr(begin, at - begin)), static_cast<int>(begin) + 1});
  }
  return words;
}

bool isName(const std::string& text) {
  const auto isWordCharacter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) == 0 &&
         std::ranges::all_of(text, isWordCharacter);
}

/// "1 size", "2 sizes".
std::string counted(std::size_t count, std::string_view plural) {
  return fmt::format("{} {}", count, count == 1 ? plural.substr(0, plural.size() - 1) : plural);
}

bool isInteger(std::string_view text) {
  text.remove_prefix(text.starts_with('-') ? 1 : 0);
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Nothing where the text is no integer, or a larger one than any step takes.
std::optional<std::int64_t> toInteger(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

/// Matches the words of a line with a step's form.
class StepParser {
public:
  StepParser(const StepKind& kind, std::vector<Word> words) : kind_(kind), words_(std::move(words)) {}

  Result<Step> parse() {
    const std::vector<FormItem> items = parseForm(kind_);
    step_.kind = kind_.name;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const FormItem& item = items[i];
      if (item.isOptional && item.parameter == nullptr && at_ == words_.size())
        break; // the group is left out
      if (item.parameter == nullptr) {
        if (at_ == words_.size() || words_[at_].text != item.text)
          return expected(fmt::format("\"{}\"", item.text));
        ++at_;
        continue;
      }
      const std::string next = i + 1 < items.size() && items[i + 1].parameter == nullptr ? items[i + 1].text : "";
      if (std::optional<Diagnostic> refusal = fill(*item.parameter, next))
        return std::unexpected(std::move(*refusal));
    }
    if (at_ != words_.size())
      return expected("the end of the line");
    return step_;
  }

private:
  using Kind = StepParameter::Kind;

  std::optional<Diagnostic> fill(const StepParameter& parameter, const std::string& next) {
    std::vector<std::string>& values = step_.arguments[std::string(parameter.name)];
    const bool takesMany = parameter.kind != Kind::Loop && parameter.kind != Kind::Statement &&
                           parameter.kind != Kind::Array && parameter.kind != Kind::Accesses &&
                           parameter.kind != Kind::Integer && parameter.kind != Kind::Factor &&
                           parameter.kind != Kind::Choice && parameter.kind != Kind::Text;
    const auto atEnd = [&] { return at_ == words_.size() || (!next.empty() && words_[at_].text == next); };
    if (atEnd())
      return expected(std::string(parameter.name)).error();
    const std::size_t first = at_;
    do {
      if (std::optional<Diagnostic> refusal = checkWord(parameter, words_[at_].text))
        return refusal;
      values.push_back(words_[at_++].text);
    } while (takesMany && !atEnd());
    if (parameter.kind != Kind::Affine)
      return checkAll(parameter, values);
    values = {fmt::format("{}", fmt::join(values, ""))};
    const Result<AffineAmount> amount = parseAffineAmount(values.front());
    if (amount)
      return std::nullopt;
    at_ = first; // where the amount stands
    return refuse(amount.error().code, amount.error().message).error();
  }

  std::optional<Diagnostic> checkWord(const StepParameter& parameter, const std::string& text) const {
    switch (parameter.kind) {
    case Kind::Loop:
    case Kind::Loops:
    case Kind::Statement:
    case Kind::NewNames:
    case Kind::Array:
      return isName(text) ? std::nullopt : std::optional(expected(std::string(parameter.name)).error());
    case Kind::Accesses:
      return looksLikeAccess(text) ? std::nullopt : std::optional(expected(std::string(parameter.name)).error());
    case Kind::Factor:
      if (text == "full")
        return std::nullopt;
      [[fallthrough]];
    case Kind::Integer:
    case Kind::Integers: {
      const std::optional<std::int64_t> value = toInteger(text);
      if (!isInteger(text))
        return expected(fmt::format("an integer for {}", parameter.name)).error();
      if (!value || *value < parameter.minimum || *value > parameter.maximum)
        return refuse("out-of-range", fmt::format("{} is out of range for {}: {} to {}", text, parameter.name,
                                                  parameter.minimum, parameter.maximum)).error();
      return std::nullopt;
    }
    case Kind::Choice:
      if (std::ranges::find(parameter.choices, text) == parameter.choices.end())
        return expected(fmt::format("{}", fmt::join(parameter.choices, " or "))).error();
      return std::nullopt;
    case Kind::Text:
      if (text.size() < 2 || text.front() != '"' || text.back() != '"')
        return expected(fmt::format("{} in double quotes", parameter.name)).error();
      return std::nullopt;
    case Kind::Affine:
    case Kind::Layout:
    case Kind::Matrix: return std::nullopt; // judged as a whole
    }
    return std::nullopt;
  }

  std::optional<Diagnostic> checkAll(const StepParameter& parameter, std::vector<std::string>& values) {
    if (parameter.kind == Kind::Matrix)
      return checkMatrix(parameter, values);
    const bool onePerLoop = parameter.kind == Kind::Integers || parameter.kind == Kind::NewNames;
    const auto loops = step_.arguments.find("loops");
    if (onePerLoop && loops != step_.arguments.end() && loops->second.size() != values.size())
      return refuse("wrong-count", fmt::format("{} {} {}, found {}", counted(loops->second.size(), "loops"),
                                               loops->second.size() == 1 ? "needs" : "need",
                                               counted(loops->second.size(), parameter.name), values.size())).error();
    return std::nullopt;
  }

  /// Rows as long as there are loops, one of them per loop; the words become "1", "0;", "1", "1".
  std::optional<Diagnostic> checkMatrix(const StepParameter& parameter, std::vector<std::string>& values) {
    const auto loops = step_.arguments.find("loops");
    const std::size_t size = loops == step_.arguments.end() ? 0 : loops->second.size();
    std::string text = fmt::format("{}", fmt::join(values, " "));
    std::vector<std::string> words;
    std::size_t rows = 1, columns = 0;
    const auto wrongShape = [&] {
      return refuse("wrong-count", fmt::format("{} loops need {} rows of {} integers for {}, as in \"1 0; 1 1\"", size,
                                               size, size, parameter.name)).error();
    };
    for (std::size_t at = 0; (at = text.find_first_not_of(' ', at)) != std::string::npos;) {
      const std::size_t end = std::min(text.find_first_of(" ;", at), text.size());
      const std::string word = text.substr(at, end - at);
      const std::optional<std::int64_t> value = toInteger(word);
      if (!word.empty() && (!value || *value < parameter.minimum || *value > parameter.maximum))
        return refuse("out-of-range", fmt::format("\"{}\" is not an integer from {} to {}", word, parameter.minimum,
                                                  parameter.maximum)).error();
      if (!word.empty()) {
        words.push_back(word);
        ++columns;
      }
      at = end;
      if (at < text.size() && text[at] == ';') {
        if (columns != size || words.empty())
          return wrongShape();
        words.back() += ";";
        ++rows;
        columns = 0;
        ++at;
      }
    }
    if (columns != size || rows != size)
      return wrongShape();
    values = std::move(words);
    return std::nullopt;
  }

  std::unexpected<Diagnostic> refuse(std::string code, std::string message) const {
    const Word& word = words_[std::min(at_, words_.size() - 1)];
    const int end = word.column + static_cast<int>(word.text.size());
    const int column = at_ < words_.size() ? word.column : end;
    return failure(std::move(code), std::move(message), {.file = {}, .line = 1, .column = column, .endLine = 1, .endColumn = end},
                   {fmt::format("the form is: {}", kind_.form)});
  }

  std::unexpected<Diagnostic> expected(const std::string& what) const {
    const std::string found = at_ < words_.size() ? fmt::format("\"{}\"", words_[at_].text) : "the end of the line";
    return refuse("bad-step", fmt::format("expected {}, found {}", what, found));
  }

  const StepKind& kind_;
  std::vector<Word> words_;
  std::size_t at_ = 0;
  Step step_;
};

bool isVersionLine(const std::vector<Word>& words) { return !words.empty() && words[0].text == "polyloom-recipe"; }

std::optional<Diagnostic> readVersionLine(const std::vector<Word>& words, int line, Recipe& recipe) {
  if (words.size() < 2 || words.size() > 3 || words[1].text != "1")
    return failure("bad-recipe", "this recipe is of another version; this program reads \"polyloom-recipe 1 [function]\"")
        .error();
  if (words.size() == 3) {
    recipe.function = words[2].text;
    recipe.functionLine = line;
  }
  return std::nullopt;
}

} // namespace

Result<Step> parseStep(std::string_view line) {
  std::vector<Word> words = splitWords(line);
  if (words.empty())
    return failure("bad-step", "an empty line is no step");
  if (const StepKind* kind = findStepKind(words.front().text))
    return StepParser(*kind, std::move(words)).parse();
  std::vector<std::string_view> names;
  for (const StepKind& kind : catalogue())
    names.push_back(kind.name);
  const int end = words.front().column + static_cast<int>(words.front().text.size());
  return failure("unknown-step", fmt::format("no step is called {}", words.front().text),
                 {.file = {}, .line = 1, .column = words.front().column, .endLine = 1, .endColumn = end},
                 {fmt::format("the steps are {}", fmt::join(names, ", "))});
}

Result<Recipe> parseRecipe(std::string_view text, const std::string& path) {
  Recipe recipe;
  if (text.starts_with("\xEF\xBB\xBF")) // a byte-order mark
    text.remove_prefix(3);
  int lineNumber = 0;
  bool isFirst = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size()); // as any system ends its lines
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(text.substr(end).starts_with("\r\n") ? end + 2 : std::min(end + 1, text.size()));
    ++lineNumber;
    const std::vector<Word> words = splitWords(line);
    if (words.empty())
      continue;
    std::optional<Diagnostic> refusal;
    if (isFirst && isVersionLine(words))
      refusal = readVersionLine(words, lineNumber, recipe);
    else if (Result<Step> step = parseStep(line)) {
      recipe.steps.push_back(std::move(*step));
      recipe.lines.push_back(lineNumber);
    } else
      refusal = std::move(step.error());
    isFirst = false;
    if (refusal) {
      refusal->range.file = path;
      refusal->range.line = refusal->range.endLine = lineNumber;
      return std::unexpected(std::move(*refusal));
    }
  }
  return recipe;
}

std::string toText(const Recipe& recipe) {
  std::string text = "polyloom-recipe 1";
  if (!recipe.function.empty())
    text += " " + recipe.function;
  text += "\n";
  for (const Step& step : recipe.steps)
    text += toText(step) + "\n";
  return text;
}

} // namespace polyloom
