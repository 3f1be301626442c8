// Random recipes of the kinds that a search would try, for programs to learn from.
#pragma once

#include "core/generate/random.h"
#include "core/schedule/schedule.h"

#include <functional>
#include <optional>

namespace polyloom {

/// Draws recipes after templates: loops permuted, bands tiled (where dependences demand it after skewing, with a
/// wavefront of tiles), the outermost loop that allows it in parallel, a loop of stride 1 as lanes, inner loops unrolled or
/// jammed, nests fused (shifted where needed) or distributed, arrays packed, variables expanded. One in seven is bad on
/// purpose: strided lanes, parallel inner loops, tiny tiles. Every step leads to a legal schedule.
/// The same seed gives the same recipes for the same program.
class RelevantRecipes {
public:
  using IsLegal = std::function<bool(const Schedule&)>;

  explicit RelevantRecipes(std::uint64_t seed) : random_(seed) {}

  /// A schedule after at least one step; nothing where none of some tries fits. `original` has no steps.
  std::optional<Schedule> draw(const Schedule& original, const IsLegal& isLegal);

private:
  Random random_;
};

} // namespace polyloom
