#include "app/jobs/roofline_file.h"

#include "jit/processor.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace polyloom {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Of the environment; relative folders are not meant, where the variable's standard says so.
std::string variable(const char* name, bool isAbsolute) {
  const char* value = std::getenv(name);
  return value == nullptr || (isAbsolute && *value != '/') ? "" : value;
}

json readFile() {
  const Result<std::string> path = rooflinePath();
  std::ifstream stream(path.value_or(""));
  json file = json::parse(stream, nullptr, false);
  return file.is_object() && file["machines"].is_array() ? file : json{{"machines", json::array()}};
}

json keyOf(int threads) {
  return {{"processor", processorModel()}, {"threads", threads}, {"polyloom", POLYLOOM_VERSION}};
}

bool hasKey(const json& entry, const json& key) {
  return entry.is_object() && entry.value("processor", json()) == key["processor"] &&
         entry.value("threads", json()) == key["threads"] && entry.value("polyloom", json()) == key["polyloom"];
}

} // namespace

Result<std::string> rooflinePath() {
  if (const std::string folder = variable("POLYLOOM_DATA", false); !folder.empty())
    return folder + "/roofline.json";
  if (const std::string folder = variable("XDG_DATA_HOME", true); !folder.empty())
    return folder + "/polyloom/roofline.json";
  if (const std::string home = variable("HOME", true); !home.empty())
    return home + "/.local/share/polyloom/roofline.json";
  return failure("no-data-folder", "there is no folder for the roofline: neither HOME nor POLYLOOM_DATA is set");
}

std::optional<Roofline> knownRoofline(int threads) {
  const json file = readFile();
  for (const json& entry : file["machines"]) {
    if (!hasKey(entry, keyOf(threads)))
      continue;
    const auto number = [&](const char* key) {
      return entry.contains(key) && entry[key].is_number() ? entry[key].get<double>() : 0;
    };
    const Roofline roofline{threads, number("peak_flops"), number("read_bytes_per_s"), number("triad_bytes_per_s")};
    if (roofline.peak > 0 && roofline.readBandwidth > 0 && roofline.triadBandwidth > 0)
      return roofline;
  }
  return std::nullopt;
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
