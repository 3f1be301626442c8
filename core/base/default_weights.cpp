#include "core/base/default_weights.h"

#include <filesystem>
#include <system_error>

namespace polyloom {

namespace fs = std::filesystem;

std::optional<std::string> defaultWeights() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  for (const char* place : {"../share/polyloom/weights/default.weights", "../../models/weights/default.weights"}) {
    const fs::path path = (self.parent_path() / place).lexically_normal();
    if (fs::is_regular_file(path, error))
      return path.string();
  }
  return std::nullopt;
}

} // namespace polyloom
