// The catalogue of steps as plain values: what a form needs to build itself.
#pragma once

#include "core/schedule/step_parameter.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace polyloom {

/// One kind of step, as a form shows it.
struct StepFormInfo {
  /// One blank of the form.
  struct Parameter {
    using Kind = StepParameterKind;
    using Place = StepParameterPlace;
    std::string name;
    Kind kind = Kind::Loop;
    std::string help;
    std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
    std::string initial; ///< what the form shows first
    std::vector<std::string> choices = {};
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
