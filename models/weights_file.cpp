#include "models/weights_file.h"

#include "models/weights_header.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace polyloom {

namespace {

namespace fs = std::filesystem;

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

constexpr std::size_t kLengthBytes = 8;

std::unexpected<Diagnostic> bad(const std::string& name, const std::string& what) {
  return failure("bad-weights", fmt::format("{} is no file of weights: {}", name, what), {.file = name});
}

Result<NamedTensor> tensorOf(const TensorEntry& entry, std::string_view data, const std::string& name) {
  NamedTensor tensor{.name = entry.name, .shape = entry.shape};
  tensor.values.resize((entry.end - entry.begin) / sizeof(float));
  std::memcpy(tensor.values.data(), data.data() + entry.begin, entry.end - entry.begin);
  if (!std::ranges::all_of(tensor.values, [](float value) { return std::isfinite(value); }))
    return bad(name, fmt::format("{} holds a number that is not finite", entry.name));
  return tensor;
}

/// Writes all bytes and forces them to the disk.
bool writeDurably(const std::string& path, const std::string& bytes) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0)
    return false;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t written = ::write(descriptor, bytes.data() + at, bytes.size() - at);
    if (written <= 0)
      break;
    at += static_cast<std::size_t>(written);
  }
  const bool isSafe = at == bytes.size() && ::fsync(descriptor) == 0;
  return ::close(descriptor) == 0 && isSafe;
}

} // namespace

const NamedTensor* WeightsFile::find(const std::string& name) const {
  const auto found = std::ranges::find(tensors, name, &NamedTensor::name);
  return found == tensors.end() ? nullptr : &*found;
}

Result<WeightsFile> parseWeights(const std::string& bytes, const std::string& name, const WeightsLimits& limits) {
  if (bytes.size() > limits.fileBytes)
    return bad(name, fmt::format("it is longer than {} bytes", limits.fileBytes));
  if (bytes.size() < kLengthBytes)
    return bad(name, "it is shorter than its first field");
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), kLengthBytes);
  if (length > limits.headerBytes || length > bytes.size() - kLengthBytes)
    return bad(name, fmt::format("its header claims {} bytes", length));
  const std::string_view data = std::string_view(bytes).substr(kLengthBytes + static_cast<std::size_t>(length));
  const Result<WeightsHeader> header = parseHeader(bytes.substr(kLengthBytes, static_cast<std::size_t>(length)), data.size());
  if (!header)
    return bad(name, header.error().message);
  WeightsFile weights{.metadata = header->metadata};
  for (const TensorEntry& entry : header->tensors) {
    Result<NamedTensor> tensor = tensorOf(entry, data, name);
    if (!tensor)
      return std::unexpected(tensor.error());
    weights.tensors.push_back(std::move(*tensor));
  }
  return weights;
}

Result<WeightsFile> readWeights(const std::string& path, const WeightsLimits& limits) {
  std::error_code error;
  const std::uintmax_t size = fs::is_regular_file(path, error) ? fs::file_size(path, error) : 0;
  std::ifstream stream(path, std::ios::binary);
  if (error || !stream || !fs::is_regular_file(path, error))
    return failure("no-file", fmt::format("{} cannot be read", path), {.file = path});
  if (size > limits.fileBytes)
    return bad(path, fmt::format("it is longer than {} bytes", limits.fileBytes));
  std::string bytes(static_cast<std::size_t>(size), '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(size));
  if (static_cast<std::uintmax_t>(stream.gcount()) != size)
    return failure("no-file", fmt::format("{} cannot be read", path), {.file = path});
  return parseWeights(bytes, path, limits);
}

std::string weightsBytes(const WeightsFile& weights) {
  std::string header = headerText(weights);
  header.append((kLengthBytes - header.size() % kLengthBytes) % kLengthBytes, ' '); // numbers begin aligned
  const std::uint64_t length = header.size();
  std::string bytes(kLengthBytes, '\0');
  std::memcpy(bytes.data(), &length, kLengthBytes);
  bytes += header;
  for (const NamedTensor& tensor : weights.tensors)
    bytes.append(reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(float));
  return bytes;
}

Result<void> writeWeights(const std::string& path, const WeightsFile& weights) {
  const std::string draft = fmt::format("{}.{}", path, getpid());
  std::error_code error;
  if (writeDurably(draft, weightsBytes(weights)))
    fs::rename(draft, path, error);
  else
    error = std::make_error_code(std::errc::io_error);
  if (!error)
    return {};
  std::error_code ignored;
  fs::remove(draft, ignored);
  return failure("no-file", fmt::format("{} cannot be written: {}", path, error.message()), {.file = path});
}

} // namespace polyloom
