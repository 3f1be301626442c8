#include "models/networks/cost_model.h"

#include "models/networks/network.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>

namespace polyloom {

namespace {

using nlohmann::json;

constexpr const char* kFormat = "polyloom-cost-model-1";
constexpr const char* kFact = "fact.";

std::string wordAt(const WeightsFile& file, const char* word) {
  const auto found = file.metadata.find(word);
  return found == file.metadata.end() ? std::string() : found->second;
}

double numberAt(const WeightsFile& file, const char* word) {
  const std::string text = wordAt(file, word);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

/// Of what the network reads.
std::string schemaOf(const NetworkSpec& spec, const FeatureTable& table) {
  return spec.kind == NetworkKind::Looper ? looperSchema() : table.schema();
}

std::string prefixOf(std::size_t member) { return fmt::format("member{}.", member); }

Result<CostModel::Members> membersFrom(const WeightsFile& file, const NetworkSpec& spec, const FeatureTable& table,
                                       std::size_t count) {
  CostModel::Members members;
  std::size_t tensors = 0;
  for (std::size_t m = 0; m < count; ++m) {
    Result<std::unique_ptr<CostNetwork>> network = makeNetwork(spec, table, 0);
    if (!network)
      return std::unexpected(network.error());
    if (const Result<void> taken = (*network)->parameters().take(file, prefixOf(m)); !taken)
      return std::unexpected(taken.error());
    tensors += (*network)->parameters().all().size();
    members.push_back(std::move(*network));
  }
  if (tensors != file.tensors.size())
    return failure("bad-weights", "the file holds tensors that no network wants");
  return members;
}

} // namespace

Result<void> CostModel::save(const std::string& path) const {
  WeightsFile file;
  file.metadata = {{"format", kFormat}, {"schema", schemaOf(spec_, table_)}, {"network", toJson(spec_).dump()},
                   {"members", fmt::format("{}", members_.size())}, {"calibration", fmt::format("{}", calibration_)}};
  for (const auto& [word, text] : facts_)
    file.metadata[kFact + word] = text;
  for (std::size_t m = 0; m < members_.size(); ++m)
    for (NamedTensor& tensor : members_[m]->parameters().values(prefixOf(m)))
      file.tensors.push_back(std::move(tensor));
  return writeWeights(path, file);
}

Result<CostModel> CostModel::load(const std::string& path, const FeatureTable& table) {
  const Result<WeightsFile> file = readWeights(path);
  if (!file)
    return std::unexpected(file.error());
  if (wordAt(*file, "format") != kFormat)
    return failure("bad-weights", fmt::format("{} does not hold a cost model of this version", path), {.file = path});
  Result<NetworkSpec> spec = specFrom(json::parse(wordAt(*file, "network"), nullptr, false));
  if (!spec)
    return std::unexpected(spec.error());
  if (wordAt(*file, "schema") != schemaOf(*spec, table))
    return failure("other-schema", fmt::format("{} was trained on other features than this program makes", path),
                   {.file = path}, {"train it anew"});
  const double count = numberAt(*file, "members"), calibration = numberAt(*file, "calibration");
  if (!(count >= 1 && count <= static_cast<double>(kMostMembers)) || !(calibration > 0) || !std::isfinite(calibration))
    return failure("bad-weights", fmt::format("{} does not say how many networks it holds, or how they were calibrated", path),
                   {.file = path});
  Result<Members> members = membersFrom(*file, *spec, table, static_cast<std::size_t>(count));
  if (!members)
    return std::unexpected(members.error());
  CostModel model(std::move(*spec), table, std::move(*members));
  model.calibration_ = calibration;
  for (const auto& [word, text] : file->metadata)
    if (word.starts_with(kFact))
      model.facts_[word.substr(std::char_traits<char>::length(kFact))] = text;
  return model;
}

} // namespace polyloom
