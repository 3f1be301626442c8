// The rooflines that were measured on the user's machines.
#pragma once

#include "core/base/diagnostic.h"
#include "jit/roofline.h"

#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// roofline.json in the data folder. Fails where there is no such folder ("no-data-folder").
Result<std::string> rooflinePath();

/// What was measured on this processor with so many threads by this version of Polyloom; nothing where that is unknown,
/// or the file is missing or not what it should be.
std::optional<Roofline> knownRoofline(int threads);

/// The same for any number of threads.
std::vector<Roofline> knownRooflines();

/// Remembers it, in place of an older one of the same processor, threads and version. Others in the file stay. The file
/// is replaced as a whole: nobody ever reads half of it. Fails where it cannot be written ("no-file").
Result<void> rememberRoofline(const Roofline& roofline);

} // namespace polyloom
