#include "core/schedule/buffer_layout.h"

#include "core/schedule/storage_edit.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace polyloom {

namespace {

std::string nameOf(const PackedDimension& dimension) {
  return dimension.names.empty() ? "a dimension that does not move" : dimension.names.front();
}

Result<std::size_t> dimensionCalled(const std::string& name, const std::vector<PackedDimension>& dimensions,
                                    const std::string& array) {
  std::vector<std::size_t> found;
  std::vector<std::string> names;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    if (std::ranges::find(dimensions[d].names, name) != dimensions[d].names.end())
      found.push_back(d);
    names.push_back(nameOf(dimensions[d]));
  }
  if (found.empty())
    return failure("bad-layout", fmt::format("no dimension of {} moves with {}; in order they are {}", array, name,
                                             joinWords(names)));
  if (found.size() > 1)
    return failure("bad-layout", fmt::format("more than one dimension of {} moves with {}; leave the layout out",
                                             array, name));
  return found.front();
}

/// "j", "j/8" or "j%8".
Result<BufferDimension> readWord(const std::string& word, const std::vector<PackedDimension>& dimensions,
                                 const std::string& array) {
  const std::size_t at = word.find_first_of("/%");
  const Result<std::size_t> dimension = dimensionCalled(word.substr(0, at), dimensions, array);
  if (!dimension)
    return std::unexpected(dimension.error());
  BufferDimension result{.dimension = *dimension};
  if (at == std::string::npos)
    return result;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(word.data() + at + 1, word.data() + word.size(), number);
  if (error != std::errc() || end != word.data() + word.size() || number < 1 || number > 1'000'000)
    return failure("bad-layout", fmt::format("\"{}\" is no part of a layout; there are j, j/8 and j%8", word));
  (word[at] == '/' ? result.divisor : result.modulus) = number;
  return result;
}

/// Why this is not one place per cell and one cell per place, as far as one dimension goes; empty if it is.
std::string faultOf(const std::vector<BufferDimension>& layout, std::size_t d, const std::string& name) {
  std::vector<BufferDimension> parts;
  std::ranges::copy_if(layout, std::back_inserter(parts), [&](const auto& part) { return part.dimension == d; });
  if (parts.empty())
    return fmt::format("the layout leaves out {0}: cells that differ only there would share a place; add {0}", name);
  const auto isWhole = [](const BufferDimension& part) { return part.divisor == 1 && part.modulus == 0; };
  if (parts.size() == 1 && isWhole(parts.front()))
    return {};
  if (parts.size() != 2 || std::ranges::any_of(parts, isWhole))
    return fmt::format("{0} has to stand in the layout once, or as {0}/8 and {0}%8", name);
  if (parts[0].modulus > 0)
    std::swap(parts[0], parts[1]);
  if (parts[0].modulus > 0 || parts[0].divisor != parts[1].modulus)
    return fmt::format("{0} has to be divided by one number, as in {0}/8 and {0}%8, for each cell to have its place",
                       name);
  return {};
}

} // namespace

std::vector<BufferDimension> ownLayout(std::size_t rank) {
  std::vector<BufferDimension> layout(rank);
  for (std::size_t d = 0; d < rank; ++d)
    layout[d].dimension = d;
  return layout;
}

Result<std::vector<BufferDimension>> readLayout(const std::vector<std::string>& words,
                                                const std::vector<PackedDimension>& dimensions,
                                                const std::string& array) {
  std::vector<BufferDimension> layout;
  for (const std::string& word : words) {
    const Result<BufferDimension> part = readWord(word, dimensions, array);
    if (!part)
      return std::unexpected(part.error());
    layout.push_back(*part);
  }
  for (std::size_t d = 0; d < dimensions.size(); ++d)
    if (const std::string fault = faultOf(layout, d, nameOf(dimensions[d])); !fault.empty())
      return failure("bad-layout", fault);
  return layout;
}

std::vector<isl::pw_aff> extentsOf(const std::vector<BufferDimension>& layout,
                                   const std::vector<PackedDimension>& dimensions) {
  std::vector<isl::pw_aff> extents;
  for (const BufferDimension& part : layout) {
    const isl::pw_aff& whole = dimensions[part.dimension].extent;
    if (part.modulus > 0)
      extents.push_back(constantExtent(whole.ctx(), part.modulus));
    else if (part.divisor > 1)
      extents.push_back(whole.add_constant(static_cast<long>(part.divisor - 1))
                            .scale_down(static_cast<long>(part.divisor))
                            .floor());
    else
      extents.push_back(whole);
  }
  return extents;
}

std::vector<isl::pw_aff> placed(const std::vector<BufferDimension>& layout, const std::vector<isl::pw_aff>& cell) {
  std::vector<isl::pw_aff> subscripts;
  for (const BufferDimension& part : layout) {
    const isl::pw_aff& value = cell[part.dimension];
    if (part.modulus > 0)
      subscripts.push_back(value.mod(static_cast<long>(part.modulus)));
    else if (part.divisor > 1)
      subscripts.push_back(value.scale_down(static_cast<long>(part.divisor)).floor());
    else
      subscripts.push_back(value);
  }
  return subscripts;
}

} // namespace polyloom
