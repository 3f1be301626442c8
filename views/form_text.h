// The grammar of a step's form: literal words, {parameters} and [groups that may be left out]. No widgets.
#pragma once

#include "core/snapshot/step_form.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace polyloom {

/// A word of the form.
struct FormPiece {
  bool isParameter = false;
  std::string text; ///< the literal word, or the parameter's name
  int group = 0;    ///< 0: always there; else the number of the [group] it stands in
};

/// "tile {loops} by {sizes} [as {names}]" in pieces.
std::vector<FormPiece> parseForm(std::string_view form);

/// The recipe line with these values. A group without values for all its parameters is left out; a missing value
/// outside groups shows as "…".
std::string composeLine(std::string_view form, const std::map<std::string, std::string>& values);

/// True when every parameter outside groups has a value.
bool isComplete(std::string_view form, const std::map<std::string, std::string>& values);

} // namespace polyloom
