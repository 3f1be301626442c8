#include "models/data/featurized.h"

#include "models/features/featurizer.h"

namespace polyloom {

namespace {

/// Reads schedules of one program.
class Reader {
public:
  Reader(Featurizer& featurizer, const FeatureTable& table, InputKinds wanted)
      : featurizer_(featurizer), table_(table), wanted_(wanted) {}

  Result<ModelInput> read(const Schedule& schedule) const {
    ModelInput input;
    if (wanted_.tree) {
      const Result<ScheduleFeatures> features = featurizer_.features(schedule);
      Result<FlatTree> tree = features ? flatten(*features, table_) : std::unexpected(features.error());
      if (!tree)
        return std::unexpected(tree.error());
      input.tree = std::move(*tree);
    }
    if (wanted_.looper) {
      Result<LooperFeatures> looper = featurizer_.looper(schedule);
      if (!looper)
        return std::unexpected(looper.error());
      input.looper = std::move(*looper);
    }
    return input;
  }

  Result<ModelInput> read(const Schedule& original, const std::string& text) const {
    const Result<Recipe> recipe = parseRecipe(text);
    if (!recipe)
      return std::unexpected(recipe.error());
    const Replay replayed = replay(original, recipe->steps);
    return replayed.refusal ? std::unexpected(*replayed.refusal) : read(replayed.schedule);
  }

private:
  Featurizer& featurizer_;
  const FeatureTable& table_;
  InputKinds wanted_;
};

} // namespace

Result<FeaturizedProgram> featurize(const ScopPtr& program, std::span<const std::string> recipes,
                                    const Circumstances& circumstances, const FeatureTable& table, InputKinds wanted) {
  Result<Featurizer> featurizer =
      Featurizer::make(program, circumstances.parameters, circumstances.machine, circumstances.threads);
  if (!featurizer)
    return std::unexpected(featurizer.error());
  const Reader reader(*featurizer, table, wanted);
  const Schedule original = Schedule::original(program);
  Result<ModelInput> input = reader.read(original);
  if (!input)
    return std::unexpected(input.error());
  FeaturizedProgram result{.original = std::move(*input), .schedules = {}};
  for (const std::string& recipe : recipes)
    result.schedules.push_back(reader.read(original, recipe));
  return result;
}

} // namespace polyloom
