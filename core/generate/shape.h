// What a program looks like: figures for statistics, and hashes that tell programs apart.
#pragma once

#include "core/program/scop.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace polyloom {

/// Equal for programs that differ in names only (of parameters, arrays, loops, statements, scalars).
std::uint64_t canonicalHash(const Scop& scop);

/// Equal also where only extents, constants and types differ: the nesting of loops and statements, which loops' bounds
/// name each other, the subscripts without their constants, and the expressions' operators. For splitting data: nothing
/// of a shape that is tested on has been learned from.
std::uint64_t shapeHash(const Scop& scop);

/// Figures of one program.
struct ProgramShape {
  std::size_t depth = 0; ///< of the deepest statement
  std::size_t statements = 0;
  std::size_t nests = 0; ///< outermost loops
  std::size_t reductions = 0; ///< statements that are one
  std::size_t parameters = 0;
  bool isRectangular = true; ///< no loop's bounds name another loop's iterator
  bool isPerfect = true;     ///< no loop's body is more than one loop or statement
};
ProgramShape shapeOf(const Scop& scop);

/// Pairs of dimensions of a statement's domain that some constraint names together.
std::vector<std::pair<std::size_t, std::size_t>> relatedLoops(const Statement& statement);

} // namespace polyloom
