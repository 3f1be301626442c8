#include "core/codegen/ast_options.h"

#include "core/isl/extra.h"
#include "core/schedule/schedule_tree.h"

#include <fmt/format.h>

#include <vector>

namespace polyloom {

namespace {

/// The lane bands right below a group band: one, or one per statement of a sequence.
std::vector<isl::schedule_node_band> laneBands(const isl::schedule_node& group) {
  std::vector<isl::schedule_node> bodies = {group.child(0)};
  if (bodies.front().isa<isl::schedule_node_sequence>()) {
    const isl::schedule_node sequence = bodies.front();
    bodies.clear();
    for (unsigned c = 0; c < sequence.n_children(); ++c)
      bodies.push_back(sequence.child(static_cast<int>(c)).child(0));
  }
  std::vector<isl::schedule_node_band> lanes;
  for (const isl::schedule_node& body : bodies) {
    if (!body.isa<isl::schedule_node_mark>())
      return {};
    const LoopMark mark = loopMarkFromText(markName(body));
    if (mark.attributes.vectorWidth == 0)
      return {};
    lanes.push_back(body.child(0).as<isl::schedule_node_band>());
  }
  return lanes;
}

int widthOf(const isl::schedule_node_band& lane) {
  return loopMarkFromText(markName(lane.parent())).attributes.vectorWidth;
}

/// { [outer…] -> [value] } over the instances that reach a band, as one plain relation.
isl::map valuesAt(const isl::schedule_node_band& band, const isl::union_map& outer) {
  const isl::union_map values = isl::union_map::from(band.partial_schedule());
  const isl::union_set instances = domainAt(band);
  return outer.intersect_domain(instances).reverse().apply_range(values).as_map();
}

/// The groups, { [outer…] -> [group] }, all of whose lanes exist.
isl::map fullGroups(const isl::schedule_node_band& group, const std::vector<isl::schedule_node_band>& lanes) {
  const isl::union_map outer = group.prefix_schedule_union_map();
  const isl::map all = valuesAt(group, outer);
  isl::map full = all;
  for (const isl::schedule_node_band& lane : lanes) {
    const isl::map values = valuesAt(lane, outer);
    const int width = widthOf(lane);
    const isl::map members(group.ctx(), fmt::format("{{ [g] -> [v] : {0} g <= v < {0} g + {0} }}", width));
    // A group is not full when one of its members is no value.
    const isl::map missing = all.apply_range(members).subtract(values);
    full = full.subtract(missing.apply_range(members.reverse()));
  }
  return full.intersect(all).coalesce();
}

bool hasBandBelow(const isl::schedule_node& node) {
  for (unsigned c = 0; c < node.n_children(); ++c) {
    const isl::schedule_node child = node.child(static_cast<int>(c));
    if (child.isa<isl::schedule_node_band>() || hasBandBelow(child))
      return true;
  }
  return false;
}

isl::schedule_node withOptions(const isl::schedule_node& node) {
  if (!node.isa<isl::schedule_node_band>())
    return node;
  const isl::schedule_node_band band = node.as<isl::schedule_node_band>();
  const isl::ctx ctx = node.ctx();
  if (band.child(0).isa<isl::schedule_node_sequence>() && !hasBandBelow(band))
    return band.set_ast_build_options(isl::union_set(ctx, "{ separate[x] }"));
  const std::vector<isl::schedule_node_band> lanes = laneBands(band);
  if (lanes.empty())
    return node;
  const isl::map full = fullGroups(band, lanes);
  if (full.is_empty())
    return node;
  return band.set_ast_build_options(isl::union_set(isolateOption(full)));
}

} // namespace

isl::schedule withAstOptions(const isl::schedule& schedule) {
  return schedule.root().map_descendant_bottom_up(withOptions).schedule();
}

} // namespace polyloom
