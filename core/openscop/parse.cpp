#include "core/openscop/parse.h"

#include "core/openscop/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>
#include <string_view>

namespace polyloom {

namespace {

constexpr int kMostStatements = 200;
constexpr int kMostRelations = 1000;
constexpr int kMostParts = 1000;
constexpr int kMostRows = 10000;
constexpr std::int64_t kMostDimensions = 500;

/// "<body>" for "body".
std::string opening(const std::string& name) { return "<" + name + ">"; }
std::string closing(const std::string& name) { return "</" + name + ">"; }

class BlockParser {
public:
  explicit BlockParser(OpenScopLines& lines) : lines_(&lines) {}

  OpenScopBlock parse() {
    block_.line = lines_->next("<OpenScop>").number;
    if (const OpenScopLine language = lines_->next("the language"); wordsOf(language.text).size() != 1)
      lines_->fail("the language is not one word; wanted a name such as C", language);
    block_.context = relation();
    if (block_.context.kind != "CONTEXT")
      lines_->fail(fmt::format("the first relation is a {}; wanted the CONTEXT", block_.context.kind), lineOf(block_.context));
    if (lines_->integer("whether names of parameters follow", 0, 1) == 1)
      generic();
    const int statements = lines_->integer("the number of statements", 0, kMostStatements);
    for (int s = 0; s < statements; ++s)
      block_.statements.push_back(statement());
    for (OpenScopLine line = lines_->next("</OpenScop>"); line.text != "</OpenScop>"; line = lines_->next("</OpenScop>"))
      generic(line);
    return std::move(block_);
  }

private:
  static OpenScopLine lineOf(const OpenScopRelation& relation) { return {relation.kind, relation.line, 1}; }

  OpenScopRelation relation() {
    static constexpr std::array<std::string_view, 6> kKinds = {"CONTEXT", "DOMAIN", "SCATTERING",
                                                               "READ",    "WRITE",  "MAY_WRITE"};
    const OpenScopLine keyword = lines_->next("a relation");
    if (std::ranges::find(kKinds, keyword.text) == kKinds.end())
      lines_->fail(fmt::format("'{}' stands where a relation is wanted: CONTEXT, DOMAIN, SCATTERING, READ, WRITE or "
                               "MAY_WRITE", keyword.text), keyword);
    OpenScopRelation result{keyword.text, {}, keyword.number};
    std::vector<std::int64_t> sizes = lines_->integers("the number of parts, or six sizes of a matrix", 1, 6);
    std::int64_t parts = 1;
    if (sizes.size() == 1) {
      parts = sizes.front();
      if (parts < 0 || parts > kMostParts)
        lines_->fail(fmt::format("a union of {} parts; wanted 0 to {}", parts, kMostParts), keyword);
      sizes.clear();
    }
    for (std::int64_t part = 0; part < parts; ++part)
      result.parts.push_back(matrix(sizes.empty() ? lines_->integers("six sizes of a matrix", 6, 6) : sizes, keyword));
    checkUnion(result);
    return result;
  }

  /// `sizes`: rows, columns, outputs, inputs, locals, parameters.
  ConstraintSystem matrix(const std::vector<std::int64_t>& sizes, const OpenScopLine& keyword) {
    if (sizes.size() != 6)
      lines_->fail(fmt::format("the matrix of this relation has {} sizes; wanted six: rows, columns, output, input, local "
                               "dimensions and parameters", sizes.size()), keyword);
    for (std::size_t s = 1; s < sizes.size(); ++s)
      if (sizes[s] < 0 || sizes[s] > kMostDimensions)
        lines_->fail(fmt::format("a matrix with {} columns or dimensions; wanted 0 to {}", sizes[s], kMostDimensions), keyword);
    if (sizes[0] < 0 || sizes[0] > kMostRows)
      lines_->fail(fmt::format("a matrix with {} rows; wanted 0 to {}", sizes[0], kMostRows), keyword);
    ConstraintSystem system{static_cast<unsigned>(sizes[2]), static_cast<unsigned>(sizes[3]),
                            static_cast<unsigned>(sizes[4]), static_cast<unsigned>(sizes[5])};
    if (static_cast<std::size_t>(sizes[1]) != system.columns() + 1)
      lines_->fail(fmt::format("the matrix of this relation is said to have {} columns; its dimensions make {}", sizes[1],
                               system.columns() + 1), keyword);
    for (std::int64_t row = 0; row < sizes[0]; ++row)
      system.constraints.push_back(constraint(system.columns() + 1));
    return system;
  }

  Constraint constraint(std::size_t columns) {
    const OpenScopLine* next = lines_->peek();
    const OpenScopLine line = next == nullptr ? OpenScopLine{} : *next;
    const std::vector<std::int64_t> row =
        lines_->integers(fmt::format("a row of {} numbers", columns), columns, columns);
    if (row.front() != 0 && row.front() != 1)
      lines_->fail(fmt::format("the row begins with {}; wanted 0 for an equality or 1 for an inequality", row.front()), line);
    return {row.front() == 0, {row.begin() + 1, row.end()}};
  }

  void checkUnion(const OpenScopRelation& relation) const {
    for (const ConstraintSystem& part : relation.parts)
      if (part.outputs != relation.parts.front().outputs || part.inputs != relation.parts.front().inputs ||
          part.parameters != relation.parts.front().parameters)
        lines_->fail("the parts of this union have different dimensions; wanted the same in all", lineOf(relation));
  }

