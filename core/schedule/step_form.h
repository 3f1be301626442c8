// The form of a step, taken apart: literal words and blanks.
#pragma once

#include "core/schedule/catalogue.h"

#include <string>
#include <vector>

namespace polyloom {

/// A literal word (`parameter` null) or a blank (`text` is the parameter's name).
struct FormItem {
  std::string text;
  const StepParameter* parameter = nullptr;
  bool isOptional = false;
  std::string groupKey = {}; ///< for an optional literal: the parameter it introduces
};

/// The items of `kind.form` in order. An optional group is a literal word and one blank.
std::vector<FormItem> parseForm(const StepKind& kind);

} // namespace polyloom
