#include "models/weights_header.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace polyloom {

namespace {

using nlohmann::json;

constexpr const char* kMetadata = "__metadata__";
constexpr std::size_t kMostTensors = 100000, kMostDimensions = 8, kDeepest = 4;

std::unexpected<Diagnostic> bad(const std::string& what) { return failure("bad-weights", what); }

/// Follows the parser: stops it at what is nested too deeply, and finds keys that stand twice in one object (the library
/// would keep the last of them in silence).
class Watch : public nlohmann::json_sax<json> {
public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override {
    keys_.emplace_back();
    return keys_.size() <= kDeepest;
  }
  bool key(string_t& name) override { return keys_.back().insert(name).second; }
  bool end_object() override { return pop(); }
  bool start_array(std::size_t) override {
    keys_.emplace_back();
    return keys_.size() <= kDeepest;
  }
  bool end_array() override { return pop(); }
  bool parse_error(std::size_t, const std::string&, const json::exception&) override { return false; }

private:
  bool pop() {
    keys_.pop_back();
    return true;
  }
  std::vector<std::set<std::string>> keys_;
};

/// Reads a count that is at most `most`; JSON's numbers can be anything.
bool readCount(const json& value, std::uint64_t most, std::uint64_t& count) {
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most)
    return false;
  count = value.get<std::uint64_t>();
  return true;
}

Result<TensorEntry> entryOf(const std::string& name, const json& value, std::size_t dataBytes) {
  TensorEntry entry{.name = name};
  if (!value.is_object() || value.size() != 3 || !value.contains("dtype") || !value.contains("shape") ||
      !value.contains("data_offsets"))
    return bad(fmt::format("{} has not a dtype, a shape and data_offsets", name));
  if (value["dtype"] != "F32")
    return bad(fmt::format("{} is not of 32-bit floating-point numbers", name));
  const json& shape = value["shape"];
  const json& offsets = value["data_offsets"];
  std::uint64_t begin = 0, end = 0;
  if (!offsets.is_array() || offsets.size() != 2 || !readCount(offsets[0], dataBytes, begin) ||
      !readCount(offsets[1], dataBytes, end) || begin > end)
    return bad(fmt::format("{} lies outside of the file", name));
  if (!shape.is_array() || shape.size() > kMostDimensions)
    return bad(fmt::format("{} has no shape", name));
  std::uint64_t count = 1; // stays below 2^61: a dimension is at most what is left of the file
  for (const json& extent : shape) {
    std::uint64_t size = 0;
    if (!readCount(extent, dataBytes, size) || (size != 0 && count > dataBytes / size))
      return bad(fmt::format("{} is larger than the file", name));
    count *= size;
    entry.shape.push_back(static_cast<std::int64_t>(size));
  }
  if (count * sizeof(float) != end - begin)
    return bad(fmt::format("{} has a shape that does not fit its bytes", name));
  entry.begin = static_cast<std::size_t>(begin);
  entry.end = static_cast<std::size_t>(end);
  return entry;
}

Result<void> readMetadata(const json& value, WeightsHeader& header) {
  if (!value.is_object())
    return bad("its metadata is no object");
  for (const auto& [word, text] : value.items()) {
    if (!text.is_string())
      return bad("its metadata holds something else than text");
    header.metadata[word] = text.get<std::string>();
  }
  return {};
}

Result<void> checkCover(const std::vector<TensorEntry>& tensors, std::size_t dataBytes) {
  std::size_t at = 0;
  for (const TensorEntry& entry : tensors) {
    if (entry.begin != at)
      return bad(fmt::format("{} overlaps with another tensor or leaves a gap", entry.name));
    at = entry.end;
  }
  return at == dataBytes ? Result<void>() : bad("it is longer than its tensors");
}

} // namespace

Result<WeightsHeader> parseHeader(const std::string& text, std::size_t dataBytes) {
  Watch watch;
  if (!json::sax_parse(text, &watch))
    return bad("its header is no plain JSON object");
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object() || object.size() > kMostTensors)
    return bad("its header is no plain JSON object");
  WeightsHeader header;
  for (const auto& [name, value] : object.items()) {
    if (name == kMetadata) {
      if (const Result<void> read = readMetadata(value, header); !read)
        return std::unexpected(read.error());
      continue;
    }
    Result<TensorEntry> entry = entryOf(name, value, dataBytes);
    if (!entry)
      return std::unexpected(entry.error());
    header.tensors.push_back(std::move(*entry));
  }
  std::ranges::stable_sort(header.tensors, {}, [](const TensorEntry& e) { return std::pair(e.begin, e.end); });
  if (const Result<void> covered = checkCover(header.tensors, dataBytes); !covered)
    return std::unexpected(covered.error());
  return header;
}

std::string headerText(const WeightsFile& weights) {
  json header = json::object();
  if (!weights.metadata.empty())
    header[kMetadata] = weights.metadata;
  std::size_t at = 0;
  for (const NamedTensor& tensor : weights.tensors) {
    const std::size_t end = at + tensor.values.size() * sizeof(float);
    header[tensor.name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {at, end}}};
    at = end;
  }
  return header.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace polyloom
