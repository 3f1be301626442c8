// isl's notation over several lines, to be read by people.
#pragma once

#include <isl/cpp.h>

#include <string>

namespace polyloom {

/// A schedule tree as isl writes it in YAML's block style: one node a line, children indented.
std::string blockText(const isl::schedule& schedule);

/// The same text, which isl's parser reads as well, with a line for each disjunct and each condition of a set or relation.
std::string brokenIntoLines(const std::string& islText);

} // namespace polyloom
