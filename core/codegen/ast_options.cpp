#include "core/codegen/ast_options.h"

#include <algorithm>

namespace polyloom {

namespace {

constexpr int kWholeFrom = 2; ///< loops below from which on a loop stays one

/// The most loops that stand inside each other below a node.
int bandsBelow(const isl::schedule_node& node) {
  int most = 0;
  for (unsigned c = 0; c < node.n_children(); ++c) {
    const isl::schedule_node child = node.child(static_cast<int>(c));
    most = std::max(most, bandsBelow(child) + (child.isa<isl::schedule_node_band>() ? 1 : 0));
  }
  return most;
}

isl::schedule_node withOption(const isl::schedule_node& node) {
  if (!node.isa<isl::schedule_node_band>())
    return node;
  const isl::schedule_node_band band = node.as<isl::schedule_node_band>();
  const int below = bandsBelow(band);
  if (below == 0 && band.child(0).isa<isl::schedule_node_sequence>())
    return band.set_ast_build_options(isl::union_set(node.ctx(), "{ separate[x] }"));
  return below >= kWholeFrom ? band.set_ast_build_options(isl::union_set(node.ctx(), "{ atomic[x] }")) : node;
}

} // namespace

isl::schedule withAstOptions(const isl::schedule& schedule) {
  return schedule.root().map_descendant_bottom_up(withOption).schedule();
}

} // namespace polyloom
