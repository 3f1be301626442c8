// The recipes that lie beside a program's file.
#pragma once

#include <string>
#include <vector>

namespace polyloom {

/// NAME.recipe and NAME.*.recipe beside NAME.c, sorted.
std::vector<std::string> recipesBeside(const std::string& file);

} // namespace polyloom
