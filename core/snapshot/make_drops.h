// Would these steps be legal next? For gestures, before they are let go.
#pragma once

#include "core/program/dependences.h"
#include "core/program/scop.h"
#include "core/schedule/step.h"
#include "core/snapshot/drop_info.h"

#include <functional>
#include <span>
#include <string>

namespace polyloom {

/// Judges candidates (lines of the recipe) one after the other as the next steps of the recipe, and tells each verdict; ends
/// when `tell` returns false. The recipe is replayed once. Each candidate has a small quota, so that a row of them stays quick:
/// what takes more is unknown. Cost: milliseconds a candidate.
void judgeDrops(const ScopPtr& scop, const Dependences& dependences, const Recipe& recipe,
                std::span<const std::string> candidates, bool reassociate, const std::function<bool(const DropInfo&)>& tell);

} // namespace polyloom
