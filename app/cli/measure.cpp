#include "app/cli/commands.h"
#include "app/cli/simulated_misses.h"
#include "app/cli/terminal.h"
#include "app/jobs/jobs.h"
#include "app/jobs/measure_notes.h"
#include "app/jobs/remote/remote_place.h"
#include "jit/store/words.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

struct MeasureArguments {
  std::string file;
  std::vector<std::string> recipes;
  std::vector<std::string> steps;
  int threads = 2;
  int runs = 0; ///< 0: as many as the intervals need
  double budget = 120;
  bool cold = false;
  bool hugePages = false;
  bool fresh = false;
  std::optional<std::string> host; ///< nothing: this machine
  std::string worker;
  bool simulateCache = false;
};

std::string indented(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes)
    text += fmt::format("    {}\n", note);
  return text;
}

std::string describe(const VariantReport& variant, const std::string& name, int threads,
                     const Result<Yardstick>& yardstick) {
  if (variant.outcome != Outcome::Measured)
    return fmt::format("{}: {}\n", name, variant.message);
  return fmt::format("{}   {} [{} … {}], {} threads, speedup {:.2f} [{:.2f} … {:.2f}]{}, result {}\n", name,
                     readableDuration(variant.timing.median), readableDuration(variant.timing.interval.low),
                     readableDuration(variant.timing.interval.high), threads, variant.speedup, variant.speedupInterval.low,
                     variant.speedupInterval.high, isDistinguishable(variant) ? "" : " (not distinguishable)",
                     wordOf(variant.result)) +
         indented(notesOn(variant, yardstick));
}

std::string describe(const MeasureAnswer& answer, const MeasureArguments& arguments,
                     const Result<Yardstick>& yardstick) {
  const MeasureReport& report = answer.report;
  std::string text = answer.isStored ? fmt::format("measured on {}; --fresh measures anew\n", readableTime(answer.taken)) : "";
  text += fmt::format("original   {} [{} … {}], {} runs\n", readableDuration(report.original.median),
                      readableDuration(report.original.interval.low), readableDuration(report.original.interval.high), report.runs) +
          indented(notesOn(report.original, yardstick));
  for (std::size_t v = 0; v < report.variants.size(); ++v) {
    text += describe(report.variants[v], v < arguments.recipes.size() ? arguments.recipes[v] : "--step", report.threads,
                     yardstick);
    const std::string& taken = answer.variantTaken[v];
    if (!taken.empty() && taken != answer.taken)
      text += fmt::format("    measured on {} beside an original of {}\n", readableTime(taken),
                          readableDuration(answer.variantOriginals[v].median));
  }
  for (const std::string& note : notesOn(answer, yardstick))
    text += note + "\n";
  return text;
}

void showProgress(const std::string& activity, double fraction) {
  showProgressLine(fmt::format("{:3.0f} % {}", fraction * 100, activity));
}

int exitCodeOf(const MeasureReport& report) {
  for (const VariantReport& variant : report.variants)
    if (variant.outcome != Outcome::Measured)
      return kIllegal;
  return kFine;
}

MeasureOptions optionsFrom(const MeasureArguments& arguments, const Session& session, const CommonOptions& common) {
  MeasureOptions options{.parameters = session.parameters(), .scalars = session.scalars()};
  options.threads = arguments.threads;
  if (arguments.runs > 0)
    options.runs = options.fewestRuns = arguments.runs;
  options.totalBudget = std::chrono::milliseconds(static_cast<std::int64_t>(arguments.budget * 1000));
  options.cold = arguments.cold;
  options.hugePages = arguments.hugePages;
  options.reassociate = common.reassociate;
  options.progress = showProgress;
  return options;
}

/// The other machine, if one is named.
Result<std::unique_ptr<RemotePlace>> remotePlace(const MeasureArguments& arguments) {
  if (!arguments.host)
    return nullptr;
  const Result<Host> host = makeHost(*arguments.host, arguments.worker);
  if (!host)
    return std::unexpected(host.error());
  showProgress("connecting to " + host->name, 0);
  return RemotePlace::connect(*host);
}

int measureCommand(const MeasureArguments& arguments, const CommonOptions& common) {
  const auto session = Session::open(arguments.file, common);
  if (!session)
    return fail(session.error(), common);
  const Result<std::vector<std::string>> recipes = readRecipes(arguments.recipes, arguments.steps);
  if (!recipes)
    return fail(recipes.error(), common);
  for (std::size_t r = 0; r < recipes->size(); ++r) {
    const std::string name = recipeName(r < arguments.recipes.size() ? arguments.recipes[r] : "");
    const Result<JudgedSchedule> judged =
        judgeRecipe((*session)->scop(), (*session)->dependences(), (*recipes)[r], name, common.reassociate);
    if (!judged)
      return fail(judged.error(), common);
  }
  const MeasureOptions options = optionsFrom(arguments, **session, common);
  const Result<std::unique_ptr<RemotePlace>> remote = remotePlace(arguments);
  if (!remote)
    return endProgressLine(), fail(remote.error(), common);
  const Result<MeasureAnswer> measured =
      measureRecipes((*session)->scop(), *recipes, options, arguments.fresh ? Figures::Fresh : Figures::StoredOrFresh,
                     *remote ? **remote : thisPlace());
  endProgressLine();
  if (!measured)
    return fail(measured.error(), common);
  for (const std::string& warning : measured->warnings)
    fmt::print(stderr, "warning: {}\n", warning);
  const Result<Yardstick> yardstick = yardstickFor((*session)->scop(), options, *measured);
  nlohmann::json result = measureToJson(*measured, *recipes, yardstick);
  std::string text = describe(*measured, arguments, yardstick);
  if (arguments.simulateCache) {
    const Result<SimulatedMisses> misses = simulateMisses((*session)->scop(), *recipes, *measured, options);
    if (!misses)
      return fail(misses.error(), common);
    result["simulated_cache"] = misses->json;
    text += misses->text;
  }
  answer(result, text, common);
  return exitCodeOf(measured->report);
}

} // namespace

void addMeasure(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("measure", "times of recipes beside the original, results compared");
  auto arguments = std::make_shared<MeasureArguments>();
  addProgramFile(*command, arguments->file);
  addRecipes(*command, arguments->recipes, arguments->steps);
  command->add_option("--threads", arguments->threads, "threads of parallel loops")->check(CLI::Range(1, 1024));
  command->add_flag("--fresh", arguments->fresh, "measure even what the store has");
  command->add_option("--runs", arguments->runs, "timed runs of each, exactly; without it as many as narrow every "
                                                       "speedup's interval to 3 %")->check(CLI::Range(3, 100000));
  command->add_option("--budget", arguments->budget, "seconds after which no further round starts")
      ->check(CLI::Range(0.1, 1e6))->capture_default_str();
  CLI::Option* host = command->add_option("--host", arguments->host, "measure on this machine, reached by ssh: user@host or an "
                                                                     "alias");
  command->add_option("--worker", arguments->worker, "path of polyloom-worker there; found in PATH unless given")->needs(host);
  command->add_flag("--cold", arguments->cold, "empty the caches before every run");
  command->add_flag("--huge-pages", arguments->hugePages, "ask for huge pages instead of plain 4 KiB ones");
  command->add_flag("--simulate-cache", arguments->simulateCache,
                    "misses of simulated caches, where the machine does not count them");
  command->callback([arguments, &common, &exitCode] { exitCode = measureCommand(*arguments, common); });
}

} // namespace polyloom
