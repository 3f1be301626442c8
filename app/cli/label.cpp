#include "app/cli/commands.h"
#include "app/jobs/labeling.h"
#include "core/generate/kernel.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <thread>

namespace polyloom {

namespace {

struct LabelCommand {
  std::vector<std::string> files;
  std::string out;
  std::string level = "mixed";
  std::uint64_t seed = 1;
  int count = 100;
  int milliseconds = 60;
  LabelingOptions labeling;
};

std::vector<LabelSource> sourcesOf(const LabelCommand& command) {
  std::vector<LabelSource> sources;
  for (const std::string& file : command.files)
    sources.push_back({.file = file});
  for (int k = 0; command.files.empty() && k < command.count; ++k)
    sources.push_back({.level = command.level, .seed = command.seed + static_cast<std::uint64_t>(k)});
  return sources;
}

std::string progressText(const LabelingProgress& progress) {
  const auto left = static_cast<int>(progress.secondsLeft());
  return fmt::format("{} programs, {} schedules, {:.0f} programs/h, {:.0f} schedules/h, {:.0f} % of the time preparing, {} to go, "
                     "{} h {:02} min left",
                     progress.programs, progress.schedules, progress.programsPerHour(), progress.schedulesPerHour(),
                     progress.seconds > 0 ? 100 * progress.preparing / progress.seconds : 0, progress.left, left / 3600,
                     left / 60 % 60);
}

int label(const LabelCommand& command, const CommonOptions& common) {
  LabelingOptions options = command.labeling;
  options.perSchedule = std::chrono::milliseconds(command.milliseconds);
  Result<LabelFile> file = LabelFile::open(command.out, labelConditions(options));
  if (!file)
    return fail(file.error(), common);
  bool isRight = true;
  const bool isTerminal = isatty(STDERR_FILENO) != 0;
  const LabelingTold told = {
      .progress = [&](const LabelingProgress& progress) {
        fmt::print(stderr, "{}{}{}", isTerminal ? "\r\033[K" : "", progressText(progress), isTerminal ? "" : "\n");
        std::fflush(stderr);
      },
      .problem = [&](const std::string& sentence) { fmt::print(stderr, "{}no labels for {}\n", isTerminal ? "\n" : "", sentence); },
      .wrongResult = [&](const std::string& sentence) {
        isRight = false;
        fmt::print(stderr, "{}error: {}\n", isTerminal ? "\n" : "", sentence);
      }};
  const Result<LabelingProgress> done = labelPrograms(sourcesOf(command), *file, options, told);
  if (!done)
    return fail(done.error(), common);
  answer({{"programs", done->programs}, {"schedules", done->schedules}, {"skipped", done->skipped}, {"seconds", done->seconds},
          {"preparing_s", done->preparing}, {"labels", file->labels()}, {"near_one", file->nearOne()}},
         fmt::format("{} programs and {} schedules labeled, {} sources skipped; {} holds {} labels, {} of them within a tenth of 1\n",
                     done->programs, done->schedules, done->skipped, command.out, file->labels(), file->nearOne()),
         common);
  return isRight ? kFine : kIllegal;
}

} // namespace

void addLabel(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("label", "measure random recipes of many programs, for a cost model to learn from");
  auto options = std::make_shared<LabelCommand>();
  options->labeling.preparers = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  command->add_option("files", options->files, "programs; without any, generated kernels");
  command->add_option("--out", options->out, "the file of labels; it is gone on with where it exists")->required();
  command->add_option("--level", options->level, "of generated kernels: easy, medium, hard or mixed")
      ->check(CLI::IsMember(kernelLevels()));
  command->add_option("--seed", options->seed, "the first kernel's seed");
  command->add_option("--count", options->count, "how many kernels; their seeds count up")->check(CLI::Range(1, 10000000));
  command->add_option("--recipes", options->labeling.recipes, "per program")->check(CLI::Range(1, 200));
  command->add_option("--threads", options->labeling.threads, "of the measured code")->check(CLI::Range(1, 256));
  command->add_option("--recipe-seed", options->labeling.seed, "of the recipes");
  command->add_option("--milliseconds", options->milliseconds, "of timing per schedule")->check(CLI::Range(1, 60000));
  command->add_flag("--keep", options->labeling.keep, "keep the figures in the measurement store, too");
  command->callback([options, &common, &exitCode] { exitCode = label(*options, common); });
}

} // namespace polyloom
