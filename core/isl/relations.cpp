#include "core/isl/relations.h"

#include <isl/map.h>

#include <functional>

namespace polyloom {

namespace {

isl::map aligned(const isl::map& map, const isl::map& model) {
  return isl::manage(isl_map_align_params(map.copy(), isl_map_get_space(model.get())));
}

/// Calls `use` with every intersection of a basic relation of `a` with one of `b`, until it answers false.
void forEachPart(const isl::map& a, const isl::map& b, const std::function<bool(const isl::basic_map&)>& use) {
  const isl::map left = aligned(a, b);
  const isl::map right = aligned(b, left);
  bool isDone = false;
  left.foreach_basic_map([&](const isl::basic_map& first) {
    right.foreach_basic_map([&](const isl::basic_map& second) { isDone = isDone || !use(first.intersect(second)); });
  });
}

} // namespace

bool haveAny(const isl::map& pairs, const isl::map& condition) {
  bool found = false;
  forEachPart(pairs, condition, [&](const isl::basic_map& part) {
    found = !part.is_empty();
    return !found;
  });
  return found;
}

isl::map both(const isl::map& a, const isl::map& b) {
  isl::map result = isl::map::empty(a.space());
  forEachPart(a, b, [&](const isl::basic_map& part) {
    result = result.unite(isl::map(part));
    return true;
  });
  return result;
}

isl::map having(const isl::map& pairs, const isl::map& condition) {
  isl::map result = isl::map::empty(pairs.space());
  forEachPart(pairs, condition, [&](const isl::basic_map& part) {
    if (!part.is_empty())
      result = result.unite(isl::map(part));
    return true;
  });
  return result;
}

} // namespace polyloom
