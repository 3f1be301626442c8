#include "app/cli/commands.h"
#include "core/program/dependences.h"
#include "core/schedule/isl_scheduler.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace polyloom {

namespace {

using Algorithm = SchedulingOptions::Algorithm;
using Fusion = SchedulingOptions::Fusion;

struct ScheduleOptions {
  std::string file;
  SchedulingOptions scheduling;
};

int schedule(const ScheduleOptions& options, const CommonOptions& common) {
  const auto session = Session::open(options.file, common);
  if (!session)
    return fail(session.error(), common);
  const ScopPtr& scop = (*session)->scop();
  const Result<IslRecipe> found = recipeFromIsl(scop, computeDependences(*scop), options.scheduling);
  if (!found) {
    fail(found.error(), common);
    return kUnknown;
  }
  const std::string recipe = toText(Recipe{.function = scop->function, .steps = found->steps});
  answer({{"recipe", recipe}, {"decomposed", found->isDecomposed}}, recipe, common);
  return kFine;
}

} // namespace

void addSchedule(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("schedule", "the schedule that isl finds, as a recipe");
  auto options = std::make_shared<ScheduleOptions>();
  addProgramFile(*command, options->file);
  static const std::map<std::string, Algorithm> kAlgorithms = {{"pluto", Algorithm::Pluto},
                                                               {"feautrier", Algorithm::Feautrier}};
  static const std::map<std::string, Fusion> kFusions = {
      {"balanced", Fusion::Balanced}, {"max", Fusion::Max}, {"min", Fusion::Min}};
  command->add_option("--algorithm", options->scheduling.algorithm, "pluto (the default) or feautrier")
      ->transform(CLI::CheckedTransformer(kAlgorithms));
  command->add_option("--fuse", options->scheduling.fusion, "balanced (the default), max or min")
      ->transform(CLI::CheckedTransformer(kFusions));
  command->callback([options, &common, &exitCode] { exitCode = schedule(*options, common); });
}

} // namespace polyloom
