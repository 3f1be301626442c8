#include "app/cli/commands.h"
#include "app/cli/sweep_text.h"
#include "app/cli/terminal.h"
#include "app/jobs/jobs.h"
#include "app/jobs/remote/remote_place.h"
#include "app/jobs/sweep_json.h"
#include "app/jobs/sweeping.h"
#include "core/snapshot/make_sweep.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

struct SweepArguments {
  std::string file;
  std::string recipe;
  std::vector<std::string> steps;
  std::vector<std::string> vary;
  bool list = false;
  bool csv = false;
  int threads = 2;
  int runs = 0; ///< 0: as many as the intervals need
  double budget = 120;
  bool fresh = false;
  std::optional<std::string> host; ///< nothing: this machine
  std::string worker;
};

/// "2.1=8,16" or "2.1"; without a dot the step's first number.
Result<SweepAxis> axisFrom(const std::string& text, const std::vector<SweepNumber>& numbers, bool isAlone) {
  const std::size_t equals = text.find('=');
  std::string name = text.substr(0, equals);
  if (name.find('.') == std::string::npos)
    name += ".1";
  const auto number = std::ranges::find_if(numbers, [&](const SweepNumber& each) { return sweepName(numbers, each.place) == name; });
  if (number == numbers.end())
    return failure("no-number", fmt::format("--vary {}: there is no such number; --list shows those that there are", text));
  if (equals != std::string::npos)
    return SweepAxis{number->place, sweepValues(text.substr(equals + 1))};
  return SweepAxis{number->place, isAlone ? number->candidates : number->coarse};
}

Result<std::vector<SweepAxis>> axesFrom(const SweepArguments& arguments, const std::vector<SweepNumber>& numbers) {
  if (arguments.vary.empty())
    return failure("no-number", "--vary says which number to sweep; --list shows those that there are");
  std::vector<SweepAxis> axes;
  for (const std::string& text : arguments.vary) {
    Result<SweepAxis> axis = axisFrom(text, numbers, arguments.vary.size() == 1);
    if (!axis)
      return std::unexpected(axis.error());
    axes.push_back(*std::move(axis));
  }
  return axes;
}

MeasureOptions optionsFrom(const SweepArguments& arguments, const Session& session, const CommonOptions& common,
                           std::size_t batches) {
  MeasureOptions options{.parameters = session.parameters(), .scalars = session.scalars()};
  options.threads = arguments.threads;
  if (arguments.runs > 0)
    options.runs = options.fewestRuns = arguments.runs;
  options.totalBudget =
      std::chrono::milliseconds(static_cast<std::int64_t>(arguments.budget * 1000 / static_cast<double>(std::max<std::size_t>(batches, 1))));
  options.reassociate = common.reassociate;
  return options;
}

void showProgress(const std::string& activity, std::size_t done, std::size_t of) {
  showProgressLine(fmt::format("{} of {}: {}", done, of, activity));
}

Result<std::unique_ptr<RemotePlace>> remotePlace(const SweepArguments& arguments) {
  if (!arguments.host)
    return nullptr;
  const Result<Host> host = makeHost(*arguments.host, arguments.worker);
  return host ? RemotePlace::connect(*host) : std::unexpected(host.error());
}

Result<std::vector<SweepPoint>> swept(const SweepArguments& arguments, const Session& session, const CommonOptions& common,
                                      std::vector<SweepPoint> points) {
  const Result<std::unique_ptr<RemotePlace>> remote = remotePlace(arguments);
  if (!remote)
    return std::unexpected(remote.error());
  constexpr std::size_t kBatch = 6;
  MeasuringEvaluator measuring(session.scop(), optionsFrom(arguments, session, common, (points.size() + kBatch - 1) / kBatch),
                               arguments.fresh, *remote ? **remote : thisPlace());
  SweepEvaluator* const evaluators[] = {&measuring};
  Result<std::vector<SweepPoint>> result = sweepRecipes(session.scop(), session.dependences(), std::move(points), evaluators,
                                                        common.reassociate, {{}, showProgress});
  endProgressLine();
  return result;
}

