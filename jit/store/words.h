// Outcomes and verdicts as the words that the store, the command line and the worker share.
#pragma once

#include "jit/measure.h"

#include <optional>
#include <string_view>

namespace polyloom {

/// "measured", "wrong result", "crashed", "timed out", "refused".
std::string_view wordOf(Outcome outcome);
std::optional<Outcome> outcomeFromWord(std::string_view word);

/// "not compared", "equal", "within tolerance", "different".
std::string_view wordOf(ResultCheck result);
std::optional<ResultCheck> resultFromWord(std::string_view word);

/// "narrow", "rounds", "budget".
std::string_view wordOf(Ending ending);
std::optional<Ending> endingFromWord(std::string_view word);

} // namespace polyloom
