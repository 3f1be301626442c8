// Options that several commands have.
#include "app/cli/commands.h"

namespace polyloom {

void addProgramFile(CLI::App& command, std::string& file) {
  command.add_option("FILE", file, "a C file with a #pragma scop region, a .poly text, or OpenScop")->required();
}

void addRecipes(CLI::App& command, std::vector<std::string>& recipes, std::vector<std::string>& steps) {
  command.add_option("--recipe", recipes, "a recipe file, or - for standard input; repeatable")->allow_extra_args(false);
  command.add_option("--step", steps, "one more step; repeatable")->allow_extra_args(false);
}

} // namespace polyloom
