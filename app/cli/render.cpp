#include "app/cli/child.h"
#include "app/cli/commands.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <vector>

namespace polyloom {

namespace {

struct RenderOptions {
  std::string file;
  std::string recipe;
  std::string view = "domain";
  std::string output;
  double scale = 2;
};

int render(const RenderOptions& options, const CommonOptions& common) {
  const auto session = Session::open(options.file, common); // refusals speak here, before a window program starts
  if (!session)
    return fail(session.error(), common);
  const std::string window = programBeside("polyloom");
  std::vector<std::string> arguments = {window, "--render", options.file, "--view", options.view, "-o",
                                        options.output, "--scale", fmt::format("{}", options.scale)};
  if (!options.recipe.empty())
    arguments.insert(arguments.end(), {"--recipe", options.recipe});
  for (const std::string& set : common.sets)
    arguments.insert(arguments.end(), {"--set", set});
  if (!common.function.empty())
    arguments.insert(arguments.end(), {"--function", common.function});
  if (common.scop > 0)
    arguments.insert(arguments.end(), {"--scop", std::to_string(common.scop)});
  for (const std::string& folder : common.includes)
    arguments.insert(arguments.end(), {"-I", folder});
  for (const std::string& macro : common.defines)
    arguments.insert(arguments.end(), {"-D", macro});
  const std::optional<int> status = std::filesystem::exists(window) ? runProgram(arguments) : std::nullopt;
  if (!status)
    return fail({"no-window-program", fmt::format("{} is needed to draw and cannot be started", window), {},
                 {"build with Qt (POLYLOOM_WITH_QT=ON)"}}, common);
  return *status;
}

} // namespace

void addRender(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("render", "a picture of a view");
  auto options = std::make_shared<RenderOptions>();
  addProgramFile(*command, options->file);
  command->add_option("--recipe", options->recipe, "a recipe file");
  command->add_option("--view", options->view, "domain, deps, tree, memory, or another panel of the window");
  command->add_option("-o,--output", options->output, "a file ending in .svg, .pdf, .png, .tex (TikZ) or .csv (the figures)")->required();
  command->add_option("--scale", options->scale, "how large a .png is, from 1 to 4")->check(CLI::Range(1.0, 4.0));
  command->callback([options, &common, &exitCode] { exitCode = render(*options, common); });
}

} // namespace polyloom
