// Random steps that fit a schedule.
#pragma once

#include "core/generate/random.h"
#include "core/schedule/catalogue.h"
#include "core/schedule/schedule.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace polyloom {

/// Draws recipes of steps of all kinds of the catalogue, each kind as often as any other; what is refused is thrown
/// away. A kind that is added to the catalogue takes part without a change here: words are drawn by the parameters'
/// kinds, so that loops exist and nest, statements stand below the step's loop, lists have the same length.
/// The same seed gives the same recipes for the same program.
class RandomRecipes {
public:
  /// Whether a recipe may go on from a schedule.
  using Accept = std::function<bool(const Schedule&)>;

  explicit RandomRecipes(std::uint64_t seed, int fewest = 1, int most = 4)
      : random_(seed), fewest_(fewest), most_(most) {}

  /// A schedule of `scop` after at least one step, fewer than wanted only where hardly any step fits. With `accept`,
  /// every step but the last leads to a schedule that it takes: most random orders are illegal, and a recipe whose last
  /// step alone decides asks the finer question.
  Schedule draw(const ScopPtr& scop, const Accept& accept = {});

  /// How often each kind of step was applied so far.
  const std::map<std::string, int>& applied() const { return applied_; }

private:
  std::optional<Schedule> drawStep(const Schedule& schedule);

  Random random_;
  int fewest_, most_;
  std::map<std::string, int> applied_;
};

/// Applies a step; refuses also where isl needs long: at most a second.
Result<Schedule> applyBounded(const Schedule& schedule, const Step& step);

/// A line of the recipe language for a step of that kind; it may be refused.
std::string randomStep(const Schedule& schedule, const StepKind& kind, Random& random);

/// "tile i j by 2 3; reverse i", for messages.
std::string recipeText(const Schedule& schedule, const std::string& separator = "; ");

} // namespace polyloom
