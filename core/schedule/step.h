// Steps and recipes: the transformations as values and as text.
#pragma once

#include "core/base/diagnostic.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace polyloom {

/// One line of a recipe, parsed: the kind's name and the words of each of its parameters.
/// Numbers are validated by the parser; `integer` and `integers` read them.
struct Step {
  std::string kind;
  std::map<std::string, std::vector<std::string>> arguments;

  bool has(const std::string& parameter) const;
  const std::string& word(const std::string& parameter) const; ///< its only word
  const std::vector<std::string>& words(const std::string& parameter) const;
  std::int64_t integer(const std::string& parameter) const;
  std::vector<std::int64_t> integers(const std::string& parameter) const;
  std::vector<std::vector<std::int64_t>> matrix(const std::string& parameter) const; ///< its rows
  std::string text(const std::string& parameter) const;                             ///< without the quotes

  friend bool operator==(const Step&, const Step&) = default;
};

/// The line of the recipe language that parses back to this step, in canonical spacing.
std::string toText(const Step& step);

/// Parses one line without its comment. Refuses an unknown step, a missing word, a number out of range; the message
/// shows the form that was expected. The range's line and column count within `line` (line 1).
Result<Step> parseStep(std::string_view line);

/// A recipe: steps in application order, and the function that the optional first line names.
struct Recipe {
  std::string function; ///< empty: any
  int functionLine = 0; ///< the line that names it (from 1)
  std::vector<Step> steps;
  std::vector<int> lines; ///< per step, its line in the text (from 1)
};

/// Parses a whole recipe file; `path` is for messages.
Result<Recipe> parseRecipe(std::string_view text, const std::string& path = {});

/// The text of a recipe file, with its version line.
std::string toText(const Recipe& recipe);

} // namespace polyloom
