#include "core/codegen/c_parts.h"

#include "core/codegen/c_expr.h"
#include "core/codegen/c_sharing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace polyloom {

namespace {

bool hasJammed(const LoopNode& node) {
  return (node.kind == LoopNode::Kind::For && node.attributes.unroll == kUnrollFull) ||
         std::ranges::any_of(node.children, hasJammed);
}

/// The arrays that the body has from outside. A block's own are left out.
void collectArrays(const Kernel& kernel, const LoopNode& node, std::set<int> own, std::set<int>& arrays) {
  own.insert(node.privateArrays.begin(), node.privateArrays.end());
  if (node.kind == LoopNode::Kind::Call)
    for (const int array : kernel.statements[static_cast<std::size_t>(node.call.statement)].arrays)
      if (!own.contains(array))
        arrays.insert(array);
  for (const LoopNode& child : node.children)
    collectArrays(kernel, child, own, arrays);
}

std::string argumentText(const KernelArray& array) {
  std::string text = fmt::format("{} {}[restrict {}]", cName(array.element), array.name, toC(array.extents.front()));
  for (std::size_t d = 1; d < array.extents.size(); ++d)
    text += fmt::format("[{}]", toC(array.extents[d]));
  return text;
}

} // namespace

std::optional<PartText> partText(const Kernel& kernel, const LoopNode& loop, const std::set<std::string>& around,
                                 const std::set<std::string>& pointers, const std::string& name) {
  const LoopNode& body = loop.children.front();
  std::set<int> arrays;
  collectArrays(kernel, body, {}, arrays);
  const auto isPointer = [&](int number) {
    const KernelArray& array = kernel.arrays[static_cast<std::size_t>(number)];
    return isFloating(array.element) && !array.extents.empty() && (array.isGenerated || pointers.contains(array.name));
  };
  if (arrays.size() < 2 || !hasJammed(body) || !std::ranges::all_of(arrays, isPointer))
    return std::nullopt;
  const std::set<std::string> used = namesIn(kernel, body);
  std::vector<std::string> types, names;
  const auto add = [&](std::string type, const std::string& argument) {
    types.push_back(std::move(type));
    names.push_back(argument);
  };
  for (const KernelParameter& parameter : kernel.parameters)
    if (used.contains(parameter.name))
      add("long " + parameter.name, parameter.name);
  for (const std::string& variable : around)
    if (used.contains(variable))
      add("long " + variable, variable);
  for (const KernelScalar& scalar : kernel.scalars)
    if (used.contains(scalar.name))
      add(fmt::format("{} {}", cName(scalar.type), scalar.name), scalar.name);
  for (const int number : arrays)
    add(argumentText(kernel.arrays[static_cast<std::size_t>(number)]), kernel.arrays[static_cast<std::size_t>(number)].name);
  return PartText{.signature = fmt::format("static void {}({})", name, fmt::join(types, ", ")),
                  .call = fmt::format("{}({});", name, fmt::join(names, ", "))};
}

} // namespace polyloom
