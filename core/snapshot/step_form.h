// The catalogue of steps as plain values: what a form needs to build itself.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace polyloom {

/// One kind of step, as a form shows it.
struct StepFormInfo {
  /// One blank of the form.
  struct Parameter {
    enum class Kind {
      Loop,      ///< the name of a loop
      Loops,     ///< one or more loop names
      Statement, ///< the name of a statement
      Integer,   ///< within [minimum, maximum]
      Integers,  ///< one per loop, each within [minimum, maximum]
      Affine,    ///< an integer, a parameter, or a sum of such with integer factors
      Factor,    ///< an integer within [minimum, maximum], or the word "full"
      NewNames,  ///< names for new loops
      Array,     ///< the name of an array
      Choice,    ///< one of the words of `choices`
      Matrix,    ///< rows of integers, ended by semicolons
      Layout,    ///< words up to the end of the line
      Text,      ///< anything in double quotes
    };
    std::string name;
    Kind kind = Kind::Loop;
    std::string help;
    std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
    std::string initial; ///< what the form shows first
    std::vector<std::string> choices = {};
    /// Where a loop has to stand beside the step's first one.
    enum class Place {
      Anywhere,
      Around, ///< encloses it
      Inside, ///< is all of its body
      After,  ///< follows it directly
    };
    Place place = Place::Anywhere;
  };
  std::string name;
  /// Literal words and {parameter}s; a trailing [group] may be left out: "tile {loops} by {sizes} [as {names}]".
  std::string form;
  std::string summary; ///< one sentence
  std::string help;    ///< a paragraph
  std::string before;  ///< the picture, as pseudo-code
  std::string after;
  std::string page; ///< the manual's, in Markdown
  std::vector<Parameter> parameters;
};

/// All kinds of steps, in the order of the manual.
std::vector<StepFormInfo> makeStepForms();

} // namespace polyloom
