#include "tests/architecture/sources.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace polyloom::test {

namespace {

/// The text with comments, strings and characters blanked, lines kept, so that braces can be counted.
class Blanker {
public:
  explicit Blanker(const std::string& text) : text_(text) {}

  std::string result() {
    while (at_ < text_.size()) {
      if (startsWith("//"))
        skipTo("\n", 0);
      else if (startsWith("/*"))
        skipTo("*/", 2);
      else if (startsWith("R\""))
        skipTo(")" + text_.substr(at_ + 2, text_.find('(', at_) - at_ - 2) + "\"", 0);
      else if (text_[at_] == '"' || (text_[at_] == '\'' && !separatesDigits()))
        skipQuoted();
      else
        result_ += text_[at_++];
    }
    return result_;
  }

private:
  bool startsWith(const char* what) const { return text_.compare(at_, std::char_traits<char>::length(what), what) == 0; }

  bool separatesDigits() const { return at_ > 0 && std::isxdigit(static_cast<unsigned char>(text_[at_ - 1])) != 0; }

  /// Skips to the end of `what`, looked for `from` characters on; a line's end is left to be read.
  void skipTo(const std::string& what, std::size_t from) {
    const std::size_t found = text_.find(what, at_ + from);
    const std::size_t end = found == std::string::npos ? text_.size() : found + (what == "\n" ? 0 : what.size());
    result_ += std::string(static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                               text_.begin() + static_cast<std::ptrdiff_t>(end), '\n')),
                           '\n');
    at_ = end;
  }

  void skipQuoted() {
    const char quote = text_[at_++];
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n')
      at_ += text_[at_] == '\\' ? 2U : 1U;
    ++at_;
  }

  const std::string& text_;
  std::size_t at_ = 0;
  std::string result_;
};

/// Walks the braces of a file.
class BraceWalk {
public:
  BraceWalk(const std::string& text, int limit) : limit_(limit) {
    for (const char c : text)
      step(c);
  }

  const std::vector<LongFunction>& found() const { return found_; }

private:
  struct Scope {
    bool isFunction = false;
    int firstLine = 0;
  };

  void step(char c) {
    if (c == '\n')
      ++line_;
    if (c == '{')
      open();
    else if (c == '}')
      close();
    else if (c == ';' && parentheses_ == 0)
      startHead();
    else
      extendHead(c);
  }

  void extendHead(char c) {
    parentheses_ += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (head_.empty() && std::isspace(static_cast<unsigned char>(c)) != 0)
      return;
    if (head_.empty())
      headLine_ = line_;
    head_ += c;
  }

  /// A brace after a parenthesis opens a function, unless one is open already or the head belongs to a type.
  void open() {
    static const std::regex kType(R"(\b(namespace|class|struct|enum|union)\b)");
    const bool isInside = std::ranges::any_of(scopes_, &Scope::isFunction);
    const bool isFunction = !isInside && head_.find('(') != std::string::npos && !std::regex_search(head_, kType);
    scopes_.push_back({isFunction, headLine_});
    startHead();
  }

  void close() {
    if (!scopes_.empty()) {
      const Scope scope = scopes_.back();
      scopes_.pop_back();
      if (const int length = line_ - scope.firstLine + 1; scope.isFunction && length > limit_)
        found_.push_back({scope.firstLine, length});
    }
    startHead();
  }

  void startHead() {
    head_.clear();
    parentheses_ = 0;
  }

  int limit_;
  int line_ = 1;
  int headLine_ = 1;
  int parentheses_ = 0;
  std::string head_;
  std::vector<Scope> scopes_;
  std::vector<LongFunction> found_;
};

} // namespace

SourceFile sourceOf(const std::string& path, const std::string& text) {
  SourceFile file{path, {}};
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    file.lines.push_back(line);
  return file;
}

std::vector<SourceFile> sourcesBelow(const std::vector<std::string>& folders) {
  const std::filesystem::path top = POLYLOOM_SOURCE_DIR;
  std::vector<SourceFile> files;
  for (const std::string& folder : folders) {
    if (!std::filesystem::exists(top / folder))
      continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top / folder)) {
      if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp")
        continue;
      std::ifstream stream(entry.path());
      const std::string text{std::istreambuf_iterator<char>(stream), {}};
      files.push_back(sourceOf(std::filesystem::relative(entry.path(), top).generic_string(), text));
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::vector<std::string> includesOf(const SourceFile& file) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  std::vector<std::string> includes;
  for (const std::string& line : file.lines)
    if (std::smatch match; std::regex_search(line, match, kInclude))
      includes.push_back(match[1]);
  return includes;
}

std::vector<LongFunction> longFunctions(const SourceFile& file, int limit) {
  std::string text;
  for (const std::string& line : file.lines)
    text += (line.starts_with('#') ? "" : line) + "\n"; // a macro's braces need not match
  return BraceWalk(Blanker(text).result(), limit).found();
}

} // namespace polyloom::test
