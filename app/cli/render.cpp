#include "app/cli/commands.h"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace polyloom {

namespace {

struct RenderOptions {
  std::string file;
  std::string recipe;
  std::string view = "domain";
  std::string output;
};

/// Runs a program with arguments and waits; its exit code, or nothing where it could not be started.
std::optional<int> runProgram(const std::vector<std::string>& arguments) {
  std::vector<char*> pointers;
  for (const std::string& argument : arguments)
    pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  const pid_t child = fork();
  if (child < 0)
    return std::nullopt;
  if (child == 0) {
    execv(pointers[0], pointers.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) == 127)
    return std::nullopt;
  return WEXITSTATUS(status);
}

int render(const RenderOptions& options, const CommonOptions& common) {
  const auto session = Session::open(options.file, common); // refusals speak here, before a window program starts
  if (!session)
    return fail(session.error(), common);
  const std::filesystem::path window = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "polyloom";
  std::vector<std::string> arguments = {window.string(), "--render", options.file, "--view", options.view, "-o",
                                        options.output};
  if (!options.recipe.empty())
    arguments.insert(arguments.end(), {"--recipe", options.recipe});
  for (const std::string& set : common.sets)
    arguments.insert(arguments.end(), {"--set", set});
  if (!common.function.empty())
    arguments.insert(arguments.end(), {"--function", common.function});
  const std::optional<int> status = std::filesystem::exists(window) ? runProgram(arguments) : std::nullopt;
  if (!status)
    return fail({"no-window-program", fmt::format("{} is needed to draw and cannot be started", window.string()), {},
                 {"build with Qt (POLYLOOM_WITH_QT=ON)"}}, common);
  return *status;
}

} // namespace

void addRender(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("render", "a picture of a view");
  auto options = std::make_shared<RenderOptions>();
  command->add_option("FILE", options->file, "a C file with a #pragma scop region")->required();
  command->add_option("--recipe", options->recipe, "a recipe file");
  command->add_option("--view", options->view, "domain, deps or tree");
  command->add_option("-o,--output", options->output, "a file ending in .svg, .pdf or .png")->required();
  command->callback([options, &common, &exitCode] { exitCode = render(*options, common); });
}

} // namespace polyloom
