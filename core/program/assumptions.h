// Whether values of the parameters are admissible, and in words why not.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace polyloom {

/// Refuses values that break an assumption of the program ("broken-assumption"); the notes say which ones are broken.
/// A parameter without a value has its default; names that are no parameters do not count.
std::optional<Diagnostic> refuseBrokenAssumption(const Scop& scop, const std::map<std::string, std::int64_t>& values);

} // namespace polyloom
