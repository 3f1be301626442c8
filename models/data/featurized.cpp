#include "models/data/featurized.h"

#include "models/features/featurizer.h"

namespace polyloom {

namespace {

Result<ModelInput> inputOf(Featurizer& featurizer, const Schedule& schedule, const FeatureTable& table) {
  const Result<ScheduleFeatures> features = featurizer.features(schedule);
  if (!features)
    return std::unexpected(features.error());
  Result<FlatTree> tree = flatten(*features, table);
  if (!tree)
    return std::unexpected(tree.error());
  return ModelInput{.tree = std::move(*tree), .looper = {}};
}

Result<ModelInput> inputOf(Featurizer& featurizer, const Schedule& original, const std::string& text,
                           const FeatureTable& table) {
  const Result<Recipe> recipe = parseRecipe(text);
  if (!recipe)
    return std::unexpected(recipe.error());
  const Replay replayed = replay(original, recipe->steps);
  if (replayed.refusal)
    return std::unexpected(*replayed.refusal);
  return inputOf(featurizer, replayed.schedule, table);
}

} // namespace

Result<FeaturizedProgram> featurize(const ScopPtr& program, std::span<const std::string> recipes,
                                    const Circumstances& circumstances, const FeatureTable& table) {
  Result<Featurizer> featurizer =
      Featurizer::make(program, circumstances.parameters, circumstances.machine, circumstances.threads);
  if (!featurizer)
    return std::unexpected(featurizer.error());
  const Schedule original = Schedule::original(program);
  Result<ModelInput> input = inputOf(*featurizer, original, table);
  if (!input)
    return std::unexpected(input.error());
  FeaturizedProgram result{.original = std::move(*input), .schedules = {}};
  for (const std::string& recipe : recipes)
    result.schedules.push_back(inputOf(*featurizer, original, recipe, table));
  return result;
}

} // namespace polyloom
