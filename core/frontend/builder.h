// One region as a Scop.
#pragma once

#include "core/frontend/regions.h"
#include "core/program/scop.h"

namespace polyloom {

/// Translates a region. Refuses, at the first place that does not fit, what a Scop cannot express.
Result<ScopPtr> buildScop(isl::ctx ctx, const SourceMap& source, const std::string& text, const Region& region);

} // namespace polyloom
