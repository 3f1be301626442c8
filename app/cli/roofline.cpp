#include "app/cli/commands.h"
#include "app/jobs/roofline_file.h"
#include "app/jobs/yardstick.h"
#include "jit/store/machine.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>
#include <thread>

namespace polyloom {

namespace {

struct RooflineArguments {
  int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  bool again = false;
};

std::string describe(const Roofline& roofline) {
  return fmt::format("{} thread{}: {:.1f} GFLOP/s, reads {:.1f} GB/s, triad {:.1f} GB/s, balance {:.1f} operations per "
                     "byte\n",
                     roofline.threads, roofline.threads == 1 ? "" : "s", roofline.peak / 1e9,
                     roofline.readBandwidth / 1e9, roofline.triadBandwidth / 1e9,
                     roofline.peak / std::max(roofline.readBandwidth, roofline.triadBandwidth));
}

int rooflineCommand(const RooflineArguments& arguments, const CommonOptions& common) {
  nlohmann::json result = {{"processor", thisMachine().cpu}, {"rooflines", nlohmann::json::array()}};
  std::string text = thisMachine().cpu + "\n";
  for (const int threads : std::set{1, arguments.threads}) {
    const std::optional<Roofline> known = arguments.again ? std::nullopt : knownRoofline(threads);
    const Result<Roofline> roofline = known ? Result<Roofline>(*known) : measureRoofline(threads, {});
    if (!roofline)
      return fail(roofline.error(), common);
    result["rooflines"].push_back(rooflineToJson(*roofline));
    result["rooflines"].back()["remembered"] = known.has_value();
    text += describe(*roofline);
    if (known)
      continue;
    if (const Result<void> kept = rememberRoofline(*roofline); !kept)
      fmt::print(stderr, "{}\n", toText(kept.error())); // the numbers are good all the same
  }
  result["file"] = rooflinePath().value_or("");
  answer(result, text, common);
  return kFine;
}

} // namespace

void addRoofline(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("roofline", "what this machine can reach: operations and bytes per second");
  auto arguments = std::make_shared<RooflineArguments>();
  command->add_option("--threads", arguments->threads, "threads, beside one; as many as there are processors unless given")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--again", arguments->again, "measure anew, even where the result is remembered");
  command->callback([arguments, &common, &exitCode] { exitCode = rooflineCommand(*arguments, common); });
}

} // namespace polyloom
