// The tables of `evaluate`.
#pragma once

#include "models/evaluation/evaluation.h"

#include <string>

namespace polyloom {

/// Two aligned tables, rows and slices, with a line on what stands under each heading.
std::string evaluationText(const Evaluation& evaluation);

} // namespace polyloom
