#include "core/openscop/lines.h"

#include <fmt/format.h>

#include <charconv>
#include <sstream>

namespace polyloom {

namespace {

constexpr const char* kBlanks = " \t\r\v\f";

std::optional<std::int64_t> integerOf(const std::string& word) {
  const char* first = word.data() + (word.starts_with('+') ? 1 : 0);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(first, word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size())
    return std::nullopt;
  return value;
}

} // namespace

OpenScopLines::OpenScopLines(const std::string& text, std::string path) : path_(std::move(path)) {
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    lines_.push_back(std::move(line));
}

bool OpenScopLines::skipBlank() {
  for (; position_ < lines_.size(); ++position_) {
    const std::size_t first = lines_[position_].find_first_not_of(kBlanks);
    if (first != std::string::npos && lines_[position_][first] != '#')
      return true;
  }
  return false;
}

OpenScopLine OpenScopLines::current(bool withComment) const {
  const std::string& line = lines_[position_];
  const std::size_t first = line.find_first_not_of(kBlanks);
  std::string text = line.substr(first, withComment ? std::string::npos : line.find('#') - first);
  text.erase(text.find_last_not_of(kBlanks) + 1);
  return {std::move(text), static_cast<int>(position_) + 1, static_cast<int>(first) + 1};
}

const OpenScopLine* OpenScopLines::peek() {
  if (!skipBlank())
    return nullptr;
  peeked_ = current(false);
  return &peeked_;
}

OpenScopLine OpenScopLines::next(const std::string& wanted) {
  if (!skipBlank())
    throw BadOpenScop("the text ends too early; wanted " + wanted,
                      {.file = path_, .line = static_cast<int>(lines_.size()) + 1, .column = 1});
  OpenScopLine line = current(false);
  ++position_;
  return line;
}

OpenScopLine OpenScopLines::nextVerbatim(const std::string& wanted) {
  OpenScopLine line = next(wanted);
  --position_;
  line = current(true);
  ++position_;
  return line;
}

std::vector<std::int64_t> OpenScopLines::integers(const std::string& wanted, std::size_t least, std::size_t most) {
  const OpenScopLine line = next(wanted);
  std::vector<std::int64_t> values;
  for (const std::string& word : wordsOf(line.text)) {
    const std::optional<std::int64_t> value = integerOf(word);
    if (!value)
      fail(fmt::format("'{}' stands where a number is wanted: {}", word, wanted), line);
    values.push_back(*value);
  }
  if (values.size() < least || values.size() > most)
    fail(fmt::format("the line has {} numbers; wanted {}", values.size(), wanted), line);
  return values;
}

int OpenScopLines::integer(const std::string& wanted, int low, int high) {
  const OpenScopLine* line = peek();
  const OpenScopLine at = line == nullptr ? OpenScopLine{} : *line;
  const std::int64_t value = integers(wanted, 1, 1).front();
  if (value < low || value > high)
    fail(fmt::format("{} is out of range; wanted {}, {} to {}", value, wanted, low, high), at);
  return static_cast<int>(value);
}

void OpenScopLines::fail(const std::string& message, const OpenScopLine& line) const {
  const auto length = static_cast<int>(line.text.size());
  throw BadOpenScop(message, {path_, line.number, line.column, line.number, line.column + length});
}

std::vector<std::string> wordsOf(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;)
    words.push_back(std::move(word));
  return words;
}

} // namespace polyloom
