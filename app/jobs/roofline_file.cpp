#include "app/jobs/roofline_file.h"

#include "jit/store/data_folder.h"
#include "jit/store/machine.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace polyloom {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json readFile() {
  const Result<std::string> path = rooflinePath();
  std::ifstream stream(path.value_or(""));
  json file = json::parse(stream, nullptr, false);
  return file.is_object() && file["machines"].is_array() ? file : json{{"machines", json::array()}};
}

json keyOf(int threads) {
  return {{"processor", thisMachine().cpu}, {"threads", threads}, {"polyloom", POLYLOOM_VERSION}};
}

bool hasKey(const json& entry, const json& key) {
  return entry.is_object() && entry.value("processor", json()) == key["processor"] &&
         entry.value("threads", json()) == key["threads"] && entry.value("polyloom", json()) == key["polyloom"];
}

} // namespace

Result<std::string> rooflinePath() {
  const Result<fs::path> folder = dataFolder();
  if (!folder)
    return std::unexpected(folder.error());
  return (*folder / "roofline.json").string();
}

std::optional<Roofline> knownRoofline(int threads) {
  for (const Roofline& roofline : knownRooflines())
    if (roofline.threads == threads)
      return roofline;
  return std::nullopt;
}

std::vector<Roofline> knownRooflines() {
  std::vector<Roofline> known;
  const json file = readFile();
  for (const json& entry : file["machines"]) {
    const auto number = [&](const char* key) {
      return entry.contains(key) && entry[key].is_number() ? entry[key].get<double>() : 0;
    };
    if (!entry.is_object() || !hasKey(entry, keyOf(static_cast<int>(number("threads")))))
      continue;
    const Roofline roofline{static_cast<int>(number("threads")), number("peak_flops"), number("read_bytes_per_s"),
                            number("triad_bytes_per_s")};
    if (roofline.peak > 0 && roofline.readBandwidth > 0 && roofline.triadBandwidth > 0)
      known.push_back(roofline);
  }
  return known;
}

Result<void> rememberRoofline(const Roofline& roofline) {
  const Result<std::string> path = rooflinePath();
  if (!path)
    return std::unexpected(path.error());
  json entry = keyOf(roofline.threads);
  json file = readFile();
  json& machines = file["machines"];
  std::erase_if(machines.get_ref<json::array_t&>(), [&](const json& other) { return hasKey(other, entry); });
  entry.update({{"peak_flops", roofline.peak},
                {"read_bytes_per_s", roofline.readBandwidth},
                {"triad_bytes_per_s", roofline.triadBandwidth}});
  machines.push_back(std::move(entry));
  std::error_code error;
  fs::create_directories(fs::path(*path).parent_path(), error);
  const std::string draft = fmt::format("{}.{}", *path, getpid());
  {
    std::ofstream stream(draft);
    stream << file.dump(2) << "\n";
    if (!stream.flush())
      error = std::make_error_code(std::errc::io_error);
  }
  if (!error)
    fs::rename(draft, *path, error);
  if (!error)
    return {};
  std::error_code ignored;
  fs::remove(draft, ignored);
  return failure("no-file", fmt::format("{} cannot be written: {}", *path, error.message()), {.file = *path});
}

} // namespace polyloom
