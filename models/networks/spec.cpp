#include "models/networks/spec.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace polyloom {

namespace {

using nlohmann::json;

constexpr std::int64_t kWidest = 1024, kLongest = 8192, kMostLayers = 8;

bool isWidth(std::int64_t value) { return value > 0 && value <= kWidest; }
bool isLength(std::int64_t value) { return value > 0 && value <= kLongest; }
bool isLayers(std::int64_t value) { return value > 0 && value <= kMostLayers; }

/// A whole number at this key, or -1.
std::int64_t wholeAt(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer())
    return -1;
  if (*found < 0 || *found > kLongest)
    return -1;
  return found->get<std::int64_t>();
}

} // namespace

InputKinds inputsOf(NetworkKind kind) {
  return {.tree = kind == NetworkKind::LoopTree, .looper = kind == NetworkKind::Looper};
}

json toJson(const NetworkSpec& spec) {
  if (spec.kind == NetworkKind::LoopTree)
    return {{"kind", "loop-tree"}, {"width", spec.width}, {"heads", spec.heads}, {"path_layers", spec.pathLayers},
            {"tree_layers", spec.treeLayers}, {"dropout", spec.dropout}};
  return {{"kind", "looper"}, {"computation", spec.computation}, {"loop", spec.loop}, {"sequence", spec.sequence},
          {"layers", spec.layers}, {"dropout", spec.dropout}};
}

Result<void> checkSpec(const NetworkSpec& spec) {
  const bool isLoopTree = isWidth(spec.width) && isWidth(spec.heads) && spec.width % spec.heads == 0 &&
                          isLayers(spec.pathLayers) && isLayers(spec.treeLayers);
  const bool isLooper = isLength(spec.computation) && isLength(spec.loop) && isWidth(spec.sequence) &&
                        spec.layers.size() >= 2 && spec.layers.size() <= kMostLayers &&
                        std::ranges::all_of(spec.layers, isWidth);
  const bool isFine = spec.kind == NetworkKind::LoopTree ? isLoopTree : isLooper;
  if (!isFine || !(spec.dropout >= 0 && spec.dropout < 1))
    return failure("bad-network", fmt::format("a network cannot have these sizes: {}", toJson(spec).dump()));
  return {};
}

Result<NetworkSpec> specFrom(const json& object) {
  if (!object.is_object() || !object.contains("kind") || !object["kind"].is_string() || !object.contains("dropout") ||
      !object["dropout"].is_number())
    return failure("bad-weights", "the weights do not say which network they belong to");
  const std::string kind = object["kind"].get<std::string>();
  NetworkSpec spec{.kind = kind == "looper" ? NetworkKind::Looper : NetworkKind::LoopTree,
                   .width = wholeAt(object, "width"), .heads = wholeAt(object, "heads"),
                   .pathLayers = wholeAt(object, "path_layers"), .treeLayers = wholeAt(object, "tree_layers"),
                   .dropout = object["dropout"].get<double>(), .computation = wholeAt(object, "computation"),
                   .loop = wholeAt(object, "loop"), .sequence = wholeAt(object, "sequence"), .layers = {}};
  if (const auto layers = object.find("layers"); layers != object.end() && layers->is_array() &&
                                                 layers->size() <= static_cast<std::size_t>(kMostLayers))
    for (const json& width : *layers)
      spec.layers.push_back(width.is_number_integer() && width >= 0 && width <= kWidest ? width.get<std::int64_t>() : -1);
  if (kind != "looper" && kind != "loop-tree")
    return failure("bad-weights", fmt::format("the weights belong to an unknown network, {}", kind));
  if (const Result<void> checked = checkSpec(spec); !checked)
    return failure("bad-weights", checked.error().message);
  return spec;
}

} // namespace polyloom
