// Where the user's data are.
#pragma once

#include "core/base/diagnostic.h"

#include <filesystem>

namespace polyloom {

/// $POLYLOOM_DATA, else polyloom/ below $XDG_DATA_HOME, else below ~/.local/share; it need not exist. Fails where none
/// of these variables is set ("no-data-folder").
Result<std::filesystem::path> dataFolder();

} // namespace polyloom
