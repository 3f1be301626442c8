#include "app/cli/recipes_beside.h"

#include <algorithm>
#include <filesystem>

namespace polyloom {

std::vector<std::string> recipesBeside(const std::string& file) {
  const std::string stem = std::filesystem::path(file).stem().string() + ".";
  std::vector<std::string> recipes;
  for (const std::filesystem::directory_entry& entry : std::filesystem::directory_iterator(std::filesystem::path(file).parent_path()))
    if (entry.path().extension() == ".recipe" && entry.path().filename().string().starts_with(stem))
      recipes.push_back(entry.path().string());
  std::ranges::sort(recipes);
  return recipes;
}

} // namespace polyloom
