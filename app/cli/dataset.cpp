#include "app/cli/commands.h"
#include "app/jobs/dataset.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <thread>

namespace polyloom {

namespace {

int dataset(const std::vector<std::string>& labels, const std::string& out, bool hasLooper, const CommonOptions& common) {
  constexpr std::size_t kProgramsPerReport = 100;
  const auto told = [last = std::size_t{0}](const DatasetCounts& counts) mutable {
    if (counts.programs < last + kProgramsPerReport)
      return;
    last = counts.programs;
    fmt::print(stderr, "{} programs, {} schedules, {} programs to go\n", counts.programs, counts.schedules, counts.left);
  };
  const auto threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const Result<DatasetCounts> counts = writeDataset(labels, out, threads, {.tree = true, .looper = hasLooper}, told);
  if (!counts)
    return fail(counts.error(), common);
  answer({{"programs", counts->programs}, {"schedules", counts->schedules}, {"left_out", counts->leftOut}},
         fmt::format("{} holds {} programs with {} schedules; {} could not be read\n", out, counts->programs,
                     counts->schedules, counts->leftOut),
         common);
  return kFine;
}

} // namespace

void addDataset(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("dataset", "turn files of labels into what networks read: features beside times");
  auto labels = std::make_shared<std::vector<std::string>>();
  auto out = std::make_shared<std::string>();
  command->add_option("labels", *labels, "files that `label` has written")->required();
  command->add_option("--out", *out, "lines of JSON, one program a line (models/data/data_file.h)")->required();
  auto hasLooper = std::make_shared<bool>(false);
  command->add_flag("--looper", *hasLooper, "write what LOOPer's cost model reads, too: for training it as a yardstick");
  command->callback([labels, out, hasLooper, &common, &exitCode] { exitCode = dataset(*labels, *out, *hasLooper, common); });
}

} // namespace polyloom
