// The order of a buffer's cells: "j/8 k j%8".
#pragma once

#include "core/base/diagnostic.h"

#include <isl/cpp.h>

#include <cstdint>
#include <string>
#include <vector>

namespace polyloom {

/// A dimension of the array that is packed. Its name in a layout is that of any iterator which its subscript moves
/// with in some access, and no other dimension's does.
struct PackedDimension {
  std::vector<std::string> names;
  isl::pw_aff extent; ///< of the buffer's box, over the parameters
};

/// A dimension of the buffer: x, floor(x / divisor) or x mod modulus of one of the array's dimensions, x counted from
/// the lowest cell.
struct BufferDimension {
  std::size_t dimension = 0;
  std::int64_t divisor = 1;
  std::int64_t modulus = 0; ///< 0: the value as it is
};

/// The array's own order.
std::vector<BufferDimension> ownLayout(std::size_t rank);

/// Reads a layout. Refuses what gives two cells one place, or a cell none: each dimension has to stand there once, or
/// as x/n and x%n.
Result<std::vector<BufferDimension>> readLayout(const std::vector<std::string>& words,
                                                const std::vector<PackedDimension>& dimensions,
                                                const std::string& array);

/// The buffer's extents, and its subscripts at the (relative) subscripts of a cell.
std::vector<isl::pw_aff> extentsOf(const std::vector<BufferDimension>& layout,
                                   const std::vector<PackedDimension>& dimensions);
std::vector<isl::pw_aff> placed(const std::vector<BufferDimension>& layout, const std::vector<isl::pw_aff>& cell);

} // namespace polyloom
