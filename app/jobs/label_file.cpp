#include "app/jobs/label_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

namespace polyloom {

namespace {

using nlohmann::json;

constexpr int kProgramsPerSync = 5;

Result<void> writeLine(int descriptor, const std::string& path, const json& object) {
  const std::string line = object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  std::size_t at = 0;
  while (at < line.size()) {
    const ssize_t written = ::write(descriptor, line.data() + at, line.size() - at);
    if (written <= 0)
      return failure("no-file", fmt::format("{} cannot be written", path), {.file = path});
    at += static_cast<std::size_t>(written);
  }
  return {};
}

/// The whole lines of a file as objects; what follows the last end of a line is not looked at.
std::vector<json> wholeLines(const std::string& text) {
  std::vector<json> lines;
  for (std::size_t at = 0, end = text.find('\n'); end != std::string::npos; at = end + 1, end = text.find('\n', at))
    lines.push_back(json::parse(text.begin() + static_cast<std::ptrdiff_t>(at),
                                text.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false));
  return lines;
}

} // namespace

LabelFile::LabelFile(LabelFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)),
      sources_(std::move(other.sources_)), programs_(std::move(other.programs_)), labels_(other.labels_),
      nearOne_(other.nearOne_), unsynced_(other.unsynced_) {}

LabelFile::~LabelFile() {
  if (descriptor_ >= 0) {
    ::fsync(descriptor_);
    ::close(descriptor_);
  }
}

Result<LabelFile> LabelFile::open(const std::string& path, const json& machine) {
  std::string text;
  if (std::ifstream stream(path, std::ios::binary); stream)
    text.assign(std::istreambuf_iterator<char>(stream), {});
  const std::vector<json> lines = wholeLines(text);
  if (!lines.empty() && lines.front() != machine)
    return failure("other-labels", fmt::format("{} holds labels of another version, machine or options, or something else",
                                               path), {.file = path}, {"choose another file"});
  if (lines.empty() && text.find_first_not_of('{') == 0)
    return failure("other-labels", fmt::format("{} is no file of labels", path), {.file = path});
  LabelFile file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644), path);
  const std::size_t whole = text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1;
  if (file.descriptor_ < 0 || (whole < text.size() && ::ftruncate(file.descriptor_, static_cast<off_t>(whole)) != 0))
    return failure("no-file", fmt::format("{} cannot be written", path), {.file = path});
  if (lines.empty())
    if (const Result<void> written = writeLine(file.descriptor_, path, machine); !written)
      return std::unexpected(written.error());
  for (std::size_t l = 1; l < lines.size(); ++l)
    if (lines[l].is_object())
      file.count(lines[l]);
  return file;
}

void LabelFile::count(const json& program) {
  sources_.insert(program.value("source", ""));
  programs_.insert(program.value("canonical", ""));
  for (const json& schedule : program.value("schedules", json::array())) {
    ++labels_;
    nearOne_ += isNearOne(schedule.value("speedup", 0.0)) ? 1 : 0;
  }
}

Result<void> LabelFile::append(const json& program) {
  const Result<void> written = writeLine(descriptor_, path_, program);
  if (!written)
    return written;
  count(program);
  if (++unsynced_ >= kProgramsPerSync) {
    ::fdatasync(descriptor_);
    unsynced_ = 0;
  }
  return {};
}

} // namespace polyloom
