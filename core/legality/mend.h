// What a repair is made from: where a recipe breaks the order, and changes that may mend it there.
#pragma once

#include "core/legality/legality.h"
#include "core/schedule/schedule.h"
#include "core/schedule/step.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace polyloom {

/// The last place in a recipe where it turns from legal to illegal.
struct Breaking {
  std::vector<Step> steps; ///< the whole recipe
  std::size_t culprit;     ///< the step that breaks the order
  Schedule before, after;  ///< that step
  LegalityReport report;   ///< of `after`

  const Step& step() const { return steps[culprit]; }
};

/// How much of the recipe a change gives up, how many steps it touches, by how much. Smaller is better.
struct MendCost {
  enum class Loss { None, Weaker, Step }; ///< Weaker: one loop less, another loop; Step: a step is left out
  Loss loss = Loss::None;
  int changed = 1;
  std::int64_t amount = 0;

  friend auto operator<=>(const MendCost&, const MendCost&) = default;
};

/// A changed recipe that nobody has judged yet.
struct Mend {
  std::vector<Step> steps;
  std::string sentence;
  MendCost cost;
};

/// Mends of which the first legal one makes the others superfluous.
using Mends = std::vector<Mend>;

/// Judges a schedule, within the search's bounds.
using Judge = std::function<LegalityReport(const Schedule&)>;

/// The recipe with steps inserted at `at`: before the culprit, or right after it.
Mend insertion(const Breaking& breaking, const std::vector<Step>& inserted, std::size_t at, std::int64_t amount);

/// The recipe with one step in another's place.
Mend replacement(const Breaking& breaking, std::size_t at, const Step& step, MendCost cost);

/// The recipe without one step.
Mend omission(const Breaking& breaking, std::size_t at);

} // namespace polyloom
