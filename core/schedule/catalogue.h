// The catalogue of steps: declared once, read by the parser, the forms, the search and the manual.
#pragma once

#include "core/base/diagnostic.h"
#include "core/schedule/step.h"
#include "core/schedule/step_parameter.h"

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
  using Kind = StepParameterKind;
  using Place = StepParameterPlace;
  std::string_view name;
  Kind kind = Kind::Loop;
  std::string_view help;
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  std::string_view initial = {}; ///< what a form shows first
  std::vector<std::string_view> choices = {};
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
