// The catalogue of steps: declared once, read by the parser, the forms, the search and the manual.
#pragma once

#include "core/base/diagnostic.h"
#include "core/schedule/step.h"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polyloom {

class Schedule;
class ScheduleTree;
struct StorageChange;

/// One blank in a step's form.
struct StepParameter {
  enum class Kind {
    Loop,      ///< the name of a loop
    Loops,     ///< one or more loop names
    Statement, ///< the name of a statement
    Integer,   ///< within [minimum, maximum]
    Integers,  ///< one per loop of the step's Loops parameter, each within [minimum, maximum]
    Affine,    ///< an integer, a parameter, or a sum of such with integer factors: 2, N, N-1, -2*N+3
    Factor,    ///< an integer within [minimum, maximum], or the word "full"
    NewNames,  ///< names for new loops, one per loop of the step
    Array,     ///< the name of an array or scalar that the region writes or reads
    Choice,    ///< one of the words of `choices`
    Matrix,    ///< rows of integers, ended by semicolons: 1 0; 1 1
    Layout,    ///< words that the step reads itself, up to the end of the line
    Text,      ///< anything in double quotes
  };
  std::string_view name;
  Kind kind = Kind::Loop;
  std::string_view help;
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  std::string_view initial = {}; ///< what a form shows first
  std::vector<std::string_view> choices = {};
  /// Where a loop has to stand beside the step's first one.
  enum class Place {
    Anywhere,
    Around, ///< encloses it
    Inside, ///< is all of its body
    After,  ///< follows it directly
  };
  Place place = Place::Anywhere;
};

/// A kind of step: a rewriting of the order (`apply`), of the program and its order (`changeStorage`), or sugar for a
/// list of other steps (`expand`).
struct StepKind {
  std::string_view name;
  /// Literal words and {parameter}s; a trailing [group] may be left out:
  /// "tile {loops} by {sizes} [as {names}]".
  std::string_view form;
  std::string_view summary; ///< one sentence
  std::string_view help;    ///< a paragraph: what it does, when it pays, what it needs
  std::string_view before;  ///< the picture, as pseudo-code
  std::string_view after;
  std::string_view example = {};            ///< a line that uses it: "tile i j by 32 64"
  std::string_view peers = "nowhere else"; ///< which published tools have it, for the manual: "Clint, Pluto"
  std::vector<StepParameter> parameters;
  /// The rewriting. Structural: looks at names, nesting and ranges, never at dependences.
  Result<ScheduleTree> (*apply)(const Schedule& schedule, const Step& step) = nullptr;
  /// The rewriting of a step that gives arrays other cells. Structural likewise.
  Result<StorageChange> (*changeStorage)(const Schedule& schedule, const Step& step) = nullptr;
  /// Sugar: the steps that it stands for at this schedule; they are applied in its place and shown as such.
  Result<std::vector<Step>> (*expand)(const Schedule& schedule, const Step& step) = nullptr;

  const StepParameter* parameter(std::string_view name) const;
};

/// All kinds, in the order of the manual.
std::span<const StepKind> catalogue();

/// The kind of that name, or null.
const StepKind* findStepKind(std::string_view name);

} // namespace polyloom
