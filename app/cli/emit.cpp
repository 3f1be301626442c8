#include "app/cli/commands.h"
#include "app/jobs/jobs.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace polyloom {

namespace {

struct EmitOptions {
  std::string file;
  std::string recipe;
  std::vector<std::string> steps;
  std::string kind;
  std::string output;
};

/// Writes beside the target and renames, so that a kill leaves the old file or the new one. What is no regular file
/// (a device, a pipe) is written in place.
std::optional<Diagnostic> writeFile(const std::string& path, const std::string& text) {
  std::error_code error;
  const bool inPlace = std::filesystem::exists(path, error) && !std::filesystem::is_regular_file(path, error);
  const std::string target = inPlace ? path : path + ".part";
  std::ofstream stream(target, std::ios::binary);
  stream << text;
  stream.close();
  error.clear();
  if (stream && !inPlace)
    std::filesystem::rename(target, path, error);
  if (!stream || error)
    return Diagnostic{"cannot-write", fmt::format("{} cannot be written", path), {.file = path}};
  return std::nullopt;
}

int emit(const EmitOptions& options, const CommonOptions& common) {
  const Result<TextKind> kind = textKindFromName(options.kind);
  if (!kind)
    return fail(kind.error(), common);
  const auto session = Session::open(options.file, common);
  if (!session)
    return fail(session.error(), common);
  const Result<std::string> recipe = readRecipe(options.recipe, options.steps);
  if (!recipe)
    return fail(recipe.error(), common);
  const Result<JudgedSchedule> judged =
      judgeRecipe((*session)->scop(), (*session)->dependences(), *recipe, recipeName(options.recipe),
                  common.reassociate);
  if (!judged)
    return fail(judged.error(), common);
  const Result<std::string> text = scheduleText(*judged, *kind);
  if (!text)
    return fail(text.error(), common);
  if (options.output.empty()) {
    answer({{"text", *text}, {"legal", judged->isLegal}}, *text, common);
  } else {
    if (const std::optional<Diagnostic> error = writeFile(options.output, *text))
      return fail(*error, common);
    answer({{"output", options.output}, {"legal", judged->isLegal}}, "", common);
  }
  if (!judged->isLegal)
    fmt::print(stderr, "{}\n", judged->sentence);
  return judged->isLegal ? kFine : judged->isUnknown ? kUnknown : kIllegal;
}

} // namespace

void addEmit(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("emit", "the schedule as code");
  auto options = std::make_shared<EmitOptions>();
  addProgramFile(*command, options->file);
  command->add_option("--recipe", options->recipe, "a recipe file, or - for standard input");
  command->add_option("--step", options->steps, "one more step; repeatable")->allow_extra_args(false);
  command->add_option("--as", options->kind, "c, openmp, isl, ast, openscop, llvm-plain, llvm or asm")->required();
  command->add_option("-o,--output", options->output, "the file to write; standard output without");
  command->callback([options, &common, &exitCode] { exitCode = emit(*options, common); });
}

} // namespace polyloom
