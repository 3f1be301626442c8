#include "app/cli/commands.h"
#include "app/jobs/jobs.h"
#include "app/jobs/json.h"
#include "core/legality/ranges.h"
#include "core/program/dependences.h"

#include <fmt/format.h>

namespace polyloom {

namespace {

struct CheckOptions {
  std::string file;
  std::string recipe;
  std::vector<std::string> steps;
  std::string range; ///< a step with ? in a number's place
};

std::string describe(const nlohmann::json& check) {
  std::string text;
  for (const auto& step : check["steps"]) {
    text += fmt::format("{:<36} {}\n", step["text"].get<std::string>(), step["outcome"].get<std::string>());
    for (const auto& part : step["expands"])
      text += fmt::format("  = {}\n", part.get<std::string>());
    if (const auto message = step["message"].get<std::string>(); !message.empty())
      text += fmt::format("    {}\n", message);
  }
  const auto verdict = check["verdict"].get<std::string>();
  const auto sentence = check["sentence"].get<std::string>();
  text += (sentence.starts_with(verdict) ? sentence : verdict + ": " + sentence) + "\n";
  for (const auto& repair : check["repairs"])
    text += fmt::format("would be legal: {}\n", repair["sentence"].get<std::string>());
  if (check.contains("range"))
    text += fmt::format("{}: {}\n", check["range"]["parameter"].get<std::string>(),
                        check["range"]["sentence"].get<std::string>());
  return text;
}

/// A recipe that does not parse, or names another function: refused, with the line.
int refuse(const Diagnostic& diagnostic, const CommonOptions& common) {
  const nlohmann::json result = {{"verdict", "refused"},
                                 {"sentence", diagnostic.message},
                                 {"steps", nlohmann::json::array()},
                                 {"witness", nullptr},
                                 {"repairs", nlohmann::json::array()},
                                 {"error", errorToJson(diagnostic)}};
  answer(result, "", common);
  fmt::print(stderr, "{}\n", toText(diagnostic));
  return kBadInput;
}

Result<LegalRange> rangeOf(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe,
                           const std::string& line, bool reassociate) {
  Result<OpenStep> open = parseOpenStep(line);
  if (!open)
    return std::unexpected(open.error());
  return legalRange(scop, dependences, questionOf(recipe.steps, std::move(*open)), {.reassociate = reassociate});
}

int check(const CheckOptions& options, const CommonOptions& common) {
  const auto session = Session::open(options.file, common);
  if (!session)
    return fail(session.error(), common);
  const Result<std::string> text = readRecipe(options.recipe, options.steps);
  if (!text)
    return fail(text.error(), common);
  const ScopPtr& scop = (*session)->scop();
  const Result<Recipe> recipe = recipeFor(*scop, *text, recipeName(options.recipe));
  if (!recipe)
    return refuse(recipe.error(), common);
  const Dependences& dependences = (*session)->dependences();
  const ScheduleSnapshot schedule =
      makeScheduleSnapshot(scop, dependences, *recipe, {.reassociate = common.reassociate, .withCode = false});
  const std::string verdict = verdictWord(schedule);
  std::vector<Repair> repairs;
  if (verdict == "illegal")
    repairs = findRepairs(scop, dependences, recipe->steps, {.reassociate = common.reassociate});
  nlohmann::json result = checkToJson(schedule, repairs);
  if (verdict == "refused") {
    const Diagnostic refusal{"refused", schedule.steps.back().message,
                             {.file = recipeName(options.recipe), .line = recipe->lines[schedule.steps.size() - 1],
                              .column = 1}};
    result["error"] = errorToJson(refusal);
  }
  if (!options.range.empty()) {
    const Result<LegalRange> range = rangeOf(scop, dependences, *recipe, options.range, common.reassociate);
    if (!range)
      return fail(range.error(), common);
    result["range"] = rangeToJson(*range);
  }
  answer(result, describe(result), common);
  return verdict == "legal" ? kFine : verdict == "illegal" ? kIllegal : verdict == "unknown" ? kUnknown : kBadInput;
}

} // namespace

void addCheck(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("check", "is the schedule legal? if not, a witness");
  auto options = std::make_shared<CheckOptions>();
  addProgramFile(*command, options->file);
  command->add_option("--recipe", options->recipe, "a recipe file, or - for standard input");
  command->add_option("--step", options->steps, "one more step; repeatable")->allow_extra_args(false);
  command->add_option("--range", options->range, "a step with ? in a number's place: for which numbers is it legal?");
  command->callback([options, &common, &exitCode] { exitCode = check(*options, common); });
}

} // namespace polyloom
