#include "core/program/preset.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace polyloom {

Result<Preset> findPreset(const std::vector<Preset>& presets, const std::string& name, const std::string& function) {
  const auto found = std::ranges::find(presets, name, &Preset::name);
  if (found != presets.end())
    return *found;
  if (presets.empty())
    return failure("unknown-preset",
                   fmt::format("{} has no presets; a comment such as '// preset {}: N=1000' in its file gives one",
                               function, name.empty() ? "LARGE" : name));
  std::vector<std::string> names;
  for (const Preset& preset : presets)
    names.push_back(preset.name);
  return failure("unknown-preset",
                 fmt::format("{} has no preset '{}'; there are {}", function, name, fmt::join(names, ", ")));
}

} // namespace polyloom
