#include "app/cli/cache_text.h"
#include "app/cli/commands.h"
#include "app/jobs/jobs.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace polyloom {

namespace {

struct CacheArguments {
  std::string file;
  std::vector<std::string> recipes;
  std::vector<std::string> steps;
  std::uint64_t limit = kSimulatedAccesses;
};

/// The orders in the columns: recipe files by their names.
std::vector<std::string> columnNames(const CacheArguments& arguments, std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t r = 0; r < count; ++r)
    names.push_back(r < arguments.recipes.size() ? std::filesystem::path(recipeName(arguments.recipes[r])).filename().string()
                                                 : "--step");
  return names;
}

int cacheCommand(const CacheArguments& arguments, const CommonOptions& common) {
  const auto session = Session::open(arguments.file, common);
  if (!session)
    return fail(session.error(), common);
  const Result<std::vector<std::string>> recipes = readRecipes(arguments.recipes, arguments.steps);
  if (!recipes)
    return fail(recipes.error(), common);
  CachingOptions options{.parameters = (*session)->parameters(), .reassociate = common.reassociate};
  options.simulation.limit = arguments.limit;
  int exitCode = kFine;
  for (std::size_t r = 0; r < recipes->size(); ++r) {
    const std::string name = recipeName(r < arguments.recipes.size() ? arguments.recipes[r] : "");
    const Result<JudgedSchedule> judged =
        judgeRecipe((*session)->scop(), (*session)->dependences(), (*recipes)[r], name, common.reassociate);
    if (!judged)
      return fail(judged.error(), common);
    if (!judged->isLegal)
      exitCode = judged->isUnknown && exitCode != kIllegal ? kUnknown : kIllegal;
  }
  const Result<CacheAnswer> simulated = simulateRecipes((*session)->scop(), *recipes, options);
  if (!simulated)
    return fail(simulated.error(), common);
  answer(cacheToJson(*simulated), cacheText(*simulated, columnNames(arguments, recipes->size())), common);
  return exitCode;
}

} // namespace

void addCache(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("cache", "what simulated caches see: hits, misses, footprints, reuse distances");
  auto arguments = std::make_shared<CacheArguments>();
  addProgramFile(*command, arguments->file);
  addRecipes(*command, arguments->recipes, arguments->steps);
  command->add_option("--limit", arguments->limit, "simulate only so many accesses of each order; 0: all")
      ->capture_default_str();
  command->callback([arguments, &common, &exitCode] { exitCode = cacheCommand(*arguments, common); });
}

} // namespace polyloom
