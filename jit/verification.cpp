#include "jit/verification.h"

#include <algorithm>
#include <tuple>

namespace polyloom {

Result<Code> codeOf(const Variant& variant, const CompileOptions& options) {
  if (const auto* object = std::get_if<SharedObject>(&variant.code))
    return Code(object->path);
  auto object = compileToObject(std::get<Kernel>(variant.code), options);
  if (!object)
    return std::unexpected(object.error());
  return Code(std::move(*object));
}

Agreement compareResults(const std::map<std::string, ElementType>& elements, const Entrant& expected,
                         const Entrant& actual) {
  Agreement agreement;
  for (const auto& [name, bytes] : expected.results()) {
    const auto other = actual.results().find(name);
    if (other == actual.results().end())
      continue; // confined: given other cells, and not needed
    agreement = combine(agreement, compareArrays(elements.at(name), bytes, other->second));
  }
  return agreement;
}

bool holdsNaN(const std::map<std::string, ElementType>& elements, const Entrant& entrant) {
  return std::ranges::any_of(entrant.results(), [&](const auto& result) {
    return !compareArrays(elements.at(result.first), result.second, result.second).isIdentical;
  });
}

std::string unknownName(const Setting& setting, const Kernel& kernel) {
  for (const KernelParameter& parameter : kernel.parameters)
    if (!setting.parameters.contains(parameter.name))
      return "the original has no parameter " + parameter.name;
  for (const KernelScalar& scalar : kernel.scalars)
    if (!setting.scalars.contains(scalar.name))
      return "the original has no scalar " + scalar.name;
  return "";
}

std::string incompatibility(const std::vector<ArrayShape>& original, const std::vector<ArrayShape>& variant) {
  const auto describe = [](const ArrayShape& shape) { return std::tie(shape.element, shape.extents); };
  for (const ArrayShape& shape : original) {
    if (shape.isLocal || shape.isConfined)
      continue;
    const auto other = std::ranges::find(variant, shape.name, &ArrayShape::name);
    if (other == variant.end() || other->isLocal)
      return "its results lack the array " + shape.name;
    if (describe(shape) != describe(*other))
      return "its array " + shape.name + " has another shape than the original's";
  }
  return "";
}

} // namespace polyloom
