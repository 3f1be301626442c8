#include "core/schedule/steps/diamond.h"

#include "core/base/check.h"
#include "core/isl/sets.h"
#include "core/schedule/combine.h"
#include "core/schedule/schedule.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <set>

namespace polyloom {

namespace {

/// Per statement how far it is shifted along the loop, beyond the first statement there.
std::map<std::string, std::int64_t> shiftsAlong(const TreeNode& loop) {
  std::map<std::string, std::int64_t> shifts;
  for (const auto& [statement, value] : loop.values)
    shifts.emplace(statement, constantTerm(value) - constantTerm(loop.values.begin()->second));
  return shifts;
}

/// Writes the steps down, line by line.
class Expansion {
public:
  Expansion(const Schedule& schedule, const std::vector<TreePtr>& nest, const Step& step)
      : loops_(step.words("loops")), sizes_(step.integers("sizes")), shifts_(shiftsAlong(*nest[1])) {
    slope_ = step.has("slope") ? step.integer("slope") : 1;
    std::set<std::string> taken;
    for (const std::string& loop : loops_) {
      tiles_.push_back(freshName(schedule.tree(), loop + "t", taken));
      taken.insert(tiles_.back());
    }
  }

  std::vector<Step> steps() {
    const std::string& time = loops_[0];
    const std::string& space = loops_[1];
    // slope · t + i, both with the statement's shift.
    line("skew {} by {} {}", space, slope_, time);
    tileOutside(1, 0);
    // slope · t - i: the shift counts as time here, too.
    line("skew {} by {} {}", space, -2 * slope_, time);
    line("reverse {}", space);
    shiftAll(2);
    tileOutside(1, 1);
    shiftAll(-2);
    line("reverse {}", space);
    line("skew {} by {} {}", space, slope_, time);
    // Further space loops lean one way only.
    for (std::size_t d = 2; d < loops_.size(); ++d) {
      line("skew {} by {} {}", loops_[d], slope_, time);
      tileOutside(d, d);
      line("skew {} by {} {}", loops_[d], -slope_, time);
    }
    line("wavefront {} {}", tiles_[0], tiles_[1]);
    return std::move(steps_);
  }

private:
  /// Tiles loop number `loop`, and moves the tile loop out of all point loops.
  void tileOutside(std::size_t loop, std::size_t tile) {
    line("tile {} by {} as {}", loops_[loop], sizes_[tile], tiles_[tile]);
    for (std::size_t outer = loop; outer-- > 0;) {
      // Trading places with the loop right around it, one after the other.
      line("interchange {} {}", loops_[outer], tiles_[tile]);
    }
  }

  void shiftAll(std::int64_t factor) {
    for (const auto& [statement, shift] : shifts_)
      if (shift != 0)
        line("shift {} {} by {}", statement, loops_[1], factor * shift);
  }

  template <typename... Arguments> void line(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
    Result<Step> step = parseStep(fmt::format(form, std::forward<Arguments>(arguments)...));
    POLYLOOM_CHECK(step.has_value());
    steps_.push_back(std::move(*step));
  }

  std::vector<std::string> loops_;
  std::vector<std::int64_t> sizes_;
  std::map<std::string, std::int64_t> shifts_;
  std::int64_t slope_ = 1;
  std::vector<std::string> tiles_;
  std::vector<Step> steps_;
};

Result<std::vector<Step>> expandDiamond(const Schedule& schedule, const Step& step) {
  const std::vector<std::string>& loops = step.words("loops");
  if (loops.size() < 2)
    return failure("wrong-count", fmt::format("diamond tiles need a time loop and at least one space loop, found only "
                                              "{}", loops.front()));
  const Result<std::vector<TreePtr>> nest = requireDirectNest(schedule.tree(), loops, schedule.program());
  if (!nest)
    return std::unexpected(nest.error());
  for (const TreePtr& loop : *nest)
    if (loop->countsTiles())
      return failure("tile-loop", fmt::format("{} counts tiles; diamond tiles are made from point loops", loop->name));
  return Expansion(schedule, *nest, step).steps();
}

} // namespace

StepKind diamondStep() {
  return {.name = "diamond",
          .form = "diamond {loops} by {sizes} [slope {slope}]",
          .summary = "Time steps and space are cut into diamonds that start together.",
          .help = "For a time loop t and a space loop i of a stencil: tiles of t + i and of t - i, run along their "
                  "wavefront. `diamond t i` makes tile loops tt (the wavefront) and it; all tiles of one wavefront are "
                  "independent, so `parallel it` is legal, and all threads have work from the first tile on. It stands "
                  "for other steps, which are shown. The slope is how far values travel along i in one step of t; for "
                  "k sweeps per time step, fuse them with the s-th shifted by s and take the slope k: a statement's "
                  "shift counts as time. Further space loops are tiled leaning one way. (Bandishti, Pananilath and "
                  "Bondhugula, SC 2012.)",
          .before = "for t\n  for i\n    S(t, i)",
          .after = "for tt = t+i tile + t-i tile\n  for it, parallel\n    for t, i in the diamond\n      S(t, i)",
          .example = "diamond t i by 32 32",
          .peers = "Pluto",
          .parameters = {{.name = "loops",
                          .kind = StepParameter::Kind::Loops,
                          .help = "the time loop and its space loops, nested directly"},
                         {.name = "sizes",
                          .kind = StepParameter::Kind::Integers,
                          .help = "widths of the tiles: along t + i, t - i, and further loops",
                          .minimum = 1,
                          .maximum = 1'000'000,
                          .initial = "32"},
                         {.name = "slope",
                          .kind = StepParameter::Kind::Integer,
                          .help = "how far values travel in one time step",
                          .minimum = 1,
                          .maximum = 100,
                          .initial = "1"}},
          .expand = expandDiamond};
}

} // namespace polyloom