  OpenScopStatement statement() {
    OpenScopStatement result;
    const OpenScopLine* next = lines_->peek();
    result.line = next == nullptr ? 0 : next->number;
    const int relations = lines_->integer("the number of relations of a statement", 0, kMostRelations);
    for (int r = 0; r < relations; ++r)
      result.relations.push_back(relation());
    const int extensions = lines_->integer("the number of extensions of a statement", 0, kMostRelations);
    for (int e = 0; e < extensions; ++e)
      generic(lines_->next("an extension, such as <body>"), &result);
    return result;
  }

  void generic() { generic(lines_->next("<strings>")); }

  void generic(const OpenScopLine& line, OpenScopStatement* statement = nullptr) {
    const std::string& tag = line.text;
    if (tag.size() < 3 || !tag.starts_with('<') || !tag.ends_with('>') || tag[1] == '/')
      lines_->fail(fmt::format("'{}' stands where an extension or </OpenScop> is wanted", tag), line);
    const std::string name = tag.substr(1, tag.size() - 2);
    if (name == "irregular")
      lines_->fail("the program has control that depends on data (<irregular>); wanted static control only", line);
    if (name == "strings" && statement == nullptr)
      block_.parameters = strings(name);
    else if ((name == "body" || name == "extbody") && statement != nullptr)
      statement->body = body(name);
    else if (name == "arrays" && statement == nullptr)
      arrays();
    else if (name == "scatnames" && statement == nullptr)
      block_.scatteringNames = strings(name);
    else if (name == "coordinates" && statement == nullptr)
      coordinates();
    skipTo(name, line);
  }

  /// Moves behind the closing tag.
  void skipTo(const std::string& name, const OpenScopLine& begin) {
    while (const OpenScopLine* line = lines_->peek()) {
      const bool isEnd = line->text == closing(name);
      lines_->next("");
      if (isEnd)
        return;
    }
    lines_->fail(fmt::format("{} has no {}", opening(name), closing(name)), begin);
  }

  std::vector<std::string> strings(const std::string& name) {
    const OpenScopLine* line = lines_->peek();
    if (line == nullptr || line->text == closing(name))
      return {};
    return wordsOf(lines_->next("names").text);
  }

  OpenScopBody body(const std::string& name) {
    if (name == "extbody")
      for (int access = lines_->integer("the number of accesses in the text", 0, kMostRelations); access > 0; --access)
        lines_->integers("place and length of an access", 2, 2);
    const int count = lines_->integer("the number of iterators", 0, static_cast<int>(kMostDimensions));
    OpenScopBody result;
    if (count > 0) {
      const OpenScopLine names = lines_->next("the iterators");
      result.iterators = wordsOf(names.text);
      if (result.iterators.size() != static_cast<std::size_t>(count))
        lines_->fail(fmt::format("{} iterators are announced, and '{}' named", count, names.text), names);
    }
    if (const OpenScopLine* line = lines_->peek(); line != nullptr && line->text != closing(name))
      result.text = lines_->nextVerbatim("the statement's text").text;
    return result;
  }

  void arrays() {
    for (int count = lines_->integer("the number of arrays", 0, kMostRelations); count > 0; --count) {
      const OpenScopLine line = lines_->next("an array's number and name");
      const std::vector<std::string> words = wordsOf(line.text);
      int number = 0;
      if (words.size() != 2 || std::sscanf(words[0].c_str(), "%9d", &number) != 1)
        lines_->fail(fmt::format("'{}' stands where an array's number and name are wanted", line.text), line);
      block_.arrays[number] = words[1];
    }
  }

  void coordinates() {
    const OpenScopLine file = lines_->nextVerbatim("the file's name");
    if (file.text == closing("coordinates"))
      lines_->fail("the coordinates are empty; wanted a file name and lines", file);
    block_.file = file.text;
    block_.firstLine = static_cast<int>(lines_->integers("line and column of the first line", 1, 2).front());
    block_.lastLine = static_cast<int>(lines_->integers("line and column of the last line", 1, 2).front());
  }

  OpenScopLines* lines_;
  OpenScopBlock block_ = {};
};

} // namespace

bool isOpenScop(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::vector<std::string> words = wordsOf(line);
    if (words.size() == 1 && words.front() == "<OpenScop>")
      return true;
    if (line.starts_with('#') && line.find("generated by the OpenScop Library") != std::string::npos)
      return true;
  }
  return false;
}

Result<std::vector<OpenScopBlock>> parseOpenScop(const std::string& text, const std::string& path) {
  OpenScopLines lines(text, path);
  std::vector<OpenScopBlock> blocks;
  try {
    while (const OpenScopLine* line = lines.peek()) {
      if (line->text != "<OpenScop>")
        lines.fail(fmt::format("'{}' stands where <OpenScop> is wanted", line->text), *line);
      blocks.push_back(BlockParser(lines).parse());
    }
    if (blocks.empty())
      lines.next("<OpenScop>");
  } catch (const BadOpenScop& problem) {
    return failure("bad-openscop", problem.what(), problem.range());
  }
  return blocks;
}

} // namespace polyloom
