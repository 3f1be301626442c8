#include "core/frontend/presets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <regex>
#include <sstream>

namespace polyloom {

namespace {

/// A line that reads as a preset: its name, and the words behind the colon.
struct PresetLine {
  std::string name;
  std::vector<std::string> words;
};

std::optional<PresetLine> presetLine(const std::string& line) {
  // At least one '=' behind the colon: "preset values: see below" is prose.
  static const std::regex kForm(R"([\s/*]*preset\s+([A-Za-z0-9_-]+)\s*:\s*(\S+=.*?)[\s*/]*)");
  std::smatch parts;
  if (!std::regex_match(line, parts, kForm))
    return std::nullopt;
  PresetLine result{.name = parts[1], .words = {}};
  std::istringstream words(parts[2]);
  for (std::string word; words >> word;)
    result.words.push_back(word);
  return result;
}

/// Reads the presets of one program.
class PresetReader {
public:
  explicit PresetReader(const Scop& scop) : scop_(&scop) {}

  std::optional<Diagnostic> read(const Comment& comment);
  std::vector<Preset> take() { return std::move(presets_); }

private:
  std::optional<Diagnostic> readLine(const PresetLine& line, const SourceRange& range);
  std::optional<Diagnostic> readWord(const std::string& word, const SourceRange& range, Preset& preset) const;
  bool isUnusedArgument(const std::string& name) const;
  Diagnostic unknownParameter(const std::string& preset, const std::string& name, const SourceRange& range) const;

  const Scop* scop_;
  std::vector<Preset> presets_;
};

std::optional<Diagnostic> PresetReader::read(const Comment& comment) {
  std::istringstream lines(comment.text);
  SourceRange range = comment.range;
  for (std::string line; std::getline(lines, line); ++range.line, range.column = 1) {
    range.endLine = range.line;
    range.endColumn = range.column + static_cast<int>(line.size());
    if (const std::optional<PresetLine> preset = presetLine(line))
      if (std::optional<Diagnostic> problem = readLine(*preset, range))
        return problem;
  }
  return std::nullopt;
}

std::optional<Diagnostic> PresetReader::readLine(const PresetLine& line, const SourceRange& range) {
  if (std::ranges::find(presets_, line.name, &Preset::name) != presets_.end())
    return Diagnostic{"duplicate-preset",
                      fmt::format("the preset '{}' is given twice for {}; wanted one line for each name", line.name,
                                  scop_->function),
                      range};
  Preset preset{.name = line.name, .values = {}};
  for (const std::string& word : line.words)
    if (std::optional<Diagnostic> problem = readWord(word, range, preset))
      return problem;
  std::ranges::sort(preset.values, {}, [&](const auto& value) { return findParameter(*scop_, value.first); });
  presets_.push_back(std::move(preset));
  return std::nullopt;
}

std::optional<Diagnostic> PresetReader::readWord(const std::string& word, const SourceRange& range,
                                                 Preset& preset) const {
  const std::size_t equals = std::min(word.find('='), word.size());
  const std::string name = word.substr(0, equals);
  const char* begin = word.data() + std::min(equals + 1, word.size());
  const char* end = word.data() + word.size();
  std::int64_t value = 0;
  const auto [rest, error] = std::from_chars(begin, end, value);
  if (name.empty() || begin == end || error != std::errc() || rest != end)
    return Diagnostic{"bad-preset",
                      fmt::format("the preset '{}' says '{}'; wanted PARAMETER=INTEGER, as in N=1000, with spaces "
                                  "between",
                                  preset.name, word),
                      range};
  if (isUnusedArgument(name))
    return std::nullopt;
  if (!findParameter(*scop_, name))
    return unknownParameter(preset.name, name, range);
  if (std::ranges::find(preset.values, name, &std::pair<std::string, std::int64_t>::first) != preset.values.end())
    return Diagnostic{"duplicate-preset", fmt::format("the preset '{}' sets '{}' twice", preset.name, name), range};
  preset.values.emplace_back(name, value);
  return std::nullopt;
}

bool PresetReader::isUnusedArgument(const std::string& name) const {
  return std::ranges::find(scop_->arguments, name) != scop_->arguments.end() && !findParameter(*scop_, name) &&
         std::ranges::find(scop_->arrays, name, &Array::name) == scop_->arrays.end() &&
         std::ranges::find(scop_->scalars, name, &DataScalar::name) == scop_->scalars.end();
}

Diagnostic PresetReader::unknownParameter(const std::string& preset, const std::string& name,
                                          const SourceRange& range) const {
  std::vector<std::string> names;
  for (const Parameter& parameter : scop_->parameters)
    names.push_back(parameter.name);
  return {"unknown-preset-parameter",
          fmt::format("the preset '{}' sets '{}', which is no parameter of {}; there are {}", preset, name,
                      scop_->function, names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))),
          range};
}

} // namespace

Result<ScopPtr> withPresets(ScopPtr scop, const std::vector<Comment>& comments, CommentSpan span) {
  PresetReader reader(*scop);
  for (const Comment& comment : comments)
    if (span.begin <= comment.offset && comment.offset < span.end)
      if (std::optional<Diagnostic> problem = reader.read(comment))
        return std::unexpected(std::move(*problem));
  std::vector<Preset> presets = reader.take();
  if (presets.empty())
    return scop;
  Scop copy = *scop;
  copy.presets = std::move(presets);
  return std::make_shared<const Scop>(std::move(copy));
}

} // namespace polyloom
