#include "core/program/order.h"

#include "core/isl/extra.h"

#include <algorithm>
#include <vector>

namespace polyloom {

namespace {

/// The place of a statement: sequence positions and loops alternate, outermost first.
struct Place {
  int statement = 0;
  std::vector<int> positions;
};

void collect(const ProgramNode& node, std::vector<int>& positions, std::vector<Place>& places) {
  if (node.kind == ProgramNode::Kind::Statement) {
    places.push_back({node.index, positions});
    return;
  }
  for (std::size_t c = 0; c < node.children.size(); ++c) {
    const bool nests = node.children[c].kind == ProgramNode::Kind::Sequence;
    if (nests && node.children.size() == 1) {
      collect(node.children[c], positions, places);
      continue;
    }
    positions.push_back(static_cast<int>(c));
    collect(node.children[c], positions, places);
    positions.pop_back();
  }
}

} // namespace

isl::union_map originalOrder(const Scop& scop) {
  std::vector<Place> places;
  std::vector<int> positions;
  collect(scop.body, positions, places);
  std::size_t length = 0;
  for (const Place& place : places)
    length = std::max(length, place.positions.size() + scop.statements[static_cast<std::size_t>(place.statement)].loops.size());

  isl::union_map order = isl::union_map::empty(scop.ctx());
  for (const Place& place : places) {
    const Statement& statement = scop.statements[static_cast<std::size_t>(place.statement)];
    const isl::space space = statement.domain.space();
    isl::pw_aff_list vector(scop.ctx(), static_cast<int>(length));
    for (std::size_t p = 0; p < place.positions.size(); ++p) {
      vector = vector.add(constantAff(space, place.positions[p]));
      if (p >= statement.loops.size())
        continue;
      const bool countsDown = scop.loops[static_cast<std::size_t>(statement.loops[p])].step < 0;
      const isl::pw_aff iterator = dimensionAff(space, static_cast<unsigned>(p));
      vector = vector.add(countsDown ? iterator.neg() : iterator);
    }
    while (vector.size() < length)
      vector = vector.add(constantAff(space, 0));
    order = order.unite(isl::union_map(mapToVector(statement.domain, vector)));
  }
  return order.intersect_domain(domainOf(scop));
}

} // namespace polyloom
