#include "jit/store/data_folder.h"

#include <cstdlib>
#include <string>

namespace polyloom {

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

} // namespace

Result<std::filesystem::path> dataFolder() {
  if (const std::string folder = environment("POLYLOOM_DATA"); !folder.empty())
    return folder;
  if (const std::string folder = environment("XDG_DATA_HOME"); folder.starts_with('/')) // the others are to be ignored
    return std::filesystem::path(folder) / "polyloom";
  if (const std::string home = environment("HOME"); !home.empty())
    return std::filesystem::path(home) / ".local" / "share" / "polyloom";
  return failure("no-data-folder", "there is no folder for Polyloom's data: neither HOME nor POLYLOOM_DATA is set");
}

} // namespace polyloom
