#include "app/cli/commands.h"
#include "app/jobs/json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace polyloom {

namespace {

std::string shapeOf(std::size_t dimensions) {
  return dimensions == 0 ? "scalar" : dimensions == 1 ? "1 dimension" : fmt::format("{} dimensions", dimensions);
}

std::string describe(const nlohmann::json& info) {
  std::string text = fmt::format("function {}\n", info["function"].get<std::string>());
  if (const auto& regions = info["regions"]; regions.size() > 1)
    text += fmt::format("region {} of {}; the regions are in {}: choose with --scop or --function\n",
                        info["region"].get<int>(), regions.size(),
                        fmt::join(regions.get<std::vector<std::string>>(), ", "));
  for (const auto& parameter : info["parameters"])
    text += fmt::format("parameter {} = {}\n", parameter["name"].get<std::string>(), parameter["value"].dump());
  for (const auto& preset : info["presets"]) {
    text += fmt::format("preset {}:", preset["name"].get<std::string>());
    for (const auto& value : preset["values"])
      text += fmt::format(" {}={}", value["name"].get<std::string>(), value["value"].dump());
    text += '\n';
  }
  for (const auto& scalar : info["scalars"])
    text += fmt::format("scalar {} {} = {}\n", scalar["type"].get<std::string>(), scalar["name"].get<std::string>(),
                        scalar["value"].dump());
  for (const auto& array : info["arrays"])
    text += fmt::format("array {} {}, {}{}\n", array["element"].get<std::string>(),
                        array["name"].get<std::string>(), shapeOf(array["extents"].size()),
                        array["local"].get<bool>() ? ", local" : "");
  for (const auto& statement : info["statements"]) {
    text += fmt::format("\n{} (line {}): {}\n  domain {}\n", statement["name"].get<std::string>(),
                        statement["line"].dump(), statement["text"].get<std::string>(),
                        statement["domain"].get<std::string>());
    for (const auto& access : statement["accesses"])
      text += fmt::format("  {}\n", access.get<std::string>());
  }
  text += "\nloops:\n";
  for (const auto& loop : info["loops"])
    text += fmt::format("  {} over {}{}\n", loop["name"].get<std::string>(),
                        fmt::join(loop["statements"].get<std::vector<std::string>>(), ", "),
                        loop["parallel"].get<bool>() ? ", could run in parallel" : "");
  text += "\ndependences:\n";
  for (const auto& dependence : info["dependences"])
    text += fmt::format("  {} on {}: {}\n", dependence["kind"].get<std::string>(),
                        dependence["array"].get<std::string>(), dependence["relation"].get<std::string>());
  if (!info["assumptions"].empty())
    text += "\nassumptions:\n";
  for (const auto& assumption : info["assumptions"])
    text += fmt::format("  {}\n", assumption.get<std::string>());
  return text;
}

} // namespace

void addInfo(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("info", "statements, domains, accesses, dependences, loops, assumptions");
  auto file = std::make_shared<std::string>();
  addProgramFile(*command, *file);
  command->callback([file, &common, &exitCode] {
    const auto session = Session::open(*file, common);
    if (!session) {
      exitCode = fail(session.error(), common);
      return;
    }
    const ScopPtr& scop = (*session)->scop();
    nlohmann::json info =
        infoToJson(*scop, makeProgramSnapshot(*scop), makeScheduleSnapshot(scop, (*session)->dependences(), {}, {.withCode = false}));
    info["region"] = (*session)->region();
    info["regions"] = (*session)->regionFunctions();
    for (auto& parameter : info["parameters"])
      if (const auto given = (*session)->parameters().find(parameter["name"]); given != (*session)->parameters().end())
        parameter["value"] = given->second;
    for (auto& scalar : info["scalars"])
      if (const auto given = (*session)->scalars().find(scalar["name"]); given != (*session)->scalars().end())
        scalar["value"] = given->second;
    answer(info, describe(info), common);
  });
}

} // namespace polyloom
