// OpenScop to Scop.
#pragma once

#include "core/base/diagnostic.h"
#include "core/program/scop.h"

#include <isl/cpp.h>

#include <string>
#include <vector>

namespace polyloom {

/// The programs of an OpenScop text, one per block. The scattering is the order that the program has: legality is
/// judged against it (see assembleProgram for what becomes of it). What OpenScop does not say is filled in: element
/// types are double, extents are what the accesses reach, statements are called S0, S1, … in their order. A statement's
/// text is shown, its value is opaque: such a program is looked at, judged, transformed and exported, never executed.
///
/// Refuses texts that do not parse ("bad-openscop"), statements without a domain, a scattering or a write, MAY_WRITE,
/// accesses of several cells per instance, unbounded domains, and dates that are not unique.
Result<std::vector<ScopPtr>> readOpenScop(isl::ctx ctx, const std::string& path, const std::string& text);

} // namespace polyloom
