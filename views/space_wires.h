// The edges of convex polyhedra around points.
#pragma once

#include "views/space_solid.h"

#include <vector>

namespace polyloom {

struct Wire {
  int statement = 0;
  SolidPoint from{}, to{};
};

/// Integer points of a lattice in three dimensions.
using LatticeCorner = std::array<std::int64_t, 3>;
/// A flat side: its corners counter-clockwise as seen from outside.
using LatticeFacet = std::vector<LatticeCorner>;

/// The sides of the smallest convex polyhedron around the points; one polygon for points of one plane, two corners for
/// points of one line, one for one point. Exact for coordinates below a million. Wraps the points side after side:
/// n times the number of edges.
std::vector<LatticeFacet> convexPolyhedron(std::vector<LatticeCorner> points);

/// The edges of one polyhedron per statement; none for statements that reach too far for exact numbers.
std::vector<Wire> statementWires(const PlotData& plane, const SolidData& data);

} // namespace polyloom
