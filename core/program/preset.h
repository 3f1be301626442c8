// Presets: sizes under a name.
#pragma once

#include "core/base/diagnostic.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace polyloom {

/// Values for parameters under one name, as a comment of the file gives them: `// preset LARGE: NI=1000 NJ=1100`.
struct Preset {
  std::string name;
  std::vector<std::pair<std::string, std::int64_t>> values; ///< for some or all parameters, in their order
};

/// The preset of that name. Refuses one that is not there ("unknown-preset"), with the list; `function` is for the
/// message.
Result<Preset> findPreset(const std::vector<Preset>& presets, const std::string& name, const std::string& function);

} // namespace polyloom
