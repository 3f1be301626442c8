#include "core/codegen/ast_options.h"

namespace polyloom {

namespace {

bool hasBandBelow(const isl::schedule_node& node) {
  for (unsigned c = 0; c < node.n_children(); ++c) {
    const isl::schedule_node child = node.child(static_cast<int>(c));
    if (child.isa<isl::schedule_node_band>() || hasBandBelow(child))
      return true;
  }
  return false;
}

isl::schedule_node separated(const isl::schedule_node& node) {
  if (!node.isa<isl::schedule_node_band>())
    return node;
  const isl::schedule_node_band band = node.as<isl::schedule_node_band>();
  const bool isInnermost = band.child(0).isa<isl::schedule_node_sequence>() && !hasBandBelow(band);
  return isInnermost ? band.set_ast_build_options(isl::union_set(node.ctx(), "{ separate[x] }")) : node;
}

} // namespace

isl::schedule withSeparatedBodies(const isl::schedule& schedule) {
  return schedule.root().map_descendant_bottom_up(separated).schedule();
}

} // namespace polyloom
