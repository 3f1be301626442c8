#include "core/isl/relations.h"

#include "core/isl/managed.h"

#include <isl/map.h>

#include <functional>
#include <utility>
#include <vector>

namespace polyloom {

namespace {

isl::map aligned(const isl::map& map, const isl::map& model) {
  return managed(map.ctx(), isl_map_align_params(map.copy(), isl_map_get_space(model.get())));
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
  std::vector<isl::basic_map> parts;
  forEachPart(a, b, [&](const isl::basic_map& part) {
    parts.push_back(part);
    return true;
  });
  return uniteAll(a.space(), std::move(parts));
}

isl::map having(const isl::map& pairs, const isl::map& condition) {
  std::vector<isl::basic_map> parts;
  forEachPart(pairs, condition, [&](const isl::basic_map& part) {
    if (!part.is_empty())
      parts.push_back(part);
    return true;
  });
  return uniteAll(pairs.space(), std::move(parts));
}

isl::map uniteAll(const isl::space& space, std::vector<isl::basic_map> parts) {
  isl_map* all = isl_map_empty(space.copy());
  for (isl::basic_map& part : parts) {
    // A true union notes that the parts may overlap. The short cut keeps that note, and compares nothing.
    const bool isNoted = isl_map_n_basic_map(all) > 1;
    isl_map* next = isl_map_from_basic_map(part.release());
    all = isNoted ? isl_map_union_disjoint(all, next) : isl_map_union(all, next);
  }
  return managed(space.ctx(), all);
}

} // namespace polyloom
