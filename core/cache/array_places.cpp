#include "core/cache/array_places.h"

#include <optional>
#include <set>

namespace polyloom {

namespace {

constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kAlignment = 64;
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 31;

std::uint64_t roundUp(std::uint64_t value, std::uint64_t unit) { return (value + unit - 1) / unit * unit; }

void collectRegisters(const LoopNode& node, std::set<int>& registers) {
  if (node.kind == LoopNode::Kind::Block)
    registers.insert(node.privateArrays.begin(), node.privateArrays.end());
  for (const LoopNode& child : node.children)
    collectRegisters(child, registers);
}

/// Size and strides; nothing where it is too large.
std::optional<ArrayPlace> shapeOf(const KernelArray& array, const std::vector<std::int64_t>& extents) {
  ArrayPlace place{.bytes = static_cast<std::uint64_t>(sizeOf(array.element)),
                   .strides = std::vector<std::int64_t>(extents.size())};
  for (std::size_t d = extents.size(); d-- > 0;) {
    place.strides[d] = static_cast<std::int64_t>(place.bytes);
    const std::uint64_t extent = extents[d] > 0 ? static_cast<std::uint64_t>(extents[d]) : 0;
    if (extent > kMostBytes || (place.bytes *= extent) > kMostBytes)
      return std::nullopt;
  }
  return place;
}

} // namespace

Result<ArrayPlaces> placeArrays(const Kernel& kernel, const std::map<std::string, std::int64_t>& parameters) {
  std::set<int> registers;
  collectRegisters(kernel.body, registers);
  std::string unknown;
  const auto valueOf = [&](const std::string& name) -> std::int64_t {
    const auto found = parameters.find(name);
    if (found == parameters.end())
      unknown = name;
    return found == parameters.end() ? 0 : found->second;
  };
  ArrayPlaces places{.arrays = std::vector<ArrayPlace>(kernel.arrays.size())};
  for (std::size_t a = kernel.arrays.size(); a-- > 0;) {
    const KernelArray& array = kernel.arrays[a];
    std::vector<std::int64_t> extents;
    for (const IndexExpr& extent : array.extents)
      extents.push_back(evaluate(extent, valueOf));
    if (!unknown.empty())
      return failure("unknown-parameter", "the size of array " + array.name + " depends on " + unknown +
                                              ", which is not a parameter");
    std::optional<ArrayPlace> place = shapeOf(array, extents);
    if (!place || places.end + place->bytes > kMostBytes)
      return failure("array-too-large", "the arrays are larger than the 2 GiB that caches are simulated for");
    place->isInMemory = !registers.contains(static_cast<int>(a)) && !(array.isLocal && array.extents.empty());
    if (place->isInMemory) {
      const std::uint64_t used = roundUp(place->bytes, kAlignment), room = roundUp(used, kPage);
      place->base = places.end + kPage + room - used;
      places.end += room + 2 * kPage;
    }
    places.arrays[a] = *std::move(place);
  }
  return places;
}

} // namespace polyloom
