// The text form of a program: isl notation inside JSON, versioned. Spoken by the helpers, sessions and data sets.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"

#include <nlohmann/json_fwd.hpp>

namespace polyloom {

/// Current version of the form; readers accept this one and older ones.
inline constexpr int kProgramFormatVersion = 1;

nlohmann::json toJson(const Scop& scop);

/// Refuses another format, a newer version, or isl text that does not parse.
Result<ScopPtr> scopFromJson(isl::ctx ctx, const nlohmann::json& json);

} // namespace polyloom
