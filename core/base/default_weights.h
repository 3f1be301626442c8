// The weights that come with Polyloom.
#pragma once

#include <optional>
#include <string>

namespace polyloom {

/// The file of the cost model that comes with Polyloom: `share/polyloom/weights/default.weights` of an installation,
/// or `models/weights/default.weights` of the sources that a build folder lies in. Nothing where neither is there.
std::optional<std::string> defaultWeights();

} // namespace polyloom
