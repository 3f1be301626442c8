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

/// Places below a body, whose own place `positions` are; a sequence inside a sequence has no place of its own.
void collectBody(const ProgramNode& body, int& next, std::vector<int>& positions, std::vector<Place>& places) {
  for (const ProgramNode& child : body.children) {
    if (child.kind == ProgramNode::Kind::Sequence) {
      collectBody(child, next, positions, places);
      continue;
    }
    positions.push_back(next++);
    if (child.kind == ProgramNode::Kind::Statement) {
      places.push_back({child.index, positions});
    } else {
      int inside = 0;
      collectBody(child, inside, positions, places);
    }
    positions.pop_back();
  }
}

} // namespace

isl::union_map originalOrder(const Scop& scop) {
  std::vector<Place> places;
  std::vector<int> positions;
  int next = 0;
  collectBody(ProgramNode{.kind = ProgramNode::Kind::Sequence, .children = {scop.body}}, next, positions, places);
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
