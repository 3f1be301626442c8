#include "models/data/input_json.h"

#include "models/data/base64.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace polyloom {

namespace {

using nlohmann::json;

constexpr std::size_t kMostTokens = 4096;
constexpr std::int64_t kMostNumbers = 8192; ///< with zeros left out

std::unexpected<Diagnostic> bad(const std::string& what) { return failure("bad-features", what); }

const json& at(const json& object, const char* key) {
  static const json kNothing;
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found == object.end() ? kNothing : *found;
}

/// Reads whole numbers from `least` to `most`.
bool readIndexes(const json& value, std::int64_t least, std::int64_t most, std::vector<std::int32_t>& indexes) {
  if (!value.is_array())
    return false;
  for (const json& number : value) {
    if (!number.is_number_integer() || number < least || number > most)
      return false;
    indexes.push_back(number.get<std::int32_t>());
  }
  return true;
}

bool readFloats(const json& value, std::vector<float>& floats);

/// Reads the numbers between zeros.
bool readSparse(const json& value, std::vector<float>& floats) {
  const json& values = at(value, "values");
  std::vector<std::int32_t> count, skips;
  std::vector<float> others;
  if (values.is_object() || !readFloats(values, others) || !readIndexes(json::array({at(value, "of")}), 0, kMostNumbers, count) ||
      !readIndexes(at(value, "skips"), 0, kMostNumbers, skips) || skips.size() != others.size())
    return false;
  floats.assign(static_cast<std::size_t>(count.front()), 0.0F);
  std::size_t next = 0;
  for (std::size_t v = 0; v < others.size(); ++v) {
    next += static_cast<std::size_t>(skips[v]);
    if (next >= floats.size())
      return false;
    floats[next++] = others[v];
  }
  return true;
}

/// Reads a list of numbers, or their text.
bool readFloats(const json& value, std::vector<float>& floats) {
  if (value.is_object())
    return readSparse(value, floats);
  if (value.is_string()) {
    std::optional<std::vector<float>> read = floatsFromBase64(value.get_ref<const std::string&>());
    floats = std::move(read).value_or(std::vector<float>());
    return read.has_value() && std::ranges::all_of(floats, [](float f) { return std::isfinite(f); });
  }
  if (!value.is_array())
    return false;
  floats.reserve(value.size());
  for (const json& number : value) {
    if (!number.is_number())
      return false;
    floats.push_back(number.get<float>());
  }
  return std::ranges::all_of(floats, [](float f) { return std::isfinite(f); });
}

int indexOf(const json& value, int count) {
  return value.is_number_integer() && value >= -1 && value < count ? value.get<int>() : std::numeric_limits<int>::min();
}

template <std::size_t length> bool readRows(const json& value, std::vector<std::array<float, length>>& rows) {
  std::vector<float> flat;
  if (!readFloats(value, flat) || flat.size() % length != 0 || flat.size() / length > kMostTokens)
    return false;
  rows.resize(flat.size() / length);
  for (std::size_t i = 0; i < flat.size(); ++i)
    rows[i / length][i % length] = flat[i];
  return true;
}

json sparse(const std::vector<float>& floats) {
  json skips = json::array();
  std::vector<float> values;
  std::size_t next = 0;
  for (std::size_t f = 0; f < floats.size(); ++f)
    if (floats[f] != 0) {
      skips.push_back(f - next);
      values.push_back(floats[f]);
      next = f + 1;
    }
  return {{"of", floats.size()}, {"skips", std::move(skips)}, {"values", base64Of(values)}};
}

template <std::size_t length> json sparse(const std::vector<std::array<float, length>>& rows) {
  std::vector<float> flat;
  for (const std::array<float, length>& row : rows)
    flat.insert(flat.end(), row.begin(), row.end());
  return sparse(flat);
}

} // namespace

json toJson(const FlatTree& tree) {
  json rows = json::object();
  for (const FeatureKind kind : kAllFeatureKinds)
    rows[nameOf(kind)] = base64Of(tree.rows[static_cast<std::size_t>(kind)]);
  return {{"rows", std::move(rows)}, {"loop_parents", tree.loopParents}, {"path_lengths", tree.pathLengths},
          {"path_loops", tree.pathLoops}, {"access_counts", tree.accessCounts}};
}

