#include "jit/inputs.h"

#include "jit/random.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace polyloom {

namespace {

std::uint64_t hashOf(const std::string& text) {
  std::uint64_t hash = 0;
  for (const char character : text)
    hash = scramble(hash ^ static_cast<unsigned char>(character));
  return hash;
}

double unitInterval(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1.0p-53; }

bool isSquare(const ArrayShape& shape) {
  const std::size_t rank = shape.extents.size();
  return rank >= 2 && shape.extents[rank - 1] == shape.extents[rank - 2] && shape.extents[rank - 1] > 1;
}

/// The value of cell number `cell` for floating-point arrays.
double floatingCell(const ArrayShape& shape, std::uint64_t key, std::uint64_t cell) {
  if (!isSquare(shape))
    return 0.5 + unitInterval(scramble(key ^ cell));
  const auto size = static_cast<std::uint64_t>(shape.extents.back());
  const std::uint64_t column = cell % size;
  const std::uint64_t row = cell / size % size;
  const std::uint64_t matrix = cell / (size * size);
  const std::uint64_t mirrored = (matrix * size + std::min(row, column)) * size + std::max(row, column);
  const double value = 0.5 + unitInterval(scramble(key ^ mirrored));
  return row == column ? value + 1.5 * static_cast<double>(size) : value;
}

template <typename T> void fill(const ArrayShape& shape, std::uint64_t key, std::span<std::byte> target) {
  auto* cells = reinterpret_cast<T*>(target.data());
  for (std::uint64_t cell = 0; cell < target.size() / sizeof(T); ++cell) {
    if constexpr (std::is_floating_point_v<T>)
      cells[cell] = static_cast<T>(floatingCell(shape, key, cell));
    else
      cells[cell] = static_cast<T>(scramble(key ^ cell) % 4);
  }
}

/// The product of the extents and the element's size; nothing where it does not fit.
std::optional<std::uint64_t> bytesOf(const ArrayShape& shape) {
  constexpr std::uint64_t kLargest = std::uint64_t{1} << 46;
  auto bytes = static_cast<std::uint64_t>(sizeOf(shape.element));
  for (const std::int64_t extent : shape.extents) {
    if (extent <= 0)
      return 0;
    if (static_cast<std::uint64_t>(extent) > kLargest / bytes)
      return std::nullopt;
    bytes *= static_cast<std::uint64_t>(extent);
  }
  return bytes;
}

} // namespace

Result<std::vector<ArrayShape>> shapesOf(const Kernel& kernel, const std::map<std::string, std::int64_t>& parameters) {
  std::vector<ArrayShape> shapes;
  std::string unknown;
  const auto lookup = [&](const std::string& name) -> std::int64_t {
    const auto found = parameters.find(name);
    if (found == parameters.end())
      unknown = name;
    return found == parameters.end() ? 0 : found->second;
  };
  for (const KernelArray& array : kernel.arrays) {
    ArrayShape shape = {.name = array.name, .element = array.element, .isLocal = array.isLocal,
                        .isConfined = array.isConfined, .isGenerated = array.isGenerated};
    for (const IndexExpr& extent : array.extents)
      shape.extents.push_back(evaluate(extent, lookup));
    if (!unknown.empty())
      return failure("unknown-parameter", "the size of array " + array.name + " depends on " + unknown +
                                              ", which is not a parameter");
    const auto bytes = bytesOf(shape);
    if (!bytes)
      return failure("array-too-large", "array " + array.name + " is larger than any memory");
    shape.bytes = *bytes;
    shapes.push_back(std::move(shape));
  }
  return shapes;
}

void fillInput(const ArrayShape& shape, std::uint64_t seed, std::span<std::byte> target) {
  const std::uint64_t key = scramble(seed ^ hashOf(shape.name));
  switch (shape.element) {
  case ElementType::Int8: return fill<std::int8_t>(shape, key, target);
  case ElementType::Int16: return fill<std::int16_t>(shape, key, target);
  case ElementType::Int32: return fill<std::int32_t>(shape, key, target);
  case ElementType::Int64: return fill<std::int64_t>(shape, key, target);
  case ElementType::Float32: return fill<float>(shape, key, target);
  case ElementType::Float64: return fill<double>(shape, key, target);
  }
}

} // namespace polyloom
