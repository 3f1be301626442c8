// What a measurement's numbers mean, in sentences.
#pragma once

#include "jit/measure.h"

#include <string>

namespace polyloom {

/// "every interval of a speedup is narrower than 3 % (widest 1.2 %) after 14 rounds" and the like.
std::string endingSentence(const MeasureReport& report, const MeasureOptions& options);

/// How many samples lie beyond the fences, and that they count; empty where none does.
std::string outlierSentence(const Timing& timing);

/// Pages and caches: "plain 4 KiB pages, warm caches". Says where huge pages were asked for and not given.
std::string memorySentence(const MemorySetup& memory);

} // namespace polyloom
