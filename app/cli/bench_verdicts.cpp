#include "app/cli/bench_verdicts.h"

#include "app/cli/recipes_beside.h"
#include "app/jobs/json.h"
#include "core/base/cpu_time.h"
#include "core/generate/random_recipe.h"
#include "core/legality/legality.h"
#include "jit/statistics.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace polyloom {

namespace {

using Verdict = LegalityReport::Verdict;

struct Times {
  std::vector<double> fresh, again; ///< seconds
  std::vector<std::string> unknown; ///< recipes
  std::string slowest;              ///< the recipe with the longest fresh verdict

  void add(const Times& more) {
    if (fresh.empty() || std::ranges::max(more.fresh) > std::ranges::max(fresh))
      slowest = more.slowest;
    fresh.insert(fresh.end(), more.fresh.begin(), more.fresh.end());
    again.insert(again.end(), more.again.begin(), more.again.end());
    unknown.insert(unknown.end(), more.unknown.begin(), more.unknown.end());
  }
};

class FileRun {
public:
  FileRun(const Session& session, const CommonOptions& common)
      : session_(session), options_{.reassociate = common.reassociate} {}

  Times run(const std::string& file, int randomRecipes, std::uint64_t seed) {
    for (const std::string& path : recipesBeside(file))
      if (const Result<Recipe> recipe = parseRecipe(readRecipe(path, {}).value_or(""), path))
        judge(replay(session_.scop(), recipe->steps).schedule);
    RandomRecipes recipes(seed, 2, 6);
    const auto isLegal = [&](const Schedule& schedule) { return verdictOf(schedule) == Verdict::Legal; };
    for (int r = 0; r < randomRecipes; ++r)
      judge(r % 2 == 0 ? recipes.draw(session_.scop(), isLegal) : recipes.draw(session_.scop()));
    return std::move(times_);
  }

private:
  Verdict verdictOf(const Schedule& schedule) const {
    return checkLegality(schedule, session_.dependences(), options_).verdict;
  }

  void judge(const Schedule& schedule) {
    const Schedule fresh = replay(session_.scop(), schedule.recipe()).schedule;
    if (timed(fresh, times_.fresh) == Verdict::Unknown)
      times_.unknown.push_back(recipeText(schedule, "; "));
    if (times_.fresh.back() == std::ranges::max(times_.fresh))
      times_.slowest = recipeText(schedule, "; ");
    timed(fresh, times_.again);
  }

  Verdict timed(const Schedule& schedule, std::vector<double>& times) const {
    const double start = cpuSeconds();
    const Verdict verdict = verdictOf(schedule);
    times.push_back(cpuSeconds() - start);
    return verdict;
  }

  const Session& session_;
  LegalityOptions options_;
  Times times_;
};

std::vector<double> sorted(std::vector<double> times) {
  std::ranges::sort(times);
  return times;
}

nlohmann::json toJson(const std::vector<double>& unsorted) {
  const std::vector<double> times = sorted(unsorted);
  return {{"median_s", quantile(times, 0.5)}, {"p99_s", quantile(times, 0.99)}, {"max_s", quantile(times, 1)}};
}

nlohmann::json toJson(const std::string& name, const Times& times) {
  return {{"file", name}, {"verdicts", times.fresh.size()}, {"fresh", toJson(times.fresh)},
          {"again", toJson(times.again)}, {"unknown", times.unknown}, {"slowest", times.slowest}};
}

std::string toText(const std::string& name, const Times& times) {
  std::string text = fmt::format("{:<24} {:>8}", name, times.fresh.size());
  for (const std::vector<double>& part : {sorted(times.fresh), sorted(times.again)})
    text += fmt::format("   {:>7.2f} {:>8.2f} {:>8.2f}", 1e3 * quantile(part, 0.5), 1e3 * quantile(part, 0.99),
                        1e3 * quantile(part, 1));
  return text + fmt::format("   {:>3}\n", times.unknown.size());
}

} // namespace

int benchVerdicts(const std::vector<std::string>& files, const VerdictBenchOptions& options,
                  const CommonOptions& common) {
  nlohmann::json rows = nlohmann::json::array();
  std::string text = fmt::format("{:<24} {:>8}   {:>7} {:>8} {:>8}   {:>7} {:>8} {:>8}   {}\n", "milliseconds", "verdicts",
                                 "fresh", "99 %", "max", "again", "99 %", "max", "unknown");
  Times all;
  for (std::size_t f = 0; f < files.size(); ++f) {
    const auto session = Session::open(files[f], common);
    if (!session)
      return fail(session.error(), common);
    const std::string name = std::filesystem::path(files[f]).stem().string();
    const Times times = FileRun(**session, common).run(files[f], options.recipes, options.seed + f);
    rows.push_back(toJson(name, times));
    text += toText(name, times);
    all.add(times);
  }
  for (const std::string& recipe : all.unknown)
    text += "no verdict: " + recipe + "\n";
  text += "slowest: " + all.slowest + "\n";
  answer({{"files", rows}, {"all", toJson("all", all)}}, text + toText("all", all), common);
  return kFine;
}

} // namespace polyloom