nlohmann::json toJson(std::span<const SweepAxis> axes, std::span<const SweepPoint> points) {
  nlohmann::json result = {{"axes", nlohmann::json::array()}, {"points", nlohmann::json::array()}, {"best", nullptr}};
  for (const SweepAxis& axis : axes)
    result["axes"].push_back(sweepAxisToJson(axis));
  const auto best = bestPoint(points, "measured");
  for (std::size_t p = 0; p < points.size(); ++p) {
    nlohmann::json point = sweepPointToJson(points[p], p);
    const SweepFigure* figure = figureOf(points[p], "measured");
    point["ties_with_best"] = best && figure && figure->isKnown() && isTie(*figure, *figureOf(points[*best], "measured"));
    result["points"].push_back(std::move(point));
  }
  if (best)
    result["best"] = *best;
  return result;
}

int listNumbers(const std::vector<SweepNumber>& numbers, const CommonOptions& common) {
  nlohmann::json all = nlohmann::json::array();
  for (const SweepNumber& number : numbers) {
    all.push_back(sweepNumberToJson(number));
    all.back()["name"] = sweepName(numbers, number.place);
  }
  answer({{"numbers", std::move(all)}}, sweepNumbersText(numbers), common);
  return kFine;
}

int sweepCommand(const SweepArguments& arguments, const CommonOptions& common) {
  const auto session = Session::open(arguments.file, common);
  if (!session)
    return fail(session.error(), common);
  const Result<std::string> text = readRecipe(arguments.recipe, arguments.steps);
  if (!text)
    return fail(text.error(), common);
  const Result<Recipe> recipe = recipeFor(*(*session)->scop(), *text, recipeName(arguments.recipe));
  if (!recipe)
    return fail(recipe.error(), common);
  const std::vector<SweepNumber> numbers = makeSweepNumbers((*session)->scop(), *recipe, (*session)->parameters());
  if (arguments.list)
    return listNumbers(numbers, common);
  const Result<std::vector<SweepAxis>> axes = axesFrom(arguments, numbers);
  if (!axes)
    return fail(axes.error(), common);
  Result<std::vector<SweepPoint>> points = makeSweepPoints(*recipe, *axes);
  if (!points)
    return fail(points.error(), common);
  points = swept(arguments, **session, common, *std::move(points));
  if (!points)
    return fail(points.error(), common);
  answer(toJson(*axes, *points), arguments.csv ? sweepCsv(numbers, *axes, *points) : sweepText(numbers, *axes, *points), common);
  return bestPoint(*points, "measured") ? kFine : kIllegal;
}

} // namespace

void addSweep(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("sweep", "measure a recipe with other numbers in one or two of its places");
  auto arguments = std::make_shared<SweepArguments>();
  addProgramFile(*command, arguments->file);
  command->add_option("--recipe", arguments->recipe, "a recipe file, or - for standard input");
  command->add_option("--step", arguments->steps, "one more step; repeatable")->allow_extra_args(false);
  command->add_option("--vary", arguments->vary, "STEP.NUMBER or STEP.NUMBER=8,16,32: the second number of the recipe's third "
                                                 "step is 3.2; once or twice")->allow_extra_args(false)->expected(1, 2);
  command->add_flag("--list", arguments->list, "only say what can be swept, and which values are worth trying");
  command->add_flag("--csv", arguments->csv, "one line per choice for other programs");
  command->add_option("--threads", arguments->threads, "threads of parallel loops")->check(CLI::Range(1, 1024));
  command->add_option("--runs", arguments->runs, "timed runs of each, exactly; without it as many as narrow every "
                                                 "speedup's interval to 3 %")->check(CLI::Range(3, 100000));
  command->add_option("--budget", arguments->budget, "seconds that all measuring together may take, about")
      ->check(CLI::Range(0.1, 1e6))->capture_default_str();
  command->add_flag("--fresh", arguments->fresh, "measure even what the store has");
  CLI::Option* host = command->add_option("--host", arguments->host, "measure on this machine, reached by ssh: user@host or an "
                                                                     "alias");
  command->add_option("--worker", arguments->worker, "path of polyloom-worker there; found in PATH unless given")->needs(host);
  command->callback([arguments, &common, &exitCode] { exitCode = sweepCommand(*arguments, common); });
}

} // namespace polyloom
