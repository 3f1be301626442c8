// What a measurement's numbers mean, in sentences.
#pragma once

#include "jit/measure.h"

#include <string>

namespace polyloom {

/// "every interval of a speedup is narrower than 3 % (widest 1.2 %) after 14 rounds" and the like.
std::string endingSentence(const MeasureReport& report, const MeasureOptions& options);

/// How many samples lie beyond the fences, and that they count; empty where none does.
std::string outlierSentence(const Timing& timing);

/// Why not all events are counted, from the errno that opening a counter gave; empty for 0.
std::string countersSentence(int error);

/// "1.23e+07 cycles, 3.01e+07 instructions (2.45 per cycle), 9.1e+04 L1d misses, …": those that are counted; empty for none.
std::string eventsSentence(const EventCounts& events);

/// Pages and caches: "plain 4 KiB pages, warm caches". Says where huge pages were asked for and not given.
std::string memorySentence(const MemorySetup& memory);

} // namespace polyloom
