// The manual of the steps, made from the catalogue.
#pragma once

#include "core/schedule/catalogue.h"

#include <string>

namespace polyloom {

/// One kind's page in Markdown: form, pictures, parameters with their ranges, help, which other tools have it.
std::string manualPage(const StepKind& kind);

/// All kinds as a Markdown table: an example, one sentence, which other tools have it.
std::string manualTable();

} // namespace polyloom