Result<FlatTree> treeFrom(const json& object, const FeatureTable& table) {
  FlatTree tree;
  for (const FeatureKind kind : kAllFeatureKinds)
    if (!readFloats(at(at(object, "rows"), nameOf(kind).c_str()), tree.rows[static_cast<std::size_t>(kind)]))
      return bad(fmt::format("the {} rows are no finite numbers", nameOf(kind)));
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  if (!readIndexes(at(object, "loop_parents"), -1, kMost, tree.loopParents) ||
      !readIndexes(at(object, "path_lengths"), 0, kMost, tree.pathLengths) ||
      !readIndexes(at(object, "path_loops"), 0, kMost, tree.pathLoops) ||
      !readIndexes(at(object, "access_counts"), 0, kMost, tree.accessCounts))
    return bad("the features do not say which rows belong together");
  if (const Result<void> checked = checkTree(tree, table); !checked)
    return std::unexpected(checked.error());
  return tree;
}

json toJson(const LooperFeatures& features) {
  json computations = json::array(), loops = json::array();
  for (const LooperFeatures::Computation& c : features.computations)
    computations.push_back({{"loop", c.loop}, {"vector", sparse(c.vector)}, {"tokens", sparse(c.tokens)}, {"tags", sparse(c.tags)}});
  for (const LooperFeatures::Loop& loop : features.loops)
    loops.push_back({{"parent", loop.parent}, {"vector", sparse(loop.vector)}});
  return {{"computations", std::move(computations)}, {"loops", std::move(loops)}};
}

Result<LooperFeatures> looperFrom(const json& object) {
  LooperFeatures features;
  const json& loops = at(object, "loops");
  const json& computations = at(object, "computations");
  if (!loops.is_array() || !computations.is_array() || computations.size() > kMostStatements)
    return bad("the vectors have no list of loops, or none of computations, or too many");
  for (const json& value : loops) {
    LooperFeatures::Loop& loop = features.loops.emplace_back();
    loop.parent = indexOf(at(value, "parent"), static_cast<int>(features.loops.size()) - 1);
    if (loop.parent < -1 || !readFloats(at(value, "vector"), loop.vector))
      return bad("a loop has no parent before it, or no vector");
  }
  for (const json& value : computations) {
    LooperFeatures::Computation& computation = features.computations.emplace_back();
    computation.loop = indexOf(at(value, "loop"), static_cast<int>(features.loops.size()));
    if (computation.loop < -1 || !readFloats(at(value, "vector"), computation.vector) ||
        !readRows(at(value, "tokens"), computation.tokens) || !readRows(at(value, "tags"), computation.tags))
      return bad("a computation has no loop, vector, tokens or tags");
  }
  return features;
}

json toJson(const ModelInput& input) {
  json object = json::object();
  if (!input.tree.empty())
    object["tree"] = toJson(input.tree);
  if (!input.looper.computations.empty())
    object["looper"] = toJson(input.looper);
  return object;
}

Result<ModelInput> inputFrom(const json& object, const FeatureTable& table, InputKinds wanted) {
  ModelInput input;
  const bool hasTree = wanted.tree && object.is_object() && object.contains("tree");
  const bool hasLooper = wanted.looper && object.is_object() && object.contains("looper");
  if (!hasTree && !hasLooper)
    return bad(!wanted.tree     ? "a schedule's features have no vectors of LOOPer's; `polyloom-cli dataset --looper` writes them"
               : !wanted.looper ? "a schedule's features have no tree"
                                : "a schedule's features have neither a tree nor LOOPer's vectors");
  if (hasTree) {
    Result<FlatTree> tree = treeFrom(object["tree"], table);
    if (!tree)
      return std::unexpected(tree.error());
    input.tree = std::move(*tree);
  }
  if (hasLooper) {
    Result<LooperFeatures> looper = looperFrom(object["looper"]);
    if (!looper)
      return std::unexpected(looper.error());
    input.looper = std::move(*looper);
  }
  return input;
}

} // namespace polyloom
