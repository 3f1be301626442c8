#include "app/cli/commands.h"
#include "app/cli/model_options.h"
#include "app/cli/terminal.h"
#include "app/jobs/jobs.h"
#include "app/jobs/json.h"
#include "core/snapshot/prediction_verdict.h"

#include <fmt/format.h>

#include <cmath>

namespace polyloom {

namespace {

using nlohmann::json;

struct PredictArguments {
  std::string file;
  std::vector<std::string> recipes;
  std::vector<std::string> steps;
  ModelChoice model;
  int threads = 2;
  bool measure = false;
};

/// A recipe with all that is known of it.
struct PredictedRecipe {
  std::string name, text;
  bool isLegal = false, isUnknown = false;
  std::string sentence;                 ///< of the verdict on legality
  std::optional<Prediction> prediction; ///< of a legal one
  json measured;                        ///< as `measure` says it; null where it was not measured
  std::optional<PredictionVerdict> verdict; ///< of its measurement on its prediction
};

/// The recipes, each judged. One that is refused fails them all, as in `measure`; none is the original order.
Result<std::vector<PredictedRecipe>> judgedRecipes(const PredictArguments& arguments, const Session& session,
                                                   const CommonOptions& common) {
  Result<std::vector<std::string>> texts = readRecipes(arguments.recipes, arguments.steps);
  if (!texts)
    return std::unexpected(texts.error());
  const bool isOriginal = texts->empty();
  if (isOriginal)
    texts->emplace_back();
  std::vector<PredictedRecipe> recipes;
  for (std::size_t r = 0; r < texts->size(); ++r) {
    const std::string name =
        isOriginal ? "original order" : recipeName(r < arguments.recipes.size() ? arguments.recipes[r] : "");
    const Result<JudgedSchedule> judged =
        judgeRecipe(session.scop(), session.dependences(), (*texts)[r], name, common.reassociate);
    if (!judged)
      return std::unexpected(judged.error());
    recipes.push_back({name, (*texts)[r], judged->isLegal, judged->isUnknown, judged->sentence, {}, {}, {}});
  }
  return recipes;
}

/// The legal ones: nobody is to act on the speed of the others.
std::vector<PredictedRecipe*> legalOnes(std::vector<PredictedRecipe>& recipes) {
  std::vector<PredictedRecipe*> legal;
  for (PredictedRecipe& recipe : recipes)
    if (recipe.isLegal)
      legal.push_back(&recipe);
  return legal;
}

std::vector<std::string> textsOf(const std::vector<PredictedRecipe*>& recipes) {
  std::vector<std::string> texts;
  for (const PredictedRecipe* recipe : recipes)
    texts.push_back(recipe->text);
  return texts;
}

Result<void> predict(ModelInUse& model, const Session& session, int threads, const std::vector<PredictedRecipe*>& legal) {
  const Result<std::vector<Result<Prediction>>> predictions =
      predictRecipes(model, session.scop(), textsOf(legal),
                     {.parameters = session.parameters(), .machine = {}, .threads = threads});
  if (!predictions)
    return std::unexpected(predictions.error());
  for (std::size_t r = 0; r < legal.size(); ++r) {
    const Result<Prediction>& prediction = (*predictions)[r];
    if (!prediction)
      return std::unexpected(prediction.error());
    legal[r]->prediction = *prediction;
  }
  return {};
}

Result<void> measure(const Session& session, const PredictArguments& arguments, const CommonOptions& common,
                     const std::vector<PredictedRecipe*>& legal) {
  MeasureOptions options{.parameters = session.parameters(), .scalars = session.scalars()};
  options.threads = arguments.threads;
  options.reassociate = common.reassociate;
  options.progress = [](const std::string& activity, double fraction) {
    showProgressLine(fmt::format("{:3.0f} % {}", fraction * 100, activity));
  };
  const std::vector<std::string> texts = textsOf(legal);
  const Result<MeasureAnswer> answer = measureRecipes(session.scop(), texts, options, Figures::StoredOrFresh);
  endProgressLine();
  if (!answer)
    return std::unexpected(answer.error());
  for (const std::string& warning : answer->warnings)
    fmt::print(stderr, "warning: {}\n", warning);
  const json schedules = measureToJson(*answer, texts).at("schedules");
  for (std::size_t r = 0; r < legal.size(); ++r) {
    const VariantReport& report = answer->report.variants[r];
    const Prediction& prediction = *legal[r]->prediction;
    legal[r]->measured = schedules.at(r);
    if (report.outcome == Outcome::Measured)
      legal[r]->verdict = judgePrediction({prediction.low, prediction.high},
                                          {report.speedupInterval.low, report.speedupInterval.high});
  }
  return {};
}

json toJson(const PredictedRecipe& recipe) {
  json object = {{"recipe", recipe.text}, {"name", recipe.name},
                 {"legality", recipe.isLegal ? "legal" : recipe.isUnknown ? "unknown" : "illegal"},
                 {"message", recipe.sentence}, {"speedup", nullptr}, {"spread", nullptr}, {"speedup_interval", nullptr},
                 {"seconds", nullptr}};
  if (const std::optional<Prediction>& p = recipe.prediction) {
    object.update({{"speedup", p->speedup}, {"spread", std::sqrt(p->high / p->low)}, {"speedup_interval", {p->low, p->high}}});
    if (p->seconds > 0)
      object["seconds"] = p->seconds;
  }
  if (!recipe.measured.is_null())
    object["measured"] = recipe.measured;
  if (recipe.verdict)
    object["verdict"] = wordOf(*recipe.verdict);
  return object;
}

std::string describe(const PredictedRecipe& recipe) {
  if (!recipe.prediction)
    return fmt::format("{}: {}\n", recipe.name, recipe.sentence);
  const Prediction& p = *recipe.prediction;
  std::string text = fmt::format("{}   predicted speedup {:.2f} [{:.2f} … {:.2f}]{}, legal\n", recipe.name, p.speedup, p.low,
                                 p.high, p.seconds > 0 ? ", " + readableDuration(p.seconds) : "");
  if (recipe.measured.is_null())
    return text;
  const json& m = recipe.measured;
  if (!recipe.verdict)
    return text + fmt::format("    {}\n", m.at("message").get<std::string>());
  return text + fmt::format("    measured speedup {:.2f} [{:.2f} … {:.2f}], {}: {}\n", m.at("speedup").get<double>(),
                            m.at("speedup_interval").at(0).get<double>(), m.at("speedup_interval").at(1).get<double>(),
                            readableDuration(m.at("median_s")), wordOf(*recipe.verdict));
}

int exitCodeOf(const std::vector<PredictedRecipe>& recipes) {
  int code = kFine;
  for (const PredictedRecipe& recipe : recipes) {
    const bool isWrong = !recipe.isLegal || (!recipe.measured.is_null() && !recipe.verdict);
    if (isWrong && code != kIllegal)
      code = recipe.isUnknown ? kUnknown : kIllegal;
  }
  return code;
}

int predictCommand(const PredictArguments& arguments, const CommonOptions& common) {
  const auto session = Session::open(arguments.file, common);
  if (!session)
    return fail(session.error(), common);
  Result<std::vector<PredictedRecipe>> recipes = judgedRecipes(arguments, **session, common);
  if (!recipes)
    return fail(recipes.error(), common);
  Result<ModelInUse> model = openModel(arguments.model);
  if (!model)
    return failModel(model.error(), common);
  const std::vector<PredictedRecipe*> legal = legalOnes(*recipes);
  if (const Result<void> predicted = predict(*model, **session, arguments.threads, legal); !predicted)
    return failModel(predicted.error(), common);
  if (arguments.measure && !legal.empty())
    if (const Result<void> measured = measure(**session, arguments, common, legal); !measured)
      return fail(measured.error(), common);
  json schedules = json::array();
  std::string text = fmt::format("by {}; intervals of predictions hold 90 %\n", nameOf(arguments.model, *model));
  for (const PredictedRecipe& recipe : *recipes) {
    schedules.push_back(toJson(recipe));
    text += describe(recipe);
  }
  answer({{"model", nameOf(arguments.model, *model)}, {"threads", arguments.threads}, {"schedules", std::move(schedules)}},
         text, common);
  return exitCodeOf(*recipes);
}

} // namespace

void addPredict(CLI::App& app, const CommonOptions& common, int& exitCode) {
  CLI::App* command = app.add_subcommand("predict", "what a cost model says about recipes, and how it fares beside a measurement");
  auto arguments = std::make_shared<PredictArguments>();
  addProgramFile(*command, arguments->file);
  addRecipes(*command, arguments->recipes, arguments->steps);
  addModelOptions(*command, arguments->model);
  command->add_option("--threads", arguments->threads, "threads of parallel loops")->check(CLI::Range(1, 1024));
  command->add_flag("--measure", arguments->measure, "measure, too, and say whether model and measurement agree");
  command->callback([arguments, &common, &exitCode] { exitCode = predictCommand(*arguments, common); });
}

} // namespace polyloom
