#include "core/schedule/manual.h"

#include "app/cli/commands.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace polyloom {

namespace {

nlohmann::json toJson(const StepKind& kind) {
  return {{"name", kind.name}, {"form", kind.form}, {"summary", kind.summary}, {"page", manualPage(kind)}};
}

int printPage(const std::string& name, const CommonOptions& common) {
  if (const StepKind* kind = findStepKind(name)) {
    answer(toJson(*kind), manualPage(*kind), common);
    return kFine;
  }
  std::vector<std::string_view> names;
  for (const StepKind& kind : catalogue())
    names.push_back(kind.name);
  return fail({"unknown-step", fmt::format("no step is called {}", name), {},
               {fmt::format("the steps are {}", fmt::join(names, ", "))}}, common);
}

int printAll(bool asPages, const CommonOptions& common) {
  nlohmann::json steps = nlohmann::json::array();
  std::string pages;
  for (const StepKind& kind : catalogue()) {
    steps.push_back(toJson(kind));
    pages += (pages.empty() ? "" : "\n") + manualPage(kind);
  }
  answer({{"steps", steps}}, asPages ? pages : manualTable(), common);
  return kFine;
}

} // namespace

void addManual(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("manual", "the steps of the recipe language");
  auto step = std::make_shared<std::string>();
  auto all = std::make_shared<bool>(false);
  command->add_option("STEP", *step, "the page of this step; without it a table of all");
  command->add_flag("--all", *all, "the pages of all steps");
  command->callback([step, all, &common, &exitCode] {
    exitCode = step->empty() ? printAll(*all, common) : printPage(*step, common);
  });
}

} // namespace polyloom
