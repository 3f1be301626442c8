// Which loops a step's form proposes, so that its first line fits the nest that is there.
#pragma once

#include "core/snapshot/snapshot.h"
#include "core/snapshot/step_form.h"

#include <string>
#include <utility>
#include <vector>

namespace polyloom {

using LoopPlace = StepFormInfo::Parameter::Place;

/// The loop that stands so to `loop`; empty where there is none.
std::string partnerOf(const std::vector<LoopTreeNode>& tree, LoopPlace place, const std::string& loop);

/// The first loop that has such a partner, and its partner; empty names where there is none.
std::pair<std::string, std::string> proposePair(const std::vector<LoopTreeNode>& tree, LoopPlace place);

/// The first two loops that are nested directly; else the first loop alone.
std::vector<std::string> proposeNest(const std::vector<LoopTreeNode>& tree);

} // namespace polyloom
