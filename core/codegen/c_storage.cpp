#include "core/codegen/c_storage.h"

#include "core/codegen/c_expr.h"

#include <fmt/format.h>

#include <algorithm>

namespace polyloom {

namespace {

constexpr std::int64_t kMostStackBytes = 64 * 1024;

bool isSmall(const KernelArray& array) {
  std::int64_t bytes = sizeOf(array.element);
  for (const IndexExpr& extent : array.extents) {
    if (extent.op != IndexExpr::Op::Constant || extent.value > kMostStackBytes)
      return false;
    bytes *= std::max<std::int64_t>(extent.value, 1);
  }
  return bytes <= kMostStackBytes;
}

std::string brackets(const KernelArray& array, std::size_t from) {
  std::string text;
  for (std::size_t d = from; d < array.extents.size(); ++d)
    text += fmt::format("[{}]", toC(array.extents[d]));
  return text;
}

void collectShared(const Kernel& kernel, const LoopNode& node, std::set<int> own, std::set<int>& shared) {
  own.insert(node.privateArrays.begin(), node.privateArrays.end());
  if (node.kind == LoopNode::Kind::Call)
    for (const int array : kernel.statements[static_cast<std::size_t>(node.call.statement)].arrays)
      if (!own.contains(array))
        shared.insert(array);
  for (const LoopNode& child : node.children)
    collectShared(kernel, child, own, shared);
}

} // namespace

ArrayText storageText(const KernelArray& array) {
  const std::string element{cName(array.element)};
  const std::string plain = fmt::format("{} {}{};", element, array.name, brackets(array, 0));
  if (!array.isGenerated)
    return {plain};
  if (isSmall(array))
    return {"_Alignas(64) " + plain};
  const std::string rows = brackets(array, 1);
  const std::string target = rows.empty() ? fmt::format("{}* {}", element, array.name)
                                          : fmt::format("{} (*{}){}", element, array.name, rows);
  std::string bytes = fmt::format("sizeof({})", element);
  for (const IndexExpr& extent : array.extents)
    bytes += fmt::format(" * ({})", toC(extent));
  return {fmt::format("{} = aligned_alloc(64, ({} + 63) / 64 * 64);", target, bytes),
          fmt::format("free({});", array.name)};
}

RegionStorage regionStorage(const Kernel& kernel, bool localsAreArguments) {
  RegionStorage storage;
  const std::set<int> shared = sharedArrays(kernel);
  for (std::size_t a = 0; a < kernel.arrays.size(); ++a) {
    const KernelArray& array = kernel.arrays[a];
    storage.hasGenerated = storage.hasGenerated || array.isGenerated;
    const bool isDeclared =
        array.isGenerated ? shared.contains(static_cast<int>(a)) : array.isLocal && !localsAreArguments;
    if (!isDeclared)
      continue;
    const ArrayText text = storageText(array);
    storage.declarations.push_back(text.declaration);
    if (!text.release.empty())
      storage.releases.push_back(text.release);
  }
  return storage;
}

std::set<int> sharedArrays(const Kernel& kernel) {
  std::set<int> shared;
  collectShared(kernel, kernel.body, {}, shared);
  return shared;
}

} // namespace polyloom
